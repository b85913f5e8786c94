/// Writes the journal of one target. Every method names the session on which it writes, since that decides with what
/// it commits: on a script's session a record commits together with the script's own work.
struct JournalWriter {
    let tables: JournalTables
    let deploymentID: Int
    /// The number under which this deployer holds the lock.
    let fence: UInt64
    /// Whether the server is a node of a cluster: then every transaction writes the lock's row, so that none commits after
    /// another node has written it.
    var isInCluster = false
    let clock: ServerClock

    // MARK: Deployments

    /// Creates what is missing, on a session of its own (DDL commits).
    static func createTables(_ tables: JournalTables, on session: any Session) throws {
        for statement in tables.createOthers + [tables.createCheckpoint] { try session.execute(statement) }
    }

    /// Records that a deployment begins.
    ///
    /// - Parameters:
    ///   - serverStart: Which run of the server.
    ///   - connectionID: On which the scripts run; nil if none will.
    /// - Returns: Its id, and the server's clock.
    static func begin(
        _ tables: JournalTables, strategy: String, serverStart: String? = nil, connectionID: UInt64? = nil,
        on session: any Session
    ) throws -> (id: Int, clock: ServerClock) {
        try session.execute(
            beginning(tables, strategy: strategy, serverStart: serverStart, connectionID: connectionID))
        return begun(try session.query(idAndClock).first)
    }

    /// The statement that records that a deployment begins.
    static func beginning(
        _ tables: JournalTables, strategy: String, serverStart: String?, connectionID: UInt64?
    ) -> String {
        """
        INSERT INTO \(tables.name(JournalTables.deployment)) (Strategy, StartedOn, Deployer, ServerStart,
            Connections, Tool)
        VALUES (\(quoted(literal: strategy)), UTC_TIMESTAMP(6), \(quoted(literal: Deployer.current.description)),
            \(quoted(literal: serverStart)), \(connectionID.map { "\($0)" } ?? "NULL"),
            \(quoted(literal: Tool.nameAndVersion)))
        """
    }

    /// Asks behind it for the deployment's id, and for the server's clock.
    static let idAndClock = "SELECT LAST_INSERT_ID(), \(ServerClock.columns)"

    /// - Parameter row: Of `idAndClock`.
    static func begun(_ row: Row?) -> (id: Int, clock: ServerClock) {
        let row = row ?? [nil, nil, nil]
        return (row[0].flatMap(Int.init) ?? 0, ServerClock(row.dropFirst()))
    }

    /// Records that the folders for fresh databases are done.
    func establish(on session: any Session) throws {
        try session.execute("UPDATE \(deployment) SET IsEstablished = TRUE WHERE Id = \(deploymentID)")
    }

    /// Records further connections on which scripts run.
    func add(connections: [UInt64], on session: any Session) throws {
        let list = connections.map(String.init).joined(separator: ", ")
        try session.execute(
            "UPDATE \(deployment) SET Connections = CONCAT_WS(',', Connections, \(list)) WHERE Id = \(deploymentID)")
    }

    /// Records how the deployment ended.
    func finish(outcome: String, applied: Int, error: String?, on session: any Session) throws {
        try session.execute(
            """
            UPDATE \(deployment) SET Outcome = \(quoted(literal: outcome)), FinishedOn = UTC_TIMESTAMP(6),
                Applied = \(applied), Error = \(quoted(literal: error)) WHERE Id = \(deploymentID)
            """)
    }

    // MARK: Scripts

    /// Where a script is.
    struct Position: Equatable {
        /// The statements that are done.
        var statements: Int
        /// SHA-256 over them; nil where nothing will be compared with it.
        var digest: String?
        /// SQL that brings a session back to this position; nil if nothing needs to be brought back.
        var sessionState: String?
        /// The statement that commits by itself and is about to run.
        var intent: Intent?
    }

    /// A statement that commits by itself and is about to run.
    struct Intent: Equatable {
        /// The first is 0.
        var statement: Int
        /// SHA-256.
        var digest: String
        /// By which the next run can tell what became of it; nil if it cannot.
        var fingerprint: String?

