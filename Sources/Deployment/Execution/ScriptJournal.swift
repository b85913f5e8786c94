import SQLScript

/// One running script's side of the journal: where the script is, and what of that is committed.
///
/// Until the database exists there is no place to write; then nothing is written, and `open` catches up.
///
/// Records travel as late as they can, so that they share a packet and a commit with what comes next: the end of one
/// script and the start of the next are written by the first statement of the next one that needs a transaction.
final class ScriptJournal {
    let script: ScriptIdentity
    private let facts: ScriptFacts
    private let session: any Session
    /// The same, for what does not go with a statement.
    private let quietSession: any Session
    /// Nil while there is no journal yet.
    private(set) var writer: JournalWriter?
    /// The lock's session, on which records commit by themselves.
    private let ownSession: any Session

    /// Where this run began.
    private let start: JournalWriter.Position
    /// When, as a literal; empty as long as there is no journal.
    private var startedOn: String
    /// Behind the last statement with an intent that is done.
    private var done: JournalWriter.Position?
    /// Where the script is according to the database.
    private var committedPosition: JournalWriter.Position
    /// What the open transaction says, and will be so once it is committed.
    private var pendingPosition: JournalWriter.Position
    /// What was written last; a position that is not another one needs no writing.
    private var writtenPosition: Int?
    private let digest: Checksum
    /// The end of the script before. It travels with the start of this one, and is written again with a failure, as it
    /// does no harm twice.
    private var deferred: JournalRecords
    /// Whether that is in the open transaction.
    private var isDeferredWritten = false
    /// Whether the start of the script is in the open transaction.
    private var isStartWritten = false
    /// Whether the start of the script is committed.
    private var isStartCommitted = false
    /// What the undo log has to write with the next record.
    var undoRecords: [String] = []
    /// What waits for the next packet on the script's session.
    private var outbox: [String] = []
    /// How long definitions of the script's session wait for locks.
    private let lockWait: LockWaitLimit
    /// Whether the next statement is to wait no longer than that.
    var limitsLockWait = false

    /// Statements whose effect is committed.
    var committed: Int { committedPosition.statements }

    init(
        step: PlanStep, facts: ScriptFacts, session: any Session, quietSession: any Session, ownSession: any Session,
        writer: JournalWriter?, deferred: JournalRecords, lockWait: LockWaitLimit, startedOn: String?
    ) {
        script = step.script.identity
        self.facts = facts
        self.session = session
        self.quietSession = quietSession
        self.ownSession = ownSession
        self.lockWait = lockWait
        self.writer = writer
        digest = Checksum()
        committedPosition = JournalWriter.Position(
            statements: step.start, digest: facts.digestBeforeStart, sessionState: step.record?.sessionState)
        start = committedPosition
        self.startedOn = startedOn ?? writer?.clock.now ?? ""
        pendingPosition = committedPosition
        writtenPosition = step.start
        self.deferred = deferred
    }

    /// The journal has come into being in the middle of the script.
    func open(_ writer: JournalWriter) {
        self.writer = writer
        startedOn = writer.clock.now
        deferred = JournalRecords()
        isStartWritten = false
        pendingPosition = committedPosition
        writtenPosition = committed
    }

    /// Opens a transaction for statements that take part in it. Nobody else sees a record in it before it is committed, so there
    /// is none of this script until it ends, or a statement commits it. That the script before has ended, this one may see.
    func begin() {
        let records = takeDeferred()
        outbox =
            writer.flatMap { records.isEmpty ? nil : $0.packet(records, .begins) } ?? ["START TRANSACTION READ WRITE"]
    }

