import SQLScript

/// Keeps two deployers from one database.
///
/// `GET_LOCK` frees itself when its connection dies, so no lock outlives its holder. The row in `DatabaseTrackLock`
/// goes with it: its number grows with each holder and is checked by every commit of the journal, so a deployer that
/// lost its connection, and with it the lock, cannot write another record.
final class DeploymentLock {
    /// The connection that holds the lock, and that writes what belongs to no script. A reset frees the lock
    /// ("Locking Functions"), so scripts never run on it.
    let session: any Session
    private let database: String
    /// The node of a Galera cluster; nil for a server that stands alone.
    let node: String?
    private let leaseSeconds: Int
    private let timeout: Int
    private let isInterrupted: () -> Bool
    private let onWait: (String) -> Void
    private let connect: @Sendable () throws -> any Session
    /// The lease of the database.
    private var lease: HeldLease?
    /// That of the time before there is a database.
    private var firstLease: HeldLease?

    /// A lease and what keeps it.
    private struct HeldLease {
        let lease: Lease
        let fence: UInt64
        let renewal: LeaseRenewal
    }

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - timeout: Seconds to wait for another holder.
    ///   - isInterrupted: Asked every second; true gives up.
    ///   - onWait: Called once, with who holds the lock, before waiting.
    ///   - leaseSeconds: In a cluster, after how long a holder counts as dead that moves nothing.
    ///   - connect: Opens a further session on the server.
    /// - Throws: `DeploymentError` with the code `locked` when the time is over; `DatabaseError` from the server.
    init(
        session: any Session, database: String, timeout: Int, leaseSeconds: Int,
        isInterrupted: @escaping () -> Bool, onWait: @escaping (String) -> Void,
        connect: @escaping @Sendable () throws -> any Session
    ) throws {
        self.session = session
        self.database = database
        self.timeout = timeout
        self.isInterrupted = isInterrupted
        self.onWait = onWait
        self.connect = connect
        self.leaseSeconds = leaseSeconds
        // The longest that both products allow: a deployment may well be silent here for longer than `wait_timeout`.
        let results = try session.results(
            """
            SET SESSION wait_timeout = 31536000;
            \(session.dialect.clusterNode);
            \(Self.acquiring(database, seconds: 0))
            """)
        node = results.first?.first?[0]
        if node != nil { try session.execute("SET SESSION wsrep_sync_wait = 15") }
        if results.last?.first?[0] == "1" { return }
        let stopwatch = Stopwatch()
        var holder = try self.holder()
        onWait(holder)
        while stopwatch.milliseconds < timeout * 1000 {
            if isInterrupted() {
                throw DeploymentError(.interrupted, "Stopped while waiting for the lock. Nothing ran.")
            }
            if try acquire(seconds: 1) { return }
            holder = try self.holder()
        }
        throw DeploymentError(
            .locked, "Another deployer holds the lock of \(database) for more than \(timeout) s: \(holder).",
            advice: "Wait for it, or look what it does: databasedeploy status. To wait longer: --set lock_timeout=600")
    }

    /// Writes who holds the lock. The journal's tables must exist.
    ///
    /// - Returns: The fencing number.
    func takeFence() throws -> UInt64 {
        if node != nil {
            try takeLease()
            return lease?.fence ?? 0
        }
        try session.execute(takingFence)
        return try session.value(fence).flatMap(UInt64.init) ?? 0
    }

    private var table: String { JournalTables(database: database).name(JournalTables.lock) }

    /// The statement that writes who holds the lock, on a server that stands alone.
    var takingFence: String {
        """
        INSERT INTO \(table) (Id, Fence, Holder, ConnectionId, Since, RenewedOn)
        VALUES (1, 1, \(quoted(literal: Deployer.current.description)), \(session.connectionID), UTC_TIMESTAMP(6),
            UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE Fence = Fence + 1, Holder = VALUES(Holder), ConnectionId = VALUES(ConnectionId),
            Since = VALUES(Since), RenewedOn = VALUES(RenewedOn)
        """
    }

    /// Asks behind it for the number.
    var fence: String { "SELECT Fence FROM \(table) WHERE Id = 1" }

    /// In a cluster, takes the lease. As long as the database is not there, that is in a database of its own, which goes when
    /// the deployment ends.
    ///
    /// - Throws: `DeploymentError` with the code `locked` when another node has it for too long, or has had it since this one
    ///   took that of the time before the database: then it knows nothing of what the other did.
    func takeLease() throws {
        guard let node, lease == nil else { return }
        let own = JournalTables(database: database)
        let isPlanned = firstLease != nil
        while true {
            // Where nobody had it yet, somebody may be just about to take it, who has the other one.
            let isNew = try fence(of: own) == 0
            if !isNew || firstLease != nil, let held = try hold(own, node) {
                lease = held
                if isPlanned, held.fence > 1 {
                    throw DeploymentError(
                        .locked, "Another deployer has taken over the lock of \(database); this one stops.",
                        advice: "See who runs: databasedeploy status")
                }
                firstLease?.renewal.stop()
                firstLease = nil
                // Whoever has this one is past the time of the other. A user without rights on it does not see it.
                let rest = ObjectName(kind: .database, name: first.database)
                if try ObjectQuery(session: session).exists(rest) == true { try session.execute(dropFirst) }
                return
            }
            if firstLease != nil { return }
            try takeFirst(node)
        }
    }

    /// In a cluster, keeps others away while the database is dropped, and the lease with it.
    func leaveDatabase() throws {
        guard let node, let held = lease else { return }
        while firstLease == nil { try takeFirst(node) }
        held.renewal.stop()
        lease = nil
    }