        init(of statement: ScriptStatement, _ fingerprint: Fingerprint?) {
            self.statement = statement.index
            let digest = Checksum()
            digest.update(statement.text)
            self.digest = digest.value()
            self.fingerprint = fingerprint?.text
        }
    }

    /// Records that a script is under way, and where.
    ///
    /// - Parameter startedOn: As a literal; so in all of these.
    func running(
        _ script: ScriptIdentity, facts: ScriptFacts, startedOn: String, at position: Position
    ) -> JournalRecords {
        JournalRecords(rows: [row(script, .running, facts, startedOn, position)])
    }

    /// One row of `DatabaseTrackScript`.
    private func row(
        _ script: ScriptIdentity, _ state: ScriptRecord.State, _ facts: ScriptFacts, _ startedOn: String,
        _ position: Position, error: String? = nil
    ) -> [String] {
        [
            "\(position.statements)", quoted(literal: script.folder), quoted(literal: script.file),
            quoted(literal: state.rawValue),
            quoted(literal: facts.checksum),
            quoted(literal: position.digest), quoted(literal: position.sessionState),
            position.intent.map { "\($0.statement)" } ?? "NULL", quoted(literal: position.intent?.digest),
            quoted(literal: position.intent?.fingerprint), "\(deploymentID)", startedOn,
            state == .running ? "NULL" : clock.now, quoted(literal: error),
        ]
    }

    /// The statement that records where a script is, if the lock is still ours; otherwise it does nothing.
    func movingIfHeld(_ script: ScriptIdentity, to position: Position) -> String {
        """
        UPDATE \(self.script) SET Position = \(position.statements),
            PositionDigest = \(quoted(literal: position.digest)),
            SessionState = \(quoted(literal: position.sessionState)),
            Intent = \(position.intent.map { "\($0.statement)" } ?? "NULL"),
            IntentDigest = \(quoted(literal: position.intent?.digest)),
            IntentFingerprint = \(quoted(literal: position.intent?.fingerprint)) WHERE \(matches(script))
            AND \(fence) = (SELECT Fence FROM \(tables.name(JournalTables.lock)) WHERE Id = 1)
        """
    }

    /// Whatever the session's `completion_type` is.
    static let commit = "COMMIT AND NO CHAIN NO RELEASE"

    /// Records that a script ran to its end, and moves the folder's checkpoint.
    ///
    /// - Parameter checkpoint: Where the folder's row of `DatabaseTrack` goes; nil leaves it alone.
    func finishing(
        _ script: ScriptIdentity, facts: ScriptFacts, startedOn: String, checkpoint: CheckpointMove?
    ) -> JournalRecords {
        JournalRecords(
            rows: [row(script, .applied, facts, startedOn, Position(statements: facts.statementCount))],
            statements: checkpoint.map(move) ?? [])
    }

    /// Records that a script ran to its end before others that come before it.
    func finishingAhead(_ script: ScriptIdentity, facts: ScriptFacts, startedOn: String) -> JournalRecords {
        JournalRecords(rows: [row(script, .ahead, facts, startedOn, Position(statements: facts.statementCount))])
    }

    /// Records that a script failed.
    ///
    /// - Parameter state: `failed`, or `undoing` if it is taken back next.
    func failing(
        _ script: ScriptIdentity, facts: ScriptFacts, startedOn: String, position: Position, error: String,
        as state: ScriptRecord.State
    ) -> JournalRecords {
        JournalRecords(rows: [row(script, state, facts, startedOn, position, error: error)])
    }

    /// The statement that keeps the digests of a failed script's statements.
    func keeping(_ digests: String, of script: ScriptIdentity) -> String {
        "UPDATE \(self.script) SET StatementDigests = \(quoted(literal: digests)) WHERE \(matches(script))"
    }

    /// Whether writes open the transaction that they are part of.
    enum Transaction {
        case begins, isOpen
    }

