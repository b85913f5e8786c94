import SQLScript

/// What follows from a statement that is done.
extension ScriptRunner {
    /// Keeps true what is known of session, transaction and database, and what the journal says of the statement.
    func conclude(_ statement: ScriptStatement) throws {
        let verb = statement.effective.verb
        let changesSession = try self.changesSession(statement)
        for verb in statement.verbs {
            if verb == .lockTables { holdsTableLocks = true }
            // "LOCK TABLES": starting a transaction releases the locks.
            if verb == .unlockTables || verb == .startTransaction { holdsTableLocks = false }
        }
        if verb == .startTransaction { isReadOnlyTransaction = statement.isReadOnlyTransaction }
        if !session.isInTransaction { isReadOnlyTransaction = false }
        endsWithDefinition = statement.transactionRule == .commits && fingerprint != nil
        if verb == .createTable, statement.effective.isTemporary { hasTemporaryTables = true }
        isScriptTransaction =
            !session.isAutocommitting
            || session.isInTransaction && (isScriptTransaction || !isWhole && statement.mayBeginTransaction)
        userVariables.collect(from: statement)
        settings.collect(from: statement)
        target.lockWait.collect(from: statement)
        try prepared.collect(from: statement, variable: userVariable)
        isSessionChanged = isSessionChanged || changesSession
        switch statement.transactionRule {
        // Not every one did: `UNLOCK TABLES` without locks, a comment for other versions. And without `autocommit` a transaction may
        // be open behind it, too, as it is behind `LOCK TABLES`.
        case .commits where try !session.isInTransaction || journal.hasCommittedIntent(statement):
            // Nothing but a `SELECT` in it changes the session, and the next statement may fail.
            journal.committed(statement, sessionState: verb == .createTable ? try captureIfChanged() : nil)
        // Whether what it ran did commit, the server says: a transaction that is still open has everything in it.
        case .mayCommit where !session.isInTransaction:
            journal.committed(statement, sessionState: try captureIfChanged())
            try settleOpen(behind: statement)
        // It may have committed something, and begun the transaction that is open now.
        case .mayCommit where !isWhole && !statement.onlyBegins(body): openBehind.append(statement)
        case .joins where holdsTableLocks && !session.isInTransaction:
            journal.committed(statement, sessionState: try captureIfChanged())
        case .endsTransaction where holdsTableLocks:
            journal.committed(statement, sessionState: try captureIfChanged())
        case .endsTransaction where !session.isInTransaction: journal.committedPending()
        case .indifferent where verb == .rollback:
            // The next transaction may be open behind it, or this one be rolled back to a savepoint only.
            journal.rolledBack()
            if !session.isInTransaction { undo?.rolledBack() }
            if !statement.says(["TO"]) { try settleOpen(behind: statement) }
        case .startsTransaction where verb == .startTransaction: journal.committedPending()
        case .startsTransaction where !session.isInTransaction: journal.committedPending()
        default: break
        }
        if !session.isInTransaction || [.commits, .endsTransaction].contains(statement.transactionRule) {
            openBehind = []
        }
        leavesTrace = leavesTrace || !statement.leavesNoTrace
        target.known.forgetDefinitions()
        try noteObjects(of: statement)
        if try target.databaseMayExist(after: statement, journal: journal) { selected = .unknown }
        if holdsTableLocks, statement.transactionRule != .indifferent, !session.isInTransaction {
            // The next one's intent says so, too, and travels at once.
            owesRecord = isRecordedUnderTableLocks(statement)
            if !owesRecord { try record(position: statement.index + 1, at: .own) }
        }
        last = holdsTableLocks ? statement : nil
    }

    /// The transaction is over that a statement began behind what it had committed. That stays, and is not to run again.
    private func settleOpen(behind statement: ScriptStatement) throws {
        guard try openBehind.contains(where: journal.hasCommittedIntent) else { return }
        try record(position: statement.index + 1, at: .own)
        openBehind = []
    }

    /// Keeps what is known of the database up to date.
    private func noteObjects(of statement: ScriptStatement) throws {
        let verb = statement.effective.verb
        if statement.transactionRule == .mayCommit || verb == .unknown {
            target.known.forget()
            selected = .unknown
        } else if verb == .use {
            selected = .known(statement.effective.objects.first?.name)
        } else if statement.transactionRule == .commits {
            if verb == .dropDatabase { selected = .unknown }
            target.note(KnownObjects.Change(statement, in: selected.name))
        }
    }

    /// The session's state, if it may be another than what was captured last, and there is a place for it.
    func captureIfChanged() throws -> String? {
        guard isSessionChanged, journal.writer != nil else { return nil }
        try settings.settle(on: target.own)
        let state = try SessionState.capture(
            session, userVariables, prepared, settings, hasTemporaryTables: hasTemporaryTables)
        isSessionChanged = false
        return state
    }

    /// Whether the statement, which was the last to run, may have changed what later ones of the script mean.
    func changesSession(_ statement: ScriptStatement) throws -> Bool {
        if statement.mayChangeSession { return true }
        if mayUseInsertID(behind: statement),
            session.insertID != 0 || statement.mayUseInsertID || statement.maySetInsertIDUnseen
        {
            return true
        }
        return try mayChangeVariables(statement)
    }

    /// Whether a trigger or a function that the statement runs may change a variable that a later one uses.
    private func mayChangeVariables(_ statement: ScriptStatement) throws -> Bool {
        guard (facts.lastUseOfVariables ?? -1) > statement.index, !userVariables.isEmpty, statement.mayRunBodies else {
            return false
        }
        // A question would take away what the next statement may ask, such as `ROW_COUNT()`.
        guard let selected = knownDatabase else { return true }
        return try Set(statement.effective.objects.compactMap(\.database) + [selected]).contains {
            try target.known.hasFunctions(in: $0) || target.known.hasTriggers(in: $0)
        }
    }

    /// Whether a later statement may use `LAST_INSERT_ID()`.
    func mayUseInsertID(behind statement: ScriptStatement) -> Bool {
        (facts.lastUseOfInsertID ?? -1) > statement.index
    }
}
