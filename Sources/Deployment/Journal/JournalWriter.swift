/// Writes the journal of one target. Every method names the session on which it writes, since that decides with what
/// it commits: on a script's session a record commits together with the script's own work.
struct JournalWriter {
    let tables: JournalTables
    let deploymentID: Int
    /// The number under which this deployer holds the lock.
    let fence: UInt64

    // MARK: Deployments

    /// Creates what is missing, on a session of its own (DDL commits).
    static func createTables(_ tables: JournalTables, on session: any Session) throws {
        for statement in tables.createOthers + [tables.createCheckpoint] { try session.execute(statement) }
    }

    /// Records that a deployment begins.
    ///
    /// - Returns: Its id.
    static func begin(_ tables: JournalTables, strategy: String, on session: any Session) throws -> Int {
        try session.execute(
            """
            INSERT INTO \(tables.name(JournalTables.deployment)) (Strategy, StartedOn, Deployer, Tool)
            VALUES (\(quoted(literal: strategy)), UTC_TIMESTAMP(6), \(quoted(literal: Deployer.current.description)),
                \(quoted(literal: Tool.nameAndVersion)))
            """)
        return try session.value("SELECT LAST_INSERT_ID()").flatMap(Int.init) ?? 0
    }

    /// Records that the folders for fresh databases are done.
    func establish(on session: any Session) throws {
        try session.execute("UPDATE \(deployment) SET IsEstablished = TRUE WHERE Id = \(deploymentID)")
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

    /// Records that a script starts, or goes on at a position. Does not commit.
    func start(_ script: ScriptIdentity, facts: ScriptFacts, position: Int, on session: any Session) throws {
        try checkFence(on: session)
        try session.execute(
            """
            INSERT INTO \(self.script) (FolderName, FileName, State, Checksum, Class, Statements, Position,
                DeploymentId, StartedOn)
            VALUES (\(quoted(literal: script.folder)), \(quoted(literal: script.file)), 'running',
                \(quoted(literal: facts.checksum)), \(quoted(literal: facts.scriptClass.rawValue)),
                \(facts.statementCount), \(position), \(deploymentID), UTC_TIMESTAMP(6))
            ON DUPLICATE KEY UPDATE State = VALUES(State), Checksum = VALUES(Checksum), Class = VALUES(Class),
                Statements = VALUES(Statements), Position = VALUES(Position), DeploymentId = VALUES(DeploymentId),
                StartedOn = VALUES(StartedOn), FinishedOn = NULL, Error = NULL
            """)
    }

    /// Records that the statements before `position` are done. Does not commit.
    ///
    /// - Parameter sessionState: SQL that brings a session back to this position.
    func advance(
        _ script: ScriptIdentity, to position: Int, digest: String, sessionState: String?, on session: any Session
    ) throws {
        try checkFence(on: session)
        try session.execute(
            """
            DELETE FROM \(step) WHERE \(matches(script));
            UPDATE \(self.script) SET Position = \(position), PositionDigest = \(quoted(literal: digest)),
                SessionState = \(quoted(literal: sessionState)) WHERE \(matches(script))
            """)
    }

    /// Records that a statement that commits by itself is about to run. Does not commit; on the script's session the
    /// statement itself commits it, before it does anything else ("Statements That Cause an Implicit Commit").
    func intend(
        _ script: ScriptIdentity, statement index: Int, kind: String, digest: String, serverStart: String,
        connectionID: UInt64, on session: any Session
    ) throws {
        try session.execute(
            """
            INSERT INTO \(step) (FolderName, FileName, StatementIndex, State, Kind, StatementDigest, ServerStart,
                ConnectionId, RecordedOn)
            VALUES (\(quoted(literal: script.folder)), \(quoted(literal: script.file)), \(index), 'intent',
                \(quoted(literal: kind)), \(quoted(literal: digest)), \(quoted(literal: serverStart)),
                \(connectionID), UTC_TIMESTAMP(6))
            """)
    }

    /// Records that a script ran to its end, and moves the folder's checkpoint. Does not commit.
    ///
    /// - Parameter checkpoint: The file that the folder's row of `DatabaseTrack` is to name; nil leaves the table alone.
    func finish(
        _ script: ScriptIdentity, statements: Int, checkpoint: CheckpointMove?, on session: any Session
    ) throws {
        try checkFence(on: session)
        try session.execute(
            """
            DELETE FROM \(step) WHERE \(matches(script));
            UPDATE \(self.script) SET State = 'applied', Position = \(statements), PositionDigest = NULL,
                SessionState = NULL, FinishedOn = UTC_TIMESTAMP(6) WHERE \(matches(script))\
            \(checkpoint.map { ";\n" + move($0) } ?? "")
            """)
    }

    /// Records that a script failed. Does not commit.
    ///
    /// - Parameter sessionState: SQL that brings a session back to where the script is.
    func fail(
        _ script: ScriptIdentity, position: Int, digest: String, sessionState: String?, error: String,
        on session: any Session
    ) throws {
        try checkFence(on: session)
        try session.execute(
            """
            DELETE FROM \(step) WHERE \(matches(script));
            UPDATE \(self.script) SET State = 'failed', Position = \(position),
                PositionDigest = \(quoted(literal: digest)), SessionState = \(quoted(literal: sessionState)),
                FinishedOn = UTC_TIMESTAMP(6), Error = \(quoted(literal: error)) WHERE \(matches(script))
            """)
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
                ON DUPLICATE KEY UPDATE State = VALUES(State), Checksum = VALUES(Checksum), FinishedOn = VALUES(FinishedOn)
                """)
        }
    }

    /// Forgets scripts, so that they count as new. Does not commit.
    func forget(_ scripts: [ScriptIdentity], on session: any Session) throws {
        for identity in scripts {
            try session.execute(
                "DELETE FROM \(step) WHERE \(matches(identity)); DELETE FROM \(script) WHERE \(matches(identity))")
        }
    }

    // MARK: Spellings

    var script: String { tables.name(JournalTables.script) }
    var step: String { tables.name(JournalTables.step) }
    private var deployment: String { tables.name(JournalTables.deployment) }

    func matches(_ script: ScriptIdentity) -> String {
        "FolderName = \(quoted(literal: script.folder)) AND FileName = \(quoted(literal: script.file))"
    }

    /// The statement that moves a checkpoint. An `INSERT … ON DUPLICATE KEY UPDATE` uses up an `AUTO_INCREMENT` value
    /// each time, so it is only for a folder's first row.
    func move(_ move: CheckpointMove) -> String {
        let folder = quoted(literal: move.folder)
        let file = quoted(literal: move.file)
        let table = tables.name(JournalTables.checkpoint)
        return move.isNew
            ? """
            INSERT INTO \(table) (FolderName, LastExecutedFile, LastExecutedOn)
            VALUES (\(folder), \(file), UTC_TIMESTAMP())
            ON DUPLICATE KEY UPDATE LastExecutedFile = VALUES(LastExecutedFile), LastExecutedOn = VALUES(LastExecutedOn)
            """
            : "UPDATE \(table) SET LastExecutedFile = \(file), LastExecutedOn = UTC_TIMESTAMP() WHERE FolderName = \(folder)"
    }

    /// Makes sure that this deployer still holds the lock, and keeps it so until the transaction ends: who wants to
    /// take the lock over has to wait for the row.
    private func checkFence(on session: any Session) throws {
        let found = try session.value(
            "SELECT Fence FROM \(tables.name(JournalTables.lock)) WHERE Id = 1 LOCK IN SHARE MODE")
        if found != String(fence) {
            throw DeploymentError(
                .locked, "Another deployer has taken over the lock of \(tables.database); this one stops.",
                advice: "See who runs: databasedeploy status")
        }
    }
}

/// A new value for a folder's row of `DatabaseTrack`.
struct CheckpointMove: Sendable, Equatable {
    var folder: String
    var file: String
    /// Whether the folder has no row yet.
    var isNew: Bool
}