    /// Takes the lease of the time before there is a database. Another deployer that is done may drop its place meanwhile:
    /// then it is not taken.
    private func takeFirst(_ node: String) throws {
        do throws(DatabaseError) {
            try session.execute("CREATE DATABASE IF NOT EXISTS \(quoted(identifier: first.database))")
            try session.execute(first.createLock)
        } catch {
            if error.isAccessDenied {
                throw DeploymentError(
                    .accessDenied,
                    """
                    In a cluster, a deployment of a database that is not there yet keeps other nodes away by a database of its \
                    own, which this user may not create: \(error.description)
                    """,
                    advice: """
                        An administrator can give the right: GRANT ALL ON \(quoted(identifier: first.database)).* TO the user; \
                        or create the database \(quoted(identifier: database)).
                        """)
            }
            // Another deployer is done, and has just dropped it.
            guard error.isUnknownDatabase else { throw error }
            return
        }
        firstLease = try hold(first, node)
    }

    /// How often a lease was taken; 0 as well if there is no place for it yet.
    private func fence(of tables: JournalTables) throws -> UInt64 {
        do throws(DatabaseError) {
            let table = tables.name(JournalTables.lock)
            return try session.value("SELECT Fence FROM \(table) WHERE Id = 1").flatMap(UInt64.init) ?? 0
        } catch {
            guard error.isNoSuchTable || error.isUnknownDatabase else { throw error }
            return 0
        }
    }

    /// Where the lease is before there is a database.
    private var first: JournalTables { JournalTables(database: Self.firstPrefix + name.suffix(Self.firstSuffix)) }
    private static let firstPrefix = "databasedeploy_"
    private static let firstSuffix = 12

    /// Whether a database of that name is for a lease before there is a database.
    static func isFirstLease(_ name: String) -> Bool {
        let rest = name.dropFirst(firstPrefix.count)
        return name.hasPrefix(firstPrefix) && rest.count == firstSuffix && rest.allSatisfy(\.isHexDigit)
    }

    private var dropFirst: String { "DROP DATABASE IF EXISTS \(quoted(identifier: first.database))" }

    /// - Returns: Nil if there is no place for the lease.
    private func hold(_ tables: JournalTables, _ node: String) throws -> HeldLease? {
        let lease = Lease(session: session, table: tables.name(JournalTables.lock), seconds: leaseSeconds)
        let taken: UInt64?
        do {
            taken = try lease.take(node: node, timeout: timeout, isInterrupted: isInterrupted, onWait: onWait)
        } catch let error as DatabaseError {
            guard error.isNoSuchTable || error.isUnknownDatabase else { throw error }
            return nil
        }
        guard let taken else {
            throw DeploymentError(
                .locked, "A deployer on another node holds the lock of \(database) for more than \(timeout) s.",
                advice:
                    "Wait for it, or look what it does: databasedeploy status. To wait longer: --set lock_timeout=600")
        }
        let renewal = try LeaseRenewal(
            every: max(100, leaseSeconds * 1000 / 4), Lease.renewal(lease.table, taken), connect: connect)
        return HeldLease(lease: lease, fence: taken, renewal: renewal)
    }

    /// Whether the session outlives the lock, as another target needs one there.
    var keepsSession = false

    /// Frees the lock at once and ends the session. The server frees it, too, when the connection ends, but in its own
    /// time, and the next deployer would have to wait for that.
    func release() {
        lease?.renewal.stop()
        firstLease?.renewal.stop()
        do {
            if let lease { try lease.lease.release(lease.fence) }
            if firstLease != nil { try session.execute(dropFirst) }
            try session.execute("DO RELEASE_LOCK(\(quoted(literal: name)))")
        } catch {
            // The connection is gone, and with it the lock.
        }
        if !keepsSession { session.close() }
    }

    /// Names of locks have 64 characters at most, and name case does not tell databases apart on every system.
    private var name: String { Self.name(database) }

    private static func name(_ database: String) -> String {
        let checksum = Checksum()
        checksum.update(Array(database.lowercased().utf8))
        return "databasedeploy." + checksum.value().prefix(40)
    }

    private static func acquiring(_ database: String, seconds: Int) -> String {
        "SELECT GET_LOCK(\(quoted(literal: name(database))), \(seconds))"
    }

    private func acquire(seconds: Int) throws -> Bool {
        try session.value(Self.acquiring(database, seconds: seconds)) == "1"
    }

    /// Who holds the lock, in words: from the lock's row where it is that connection's, else from the process list.
    private func holder() throws -> String {
        guard let connection = try session.value("SELECT IS_USED_LOCK(\(quoted(literal: name)))") else {
            return "it was freed just now"
        }
        let table = JournalTables(database: database).name(JournalTables.lock)
        do {
            let row = try session.query(
                "SELECT Holder, Since FROM \(table) WHERE Id = 1 AND ConnectionId = \(connection)"
            ).first
            if let row {
                let script = try runningScript().map { ", running \($0)" } ?? ""
                return "\(row[0] ?? ""), since \((row[1] ?? "").prefix(19)) UTC\(script), connection \(connection)"
            }
        } catch {
            // No such database or table yet: the holder is only starting. The process list knows it too.
        }
        let row = try session.query(
            "SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = \(connection)"
        ).first
        return row.map { "\($0[0] ?? "")@\($0[1] ?? ""), connection \(connection)" } ?? "connection \(connection)"
    }

    /// The script that the holder runs, as far as it is committed.
    private func runningScript() throws -> String? {
        let table = JournalTables(database: database).name(JournalTables.script)
        return try session.value(
            """
            SELECT CONCAT(FolderName, '/', FileName) FROM \(table) WHERE State = 'running' ORDER BY StartedOn DESC LIMIT 1
            """)
    }
}
