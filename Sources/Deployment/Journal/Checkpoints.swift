import SystemPackage

/// The rows of `DatabaseTrack` while a deployment runs: the last applied script of each folder, in version order.
struct Checkpoints {
    private var last: [String: Script] = [:]
    /// Folders that have a row.
    private var rows: Set<String>

    init(plan: Plan, journal: JournalSnapshot) {
        rows = Set(journal.checkpoints.keys)
        let reset = Set(plan.resets)
        let recorded = journal.records.values
            .filter { $0.state.isApplied && $0.state != .removed && !reset.contains($0.identity) }
            .map(\.identity)
        for identity in recorded + plan.adoptions {
            advance(Script(identity: identity, path: "", encoding: nil))
        }
    }

    /// Where the folder's row goes once the script is applied; nil if it stays, as a later script is applied already.
    mutating func move(after script: Script) -> CheckpointMove? {
        advance(script)
        let folder = script.identity.folder
        guard last[folder]?.identity == script.identity else { return nil }
        return CheckpointMove(folder: folder, file: script.identity.file, isNew: rows.insert(folder).inserted)
    }

    /// The rows that are not there and should be.
    mutating func missingRows() -> [CheckpointMove] {
        last.values.filter { rows.insert($0.identity.folder).inserted }
            .sorted { $0.identity.folder < $1.identity.folder }
            .map { CheckpointMove(folder: $0.identity.folder, file: $0.identity.file, isNew: true) }
    }

    /// Whether nothing is applied.
    var areEmpty: Bool { last.isEmpty }

    /// Whether no row is of a folder that we don't know.
    func areAllKnown(in folders: [Folder]) -> Bool {
        rows.isSubset(of: folders.map(\.name))
    }

    /// The table was dropped.
    mutating func tableIsGone() {
        rows = []
    }

    private mutating func advance(_ script: Script) {
        if let old = last[script.identity.folder], Script.precedes(script, old) { return }
        last[script.identity.folder] = script
    }
}
