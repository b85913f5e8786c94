import SQLScript

/// What comes of a script that failed.
extension ScriptRunner {
    var changedMeanwhile: DeploymentError {
        DeploymentError(
            .badScript, "The file was changed while the deployment ran.",
            place: Place(file: step.script.identity.description), advice: "Run databasedeploy again.")
    }

    func tooLong(_ statement: ScriptStatement) -> DeploymentError {
        DeploymentError(
            .badScript, "The statement has \(statement.length) bytes, more than a packet can hold (1 GB).",
            place: statement.place)
    }

    /// The error, with its message.
    private func whole(_ error: any Error) -> any Error {
        guard var lost = error as? DatabaseError, lost.hasLostMessage else { return error }
        do {
            lost.message = try session.lostMessage() ?? lost.message
            return lost
        } catch {
            // Its number says enough.
            return lost
        }
    }

    /// What comes of a script whose statements were in a packet with those of others.
    ///
    /// - Parameters:
    ///   - statement: The last one that was begun.
    ///   - earlier: Those before it.
    ///   - isDone: Whether it happened, and what follows from that failed.
    ///   - isCommitted: Whether it is committed then.
    func failed(
        _ statement: ScriptStatement, after earlier: some Sequence<ScriptStatement>, isDone: Bool, isCommitted: Bool,
        _ error: any Error, milliseconds: Int
    ) -> ScriptFailure {
        current = statement
        isBehindCurrent = isDone
        for statement in earlier {
            journal.passed(statement)
            if statement.transactionRule == .commits { journal.committed(statement) }
        }
        if isDone { journal.passed(statement) }
        if isCommitted || isDone && statement.transactionRule == .commits { journal.committed(statement) }
        return settle(error, milliseconds: milliseconds)
    }

    /// Takes back what is not committed, records the failure, and says what is true now.
    func settle(_ error: any Error, milliseconds: Int) -> ScriptFailure {
        var report = FailureReport(
            error: whole(error), step: step, facts: facts, statement: current,
            cause: target.watch.cause(at: target.place),
            packetLimit: target.packetLimit, lockWait: lockWait)
        report.otherPlace = commandPlace
        do {
            if let current {
                // A statement that the server could not even parse has committed nothing.
                // The script may want its results in a character set that we don't read.
                let warnings = try session.query(
                    "SET character_set_results = utf8mb4;\nROLLBACK AND NO CHAIN NO RELEASE;\nSHOW WARNINGS")
                // "Some non-transactional changed tables couldn't be rolled back": MyISAM, Aria and the like.
                report.isBeyondRollback = warnings.contains { $0[1] == "1196" }
                if !isBehindCurrent, try journal.hasCommittedIntent(current) {
                    journal.committedPending()
                    // One that succeeded although it was ended is committed by now, where it had an intent.
                    let isPartlyDone =
                        try current.transactionRule == .mayCommit && !current.isNotUnderstood(error)
                        || wasEndedWell
                        || current.mayHappenInPart(on: session.dialect) && !isPatienceOver
                            && !hasLeftAll(current, error)
                    if isPartlyDone { report.doubt = current }
                }
            }
            if report.doubt == nil { report.doubt = try openBehind.last(where: journal.hasCommittedIntent) }
            try target.resetSession(database: nil, characterSet: "utf8mb4")
            try journal.learnPosition(failed: isBehindCurrent ? nil : current)
            report.committed = journal.committed
            if let undo { journal.undoRecords += try undo.lookAfterFailure() }
            let doubt = report.doubt ?? (report.isBeyondRollback ? current : nil)
            // Where only the end could not be recorded, the last statement is done, and in no log.
            let takesBack =
                undo != nil && !report.isBeyondRollback
                && (current?.transactionRule != .mayCommit || current?.rowsOutlast == true)
                && journal.committed < facts.statementCount
            try journal.fail(
                report.message, doubt: takesBack ? nil : doubt, as: takesBack ? .undoing : .failed,
                digests: takesBack ? nil : try target.digests(of: step, facts, count: journal.committed))
            if takesBack, let undo { try takeBack(undo, &report) }
        } catch {
            report.isUnrecorded = true
            report.committed = journal.committed
        }
        return ScriptFailure(
            failure: report.failure(milliseconds: milliseconds), underlying: error,
            isWorthRepeating: report.leftNothing && !isPatienceOver, isRecorded: !report.isUnrecorded)
    }

    /// Whether a statement that may happen in part, and failed, left everything as it was. That a database is still there says
    /// nothing of its tables; that there was none to drop does ("Can't drop database; database doesn't exist").
    private func hasLeftAll(_ statement: ScriptStatement, _ error: any Error) throws -> Bool {
        guard [.dropDatabase, .createDatabase].contains(statement.effective.verb) else { return try didNothing() }
        guard let error = error as? DatabaseError else { return false }
        return error.number == 1008 || error.isAccessDenied
    }

    /// Takes back what is committed.
    private func takeBack(_ undo: UndoLog, _ report: inout FailureReport) throws {
        let identity = step.script.identity
        let steps = Undo(
            script: identity, tables: undo.tables, session: target.watchedForUndo(identity), done: report.committed)
        target.known.forget()
        do {
            report.takenBack = try steps.run()
            try target.own.execute(undo.tables.takenBack(identity))
            report.doubt = nil
            report.committed = 0
        } catch let failure as Undo.Failure {
            report.undoFailure = failure
        }
    }
}
