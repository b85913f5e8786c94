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
    /// - Throws: `DeploymentError` for a journal table of another shape, `DatabaseError` from the server.
    func snapshot() throws -> JournalSnapshot {
        var snapshot = JournalSnapshot()
        guard try databaseExists() else { return snapshot }
        snapshot.databaseExists = true
        try checkCheckpointShape()
        if let rows = try rows("SELECT FolderName, LastExecutedFile, LastExecutedOn FROM", JournalTables.checkpoint) {
            snapshot.hasCheckpointTable = true
            for row in rows {
                snapshot.checkpoints[row[0] ?? ""] = Checkpoint(file: row[1] ?? "", on: row[2] ?? "")
            }
        }
        if let records = try records() {
            snapshot.hasJournal = true
            snapshot.records = records
            snapshot.isEstablished = try isEstablished()
        } else {
            snapshot.hasObjects = try hasObjects()
        }
        return snapshot
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

    private func checkCheckpointShape() throws {
        guard let columns = try rows("SHOW COLUMNS FROM", JournalTables.checkpoint) else { return }
        try CheckpointShape(showColumns: columns).check(database: tables.database)
    }

    func databaseExists() throws(DatabaseError) -> Bool {
        try session.value(
            """
            SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = \(quoted(literal: tables.database))
            """) != "0"
    }

    private func records() throws -> [ScriptIdentity: ScriptRecord]? {
        let columns = """
            SELECT FolderName, FileName, State, Checksum, Position, PositionDigest, SessionState, StartedOn,
            FinishedOn, Error FROM
            """
        guard let rows = try rows(columns, JournalTables.script) else { return nil }
        var records: [ScriptIdentity: ScriptRecord] = [:]
        for row in rows {
            let identity = ScriptIdentity(folder: row[0] ?? "", file: row[1] ?? "")
            guard let state = row[2].flatMap(ScriptRecord.State.init) else {
                throw DeploymentError(
                    .problems, "The journal has the state \"\(row[2] ?? "NULL")\" for \(identity), which is not known.",
                    advice: "It may be of a newer databasedeploy. Install that, or ask who changed the row.")
            }
            records[identity] = ScriptRecord(
                identity: identity, state: state, checksum: row[3], position: row[4].flatMap(Int.init) ?? 0,
                positionDigest: row[5], sessionState: row[6], startedOn: row[7] ?? "", finishedOn: row[8], error: row[9]
            )
        }
        for row in try self.rows("SELECT FolderName, FileName, StatementIndex FROM", JournalTables.step) ?? [] {
            let identity = ScriptIdentity(folder: row[0] ?? "", file: row[1] ?? "")
            records[identity]?.statementInDoubt = row[2].flatMap(Int.init)
        }
        return records
    }

    private func isEstablished() throws -> Bool {
        let rows = try rows("SELECT COUNT(*) FROM", JournalTables.deployment, "WHERE IsEstablished")
        return rows?.first?.first != "0"
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
