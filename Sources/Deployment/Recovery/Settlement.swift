import SQLScript

/// Finds out what became of the statements in which deployers died, from the server's own state, before anything runs.
struct Settlement {
    let configuration: Configuration
    /// The lock's session.
    let session: any Session
    let watch: Watch
    /// Opens a further session on the server, from any thread.
    let connect: @Sendable () throws -> any Session
    let isInCluster: Bool
    let emit: @Sendable (Event) -> Void

    private var tables: JournalTables { JournalTables(database: configuration.database) }

    /// Settles every statement whose fingerprint can tell.
    ///
    /// - Returns: Whether the journal was changed.
    func settle(_ records: some Collection<ScriptRecord>, _ scripts: [Script]) throws -> Bool {
        var isChanged = false
        for record in records.sorted(by: { $0.identity.description < $1.identity.description }) {
            guard let index = record.statementInDoubt, let fingerprint = record.fingerprint,
                let script = scripts.first(where: { $0.identity == record.identity })
            else { continue }
            isChanged = true
            switch try fingerprint.verdict(on: session) {
            case .undone:
                try update(record, index, "Intent = NULL, IntentDigest = NULL, IntentFingerprint = NULL")
                tell(record, "A deployer was cut off before statement \(index + 1) took effect; it runs now.")
            case .done:
                try update(record, index, try behind(index, of: script, record))
                tell(record, "A deployer was cut off behind statement \(index + 1), which took effect.")
            case .partly, nil:
                // The plan asks then.
                try update(record, index, "IntentFingerprint = NULL")
            }
        }
        return isChanged
    }

    /// Takes back what cannot go on where it is.
    ///
    /// - Returns: Whether the journal was changed.
    /// - Throws: `DeploymentError` if it could not be taken back whole.
    func takeBack(_ plan: Plan) throws -> Bool {
        let locks = LockWatch(
            configuration, plan.strategy, isInCluster: isInCluster, connect: connect, emit: emit)
        for step in plan.steps where step.takesBack {
            let identity = step.script.identity
            try refuseIfUnknown(step)
            // From here on it cannot go on any more, whatever becomes of its file.
            try session.execute(
                "UPDATE \(tables.name(JournalTables.script)) SET State = 'undoing' WHERE \(tables.matches(identity))")
            let undo = Undo(
                script: identity, tables: tables,
                session: WatchedSession(
                    session, watch, timeout: configuration.statementTimeout, earlier: watch.signals, locks: locks,
                    of: identity),
                done: step.record?.position ?? 0)
            do {
                for line in try undo.run() { emit(.recovered(identity, "taken back: \(line)")) }
            } catch let failure as Undo.Failure {
                throw failure.problem(of: identity)
            }
            try session.execute(tables.takenBack(identity))
        }
        return plan.steps.contains(where: \.takesBack)
    }

    /// Names that may be exchanged or not, objects that may be the script's or not, and copies of a table that may have been emptied
    /// are not to be dropped by a guess.
    private func refuseIfUnknown(_ step: PlanStep) throws {
        guard let record = step.record, let index = record.statementInDoubt, record.state != .undoing else { return }
        let entries = try UndoTable(tables: tables).entries(of: record.identity, on: session)
        let kept = entries.filter { $0.statement == index }
        guard
            try kept.contains(where: { [.names, .absent, .rows].contains($0.kind) })
                || kept.isEmpty && isUnkeptDefinition(index, step, entries)
        else { return }
        let name = shellQuoted(record.identity.description)
        throw DeploymentError(
            .problems,
            """
            A deployer was cut off in statement \(index + 1) of \(record.identity). Whether it took effect is not known, so it cannot \
            be taken back.
            """,
            advice: """
                Look whether it did. If it did:     databasedeploy repair --script \(name) --resume-at \(index + 2)
                If it did not:                      databasedeploy repair --script \(name) --resume-at \(index + 1)
                """)
    }

    /// Whether a statement is a definition at the end of a script, for which nothing is kept, of what the script did not make.
    private func isUnkeptDefinition(_ index: Int, _ step: PlanStep, _ entries: [UndoEntry]) throws -> Bool {
        let inspector = ScriptInspector(root: configuration.project, modes: try session.scriptModes)
        guard let last = try inspector.last(step.script), last.index == index, last.transactionRule == .commits else {
            return false
        }
        let made = entries.filter { $0.kind == .absent }.map(\.object)
        return !last.effective.objects.compactMap { $0.placed(in: configuration.database) }.contains(
            where: made.contains)
    }

    private func tell(_ record: ScriptRecord, _ message: String) { emit(.recovered(record.identity, message)) }

    private func update(_ record: ScriptRecord, _ index: Int, _ assignments: String) throws {
        try session.execute(
            """
            UPDATE \(tables.name(JournalTables.script)) SET \(assignments)
            WHERE \(tables.matches(record.identity)) AND Intent = \(index)
            """)
    }

    /// The assignments that put the position behind a statement that took effect.
    private func behind(_ index: Int, of script: Script, _ record: ScriptRecord) throws -> String {
        let inspector = ScriptInspector(root: configuration.project, modes: try session.scriptModes)
        let digests = try inspector.digests(script, statement: index)
        let isSame =
            digests.map { ($0.before == record.positionDigest || index == 0) && $0.statement == record.digestInDoubt }
            ?? false
        // Of a script that was edited, the digest of what is done is not known: one that equals none makes the plan ask.
        let digest = isSame ? digests?.behind ?? "" : "edited"
        let position = """
            Position = \(index + 1), PositionDigest = \(quoted(literal: digest)), Intent = NULL, IntentDigest = NULL, \
            IntentFingerprint = NULL
            """
        guard try inspector.setsVariable(script, statement: index) else { return position }
        let state = SessionState.marked(
            record.sessionState, "a variable got its value in statement \(index + 1), which is gone with the session")
        return position + ", SessionState = \(quoted(literal: state))"
    }
}
