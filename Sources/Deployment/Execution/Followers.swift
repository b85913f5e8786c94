/// Lets scripts wait until the servers that follow have caught up: replicas, and the nodes of a Galera cluster.
final class Followers {
    private let limit: Int
    private let replicas: [Replica]
    /// Seconds to wait; 0 is no limit.
    private let timeout: Int
    /// The session of the lock, in a cluster. Nil, too, once the cluster was waited for in vain.
    private var node: (any Session)?
    /// For how long the cluster had held back writes when it was last looked at, in milliseconds, and when that was.
    private var lastLook: (paused: Int, clock: Stopwatch)?
    private let watch: Watch
    private let emit: (Event) -> Void

    init(
        configuration: Configuration, driver: any Driver, node: (any Session)?, watch: Watch,
        emit: @escaping (Event) -> Void
    ) {
        limit = configuration.maxReplicaLag
        replicas = limit > 0 ? configuration.replicas.map { Replica($0, driver) } : []
        timeout = configuration.statementTimeout
        self.node = node
        self.watch = watch
        self.emit = emit
    }

    /// Makes sure that every replica can be asked, and follows.
    ///
    /// - Throws: `DeploymentError` if not: a limit that cannot be kept is not one.
    func check() throws {
        for replica in replicas { _ = try lag(of: replica) }
        _ = try clusterObstacle()
    }

    func close() {
        for replica in replicas { replica.close() }
    }

    /// Waits before a script, as long as a statement may take, or until a signal comes.
    ///
    /// - Returns: What is still in the way when the time is over; nil if nothing is.
    func wait() throws -> String? {
        let clock = Stopwatch()
        var nextTold = Self.firstTold
        while let obstacle = try replicaObstacle() ?? clusterObstacle() {
            if clock.milliseconds >= nextTold {
                emit(.holding(obstacle))
                nextTold += Self.interval
            }
            if timeout > 0, clock.milliseconds > timeout * 1000 {
                if replicaObstacle() != nil { return obstacle }
                // Slower than it could be, but not wrong.
                emit(.notice(Problem(.cluster, .warning, "The deployment goes on, although \(obstacle).")))
                node = nil
                return nil
            }
            guard watch.pause(.milliseconds(200)) else { return nil }
        }
        return nil
    }

    /// Milliseconds after which it is worth a line that something is waited for, and then between two lines.
    private static let firstTold = 1000
    private static let interval = 30_000

    /// Asks a replica, which may be frozen.
    private func lag(of replica: Replica) throws(DeploymentError) -> Int {
        try replica.lag { [watch, timeout] session, ask in
            _ = try watch.during(session.interrupter, at: Watch.elsewhere, timeout: timeout, isOurs: true, ask)
        }
    }

    /// A replica that cannot be asked just now may come back, as one does that is started again.
    private func replicaObstacle() -> String? {
        for replica in replicas {
            do {
                let lag = try lag(of: replica)
                if lag > limit {
                    return "the replica \(replica.name) is \(age(lag)) behind (max_replica_lag: \(limit) s)"
                }
            } catch {
                return error.message
            }
        }
        return nil
    }

    /// Transactions that wait on this node, from which on it would hold the cluster back itself: the default of
    /// `gcs.fc_limit`.
    private static let queueLimit = 16

    /// A part of the time that is so small that the cluster is well, in percent.
    private static let harmlessShare = 10

