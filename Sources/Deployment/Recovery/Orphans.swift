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
            let unfinished = try session.query(
                """
                SELECT Connections, Deployer, ServerStart
                FROM (SELECT Connections, ServerStart, Deployer, Outcome FROM \(table) ORDER BY Id DESC LIMIT 100) d
                WHERE Outcome IS NULL OR Outcome NOT IN (\(Self.harmless))
                """
            ).map { (connections: Self.numbers($0[0]), deployer: $0[1] ?? "", start: $0[2].flatMap(ServerStart.init)) }
            // The process list, and when the server started, take it longer than all the rest, and there are hardly ever any.
            if unfinished.isEmpty { return [] }
            let present = try present(among: unfinished.flatMap(\.connections))
            if present.isEmpty, try seesEverybody() { return [] }
            guard let start = try session.value("SELECT \(session.dialect.serverStart)").flatMap(ServerStart.init)
            else { return [] }
            var orphans: [Orphan] = []
            for deployment in unfinished where deployment.start?.isSame(as: start) == true {
                let seen = deployment.connections.filter(present.contains)
                for connection in seen.isEmpty ? try hidden(deployment.connections) : seen {
                    orphans.append(Orphan(connection: connection, deployer: deployment.deployer))
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

    /// The connections that a row of the journal names.
    private static func numbers(_ list: String?) -> [String] {
        (list ?? "").split(separator: ",").filter { $0.allSatisfy(\.isNumber) }.map(String.init)
    }

    /// Those that are in the process list, this one left out.
    private func present(among connections: [String]) throws(DatabaseError) -> Set<String> {
        guard !connections.isEmpty else { return [] }
        let rows = try session.query(
            """
            SELECT ID FROM information_schema.PROCESSLIST
            WHERE ID IN (\(connections.joined(separator: ", "))) AND ID <> CONNECTION_ID()
            """)
        return Set(rows.compactMap { $0[0] })
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
    private func hidden(_ connections: [String]) throws(DatabaseError) -> [String] {
        var found: [String] = []
        for connection in connections {
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
