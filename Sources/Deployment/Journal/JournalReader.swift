/// Reads the journal of one target. Never writes.
struct JournalReader {
    let session: any Session
    let tables: JournalTables

    init(session: any Session, database: String) {
        self.session = session
        tables = JournalTables(database: database)
    }

    /// Everything that a plan needs.
    ///
    /// - Parameter meanwhile: Called while the server works, if it was asked.
    /// - Throws: `DeploymentError` for a journal table of another shape, `DatabaseError` from the server.
    func snapshot(meanwhile: () -> Void = {}) throws -> JournalSnapshot {
        var snapshot = try wholeJournal(meanwhile) ?? journalInParts()
        if snapshot.records.values.contains(where: \.isHalfDone) {
            snapshot.undoLogs = try UndoTable(tables: tables).scripts(on: session)
            snapshot.statementDigests = try statementDigests()
        }
        return snapshot
    }

    private func statementDigests() throws(DatabaseError) -> [ScriptIdentity: String] {
        let rows = try session.query(
            """
            SELECT FolderName, FileName, StatementDigests FROM \(tables.name(JournalTables.script))
            WHERE StatementDigests IS NOT NULL
            """)
        return Dictionary(
            rows.map { (ScriptIdentity(folder: $0[0] ?? "", file: $0[1] ?? ""), $0[2] ?? "") },
            uniquingKeysWith: { first, _ in first })
    }

    /// Where a part of the journal is not there.
    private func journalInParts() throws -> JournalSnapshot {
        var snapshot = JournalSnapshot()
        guard try databaseExists() else { return snapshot }
        snapshot.databaseExists = true
        if let columns = try rows("SHOW COLUMNS FROM", JournalTables.checkpoint) {
            let shape = CheckpointShape(showColumns: columns)
            try shape.check(database: tables.database)
            snapshot.checkpointShape = shape
        }
        if let rows = try rows(Self.checkpointColumns, JournalTables.checkpoint) {
            snapshot.hasCheckpointTable = true
            snapshot.checkpoints = Self.checkpoints(rows)
        }
        if let rows = try rows(Self.recordColumns, JournalTables.script) {
            snapshot.hasJournal = true
            snapshot.records = try Self.records(rows)
            snapshot.readDeployments(try session.results(Self.deploymentState(tables))[...])
        }
        if snapshot.saysNothing { snapshot.hasObjects = try hasObjects() }
        return snapshot
    }

    /// The whole journal in one round trip and as of one moment; nil if a part of it is not there.
    private func wholeJournal(_ meanwhile: () -> Void) throws -> JournalSnapshot? {
        let results: [[Row]]
        do throws(DatabaseError) {
            results = try session.results(
                """
                START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;
                SHOW COLUMNS FROM \(tables.name(JournalTables.checkpoint));
                \(Self.checkpointColumns) \(tables.name(JournalTables.checkpoint));
                \(Self.recordColumns) \(tables.name(JournalTables.script));
                \(JournalDigest.statements(tables));
                \(Self.deploymentState(tables));
                COMMIT
                """, meanwhile: meanwhile
            ).map(\.rows)
        } catch {
            guard
                error.isNoSuchTable || error.isUnknownDatabase || error.isUnknownColumn || error.isAccessDenied
                    || error.isDefinitionChanged || error.isDeadlock
            else {
                throw error
            }
            try session.execute("ROLLBACK")
            return nil
        }
        guard results.count == 6 else { return nil }
        let shape = CheckpointShape(showColumns: results[0])
        try shape.check(database: tables.database)
        var snapshot = JournalSnapshot()
        snapshot.checkpointShape = shape
        snapshot.databaseExists = true
        snapshot.hasCheckpointTable = true
        snapshot.hasJournal = true
        snapshot.checkpoints = Self.checkpoints(results[1])
        snapshot.records = try Self.records(results[2])
        snapshot.readDeployments(results[4...])
        snapshot.digest = JournalDigest(checkpoints: results[1], scripts: results[3], deployments: results[4...])
        if snapshot.saysNothing { snapshot.hasObjects = try hasObjects() }
        return snapshot
    }

    /// What the journal comes to, in one round trip and as of one moment.
    ///
    /// - Parameter meanwhile: Called while the server works.
    /// - Returns: Nil where a plan has to be made to know more, also because a part of the journal is not there.
    /// - Throws: `DatabaseError` if the connection is lost.
    func digest(meanwhile: () -> Void = {}) throws(DatabaseError) -> JournalDigest? {
        let results: [[Row]]
        do throws(DatabaseError) {
            results = try session.results(
                """
                START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;
                \(Self.checkpointColumns) \(tables.name(JournalTables.checkpoint));
                \(JournalDigest.statements(tables));
                \(Self.deploymentState(tables));
                COMMIT
                """, meanwhile: meanwhile
            ).map(\.rows)
        } catch {
            if error.isConnectionLost { throw error }
            try session.execute("ROLLBACK")
            return nil
        }
        guard results.count == 4 else { return nil }
        return JournalDigest(checkpoints: results[0], scripts: results[1], deployments: results[2...])
    }

