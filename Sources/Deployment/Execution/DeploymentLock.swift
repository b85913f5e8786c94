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

    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - timeout: Seconds to wait for another holder.
    ///   - isInterrupted: Asked every second; true gives up.
    ///   - onWait: Called once, with who holds the lock, before waiting.
    /// - Throws: `DeploymentError` with the code `locked` when the time is over; `DatabaseError` from the server.
    init(
        session: any Session, database: String, timeout: Int, isInterrupted: () -> Bool,
        onWait: (String) -> Void
    ) throws {
        self.session = session
        self.database = database
        // The longest that both products allow: a deployment may well be silent here for longer than `wait_timeout`.
        try session.execute("SET SESSION wait_timeout = 31536000")
        if try acquire(seconds: 0) { return }
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
        let table = JournalTables(database: database).name(JournalTables.lock)
        let holder = quoted(literal: Deployer.current.description)
        try session.execute(
            """
            INSERT INTO \(table) (Id, Fence, Holder, ConnectionId, Since, RenewedOn)
            VALUES (1, 1, \(holder), \(session.connectionID), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))
            ON DUPLICATE KEY UPDATE Fence = Fence + 1, Holder = VALUES(Holder), ConnectionId = VALUES(ConnectionId),
                Since = VALUES(Since), RenewedOn = VALUES(RenewedOn), Script = NULL
            """)
        return try session.value("SELECT Fence FROM \(table) WHERE Id = 1").flatMap(UInt64.init) ?? 0
    }

    /// Frees the lock at once and ends the session. The server frees it, too, when the connection ends, but in its own
    /// time, and the next deployer would have to wait for that.
    func release() {
        do {
            try session.execute("DO RELEASE_LOCK(\(quoted(literal: name)))")
        } catch {
            // The connection is gone, and with it the lock.
        }
        session.close()
    }

    /// Names of locks have 64 characters at most, and name case does not tell databases apart on every system.
    private var name: String {
        let checksum = Checksum()
        checksum.update(Array(database.lowercased().utf8))
        return "databasedeploy." + checksum.value().prefix(40)
    }

    private func acquire(seconds: Int) throws -> Bool {
        try session.value("SELECT GET_LOCK(\(quoted(literal: name)), \(seconds))") == "1"
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
            if let row { return "\(row[0] ?? ""), since \((row[1] ?? "").prefix(19)) UTC, connection \(connection)" }
        } catch {
            // No such database or table yet: the holder is only starting. The process list knows it too.
        }
        let row = try session.query(
            "SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = \(connection)"
        ).first
        return row.map { "\($0[0] ?? "")@\($0[1] ?? ""), connection \(connection)" } ?? "connection \(connection)"
    }
}
