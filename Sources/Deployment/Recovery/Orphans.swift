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
            // It ended by itself.
            if error.isNoSuchConnection { return }
            guard error.isOthersConnection else { throw error }
            throw DeploymentError(
                .accessDenied,
                """
                A statement of an earlier deployer (\(orphan.deployer)) still runs on the server, connection \(orphan.connection), \
                which belongs to another account, and this one may not end it.
                """,
                advice: "Wait for it: databasedeploy deploy --set orphan=wait")
        }
    }

    /// Outcomes of deployments whose connections may serve other databases now.
    private static let harmless = [Outcome.Kind.succeeded, .nothingToDo].map { quoted(literal: $0.rawValue) }
        .joined(separator: ", ")

    /// The connections on which scripts ran, in this run of the server, that are still there.
    private func find() throws -> [Orphan] {
        let table = JournalTables(database: configuration.database).name(JournalTables.deployment)
        do throws(DatabaseError) {
            // One look at the table: somebody's `FLUSH TABLES` between two would be a deadlock.
            let found = try session.query(
                """
                SELECT p.ID, d.Connections, d.Deployer, d.ServerStart
                FROM (SELECT Connections, ServerStart, Deployer, Outcome FROM \(table) ORDER BY Id DESC LIMIT 100) d
                LEFT JOIN information_schema.PROCESSLIST p ON FIND_IN_SET(p.ID, d.Connections) AND p.ID <> CONNECTION_ID()
                WHERE d.Outcome IS NULL OR d.Outcome NOT IN (\(Self.harmless))
                """
            )
            if found.isEmpty { return [] }
            if found.allSatisfy({ $0[0] == nil }), try seesEverybody() { return [] }
            // To find out when the server started takes it longer than all the rest, and there are hardly ever any.
            guard let start = try session.value("SELECT \(session.dialect.serverStart)").flatMap(ServerStart.init)
            else { return [] }
            var orphans: [Orphan] = []
            for row in found where row[3].flatMap(ServerStart.init)?.isSame(as: start) == true {
                let connections = if let seen = row[0] { [seen[...]] } else { try hidden(row[1] ?? "") }
                for connection in connections {
                    orphans.append(Orphan(connection: String(connection), deployer: row[2] ?? ""))
                }
            }
            return orphans
        } catch {
            // No journal yet, or one of an older shape, which the plan tells.
            guard
                error.isNoSuchTable || error.isUnknownDatabase || error.isUnknownColumn || error.isAccessDenied
            else { throw error }
            return []
        }
    }

    /// Whether this account has the right PROCESS, so that the process list shows every connection.
    private func seesEverybody() throws(DatabaseError) -> Bool {
        try session.value(
            """
            SELECT COUNT(*) FROM information_schema.USER_PRIVILEGES WHERE PRIVILEGE_TYPE = 'PROCESS' AND GRANTEE =
                CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')
            """) != "0"
    }

    /// Those of several connections that are there and belong to another account: without the right PROCESS the process list
    /// does not show them.
    private func hidden(_ connections: String) throws(DatabaseError) -> [Substring] {
        var found: [Substring] = []
        for connection in connections.split(separator: ",") where connection.allSatisfy(\.isNumber) {
            do throws(DatabaseError) {
                _ = try session.query(session.dialect.explaining(connection: connection))
                found.append(connection)
            } catch {
                if error.isConnectionLost { throw error }
                // Whoever may not look learns all the same that there is something.
                if error.isRefusedLook { found.append(connection) }
            }
        }
        return found
    }
}

extension DatabaseError {
    /// "Unknown thread id".
    fileprivate var isNoSuchConnection: Bool { number == 1094 }
    /// "Access denied" in both products, "You are not owner of thread", and that what it does cannot be explained.
    fileprivate var isRefusedLook: Bool { isAccessDenied || [1095, 1933, 3012].contains(number) }
    /// "You are not owner of thread".
    fileprivate var isOthersConnection: Bool { number == 1095 }
}
