/// What a thread has open to a server, for one target after another.
final class SessionPool {
    private let lock: PooledSession
    private let scripts: PooledSession

    init(driver: any Driver) {
        lock = PooledSession(driver: driver)
        scripts = PooledSession(driver: driver)
    }

    /// The connections, as if they were new ones.
    ///
    /// - Returns: Nil if they cannot be had; who connects as for one target alone sees why.
    func take(_ endpoint: Endpoint?) -> PooledSessions? {
        guard let lock = lock.take(endpoint), let scripts = scripts.take(endpoint) else { return nil }
        return PooledSessions(lock: lock, scripts: scripts)
    }

    /// The next target gets new connections: a failure may have left anything, also a statement that still runs.
    func drop() {
        lock.drop()
        scripts.drop()
    }
}

/// Connections that serve other targets before and after. Whoever uses them does not close them.
struct PooledSessions {
    let lock: any Session
    let scripts: any Session
}

/// One of them.
private final class PooledSession {
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
                try session.renew()
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
