import SQLScript

extension ScriptRunner {
    /// Whether a statement may go in one packet with others of the script: it changes rows in the open transaction, needs nothing
    /// before it, and nothing asks afterwards what it did to the session.
    func canTravelWithOthers(_ statement: ScriptStatement) -> Bool {
        undo == nil && !holdsTableLocks
            && (session.isInTransaction || journal.writer != nil && session.isAutocommitting)
            && !mayUseInsertID(behind: statement) && statement.canTravelWithOthers
    }

    /// Whether the script's end may travel with the statements that wait: what becomes of all of it is one commit then.
    var endsWithBatch: Bool {
        journal.writer != nil && !batch.isEmpty && !batch.isFull && target.packetLimit ?? .max >= Self.leastPacket
            && batch.statements.allSatisfy(\.isWholeOrFails)
    }

    /// Bytes in half of which the records of an end have room in any case.
    private static let leastPacket = 1 << 14
    /// Milliseconds from which on it counts that the time of an end was written before its statements ran.
    private static let inaccuracy = 500

    /// Sends the statements that wait.
    ///
    /// - Parameters:
    ///   - readsOn: Whether the next ones are read while the server works; not while one is in hand that comes first.
    ///   - isEnd: Whether the script's end goes with them.
    func sendBatch(readsOn: Bool = false, isEnd: Bool = false) throws {
        guard !batch.isEmpty else { return }
        let sent = batch.statements
        batch = StatementBatch(packetLimit: target.packetLimit)
        if target.watch.signal != nil { throw DatabaseError.interrupted }
        let prelude = try journal.takePrelude(goesAhead: !sent[0].canTravelWithRecords)
        let effect = isEnd ? target.checkpoint(after: step.script) : nil
        let ending = effect.map(journal.ending) ?? []
        let whole = Stopwatch()
        var clock = Stopwatch()
        (current, isBehindCurrent, lockWait) = (sent[0], false, nil)
        let identity = step.script.identity
        target.emit(.statementStarted(identity, sent[0].summary))
        let look = lookForLocks(of: sent[0])
        defer { look?.end() }
        var done = 0
        do {
            let wasEnded = try target.watch.during(
                session.interrupter, at: target.place, timeout: target.configuration.statementTimeout,
                look: look
            ) {
                try journal.send(
                    sent.map(\.text), after: prelude, then: ending,
                    meanwhile: { readsOn ? readBatch() : readAhead(behind: sent) }
                ) { index in
                    done = index + 1
                    guard index < sent.count else { return }
                    target.emit(
                        .statementFinished(identity, sent[index].summary, milliseconds: clock.milliseconds))
                    target.watch.restart(at: target.place)
                    guard index + 1 < sent.count else { return }
                    clock = Stopwatch()
                    current = sent[index + 1]
                    look?.begin(sent[index + 1], selected: knownDatabase)
                    target.emit(.statementStarted(identity, sent[index + 1].summary))
                }
            }
            // Once the end is committed it does not count any more that something was to be ended.
            let isComplete = done == sent.count + ending.count
            if !isComplete || wasEnded && !isEnd { throw DatabaseError.interrupted }
        } catch {
            lockWait = look?.found
            // Behind the last one, it was the script's end that failed.
            isBehindCurrent = isEnd && done >= sent.count
            let failed = min(done, sent.count - 1)
            for statement in sent[..<(isBehindCurrent ? sent.count : failed)] { journal.passed(statement) }
            current = sent[failed]
            throw error
        }
        for statement in sent {
            journal.passed(statement)
            // Behind the end nobody asks.
            if !isEnd { isSessionChanged = try isSessionChanged || changesSession(statement) }
            leavesTrace = leavesTrace || !statement.leavesNoTrace
            userVariables.collect(from: statement)
        }
        isScriptTransaction = isScriptTransaction || !session.isAutocommitting
        target.known.forgetDefinitions()
        current = nil
        if let effect, whole.milliseconds > Self.inaccuracy, let writer = journal.writer {
            target.correctTimes(journal.end(effect, writer), of: 1, writer)
        }
    }

    /// Opens the next script while the server works on the last statements of this one.
    private func readAhead(behind sent: [ScriptStatement]) {
        if sent.last.map({ $0.index + 1 }) == facts.statementCount { target.readAhead(after: step, during: sent) }
    }

    /// Fills the next batch while the server works on one.
    private func readBatch() {
        guard let statements else { return }
        while !batch.isFull {
            let element = Result { try read(statements) }
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

    /// The next of a script's statements.
    func read(_ statements: ScriptStatements) throws(DeploymentError) -> ScriptStatements.Element? {
        let element = try statements.next()
        guard case .statement(let statement)? = element else { return element }
        return .statement(marked(statement))
    }

    /// The same, if it changes rows of tables without transactions as one that does.
    func marked(_ statement: ScriptStatement) -> ScriptStatement {
        guard !facts.lastingRows.isEmpty,
            [.insert, .replace, .update, .delete, .load].contains(statement.effective.verb)
        else { return statement }
        let names = statement.effective.objects.map { $0.name.lowercased() }
        let outlast = names.isEmpty || facts.lastingRows.contains { names.contains($0.name.lowercased()) }
        return outlast ? statement.outlasting() : statement
    }
}
