/// The connections of deployers that died: the server ends the statement that runs on one before it sees that nobody is
/// there any more.
struct Orphans {
    let configuration: Configuration
    /// The lock's session.
    let session: any Session
    let isInterrupted: () -> Bool
    let emit: (Event) -> Void

    private struct Orphan {
        let connection: String
        let deployer: String
    }

    /// Waits until none is left, or ends them.
    ///
    /// - Throws: `DeploymentError` with the code `locked` when one runs for longer than a statement may.
    func clear() throws {
        let stopwatch = Stopwatch()
        var told: Set<String> = []
        while true {
            let orphans = try find()
            guard let first = orphans.first else { return }
            for orphan in orphans where told.insert(orphan.connection).inserted {
                emit(
                    .waiting(
                        holder:
                            "\(orphan.deployer), which is gone; its last statement still runs on the server, connection \(orphan.connection)"
                    ))
                if configuration.orphan == .kill { try kill(orphan) }
            }
            if isInterrupted() {
                throw DeploymentError(
                    .interrupted, "Stopped while waiting for a statement of an earlier deployer. Nothing ran.")
            }
            let limit = configuration.statementTimeout
            if limit > 0, stopwatch.milliseconds > limit * 1000 {
                throw DeploymentError(
                    .locked,
                    "A statement of an earlier deployer (\(first.deployer)) still runs on the server, connection \(first.connection).",
                    advice: "Wait for it; or end it: databasedeploy deploy --set orphan=kill")
            }
            try session.execute("DO SLEEP(0.02)")
        }
    }

    private func kill(_ orphan: Orphan) throws {
        do throws(DatabaseError) {
            try session.execute("KILL CONNECTION \(orphan.connection)")
        } catch {
            // "Unknown thread id": it ended by itself.
            guard error.number == 1094 else { throw error }
        }
    }

    /// The connections on which scripts ran, in this run of the server, that are still there. After a success they may serve other
    /// databases.
    private func find() throws -> [Orphan] {
        let table = JournalTables(database: configuration.database).name(JournalTables.deployment)
        do throws(DatabaseError) {
            // One look at the table: somebody's `FLUSH TABLES` between two would be a deadlock.
            let found = try session.query(
                """
                SELECT p.ID, d.Deployer, d.ServerStart
                FROM (SELECT Connections, ServerStart, Deployer, Outcome FROM \(table) ORDER BY Id DESC LIMIT 100) d
                JOIN information_schema.PROCESSLIST p ON FIND_IN_SET(p.ID, d.Connections) WHERE p.ID <> CONNECTION_ID()
                AND NOT (d.Outcome <=> \(quoted(literal: Outcome.Kind.succeeded.rawValue)))
                """)
            if found.isEmpty { return [] }
            // To find out when the server started takes it longer than all the rest, and there are hardly ever any.
            let start = try session.value("SELECT \(session.dialect.serverStart)").flatMap(ServerStart.init)
            return found.filter { row in
                guard let start, let its = row[2].flatMap(ServerStart.init) else { return false }
                return its.isSame(as: start)
            }.map { Orphan(connection: $0[0] ?? "", deployer: $0[1] ?? "") }
        } catch {
            // No journal yet, or one of an older shape, which the plan tells.
            guard
                error.isNoSuchTable || error.isUnknownDatabase || error.isUnknownColumn || error.isAccessDenied
            else { throw error }
            return []
        }
    }
}
