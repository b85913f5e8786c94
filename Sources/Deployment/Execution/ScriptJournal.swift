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

    /// Where a script is: the statements that are done, and what it takes to go on behind them.
    private struct Position {
        var statements: Int
        /// SHA-256 over the statements.
        var digest: String
        /// SQL that restores the session; nil if nothing needs to be restored.
        var sessionState: String?
    }

    /// Where the script is according to the database.
    private var committedPosition: Position
    /// What the open transaction says, and will be so once it is committed.
    private var pendingPosition: Position
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
        committedPosition = Position(
            statements: step.start, digest: facts.digestBeforeStart, sessionState: step.record?.sessionState)
        pendingPosition = committedPosition
    }

    /// Records the start, in a transaction that the script's first statements share.
    func start() throws {
        guard let writer else { return }
        try session.execute("START TRANSACTION")
        try writer.start(script, facts: facts, position: committed, on: session)
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

    /// Puts a position into the open transaction, so that both commit together.
    ///
    /// - Parameters:
    ///   - position: Statements that are done once the transaction is committed.
    ///   - sessionState: SQL that restores the session there; nil if it is as it was at the last position.
    func advance(to position: Int, sessionState: String?, on place: Place) throws {
        pendingPosition = Position(
            statements: position, digest: digest.value(),
            sessionState: sessionState ?? pendingPosition.sessionState)
        try writer?.advance(
            script, to: position, digest: pendingPosition.digest, sessionState: pendingPosition.sessionState,
            on: session(at: place))
    }

    /// The open transaction was committed, and with it what `advance` wrote.
    func committedPending() { committedPosition = pendingPosition }

    /// A statement that commits by itself is done.
    func committed(_ statement: ScriptStatement) {
        committedPosition = Position(
            statements: statement.index + 1, digest: digest.value(), sessionState: pendingPosition.sessionState)
        pendingPosition = committedPosition
    }

    /// Records that a statement is about to run that commits by itself.
    func intend(_ statement: ScriptStatement, on place: Place) throws {
        let statementDigest = Checksum()
        statementDigest.update(statement.text)
        try writer?.intend(
            script, statement: statement.index, kind: statement.classification.verb.words,
            digest: statementDigest.value(), serverStart: serverStart, connectionID: session.connectionID,
            on: session(at: place))
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
        try writer.finish(script, statements: facts.statementCount, checkpoint: checkpoint, on: session)
        try session.execute("COMMIT")
    }

    /// Records a failure on a session that is clean.
    func fail(_ message: String, on session: any Session) throws {
        guard let writer else { return }
        try session.execute("START TRANSACTION")
        try writer.start(script, facts: facts, position: committed, on: session)
        try writer.fail(
            script, position: committed, digest: committedPosition.digest,
            sessionState: committedPosition.sessionState, error: message, on: session)
        try session.execute("COMMIT")
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
