import SQLScript

extension ScriptRunner {
    /// Sends a statement. A definition that did not get its locks in time is tried again, after a pause in which others get by.
    ///
    /// - Returns: Whether the server was told to end it.
    func sendPatiently(_ statement: ScriptStatement) throws -> Bool {
        var patience = LockPatience(limit: target.configuration.statementTimeout)
        while true {
            do {
                return try send(statement)
            } catch let error as DatabaseError {
                guard error.isLockWaitTimeout, canTryAgain(statement), try journal.hasCommittedIntent(statement),
                    try !statement.dropsFirst || didNothing()
                else { throw error }
                guard let pause = patience.next() else {
                    isPatienceOver = true
                    throw error
                }
                guard target.watch.pause(.seconds(pause)) else { throw DatabaseError.interrupted }
                // An error's answer does not say what became of the transaction.
                try session.execute("DO 0")
                guard !session.isInTransaction else { throw error }
                try prepareAgain(statement)
            }
        }
    }

    /// Whether a statement that got no lock did nothing, so that it can be sent again. A script that holds table locks itself
    /// does not keep them for the time of a pause.
    func canTryAgain(_ statement: ScriptStatement) -> Bool {
        target.locks.seconds != nil && !holdsTableLocks && statement.takesLocksFirst
    }

    /// Whether what the current statement changes is as it was before it; not where that cannot be told.
    func didNothing() throws -> Bool {
        guard let fingerprint, !fingerprint.isHarmless else { return false }
        return try fingerprint.verdict(on: target.own) == .undone
    }

    /// Looks who is in a statement's way, if it takes long.
    func lookForLocks(of statement: ScriptStatement) -> LockLook? {
        let look = target.locks.look(
            step.script.identity, [session.connectionID, target.own.connectionID])
        look?.begin(statement, selected: knownDatabase)
        return look
    }

    /// The intent once more: it checks that the lock is still ours, and knows what others have changed meanwhile.
    private func prepareAgain(_ statement: ScriptStatement) throws {
        journal.committedPending()
        target.known.forget()
        let before = fingerprint
        let isUnchanged = try fingerprint(of: statement) == before
        if let undo, isUnchanged {
            try keeping(for: statement, in: undo) { journal.undoRecords += try undo.again(statement) }
        } else if let undo {
            giveUp(undo, statement, "somebody else changed what it changes, while it waited for that")
        }
        try recordIntent(of: statement)
    }
}

extension ScriptStatement {
    /// Whether it has all its locks before it changes anything, or takes back what it did: with the error that a lock could not
    /// be had in time, it has done nothing, or dropped a table that it replaces. `OPTIMIZE`, `ANALYZE` and their like put that
    /// error into their result, and go on.
    var takesLocksFirst: Bool {
        guard transactionRule == .commits else { return false }
        switch effective.verb {
        case .createDatabase, .alterDatabase, .dropDatabase, .createTable, .alterTable, .dropTable, .truncate,
            .renameTable,
            .createIndex, .dropIndex, .createView, .alterView, .dropView, .createProcedure, .alterProcedure,
            .dropProcedure,
            .createFunction, .alterFunction, .dropFunction, .createTrigger, .dropTrigger, .createEvent, .alterEvent,
            .dropEvent, .createPackage, .createPackageBody, .dropPackage, .dropPackageBody, .createSequence,
            .alterSequence, .dropSequence, .lockTables:
            return true
        default: return false
        }
    }
}
