import SystemPackage

/// Settles what a folder's row of `DatabaseTrack` says with what our own records say.
///
/// The row is the old program's only memory, and people move it by hand. Where the two differ, the row is obeyed.
struct CheckpointPlanner {
    let listing: ScriptCatalog.Listing
    let journal: JournalSnapshot
    /// Whether the old program went past the folders for fresh databases.
    let isPastFresh: Bool

    struct Settlement {
        /// The last script that counts as applied; new scripts before it are late.
        var last: Script?
        var adoptions: [ScriptIdentity] = []
        var resets: [ScriptIdentity] = []
        var problems: [Problem] = []
    }

    private var folder: Folder { listing.folder }
    private var row: Checkpoint? { journal.checkpoint(of: folder.name) }

    func settle() -> Settlement {
        journal.isOldPrograms ? adopt() : compare()
    }

    /// Takes over the old program's database: everything up to the checkpoint counts as applied.
    private func adopt() -> Settlement {
        var settlement = Settlement()
        let index = row.flatMap { row in listing.scripts.firstIndex { $0.identity.file == row.file } }
        if let index {
            settlement.adoptions = listing.scripts[...index].map(\.identity)
            settlement.last = listing.scripts[index]
        } else if folder.rule == .fresh {
            if row != nil || isPastFresh { settlement.adoptions = listing.scripts.map(\.identity) }
        } else if let row {
            settlement.problems = [fileMissing(row)]
        }
        return settlement
    }

    private func compare() -> Settlement {
        var settlement = Settlement()
        let last = lastApplied
        settlement.last = last
        guard journal.hasCheckpointTable else { return settlement }
        guard let row else {
            if let last { settlement.problems = [rowMissing(last)] }
            return settlement
        }
        guard row.file != last?.identity.file else { return settlement }
        let target = script(row.file)
        let isKnown =
            listing.scripts.contains { $0.identity == target.identity }
            || journal.records[target.identity].map { $0.state != .removed } == true
        guard isKnown else {
            settlement.problems = [fileMissing(row)]
            return settlement
        }
        if let last, Script.precedes(target, last) {
            settlement.resets = scripts(isApplied).filter { Script.precedes(target, $0) }
                .sorted(by: Script.precedes).map(\.identity)
        } else {
            settlement.adoptions =
                listing.scripts
                .filter { script in
                    !Script.precedes(target, script) && last.map { Script.precedes($0, script) } != false
                        && journal.records[script.identity] == nil
                }
                .map(\.identity)
        }
        settlement.last = target
        settlement.problems = [moved(row, from: last, settlement)]
        return settlement
    }

    private func isApplied(_ record: ScriptRecord) -> Bool {
        record.identity.folder == folder.name && record.state.isApplied && record.state != .removed
    }

    private func isReached(_ record: ScriptRecord) -> Bool {
        record.identity.folder == folder.name && record.state.isReached
    }

    /// The last applied script, whether it has a file or not.
    private var lastApplied: Script? {
        var last: Script?
        var withFile = 0
        for script in listing.scripts {
            guard let record = journal.records[script.identity], isReached(record) else { continue }
            last = script
            withFile += 1
        }
        // As a rule every record has its file, and the files are in order.
        guard journal.records.values.count(where: isReached) > withFile else { return last }
        return scripts(isReached).max(by: Script.precedes)
    }

    private func scripts(_ condition: (ScriptRecord) -> Bool) -> [Script] {
        let files = Dictionary(
            listing.scripts.map { ($0.identity.file, $0) }, uniquingKeysWith: { first, _ in first })
        return journal.records.values.filter(condition)
            .map { files[$0.identity.file] ?? script($0.identity.file) }
    }

    private func script(_ file: String) -> Script {
        listing.scripts.first { $0.identity.file == file }
            ?? Script(identity: ScriptIdentity(folder: folder.name, file: file), path: "", encoding: nil)
    }

    // MARK: What is wrong, in words

    /// Whether something is still to run in the folder.
    private var isBlocking: Bool { folder.rule == .always || !journal.isEstablished }

    private func fileMissing(_ row: Checkpoint) -> Problem {
        let identity = ScriptIdentity(folder: folder.name, file: row.file)
        let version = ScriptVersion(fileName: row.file)
        // One that is recorded as removed is no other file now.
        let wasRemoved = journal.records[identity] != nil
        let last = wasRemoved ? lastApplied : listing.scripts.first { $0.version == version && version.isNumbered }
        let name = last?.identity.description ?? "\(folder.name)/FILE"
        let hint = last.map { last in
            wasRemoved
                ? "The last applied script is \(last.identity.file). To set it to that: databasedeploy repair\n"
                : "It seems to be named \(last.identity.file) now. If so: databasedeploy repair\n"
        }
        return Problem(
            .checkpointMissing, isBlocking ? .error : .warning,
            "The checkpoint of \(folder.name) names \(row.file), which is not in the folder. "
                + (isBlocking
                    ? "What is applied cannot be told, so nothing runs." : "It runs on fresh databases only."),
            script: identity,
            advice: (hint ?? "")
                + "Put the file back, or name the last applied file: databasedeploy baseline --at \(shellQuoted(name))",
            repair: last.map { .move(folder: folder.name, to: $0.identity.file, isNew: false) })
    }

    private func rowMissing(_ last: Script) -> Problem {
        Problem(
            .checkpointRemoved, isBlocking ? .error : .warning,
            "DatabaseTrack has no row for \(folder.name) any more; the last applied script was \(last.identity.file).",
            advice: "To put the row back: databasedeploy repair",
            repair: .move(folder: folder.name, to: last.identity.file, isNew: true))
    }

    private func moved(_ row: Checkpoint, from last: Script?, _ settlement: Settlement) -> Problem {
        let from = last.map { " from \($0.identity.file)" } ?? ""
        let effect =
            settlement.resets.isEmpty
            ? "\(settlement.adoptions.count) more scripts count as applied"
            : "\(settlement.resets.count) scripts count as new again and run"
        return Problem(
            .checkpointMoved, .notice,
            "The checkpoint of \(folder.name) was moved\(from) to \(row.file) by hand: \(effect).")
    }
}
