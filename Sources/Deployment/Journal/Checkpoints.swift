import SystemPackage

/// The rows of `DatabaseTrack` while a deployment runs: of each folder the last script, in version order, before which
/// everything is applied that the plan holds.
struct Checkpoints {
    private var last: [String: Script] = [:]
    /// Folders that have a row.
    private var rows: Set<String>
    /// What is still to run, in order.
    private var pending: [String: ArraySlice<Script>]
    /// Of these, what ran before others that come before it.
    private var done: Set<ScriptIdentity> = []
    /// What ran so in an earlier deployment.
    private var ahead: [String: [Script]] = [:]

    init(plan: Plan, journal: JournalSnapshot) {
        rows = Set(journal.checkpoints.keys)
        pending = Dictionary(grouping: plan.steps.map(\.script), by: \.identity.folder).mapValues { $0[...] }
        let reset = Set(plan.resets)
        for record in journal.records.values where record.state.isApplied && !reset.contains(record.identity) {
            let script = Script(identity: record.identity, path: "", encoding: nil)
            switch record.state {
            case .ahead: ahead[record.identity.folder, default: []].append(script)
            case .removed: break
            default: advance(script)
            }
        }
        for identity in plan.adoptions { advance(Script(identity: identity, path: "", encoding: nil)) }
    }

    /// Where the folder's row goes once the script is applied; nil if it stays.
    ///
    /// - Parameter isAhead: Whether its record says that it ran ahead.
    mutating func move(after script: Script, isAhead: Bool = false) -> CheckpointMove? {
        let folder = script.identity.folder
        guard pending[folder]?.first?.identity == script.identity else {
            done.insert(script.identity)
            return nil
        }
        let old = last[folder]?.identity
        pending[folder]?.removeFirst()
        advance(script)
        var passed = isAhead ? [script.identity] : []
        while let next = pending[folder]?.first, done.remove(next.identity) != nil {
            pending[folder]?.removeFirst()
            advance(next)
            passed.append(next.identity)
        }
        return move(of: folder, from: old, passing: passed + passedEarlier(in: folder))
    }

    /// The moves for what ran ahead in an earlier deployment, and has nothing before it any more.
    mutating func moves() -> [CheckpointMove] {
        ahead.keys.sorted().compactMap { folder in
            let old = last[folder]?.identity
            return move(of: folder, from: old, passing: passedEarlier(in: folder))
        }
    }

    /// The rows that are not there and should be.
    mutating func missingRows() -> [CheckpointMove] {
        last.values.filter { rows.insert($0.identity.folder).inserted }
            .sorted { $0.identity.folder < $1.identity.folder }
            .map { CheckpointMove(folder: $0.identity.folder, file: $0.identity.file, isNew: true) }
    }

    /// Whether nothing is applied.
    var areEmpty: Bool { last.isEmpty && ahead.isEmpty }

    /// Whether no row is of a folder that we don't know.
    func areAllKnown(in folders: [Folder]) -> Bool {
        rows.isSubset(of: folders.map(\.name))
    }

    /// The table was dropped.
    mutating func tableIsGone() {
        rows = []
    }

    private mutating func move(
        of folder: String, from old: ScriptIdentity?, passing passed: [ScriptIdentity]
    ) -> CheckpointMove? {
        guard let new = last[folder]?.identity, new != old || !passed.isEmpty else { return nil }
        return CheckpointMove(
            folder: folder, file: new.file, isNew: rows.insert(folder).inserted, passes: passed)
    }

    /// Scripts that ran ahead in an earlier deployment, and do so no more.
    private mutating func passedEarlier(in folder: String) -> [ScriptIdentity] {
        let next = pending[folder]?.first
        let passed = (ahead[folder] ?? []).filter { script in next.map { Script.precedes(script, $0) } ?? true }
        guard !passed.isEmpty else { return [] }
        let identities = Set(passed.map(\.identity))
        ahead[folder]?.removeAll { identities.contains($0.identity) }
        for script in passed { advance(script) }
        return passed.map(\.identity)
    }

    private mutating func advance(_ script: Script) {
        if let old = last[script.identity.folder], Script.precedes(script, old) { return }
        last[script.identity.folder] = script
    }
}