    /// Sends what waits, in front of a statement of the script.
    ///
    /// - Parameters:
    ///   - statement: Empty sends only what waits.
    ///   - coda: What follows behind the statement, in the same packet.
    ///   - meanwhile: Called while the server works, if something was sent before the statement.
    func send(_ statement: [UInt8] = [], coda: [String] = [], meanwhile: () -> Void = {}) throws {
        var packet = lockWait.end() + outbox
        outbox = []
        if limitsLockWait, !statement.isEmpty {
            packet += lockWait.begin()
            limitsLockWait = false
        }
        let session = statement.isEmpty ? quietSession : session
        guard !packet.isEmpty else {
            if !statement.isEmpty { try session.execute(statement, after: [], then: [], meanwhile: meanwhile) }
            return
        }
        if let writer {
            try writer.send(packet, then: statement, coda: coda, meanwhile: meanwhile, on: session)
        } else {
            try session.execute(Array(packet.joined(separator: ";\n").utf8))
            if !statement.isEmpty { try session.execute(statement) }
        }
    }

    /// Sends statements of the script.
    ///
    /// - Parameters:
    ///   - prelude: As `takePrelude` gave it.
    ///   - ending: As `ending` gave it; empty where the script goes on.
    ///   - isDone: Called when one of the statements, or of the ending, is done, with its place.
    func send(
        _ statements: [[UInt8]], after prelude: [String], then ending: [String], meanwhile: () -> Void,
        isDone: (Int) -> Void
    ) throws {
        if let writer {
            try writer.send(
                prelude, batch: statements.map(PacketPart.script) + ending.map(PacketPart.ours), meanwhile: meanwhile,
                on: session, isDone: isDone)
        } else {
            try session.execute(
                batch: statements + ending.map { Array($0.utf8) }, after: prelude, meanwhile: meanwhile, isDone: isDone)
        }
    }

    /// What waits, for a packet with several statements of the script behind it. Opens a transaction if none is open.
    ///
    /// - Parameter goesAhead: Whether it is sent by itself, so that nothing is left to travel with the statements.
    func takePrelude(goesAhead: Bool) throws -> [String] {
        if outbox.isEmpty, !session.isInTransaction { begin() }
        if goesAhead { try send() }
        defer { outbox = [] }
        return lockWait.end() + outbox
    }

    /// Commits what is open, and what waits with it.
    func commit() throws {
        try send()
        try quietSession.commit()
        committedPending()
    }

    /// Commits what is open with the next statement's packet.
    func commitWithNext() { outbox.append(JournalWriter.commit) }

    /// The records that say, in the packet of a statement that was passed already, that it is done; none without a journal.
    func done(_ statement: ScriptStatement) -> [String] {
        guard let writer, !outbox.isEmpty else { return [] }
        let behind = JournalWriter.Position(
            statements: statement.index + 1, digest: digest.value(with: statement.text),
            sessionState: pendingPosition.sessionState)
        return [writer.movingIfHeld(script, to: behind)]
    }

    /// The records that start the script; nil if they are written.
    private func takeStart(_ writer: JournalWriter, at position: JournalWriter.Position) -> JournalRecords? {
        guard !isStartWritten, !isStartCommitted else { return nil }
        isStartWritten = true
        return takeDeferred() + running(writer, at: position)
    }

    /// What the script before has left to write, once.
    private func takeDeferred() -> JournalRecords {
        defer { isDeferredWritten = true }
        return isDeferredWritten ? JournalRecords() : deferred
    }

    private func deferredIsCommitted() {
        if isDeferredWritten { deferred = JournalRecords() }
    }

    private func running(_ writer: JournalWriter, at position: JournalWriter.Position) -> JournalRecords {
        writer.running(script, facts: facts, startedOn: startedOn, at: position)
    }

    /// Counts a statement as read, whether it runs now or ran before.
    func passed(_ statement: ScriptStatement) {
        digest.update(statement.text)
    }

