/// Compares the folders with the journal and says what is to run. Reads no database and writes nothing.
struct Planner {
    let catalog: ScriptCatalog
    let journal: JournalSnapshot
    let configuration: Configuration
    /// Gives a file's checksum.
    let checksum: (Script) throws -> String
    /// Gives the files that a script reads by `source`.
    let sourced: (Script) -> [SourcedFile]

    /// The plan. Its steps have no facts yet.
    ///
    /// - Throws: what `checksum` throws.
    func plan() throws -> Plan {
        var plan = Plan(database: configuration.database, strategy: strategy)
        if journal.databaseExists, journal.saysNothing, journal.hasObjects {
            plan.problems.append(noJournal)
        }
        plan.hasFolders = catalog.listings.contains(where: \.exists)
        plan.problems += catalog.doubtfulFolders.map(Self.problem)
        for listing in catalog.listings {
            let part = try FolderPlanner(
                listing: listing, journal: journal, strategy: plan.strategy, isPastFresh: isPastFresh,
                outOfOrder: configuration.outOfOrder,
                checksum: checksum, sourced: sourced
            ).plan()
            plan.steps += part.steps
            plan.scripts += part.scripts
            plan.problems += part.problems
            plan.adoptions += part.adoptions
            plan.resets += part.resets
        }
        if journal.isOldPrograms, !isPastFresh { addUnfinished(to: &plan) }
        try addStrayFolders(to: &plan)
        return plan
    }

    /// Whether the old program has run something of the folders that always run.
    private var isPastFresh: Bool {
        configuration.folders.contains { $0.rule == .always && journal.checkpoint(of: $0.name) != nil }
    }

    /// What is recorded of folders that are not configured.
    ///
    /// A folder that was given another name would run again from its first script.
    private func addStrayFolders(to plan: inout Plan) throws {
        let known = Set(configuration.folders.map { $0.name.lowercased() })
        let rows = journal.checkpoints.filter { !known.contains($0.key.lowercased()) }
        if journal.isOldPrograms {
            for (folder, checkpoint) in rows.sorted(by: { $0.key < $1.key }) {
                plan.problems.append(strayRow(folder, checkpoint))
            }
        }
        let records = journal.records.values.filter {
            !known.contains($0.identity.folder.lowercased()) && $0.state != .removed && !$0.leftNothing
        }
        for (folder, records) in Dictionary(grouping: records, by: \.identity.folder).sorted(by: { $0.key < $1.key }) {
            let sums = Dictionary(records.map { ($0.identity.file, $0.checksum) }) { first, _ in first }
            let twin = try plan.steps.lazy.map(\.script).first { script in
                guard let sum = sums[script.identity.file] else { return false }
                return try sum == checksum(script)
            }
            plan.problems.append(strayFolder(folder, records, twin))
        }
    }

    private func strayRow(_ folder: String, _ checkpoint: Checkpoint) -> Problem {
        Problem(
            .folderUnknown, .error,
            """
            DatabaseTrack has a row of the folder \(printable(folder.isEmpty ? "(none)" : "“\(folder)”")), up to \
            \(printable(checkpoint.file)), and no such folder is configured: what of it is applied would run again under another name.
            """,
            advice: """
                Configure the folder under that name ([[folders]] in databasedeploy.toml); or, if the row is wrong, mend or delete it \
                in DatabaseTrack.
                """)
    }

    private func strayFolder(_ folder: String, _ records: [ScriptRecord], _ twin: Script?) -> Problem {
        let what =
            "The journal has \(counted(records.count, "script")) of the folder \(printable(folder)), which is not configured"
        guard let twin else { return Problem(.folderUnknown, .warning, "\(what); nothing is done about them.") }
        return Problem(
            .folderUnknown, .error,
            "\(what); \(twin.identity) has name and text of one of them, and would run again under the new folder's name.",
            script: twin.identity,
            advice: """
                Let the folder keep its name; its directory may have another one: name = "\(printable(folder))", directory = "…" in \
                [[folders]] of databasedeploy.toml.
                """)
    }

    /// The old program never finishes a deployment that stopped in a folder for fresh databases. We do not know why it stopped.
    private func addUnfinished(to plan: inout Plan) {
        let skipped = plan.problems.filter { $0.code == .skipped }.compactMap(\.script)
        guard let first = skipped.first, let last = skipped.last else { return }
        let row = configuration.folders.compactMap { folder in
            journal.checkpoint(of: folder.name).map { "\(folder.name)/\($0.file)" }
        }.last
        plan.problems.removeAll { $0.code == .skipped }
        plan.problems.append(
            Problem(
                .unfinished, .error,
                """
                The old program's last script here was \(row ?? "none"); \(first) and what follows for fresh databases \
                (\(counted(skipped.count, "script"))) were never run.
                """,
                script: first,
                advice: """
                    If they are in the database all the same: databasedeploy baseline --at \(shellQuoted(last.description))
                    To build it new, with everything in it lost: databasedeploy deploy --recreate
                    """))
    }

    private var strategy: Plan.Strategy {
        journal.isOldPrograms || journal.hasJournal && journal.isEstablished ? .update : .fresh
    }

    static func problem(_ doubtful: DoubtfulFolder) -> Problem {
        let folder = doubtful.folder
        if doubtful.isThere {
            let twin = printable(doubtful.twin ?? "")
            return Problem(
                .folderMissing, .warning,
                """
                Beside the directory of the folder \(folder.name) there is \(twin): upper and lower case differ here. The scripts in \
                \(twin) are passed over.
                """,
                advice: "If they are to run, move them into \(printable(folder.directory))/. If not, rename \(twin).")
        }
        let isNamed = folder.directory == folder.name
        let what = "The folder \(isNamed ? folder.name : "\(folder.name) (\(folder.directory))") does not exist"
        guard let twin = doubtful.twin else {
            return Problem(.folderMissing, .notice, "\(what); it is passed over.")
        }
        let name = printable(twin)
        return Problem(
            .folderMissing, .warning,
            "\(what), but \(name) does: upper and lower case differ here. Its scripts are passed over.",
            advice: """
                Rename it as it is configured: mv \(shellQuoted(name)) \
                \(shellQuoted(folder.directory.split(separator: "/").last.map(String.init) ?? folder.directory))
                """)
    }

    private var noJournal: Problem {
        let last = catalog.listings.last { $0.folder.rule == .always }?.scripts.last
        let example = last?.identity.description ?? "Modifications/FILE"
        return Problem(
            .noJournal, .error,
            "The database \(configuration.database) has tables, but no script is recorded in it: what was run on it is not known.",
            advice: """
                If every script up to some file is in it already, name that file, for example: \
                databasedeploy baseline --at \(shellQuoted(example))
                To throw it away and build it new: databasedeploy deploy --recreate
                """)
    }
}

/// A word as a shell takes it.
func shellQuoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            || "/._-=@:+,".unicodeScalars.contains(scalar)
    }
    return plain && !word.isEmpty
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