    /// Whether some node cannot keep up, so that the cluster holds back writes ("Flow Control" in Galera's documentation), or
    /// has for much of the time since the last look.
    private func clusterObstacle() throws -> String? {
        guard let node else { return nil }
        var values: [String: String] = [:]
        // Other reads of this session wait for what other nodes have committed, and so for the end of what is asked about.
        let question = """
            SET SESSION wsrep_sync_wait = 0;
            SELECT LOWER(VARIABLE_NAME), VARIABLE_VALUE FROM \(node.dialect.globalStatus)
            WHERE VARIABLE_NAME IN ('wsrep_flow_control_active', 'wsrep_flow_control_paused_ns', 'wsrep_local_recv_queue');
            SET SESSION wsrep_sync_wait = 15
            """
        _ = try watch.during(node.interrupter, at: Watch.elsewhere, timeout: timeout, isOurs: true) {
            for row in try node.query(question) { values[row[0] ?? ""] = row[1] }
        }
        let paused = (values["wsrep_flow_control_paused_ns"].flatMap(Int.init) ?? 0) / 1_000_000
        defer { lastLook = (paused, Stopwatch()) }
        let share = lastLook.map { 100 * (paused - $0.paused) / max(1, $0.clock.milliseconds) } ?? 0
        if values["wsrep_flow_control_active"] == "true" || share > Self.harmlessShare {
            return "the cluster holds back writes, as a node cannot keep up (flow control)"
        }
        if let queue = values["wsrep_local_recv_queue"].flatMap(Int.init), queue >= Self.queueLimit {
            return "\(queue) transactions of the cluster wait for this node"
        }
        return nil
    }
}

/// A server that follows that of the target.
private final class Replica {
    let endpoint: Endpoint
    private let driver: any Driver
    private var session: (any Session)?

    init(_ endpoint: Endpoint, _ driver: any Driver) {
        self.endpoint = endpoint
        self.driver = driver
    }

    var name: String { endpoint.location }

    typealias Watched = (any Session, () throws -> Void) throws -> Void

    func close() {
        session?.close()
        session = nil
    }

    /// How many seconds it is behind; behind the slowest of several sources.
    ///
    /// - Throws: `DeploymentError` if it cannot be asked, or does not follow.
    /// - Parameter watched: Runs a question under watch.
    func lag(_ watched: Watched) throws(DeploymentError) -> Int {
        do {
            return try ask(watched)
        } catch {
            guard let lost = error as? DatabaseError, session != nil, lost.isConnectionLost else {
                throw explained(error)
            }
            // It was started again, or was silent for too long.
            close()
            do { return try ask(watched) } catch { throw explained(error) }
        }
    }

    private func explained(_ error: any Error) -> DeploymentError {
        close()
        if let error = error as? DeploymentError { return error }
        guard let error = error as? DatabaseError, error.isAccessDenied, !error.isLoginRefused else {
            return (error as? DatabaseError).map(endpoint.failure) ?? DeploymentError(.failed, "\(error)")
        }
        return DeploymentError(
            .accessDenied,
            "The replica \(name) does not tell \(endpoint.user) how far behind it is: \(error.description)",
            advice:
                "An administrator can give the right: GRANT REPLICATION CLIENT (MariaDB: REPLICA MONITOR) ON *.* there."
        )
    }

    private func ask(_ watched: Watched) throws -> Int {
        let session = try self.session ?? driver.connect(to: endpoint, database: nil)
        self.session = session
        var status: ResultSet?
        try watched(session) { status = try session.results(session.dialect.replicaStatus, meanwhile: {}).first }
        // MariaDB and older ones, MySQL 8.
        let column = status?.names.firstIndex {
            ["seconds_behind_master", "seconds_behind_source"].contains($0.lowercased())
        }
        guard let status, let column, !status.rows.isEmpty else {
            throw DeploymentError(
                .badConfiguration, "The server at \(name) is no replica.",
                advice: "Look at `replicas` in the configuration.")
        }
        let lags = status.rows.compactMap { $0[column].flatMap(Int.init) }
        guard let slowest = lags.max(), lags.count == status.rows.count else {
            throw DeploymentError(
                .failed, "The replica \(name) does not follow: its replication is stopped or broken",
                advice:
                    "Look there: \(session.dialect.replicaStatus). To go on without a limit: --set max_replica_lag=0")
        }
        return slowest
    }
}