    /// Puts a position into the transaction, opening one if need be, so that both commit together. At the script's place it
    /// goes with the next packet.
    ///
    /// - Parameters:
    ///   - position: Statements that are done once the transaction is committed.
    ///   - sessionState: SQL that restores the session there; nil if it is as it was at the last position.
    ///   - statement: A statement that is about to run and commits by itself: its intent is recorded, too.
    ///   - fingerprint: What that statement changes, as it is before it.
    func record(
        position: Int, sessionState: String?, intent statement: ScriptStatement?, fingerprint: Fingerprint?,
        on place: Place
    ) throws {
        pendingPosition = JournalWriter.Position(
            statements: position, digest: position == 0 ? nil : digest.value(),
            sessionState: sessionState ?? pendingPosition.sessionState,
            intent: statement.flatMap { MissingIntent.isWanted ? nil : .init(of: $0, fingerprint) })
        guard let writer else { return }
        var records = JournalRecords()
        if let start = takeStart(writer, at: pendingPosition) {
            records = start
        } else if writtenPosition != position || sessionState != nil || statement != nil {
            records = running(writer, at: pendingPosition)
        }
        records.statements += undoRecords
        undoRecords = []
        switch place {
        case .own:
            try writeBesideTableLocks(records, writer)
            isStartCommitted = true
        case .script: outbox = writer.packet(records, session.isInTransaction ? .isOpen : .begins)
        }
        writtenPosition = statement == nil ? position : nil
    }

    /// Records, beside table locks, that a statement is about to commit the script's transaction, or that it is committed behind
    /// it. The position stays where the transaction began: nothing tells after a crash whether it was.
    func recordCommit(by statement: ScriptStatement) throws {
        pendingPosition = committedPosition
        pendingPosition.intent = MissingIntent.isWanted ? nil : .init(of: statement, nil)
        guard let writer else { return }
        var records = running(writer, at: pendingPosition)
        records.statements += undoRecords
        undoRecords = []
        try writeBesideTableLocks(records, writer)
        writtenPosition = nil
    }

    /// Seconds that a record waits for somebody's lock while the script's session holds table locks. Who wants to lock
    /// everything, such as a backup, waits for those and keeps every record waiting, so that neither would ever get on.
    private static let patience = 5

    private func writeBesideTableLocks(_ records: JournalRecords, _ writer: JournalWriter) throws {
        let packet = writer.packet(records, .begins, commits: true)
        do {
            try writer.send(
                ["SET SESSION lock_wait_timeout = \(Self.patience)"] + packet + [
                    "SET SESSION lock_wait_timeout = DEFAULT"
                ],
                on: ownSession)
        } catch {
            let refusal = error as? DatabaseError
            if refusal?.isConnectionLost == true { throw error }
            try ownSession.execute("ROLLBACK;\nSET SESSION lock_wait_timeout = DEFAULT")
            guard refusal?.isLockWaitTimeout == true else { throw error }
            throw DeploymentError(
                .failed,
                """
                The journal could not be written, as somebody's lock is in the way. That is often a backup that wants to lock \
                everything (FLUSH TABLES WITH READ LOCK), and waits for the tables that this script holds by LOCK TABLES.
                """, advice: "Nothing is wrong with the script. When that is over, type: databasedeploy")
        }
    }

    /// The open transaction was committed, and with it what was written into it.
    func committedPending() {
        committedPosition = pendingPosition
        isStartCommitted = isStartCommitted || isStartWritten
        deferredIsCommitted()
    }

    /// The open transaction was rolled back by the script itself, and with it what was written.
    func rolledBack() {
        (isStartWritten, isDeferredWritten) = (false, false)
        writtenPosition = nil
    }

    /// A statement that commits by itself is done.
    ///
    /// - Parameter sessionState: SQL that restores the session behind it; nil if it is as it was before.
    func committed(_ statement: ScriptStatement, sessionState: String? = nil) {
        committedPosition = JournalWriter.Position(
            statements: statement.index + 1, digest: digest.value(),
            sessionState: sessionState ?? pendingPosition.sessionState)
        pendingPosition = committedPosition
        done = committedPosition
        isStartCommitted = isStartCommitted || isStartWritten
        deferredIsCommitted()
    }

