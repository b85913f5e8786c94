import SQLScript
import SystemPackage

/// Runs one script on a session, statement by statement, and keeps the journal true meanwhile.
///
/// Transactional statements run in a transaction that also moves the journal. A statement that commits by itself is
/// preceded by its intent, which its own implicit commit makes durable ("Statements That Cause an Implicit Commit").
final class ScriptRunner {
    let target: TargetRun
    let step: PlanStep
    let facts: ScriptFacts
    let journal: ScriptJournal
    var session: any Session { target.session }

    /// Whether the script holds `LOCK TABLES`.
    var holdsTableLocks = false
    /// The statement before, where the script holds table locks.
    var last: ScriptStatement?
    /// Whether a statement under table locks is done, and its record still to be written.
    var owesRecord = false
    /// Whether the open transaction is the script's, and not ours.
    var isScriptTransaction = false
    /// Whether the current statement, which may commit, runs in a transaction of ours.
    var isWhole = false
    /// Of the procedure that the current statement calls.
    var body = RoutineBody.hidden
    /// Statements that may have committed something, and behind which a transaction is open.
    var openBehind: [ScriptStatement] = []
    /// Whether the session's state may have changed since it was last captured.
    var isSessionChanged = false
    var userVariables: UserVariables
    var settings = SessionSettings()
    var prepared = PreparedStatements()
    /// What travels behind the next statement.
    private var coda: [String] = []
    /// What it takes to take the script back; nil if it is not to be, or cannot be.
    var undo: UndoLog?
    /// The selected database; asked for where the script may have selected another in a way that is not seen.
    var selected = SelectedDatabase.unknown
    var current: ScriptStatement?
    /// Whether the current statement is done, and what follows from it is under way.
    var isBehindCurrent = false
    /// The place of the client command that runs.
    var commandPlace: Place?
    /// Whether the session is not as it was at the start.
    var leavesTrace = false
    /// Statements that were read and, if they had to, ran.
    var passed = 0
    /// Whether the last statement was a definition, of which its intent tells what became of it.
    var endsWithDefinition = false
    /// Whether the script's own transaction is for reading only.
    var isReadOnlyTransaction = false
    /// Whether the script made temporary tables, which no later session can have.
    var hasTemporaryTables = false
    /// Whether the statement that was ended from here succeeded all the same.
    var wasEndedWell = false
    /// Statements that wait to be sent together.
    var batch: StatementBatch
    /// What is changed by the statement that commits by itself and is under way.
    var fingerprint: Fingerprint?
    /// Who was in the way of the current statement.
    var lockWait: LockWait?
    /// Whether the current statement was tried for as long as that may go on.
    var isPatienceOver = false
    /// The statements of the script, from the next one on.
    var statements: ScriptStatements?
    /// What was read while the server was busy, and does not go with the batch.
    var held: Result<ScriptStatements.Element?, any Error>?

    /// - Parameter startedOn: When the script began, as a literal; nil for one that begins now.
    init(target: TargetRun, step: PlanStep, facts: ScriptFacts, startedOn: String? = nil) {
        self.target = target
        self.step = step
        self.facts = facts
        userVariables = UserVariables(facts.variables)
        batch = StatementBatch(packetLimit: target.packetLimit)
        journal = ScriptJournal(
            step: step, facts: facts, session: target.session, quietSession: target.quietSession,
            ownSession: target.own, writer: target.writer, deferred: target.takeDeferred(), lockWait: target.lockWait,
            startedOn: startedOn)
    }

