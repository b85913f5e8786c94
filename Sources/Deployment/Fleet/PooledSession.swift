/// A thread's connection to a server, for one target after another.
final class PooledSession {
    private let driver: any Driver
    private var session: (any Session)?

    init(driver: any Driver) {
        self.driver = driver
    }

    deinit { session?.close() }

    /// The connection, as if it were a new one.
    ///
    /// - Returns: Nil if none can be had; who connects as for one target alone sees why.
    func take(_ endpoint: Endpoint?) -> (any Session)? {
        if let session {
            do {
                // It frees whatever lock a deployment before may have left, too ("Resetting the Session State").
                try session.reset(database: nil, characterSet: "utf8mb4")
                return session
            } catch {
                drop()
            }
        }
        guard let endpoint else { return nil }
        do {
            session = try driver.connect(to: endpoint, database: nil)
        } catch {
            session = nil
        }
        return session
    }

    /// The next one gets a new connection: a failure may have left anything.
    func drop() {
        session?.close()
        session = nil
    }
}