    /// Learns from the database where the script is after a failure. What the server did with a statement only the
    /// server knows: a comment for other versions commits nothing, a `COMMIT` that was ended may have committed all.
    ///
    /// - Parameter failed: The statement that failed.
    func learnPosition(failed: ScriptStatement?) throws {
        guard let writer else { return }
        let row = try ownSession.query(
            """
            SELECT Position, PositionDigest, SessionState, Intent FROM \(writer.script) WHERE \(writer.matches(script)) LIMIT 1
            """
        ).first
        guard let row, let position = row[0].flatMap(Int.init) else {
            committedPosition = start
            return
        }
        if let intent = row[3].flatMap(Int.init), intent != failed?.index, intent + 1 == done?.statements, let done {
            committedPosition = done
        } else {
            // The record of an end has none.
            let known = position == committedPosition.statements ? committedPosition.digest : nil
            let end = position == facts.statementCount ? digest.value() : start.digest
            committedPosition = JournalWriter.Position(
                statements: position, digest: row[1] ?? known ?? end, sessionState: row[2])
        }
    }

    /// Whether the intent of a statement that failed was committed, which means that something else was, too.
    func hasCommittedIntent(_ statement: ScriptStatement) throws -> Bool {
        guard let writer else { return false }
        return try ownSession.value(
            """
            SELECT COUNT(*) FROM \(writer.script) WHERE \(writer.matches(script)) AND Intent = \(statement.index)
            """) != "0"
    }

    /// The statements that record the end and commit it, for the packet of the last statements of the script's transaction.
    ///
    /// - Parameter checkpoint: What becomes of the folder's row of `DatabaseTrack`.
    func ending(_ checkpoint: CheckpointEffect) -> [String] {
        writer.map { $0.packet(takeDeferred() + end(checkpoint, $0), .isOpen, commits: true) } ?? []
    }

    /// The records of the end.
    func end(_ checkpoint: CheckpointEffect, _ writer: JournalWriter) -> JournalRecords {
        switch checkpoint {
        case .moves(let move): writer.finishing(script, facts: facts, startedOn: startedOn, checkpoint: move)
        case .staysBehind: writer.finishingAhead(script, facts: facts, startedOn: startedOn)
        }
    }

    /// Records the end.
    ///
    /// - Parameters:
    ///   - checkpoint: What becomes of the folder's row of `DatabaseTrack`.
    ///   - undoLog: The statement that deletes the script's undo log, if it has one.
    ///   - defers: Whether the next script commits at once, so that the record can go with it.
    /// - Returns: What the next script has to write; empty if everything is committed.
    func finish(_ checkpoint: CheckpointEffect, forgets undoLog: String?, defers: Bool) throws -> JournalRecords {
        guard let writer else { return JournalRecords() }
        var records = takeDeferred() + end(checkpoint, writer)
        records.statements += [undoLog].compactMap { $0 }
        if defers && !session.isInTransaction { return records }
        let packet = writer.packet(records, session.isInTransaction ? .isOpen : .begins, commits: true)
        try writer.send(lockWait.end() + packet, on: quietSession)
        return JournalRecords()
    }

    /// Records a failure on a session that is clean, and commits it.
    ///
    /// - Parameters:
    ///   - statement: One that failed and may have left part of itself behind; the next run must ask then.
    ///   - digests: Of the statements that are done, by which an edit of one is found; nil for none.
    func fail(
        _ message: String, doubt statement: ScriptStatement?, as state: ScriptRecord.State, digests: String?
    ) throws {
        guard let writer else { return }
        var position = committedPosition
        position.intent = statement.map { .init(of: $0, nil) }
        var failing = writer.failing(
            script, facts: facts, startedOn: startedOn, position: position, error: message, as: state)
        failing.statements += undoRecords
        if let digests { failing.statements.append(writer.keeping(digests, of: script)) }
        try writer.write(deferred + failing, .begins, on: quietSession)
    }

    /// With which session a record is written.
    enum Place {
        /// The script's: the record commits with the script's work.
        case script
        /// The lock's: the record commits by itself. Under `LOCK TABLES` a session reaches no other tables.
        case own
    }
}