    /// Past deployments, the newest first.
    func deployments(limit: Int) throws -> [DeploymentRecord] {
        let rows = try rows(
            """
            SELECT Id, Strategy, Outcome, StartedOn, FinishedOn, Applied, Deployer, Tool, Error FROM
            """, JournalTables.deployment, "ORDER BY Id DESC LIMIT \(limit)")
        return (rows ?? []).map { row in
            DeploymentRecord(
                id: row[0].flatMap(Int.init) ?? 0, strategy: row[1] ?? "", outcome: row[2], startedOn: row[3] ?? "",
                finishedOn: row[4], applied: row[5].flatMap(Int.init) ?? 0, deployer: row[6] ?? "", tool: row[7] ?? "",
                error: row[8])
        }
    }

    func databaseExists() throws(DatabaseError) -> Bool {
        try session.value(
            """
            SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = \(quoted(literal: tables.database))
            """) != "0"
    }

    private static let checkpointColumns = "SELECT FolderName, LastExecutedFile, LastExecutedOn FROM"
    private static let recordColumns = """
        SELECT FolderName, FileName, State, Checksum, Position, PositionDigest, SessionState, StartedOn,
        FinishedOn, Error, Intent, IntentDigest, IntentFingerprint FROM
        """
    /// Whether a deployment established the database, or found it established; and whether the last one is open. Two statements,
    /// since one that looks at a table twice is a deadlock where somebody says `FLUSH TABLES` in between.
    static func deploymentState(_ tables: JournalTables) -> String {
        let table = tables.name(JournalTables.deployment)
        return """
            SELECT 1 FROM \(table) WHERE IsEstablished OR Strategy = \(quoted(literal: Plan.Strategy.update.rawValue)) LIMIT 1;
            SELECT Outcome IS NULL FROM \(table) ORDER BY Id DESC LIMIT 1
            """
    }

    private static func checkpoints(_ rows: [Row]) -> [String: Checkpoint] {
        Dictionary(rows.map { ($0[0] ?? "", Checkpoint(file: $0[1] ?? "", on: $0[2] ?? "")) }) { first, _ in first }
    }

    private static func records(_ rows: [Row]) throws -> [ScriptIdentity: ScriptRecord] {
        var records: [ScriptIdentity: ScriptRecord] = [:]
        records.reserveCapacity(rows.count)
        for row in rows {
            let identity = ScriptIdentity(folder: row[0] ?? "", file: row[1] ?? "")
            guard let state = row[2].flatMap(ScriptRecord.State.init) else {
                throw DeploymentError(
                    .problems, "The journal has the state \"\(row[2] ?? "NULL")\" for \(identity), which is not known.",
                    advice: "It may be of a newer databasedeploy. Install that, or ask who changed the row.")
            }
            records[identity] = ScriptRecord(
                identity: identity, state: state, checksum: row[3], position: row[4].flatMap(Int.init) ?? 0,
                positionDigest: row[5], sessionState: row[6], startedOn: row[7] ?? "", finishedOn: row[8],
                error: row[9],
                statementInDoubt: row[10].flatMap(Int.init), digestInDoubt: row[11],
                fingerprint: row[12].flatMap(Fingerprint.init(text:)))
        }
        return records
    }

    private func hasObjects() throws -> Bool {
        let database = quoted(literal: tables.database)
        let own = JournalTables.all.map { quoted(literal: $0.lowercased()) }.joined(separator: ", ")
        return try session.value(
            """
            SELECT EXISTS (SELECT 1 FROM information_schema.TABLES
                           WHERE TABLE_SCHEMA = \(database) AND LOWER(TABLE_NAME) NOT IN (\(own)))
                OR EXISTS (SELECT 1 FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = \(database))
                OR EXISTS (SELECT 1 FROM information_schema.EVENTS WHERE EVENT_SCHEMA = \(database))
            """) == "1"
    }

    /// The rows of a journal table; nil if there is no such table.
    private func rows(_ select: String, _ table: String, _ rest: String = "") throws -> [Row]? {
        do throws(DatabaseError) {
            return try session.query("\(select) \(tables.name(table)) \(rest)")
        } catch {
            if error.isNoSuchTable { return nil }
            guard error.isUnknownColumn else { throw error }
            throw DeploymentError(
                .problems, "The table \(table) has another shape than databasedeploy knows: \(error.message).",
                advice: "It may be of another version of databasedeploy.")
        }
    }
}
