/// One running script's side of the journal: where the script is, and what of that is committed.
///
/// Until the database exists there is no place to write; then nothing is written, and `open` catches up.
final class ScriptJournal {
    let script: ScriptIdentity
    private let facts: ScriptFacts
    private let session: any Session
    /// Nil while there is no journal yet.
    private(set) var writer: JournalWriter?
    /// The lock's session, on which records commit by themselves.
    private let ownSession: any Session
    private let serverStart: String

    /// Where the script is according to the database.
    private var committedPosition: JournalWriter.Position
    /// What the open transaction says, and will be so once it is committed.
    private var pendingPosition: JournalWriter.Position
    /// What was written last; a position that is not another one needs no writing.
    private var writtenPosition: Int?
    private let digest: Checksum

    /// Statements whose effect is committed.
    var committed: Int { committedPosition.statements }

    init(
        step: PlanStep, facts: ScriptFacts, session: any Session, ownSession: any Session, writer: JournalWriter?,
        serverStart: String
    ) {
        script = step.script.identity
        self.facts = facts
        self.session = session
        self.ownSession = ownSession
        self.writer = writer
        self.serverStart = serverStart
        digest = Checksum()
        committedPosition = JournalWriter.Position(
            statements: step.start, digest: facts.digestBeforeStart, sessionState: step.record?.sessionState)
        pendingPosition = committedPosition
    }

    /// Records the start, in a transaction that the script's first statements share.
    func start() throws {
        try writer?.start(script, facts: facts, position: committed, on: session)
        writtenPosition = committed
    }

    /// The journal has come into being in the middle of the script.
    func open(_ writer: JournalWriter) throws {
        self.writer = writer
        try start()
    }

    /// Counts a statement as read, whether it runs now or ran before.
    func passed(_ statement: ScriptStatement) {
        digest.update(statement.text)
    }

    /// Puts a position into the transaction, opening one if need be, so that both commit together.
    ///
    /// - Parameters:
    ///   - position: Statements that are done once the transaction is committed.
    ///   - sessionState: SQL that restores the session there; nil if it is as it was at the last position.
    ///   - statement: A statement that is about to run and commits by itself: its intent is recorded, too.
    func record(position: Int, sessionState: String?, intent statement: ScriptStatement?, on place: Place) throws {
        pendingPosition = JournalWriter.Position(
            statements: position, digest: digest.value(),
            sessionState: sessionState ?? pendingPosition.sessionState)
        guard let writer else { return }
        // The position of a fresh start is in its record already, and so is its session.
        let isWritten = writtenPosition == position && sessionState == nil
        let target = session(at: place)
        // Records of the lock's session commit by themselves, each with its packet's transaction.
        let transaction: JournalWriter.Transaction = place == .own || !session.isInTransaction ? .begins : .isOpen
        try writer.record(
            script, position: isWritten ? nil : pendingPosition, intent: statement.map(intent), transaction, on: target)
        if place == .own { try target.execute("COMMIT") }
        writtenPosition = statement == nil ? position : nil
    }

    private func intent(_ statement: ScriptStatement) -> JournalWriter.Intent {
        let digest = Checksum()
        digest.update(statement.text)
        return JournalWriter.Intent(
            statement: statement.index, kind: statement.classification.verb.words, digest: digest.value(),
            serverStart: serverStart, connectionID: session.connectionID)
    }

    /// The open transaction was committed, and with it what `advance` wrote.
    func committedPending() { committedPosition = pendingPosition }

    /// A statement that commits by itself is done.
    func committed(_ statement: ScriptStatement) {
        committedPosition = JournalWriter.Position(
            statements: statement.index + 1, digest: digest.value(), sessionState: pendingPosition.sessionState)
        pendingPosition = committedPosition
    }

    /// Whether the intent of a statement that failed was committed, which means that something else was, too.
    func hasCommittedIntent(_ statement: ScriptStatement) throws -> Bool {
        guard let writer else { return false }
        return try ownSession.value(
            """
            SELECT COUNT(*) FROM \(writer.tables.name(JournalTables.step))
            WHERE FolderName = \(quoted(literal: script.folder)) AND FileName = \(quoted(literal: script.file))
                AND StatementIndex = \(statement.index)
            """) != "0"
    }

    /// Records the end and commits it, with whatever of the script is not committed yet.
    func finish(checkpoint: CheckpointMove?) throws {
        guard let writer else { return }
        try writer.finish(
            script, statements: facts.statementCount, checkpoint: checkpoint,
            session.isInTransaction ? .isOpen : .begins, on: session)
        try session.execute("COMMIT")
    }

    /// Records a failure on a session that is clean.
    func fail(_ message: String, on session: any Session) throws {
        try writer?.fail(script, facts: facts, position: committedPosition, error: message, on: session)
    }

    /// With which session a record is written.
    enum Place {
        /// The script's: the record commits with the script's work.
        case script
        /// The lock's: the record commits by itself. Under `LOCK TABLES` a session reaches no other tables.
        case own
    }

    private func session(at place: Place) -> any Session {
        place == .script ? session : ownSession
    }
}