    /// A packet that writes after making sure that this deployer still holds the lock. The lock's row stays locked until
    /// the transaction ends, so who wants to take the lock over has to wait for it. Without `commits` nothing commits
    /// here: on a script's session the script's own work commits with it, and a statement that commits by itself commits
    /// it before it does anything else ("Statements That Cause an Implicit Commit").
    func packet(_ records: JournalRecords, _ transaction: Transaction, commits: Bool = false) -> [String] {
        let begin = transaction == .begins ? ["START TRANSACTION READ WRITE"] : []
        let checked = records.rows.isEmpty ? "SELECT \(fenceCheck) LIMIT 1" : replacing(records)
        let renewal = isInCluster ? [Lease.renewal(tables.name(JournalTables.lock), fence)] : []
        return begin + [checked] + renewal + records.statements + (commits ? [Self.commit] : [])
    }

    /// The rows of scripts, in one statement, which fails if the lock is not ours any more. Rows are whole, and `REPLACE` is
    /// shorter than naming every column once more: an update of the row where there is one.
    private func replacing(_ records: JournalRecords) -> String {
        var (columns, rows) = records.filled
        rows[0][0] += " + \(fenceCheck)"
        return """
            REPLACE INTO \(script) (\(columns.joined(separator: ", ")))
            VALUES \(rows.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ",\n"))
            """
    }

    /// Zero as long as the number is ours, and otherwise error 1690, so that nothing after it runs: the largest `BIGINT`
    /// and one is out of range in every SQL mode ("Out-of-Range and Overflow Handling"). Without a row the subquery is
    /// `NULL` ("The Subquery as Scalar Operand").
    private var fenceCheck: String {
        """
        0 * (~0 + COALESCE((SELECT Fence <> \(fence) FROM \(tables.name(JournalTables.lock)) WHERE Id = 1 \
        LOCK IN SHARE MODE), 1))
        """
    }

    /// Sends what `packet` made.
    ///
    /// - Parameters:
    ///   - statement: One of a script that follows in the same packet; empty for none.
    ///   - coda: What follows behind the statement.
    ///   - meanwhile: Called while the server works. It must not use the session.
    func send(
        _ packet: [String], then statement: [UInt8] = [], coda: [String] = [], meanwhile: () -> Void = {},
        on session: any Session
    ) throws {
        try checked(packet) { () throws(DatabaseError) in
            if statement.isEmpty {
                let last = Array((packet.last ?? "").utf8)
                try session.execute(last, after: packet.dropLast(), then: [], meanwhile: meanwhile)
            } else {
                try session.execute(statement, after: packet, then: coda, meanwhile: meanwhile)
            }
        }
    }

    /// Sends what `packet` made, and behind it statements of scripts, and of ours among them.
    ///
    /// - Parameter isDone: Called when one of the parts is done, with its place.
    func send(
        _ packet: [String], batch parts: [PacketPart], meanwhile: () -> Void, on session: any Session,
        isDone: (Int) -> Void
    ) throws {
        try checked(packet + parts.map(\.ourText)) { () throws(DatabaseError) in
            try session.execute(batch: parts.map(\.bytes), after: packet, meanwhile: meanwhile, isDone: isDone)
        }
    }

    /// Tells when a packet failed because the lock is not ours any more.
    private func checked(_ packet: [String], _ send: () throws(DatabaseError) -> Void) throws {
        do throws(DatabaseError) {
            try send()
        } catch {
            guard error.isOutOfRange, error.completed < packet.count,
                packet[error.completed].contains(fenceCheck)
            else { throw error }
            throw DeploymentError(
                .locked, "Another deployer has taken over the lock of \(tables.database); this one stops.",
                advice: "See who runs: databasedeploy status")
        }
    }

    /// Writes and commits.
    func write(_ records: JournalRecords, _ transaction: Transaction, on session: any Session) throws {
        try send(packet(records, transaction, commits: true), on: session)
    }

