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
        if journal.databaseExists, !journal.hasJournal, !journal.hasCheckpointTable, journal.hasObjects {
            plan.problems.append(noJournal)
        }
        plan.hasFolders = catalog.listings.contains(where: \.exists)
        plan.problems += catalog.missingFolders.map(Self.missing)
        for listing in catalog.listings {
            let part = try FolderPlanner(
                listing: listing, journal: journal, strategy: plan.strategy, outOfOrder: configuration.outOfOrder,
                checksum: checksum, sourced: sourced
            ).plan()
            plan.steps += part.steps
            plan.scripts += part.scripts
            plan.problems += part.problems
            plan.adoptions += part.adoptions
            plan.resets += part.resets
        }
        return plan
    }

    private var strategy: Plan.Strategy {
        if journal.hasJournal { return journal.isEstablished ? .update : .fresh }
        // Only the old program's table: its database. But an empty table alone says nothing.
        return journal.hasCheckpointTable && (journal.hasObjects || !journal.checkpoints.isEmpty) ? .update : .fresh
    }

    static func missing(_ missing: MissingFolder) -> Problem {
        let folder = missing.folder
        let isNamed = folder.directory == folder.name
        let what = "The folder \(isNamed ? folder.name : "\(folder.name) (\(folder.directory))") does not exist"
        guard let twin = missing.twin else {
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
            "The database \(configuration.database) has tables but no journal: what was run on it is not known.",
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