    /// Runs the script.
    ///
    /// - Throws: `ScriptFailure` with all that is known, after the journal was brought to what is true.
    func run() throws {
        let stopwatch = Stopwatch()
        do {
            guard facts.areTrue(of: step.script) else { throw changedMeanwhile }
            let statements = try target.statements(of: step.script)
            if target.cleanCharacterSet != statements.characterSet || target.selectedDatabase == nil {
                try target.resetSession(database: target.selectedDatabase, characterSet: statements.characterSet)
            }
            target.cleanCharacterSet = nil
            self.statements = statements
            holdsTableLocks = false
            selected = .known(target.selectedDatabase)
            if step.start > 0, let state = step.record?.sessionState {
                try session.execute(state)
                selected = .unknown
                prepared.restore(from: state)
                target.lockWait.restore(from: state)
            }
            undo = try target.undoLog(step, facts)
            journal.undoRecords = undo?.begin(isRepeated: step.record != nil || step.isRepeated) ?? []
            while let element = try next(of: statements) { try run(element) }
            let endsWithRows = endsWithBatch
            if !endsWithRows { try sendBatch() }
            guard facts.areTrue(of: step.script) else { throw changedMeanwhile }
            if endsWithRows { try sendBatch(isEnd: true) } else { try finish() }
            target.cleanCharacterSet = leavesTrace || step.start > 0 ? nil : statements.characterSet
        } catch {
            throw settle(error, milliseconds: stopwatch.milliseconds)
        }
    }

    private func run(_ element: ScriptStatements.Element) throws {
        switch element {
        case .statement(let statement):
            if statement.index < step.start {
                journal.passed(statement)
                userVariables.collect(from: statement)
                settings.collect(from: statement)
            } else if canTravelWithOthers(statement) {
                if !batch.hasRoom(for: statement) { try sendBatch() }
                batch.add(statement)
                if batch.isFull { try sendBatch(readsOn: true) }
            } else {
                try sendBatch()
                try run(statement)
            }
            passed += 1
        case .use, .charset:
            try sendBatch()
            // What came before the start is in the session state that was restored.
            if passed >= step.start { try run(command: element) }
        }
    }

    private func next(of statements: ScriptStatements) throws -> ScriptStatements.Element? {
        defer { held = nil }
        return try held?.get() ?? read(statements)
    }

    /// Reads the next statement while the server works on one, unless both together may be too much to hold.
    private func readNext(during statement: ScriptStatement) {
        guard held == nil, let statements, statement.text.count < 1 << 22 else { return }
        held = Result { try read(statements) }
        guard case .success(.statement(let next)?) = held, case .known(let database) = selected,
            database == target.selectedDatabase, journal.writer != nil
        else { return }
        do {
            try target.foresee([next], during: [statement])
        } catch {
            // It is read again when it is needed, and says so then.
            target.known.forget()
        }
    }