    /// Records scripts that count as applied without having been run by us. Does not commit.
    ///
    /// - Parameter state: Why they count: `adopted`, `baselined`, or `applied` for those that ran before there was a
    ///   journal.
    func record(
        _ scripts: [(identity: ScriptIdentity, checksum: String)], as state: ScriptRecord.State, on session: any Session
    ) throws {
        // One statement for a few hundred rows: a packet of well under a megabyte.
        for start in stride(from: 0, to: scripts.count, by: 500) {
            let rows = scripts[start..<min(start + 500, scripts.count)].map { identity, checksum in
                """
                (\(quoted(literal: identity.folder)), \(quoted(literal: identity.file)), \(quoted(literal: state.rawValue)), \
                \(quoted(literal: checksum)), \(deploymentID), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
                """
            }
            try session.execute(
                """
                INSERT INTO \(script) (FolderName, FileName, State, Checksum, DeploymentId, StartedOn, FinishedOn)
                VALUES \(rows.joined(separator: ",\n"))
                ON DUPLICATE KEY UPDATE State = VALUES(State), Checksum = VALUES(Checksum), FinishedOn = VALUES(FinishedOn),
                    Error = NULL
                """)
        }
    }

    /// Forgets scripts, so that they count as new. Does not commit.
    func forget(_ scripts: [ScriptIdentity], on session: any Session) throws {
        for identity in scripts { try session.execute(forgetting(identity)) }
    }

    /// The statement that forgets a script.
    func forgetting(_ identity: ScriptIdentity) -> String { "DELETE FROM \(script) WHERE \(matches(identity))" }

    // MARK: Spellings

    var script: String { tables.name(JournalTables.script) }
    private var deployment: String { tables.name(JournalTables.deployment) }

    func matches(_ script: ScriptIdentity) -> String { tables.matches(script) }

    /// The statements that move a checkpoint. An `INSERT … ON DUPLICATE KEY UPDATE` uses up an `AUTO_INCREMENT` value each
    /// time, so it is only for a folder's first row.
    func move(_ move: CheckpointMove) -> [String] {
        let folder = quoted(literal: move.folder)
        let file = quoted(literal: move.file)
        let table = tables.name(JournalTables.checkpoint)
        let moving =
            move.isNew
            ? """
            INSERT INTO \(table) (FolderName, LastExecutedFile, LastExecutedOn)
            VALUES (\(folder), \(file), \(clock.nowInSeconds))
            ON DUPLICATE KEY UPDATE LastExecutedFile = VALUES(LastExecutedFile), LastExecutedOn = VALUES(LastExecutedOn)
            """
            : "UPDATE \(table) SET LastExecutedFile = \(file), LastExecutedOn = \(clock.nowInSeconds) WHERE FolderName = \(folder)"
        guard !move.passes.isEmpty else { return [moving] }
        let files = move.passes.map { quoted(literal: $0.file) }.joined(separator: ", ")
        return [
            """
            UPDATE \(script) SET State = \(quoted(literal: ScriptRecord.State.applied.rawValue))
            WHERE FolderName = \(folder) AND FileName IN (\(files)) AND State = \(quoted(literal: ScriptRecord.State.ahead.rawValue))
            """, moving,
        ]
    }
}

/// What the end of a script does to its folder's checkpoint.
enum CheckpointEffect: Sendable {
    /// Nil leaves it where it is, as it is past the script.
    case moves(CheckpointMove?)
    /// Scripts before it may not have run yet.
    case staysBehind
}

/// A new value for a folder's row of `DatabaseTrack`.
struct CheckpointMove: Sendable, Equatable {
    var folder: String
    var file: String
    /// Whether the folder has no row yet.
    var isNew: Bool
    /// Scripts that ran ahead of the checkpoint until now.
    var passes: [ScriptIdentity] = []

    /// Several of one folder, one after the other, at once; nil for none.
    static func merged(_ moves: [Self]) -> Self? {
        guard var move = moves.last else { return nil }
        move.isNew = moves.contains(where: \.isNew)
        move.passes = moves.flatMap(\.passes)
        return move
    }
}
