import SQLScript
import SystemPackage

/// Settles what keeps a deployment from running. Changes the journal only.
public struct Repair {
    private let configuration: Configuration
    private let access: TargetAccess
    private let plan: Plan

    /// - Throws: `DeploymentError` when the target cannot be reached, or has no journal.
    public init(configuration: Configuration, driver: any Driver) throws {
        self.configuration = configuration
        access = try TargetAccess(configuration: configuration, driver: driver)
        plan = try access.plan()
    }

    /// What settles the problems that have one answer.
    public var actions: [RepairAction] {
        // As long as the checkpoint of a folder names no known file, it is not known either where it would go.
        let unknown = Set(plan.problems.filter { $0.code == .checkpointMissing }.compactMap(\.script?.folder))
        let settling = plan.problems.compactMap(\.repair).filter { action in
            action.displaced.map { !unknown.contains($0.folder) } ?? true
        }
        let folders = Set(settling.compactMap(\.displaced?.folder))
        // A checkpoint that goes elsewhere says no more that they are to run again.
        let forgotten = plan.resets.filter {
            folders.contains($0.folder) && access.journal.records[$0]?.leftNothing == false
        }
        return forgotten.map(RepairAction.forget) + settling
    }

    /// The problems that a person has to decide about.
    public var unsettled: [Problem] { plan.problems.filter { $0.severity == .error && $0.repair == nil } }

    /// Makes sure that a decision about one script makes sense.
    ///
    /// - Returns: The action.
    /// - Throws: `DeploymentError` if the journal knows no unfinished run of the script, or that cannot go on there.
    public func check(_ action: RepairAction) throws(DeploymentError) -> RepairAction {
        switch action {
        case .markApplied(let script), .restart(let script), .resume(let script, _):
            guard let record = access.journal.records[script], !record.isApplied else {
                throw DeploymentError(
                    .usage, "The journal knows no unfinished run of \(script).",
                    advice: "See what it knows: databasedeploy status")
            }
            if case .resume = action, record.state == .undoing {
                let name = shellQuoted(script.description)
                throw DeploymentError(
                    .usage, "\(script) is being taken back, and cannot go on in the middle any more.",
                    advice: """
                        Let that end:                               databasedeploy
                        Or do by hand what is left, and then:       databasedeploy repair --script \(name) --restart
                        """)
            }
        case .accept, .rename, .remove, .move, .forget:
            break
        }
        return action
    }

    /// What the actions give up: undo logs, by which half-done scripts would be taken back. In words, a line each.
    public func losses(_ actions: [RepairAction]) throws -> [String] {
        let scripts = actions.compactMap(\.decided).filter(access.journal.undoLogs.contains)
        guard !scripts.isEmpty else { return [] }
        let session = try access.openSession()
        defer { session.close() }
        let table = UndoTable(tables: JournalTables(database: configuration.database))
        var lines: [String] = []
        for script in scripts {
            let entries = try table.entries(of: script, on: session)
            let steps = entries.reversed().map(\.words).filter { !$0.isEmpty }
            if steps.isEmpty { continue }
            lines.append("\(script) is not taken back any more. What that would have done:")
            lines += steps.map { "  " + $0 }
            let copies = entries.compactMap { entry in entry.copy.map { "\($0) (of \(entry.object.name))" } }
            if !copies.isEmpty {
                lines.append(
                    "Rows as they were stay in \(copies.joined(separator: ", ")): drop them when they are of no use.")
            }
        }
        return lines
    }

    /// Carries the actions out, in one transaction.
    public func apply(_ actions: [RepairAction]) throws {
        // Read before the lock is taken: a file that cannot be read stops the repair before it begins.
        let writes = try actions.map { try ($0, facts(for: $0)) }
        let command = "repair" + (actions.count == 1 ? actions.first?.arguments ?? "" : "")
        try JournalChange(configuration: configuration, access: access).make("repair", command) { writer, session in
            for (action, facts) in writes {
                if let script = action.decided, access.journal.undoLogs.contains(script) {
                    for statement in UndoTable(tables: writer.tables).leave(script) { try session.execute(statement) }
                }
                for statement in statements(action, facts, writer) { try session.execute(statement) }
            }
            for statement in checkpoints(behind: actions, writer) { try session.execute(statement) }
            if access.journal.isEstablished || !access.journal.hasJournal { try writer.establish(on: session) }
        }
    }

    private func facts(for action: RepairAction) throws -> ScriptFacts? {
        let identity: ScriptIdentity
        var start = 0
        switch action {
        case .markApplied(let script): identity = script
        case .resume(let script, let index): (identity, start) = (script, index)
        default: return nil
        }
        let catalog = try ScriptCatalog(configuration: configuration)
        guard let script = catalog.scripts.first(where: { $0.identity == identity }) else {
            throw DeploymentError(.usage, "The file of \(identity) is not there.", advice: "Put it back first.")
        }
        let facts = try ScriptInspector(root: configuration.project, modes: access.scriptModes).facts(
            script, start: start)
        guard start <= facts.statementCount else {
            throw DeploymentError(.usage, "\(identity) has \(counted(facts.statementCount, "statement")) only.")
        }
        return facts
    }