    private func run(command element: ScriptStatements.Element) throws {
        leavesTrace = true
        switch element {
        case .statement: break
        case .use(let database, let place):
            commandPlace = place
            try session.select(database: database)
            selected = .known(database)
            isSessionChanged = true
        case .charset(let name, let place):
            commandPlace = place
            guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) else {
                throw DeploymentError(.badScript, "\"\(name)\" is no character set.", place: place)
            }
            try session.execute("SET NAMES \(name)")
            isSessionChanged = true
        }
        commandPlace = nil
    }

    private func run(_ statement: ScriptStatement) throws {
        let statement = marked(try prepared.executed(by: statement, variable: userVariable) ?? statement)
        if target.watch.signal != nil { throw DatabaseError.interrupted }
        guard statement.text.count == statement.length else { throw tooLong(statement) }
        current = statement
        isBehindCurrent = false
        let started = Stopwatch()
        target.emit(.statementStarted(step.script.identity, statement.summary))
        // A COMMIT commits its own record with the script's work; every other statement is recorded when it is done.
        let isRecordedBefore = statement.transactionRule == .endsTransaction
        if isRecordedBefore { journal.passed(statement) }
        lockWait = nil
        try prepare(statement)
        let wasEnded = try sendPatiently(statement)
        // What was ended and says that it went well may have done something else than the script meant; it is taken
        // back. DDL happens whole or not at all, and this one did.
        if wasEnded && statement.transactionRule != .commits {
            wasEndedWell = true
            throw DatabaseError.interrupted
        }
        if !isRecordedBefore { journal.passed(statement) }
        isBehindCurrent = true
        try conclude(statement)
        target.emit(
            .statementFinished(step.script.identity, statement.summary, milliseconds: started.milliseconds))
        current = nil
    }

    /// Sends the statement under watch, behind what the journal has to say first.
    ///
    /// - Returns: Whether the server was told to end it.
    func send(_ statement: ScriptStatement) throws -> Bool {
        let look = lookForLocks(of: statement)
        defer { look?.end() }
        let coda = self.coda
        self.coda = []
        if !statement.canTravelWithRecords, coda.isEmpty { try journal.send() }
        do {
            return try target.watch.during(
                session.interrupter, at: target.place, timeout: target.configuration.statementTimeout,
                look: look
            ) {
                try journal.send(statement.text, coda: coda) {
                    if statement.index + 1 == facts.statementCount {
                        target.readAhead(after: step, during: [statement])
                    } else {
                        readNext(during: statement)
                    }
                    undo?.look(during: statement)
                }
            }
        } catch let error as DatabaseError {
            if error.isLockWaitTimeout, canTryAgain(statement) { look?.lookBack(on: target.own) }
            lockWait = look?.found
            guard error.isDatabaseExisting, target.isFreshDatabase(of: statement) else { throw error }
            // An empty database is as good as one that the script creates; whoever made it may have had to.
            target.emit(
                .notice(
                    Problem(
                        .databaseExists, .notice,
                        "\(statement.place): the database \(target.configuration.database) is there already, and empty; its "
                            + "CREATE DATABASE is passed over.", script: step.script.identity)))
            return false
        }
    }

    /// What has to be in the journal, or in the open transaction, before the statement.
    private func prepare(_ statement: ScriptStatement) throws {
        let place: ScriptJournal.Place = holdsTableLocks ? .own : .script
        isWhole = false
        if holdsTableLocks, session.isInTransaction, statement.commitsFirst { try commitBesideTableLocks() }
        if owesRecord, !isRecordedUnderTableLocks(statement) { try record(position: statement.index, at: .own) }
        owesRecord = false
        try keepForUndo(before: statement)
        if try target.createsCheckpoint(statement) { try target.yieldCheckpointTable() }
        switch statement.transactionRule {
        case .joins:
            if holdsTableLocks {
                guard isRecordedUnderTableLocks(statement) else { break }
                try record(position: statement.index, intent: statement, at: place)
            } else if !session.isInTransaction {
                journal.begin()
            }
        case .commits:
            try recordIntent(of: statement)
        case .mayCommit where place == .own || isScriptTransaction:
            body = try routineBody(of: statement)
            let isMissing = statement.callsWhatIsMissing(body)
            if holdsTableLocks, session.isInTransaction {
                if !isMissing { try recordCommit(by: statement) }
            } else {
                try record(position: statement.index, intent: isMissing ? nil : statement, at: place)
            }
        case .mayCommit:
            // The client would have committed what is before it: a procedure that rolls back must not reach that. What
            // the statement does itself is in a transaction with its intent, where that means the same: if nothing in it
            // commits, nothing of it is in doubt.
            body = try routineBody(of: statement)
            isWhole = statement.isWholeInTransaction(body)
            let isAskedAbout = mayUseInsertID(behind: statement) || (facts.lastUseOfResult ?? -1) > statement.index
            let leavesSession = !isAskedAbout && statement.leavesSession(body)
            try record(position: statement.index, intent: isWhole ? nil : statement, at: place)
            if isWhole || !leavesSession { try journal.commit() } else { journal.commitWithNext() }
            if isWhole { try record(position: statement.index, intent: statement, at: place) }
            // The server runs a packet to its end also when its deployer is gone.
            if leavesSession { coda = journal.done(statement) }
        case .endsTransaction where holdsTableLocks:
            if session.isInTransaction { try recordCommit(by: statement) }
        case .endsTransaction:
            if session.isInTransaction, !isReadOnlyTransaction {
                try record(position: statement.index + 1, at: place)
            }
        case .startsTransaction:
            if session.isInTransaction {
                try record(position: statement.index, at: place)
                // `SET autocommit = 0` leaves open what is open, and with the client nothing is.
                if statement.commitsBefore(isOwnTransaction: isScriptTransaction) { try journal.commit() }
            }
        case .needsNoTransaction:
            if session.isInTransaction {
                try record(position: statement.index, at: place)
                try journal.commit()
            }
        case .indifferent where statement.effective.verb == .rollback:
            // With the client every statement before it is committed by now, unless the script began a transaction.
            if session.isInTransaction, !isScriptTransaction, !holdsTableLocks {
                try record(position: statement.index, at: place)
                try journal.commit()
            }
        case .indifferent:
            break
        }
    }

    /// The record stays where the transaction began, with the session as it was there.
    private func recordCommit(by statement: ScriptStatement) throws {
        isSessionChanged = true
        try journal.recordCommit(by: statement)
    }

    /// Commits what the script's transaction holds, which no record can commit with: after a crash a human has to tell.
    private func commitBesideTableLocks() throws {
        guard let last else { return }
        try recordCommit(by: last)
        try journal.commit()
        journal.committed(last, sessionState: try captureIfChanged())
        owesRecord = true
    }

    /// Whether a statement's intent is recorded under table locks. Without `autocommit` one that joins the transaction waits for
    /// its commit, and so does its record.
    func isRecordedUnderTableLocks(_ statement: ScriptStatement) -> Bool {
        statement.transactionRule == .commits || statement.transactionRule == .joins && session.isAutocommitting
    }

    /// Keeps what it takes to take the statement back.
    private func keepForUndo(before statement: ScriptStatement) throws {
        guard let undo else { return }
        try keeping(for: statement, in: undo) {
            let isLast = statement.index + 1 == facts.statementCount
            journal.undoRecords += try undo.before(
                statement, isOwnTransaction: isScriptTransaction, isLast: isLast, database: try selectedDatabase(),
                holdsTableLocks: holdsTableLocks, dialect: session.dialect, lockRows: lockRows(of:))
        }
    }

    /// Keeps something for the undo log, or gives it up.
    func keeping(for statement: ScriptStatement, in undo: UndoLog, _ keep: () throws -> Void) throws {
        do {
            try keep()
        } catch let obstacle as UndoObstacle {
            giveUp(undo, statement, obstacle.reason)
        } catch let error as DatabaseError where error.isAccessDenied {
            giveUp(undo, statement, "this user may not see what it changes")
        }
    }

    /// From here on the script cannot be taken back.
    func giveUp(_ undo: UndoLog, _ statement: ScriptStatement, _ reason: String) {
        self.undo = nil
        journal.undoRecords = [UndoTable(tables: undo.tables).delete(step.script.identity)]
        target.emit(
            .notice(
                Problem(
                    .resume, .warning,
                    """
                    \(step.script.identity) could not be taken back from here on: \(statement.effective.verb.words) on line \
                    \(statement.place.line ?? 0): \(reason).
                    """, script: step.script.identity)))
    }

    /// Puts the intent of a statement that commits by itself where it belongs.
    func recordIntent(of statement: ScriptStatement) throws {
        fingerprint = try fingerprint(of: statement)
        try record(
            position: statement.index, intent: statement, fingerprint, at: holdsTableLocks ? .own : .script)
        journal.limitsLockWait = journal.writer != nil && canTryAgain(statement)
    }

    func record(
        position: Int, intent statement: ScriptStatement? = nil, _ fingerprint: Fingerprint? = nil,
        at place: ScriptJournal.Place
    ) throws {
        try journal.record(
            position: position, sessionState: try captureIfChanged(), intent: statement, fingerprint: fingerprint,
            on: place)
    }

    private func finish() throws {
        // The client would leave open locks to the end of its connection, and the journal must be within reach.
        if holdsTableLocks {
            if session.isInTransaction { try commitBesideTableLocks() }
            try session.execute("UNLOCK TABLES")
        }
        holdsTableLocks = false
        target.deferred = try journal.finish(
            target.checkpoint(after: step.script),
            forgets: undo.map { UndoTable(tables: $0.tables).delete(step.script.identity) },
            defers: undo?.hasCopies != true && target.nextCommitsSoon(after: step, waits: endsWithDefinition))
        let done = undo
        // The script is applied: whatever comes now must not take it back.
        undo = nil
        do {
            try done?.dropCopies()
        } catch {
            target.emit(
                .notice(
                    Problem(
                        .journal, .warning,
                        "What was kept to take \(step.script.identity) back is still there, and goes at the end: \(error)"
                    )))
        }
        if target.writer == nil, session.isInTransaction { try session.commit() }
    }
}
