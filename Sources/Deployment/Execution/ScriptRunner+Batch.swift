extension ScriptRunner {
    /// Whether a statement may go in one packet with others of the script: it changes rows in the open transaction, needs nothing
    /// before it, and nothing asks afterwards what it did to the session.
    func canTravelWithOthers(_ statement: ScriptStatement) -> Bool {
        undo == nil && !holdsTableLocks && session.isInTransaction && !mayUseInsertID(behind: statement)
            && statement.canTravelWithOthers
    }

    /// Sends the statements that wait.
    ///
    /// - Parameter readsOn: Whether the next ones are read while the server works; not while one is in hand that comes first.
    func sendBatch(readsOn: Bool = false) throws {
        guard !batch.isEmpty else { return }
        let sent = batch.statements
        batch = StatementBatch(packetLimit: target.packetLimit)
        if target.watch.signal != nil { throw DatabaseError.interrupted }
        try journal.send()
        var clock = Stopwatch()
        current = sent[0]
        let identity = step.script.identity
        target.emit(.statementStarted(identity, sent[0].summary))
        let look = lookForLocks(of: sent[0])
        defer { look?.end() }
        let wasEnded: Bool
        do {
            wasEnded = try target.watch.during(
                session.interrupter, at: target.place, timeout: target.configuration.statementTimeout,
                look: look
            ) {
                try session.execute(batch: sent.map(\.text), after: [], meanwhile: { if readsOn { readBatch() } }) {
                    index in
                    target.emit(
                        .statementFinished(identity, sent[index].summary, milliseconds: clock.milliseconds))
                    guard index + 1 < sent.count else { return }
                    target.watch.restart(at: target.place)
                    clock = Stopwatch()
                    current = sent[index + 1]
                    look?.begin(sent[index + 1], selected: knownDatabase)
                    target.emit(.statementStarted(identity, sent[index + 1].summary))
                }
            }
        } catch let error as DatabaseError {
            let done = min(error.completed, sent.count - 1)
            for statement in sent[..<done] { journal.passed(statement) }
            current = sent[done]
            throw error
        }
        if wasEnded { throw DatabaseError.interrupted }
        for statement in sent {
            journal.passed(statement)
            isSessionChanged = isSessionChanged || changesSession(statement)
            leavesTrace = leavesTrace || !statement.leavesNoTrace
            userVariables.collect(from: statement)
        }
        target.known.forgetDefinitions()
        current = nil
    }

    /// Fills the next batch while the server works on one.
    private func readBatch() {
        guard let statements else { return }
        while !batch.isFull {
            let element = Result { try statements.next() }
            if case .success(.statement(let statement)?) = element, canTravelWithOthers(statement),
                batch.hasRoom(for: statement)
            {
                batch.add(statement)
                passed += 1
            } else {
                held = element
                break
            }
        }
    }
}