    private func statements(_ action: RepairAction, _ facts: ScriptFacts?, _ writer: JournalWriter) -> [String] {
        let table = writer.script
        func update(_ script: ScriptIdentity, _ assignments: String) -> [String] {
            [
                """
                UPDATE \(table) SET \(assignments), Intent = NULL, IntentDigest = NULL, \
                IntentFingerprint = NULL \
                WHERE \(writer.matches(script))
                """
            ]
        }
        switch action {
        case .accept(let script, let checksum):
            return update(script, "Checksum = \(quoted(literal: checksum))")
        case .rename(let script, let new):
            var statements = [
                "UPDATE \(table) SET FileName = \(quoted(literal: new.file)) WHERE \(writer.matches(script))"
            ]
            // One that failed and left nothing may have had the name.
            if access.journal.records[new]?.leftNothing == true { statements.insert(writer.forgetting(new), at: 0) }
            // Of one that is half done, all stays that is known of it.
            if access.journal.undoLogs.contains(script) {
                statements.append(UndoTable(tables: writer.tables).rename(script, to: new.file))
            }
            return statements
        case .remove(let script):
            // What is half taken back goes on nowhere; of others all stays that is known, for when the file is back.
            return access.journal.records[script]?.state == .undoing
                ? update(script, "State = 'removed', Position = 0, PositionDigest = NULL, SessionState = NULL")
                : ["UPDATE \(table) SET State = 'removed' WHERE \(writer.matches(script))"]
        case .move(let folder, let file, let isNew):
            return writer.move(CheckpointMove(folder: folder, file: file, isNew: isNew))
        case .markApplied(let script):
            return update(
                script,
                """
                State = '\(comesFirst(script) ? "applied" : "ahead")', Checksum = \(quoted(literal: facts?.checksum)), \
                FinishedOn = UTC_TIMESTAMP(6), \
                Position = \(facts?.statementCount ?? 0), PositionDigest = NULL, SessionState = NULL, Error = NULL
                """) + (comesFirst(script) ? forward(to: script, writer) : [])
        case .resume(let script, let index):
            return update(
                script,
                """
                State = 'failed', Position = \(index), PositionDigest = \(quoted(literal: facts?.digestBeforeStart))
                """)
        case .restart(let script):
            return update(script, "State = 'failed', Position = 0, PositionDigest = NULL, SessionState = NULL")
        case .forget(let script):
            return [writer.forgetting(script)]
        }
    }

    /// Where a name is another one now, or gone, the checkpoint goes to the last applied script, as all is behind the actions;
    /// without one the row goes.
    private func checkpoints(behind actions: [RepairAction], _ writer: JournalWriter) -> [String] {
        var records = access.journal.records
        var rows = access.journal.checkpoints.mapValues(\.file)
        for action in actions {
            action.change(&records)
            if case .move(let folder, let file, _) = action { rows[folder] = file }
        }
        let applied = records.values.filter(\.state.isReached).map(\.identity) + plan.adoptions
        return Set(actions.compactMap(\.displaced?.folder)).sorted().flatMap { folder -> [String] in
            let last = applied.filter { $0.folder == folder }
                .map { Script(identity: $0, path: "", encoding: nil) }
                .max(by: Script.precedes)
            guard let file = last?.identity.file else {
                let table = writer.tables.name(JournalTables.checkpoint)
                return ["DELETE FROM \(table) WHERE FolderName = \(quoted(literal: folder))"]
            }
            if file == rows[folder] { return [] }
            return writer.move(CheckpointMove(folder: folder, file: file, isNew: false))
        }
    }

    /// Whether nothing of the script's folder is still to run before it.
    private func comesFirst(_ script: ScriptIdentity) -> Bool {
        let before = plan.scripts.prefix { $0.identity != script }
        return !before.contains {
            $0.identity.folder == script.folder && [.pending, .running, .failed].contains($0.state)
        }
    }

    /// Moves the folder's checkpoint to the script, unless it is past it.
    private func forward(to script: ScriptIdentity, _ writer: JournalWriter) -> [String] {
        let row = access.journal.checkpoint(of: script.folder)?.file
        let target = Script(identity: script, path: "", encoding: nil)
        let old = row.map { Script(identity: ScriptIdentity(folder: script.folder, file: $0), path: "", encoding: nil) }
        if let old, !Script.precedes(old, target) { return [] }
        return writer.move(CheckpointMove(folder: script.folder, file: script.file, isNew: row == nil))
    }
}
