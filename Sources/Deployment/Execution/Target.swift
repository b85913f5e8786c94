import SQLScript
import SystemPackage

/// One database on one server, and the ways to reach it.
struct Target {
    let driver: any Driver
    /// Used while the database does not exist, and until it is established.
    let bootstrap: Endpoint
    /// Used from then on.
    let endpoint: Endpoint
    let database: String

    /// A session on the target.
    struct Connected {
        let session: any Session
        let endpoint: Endpoint
    }

    /// Connects in the way that works: to the database; or, where that does not exist yet, to its server.
    ///
    /// - Throws: `DeploymentError` when the server cannot be reached or refuses the user.
    func connect() throws(DeploymentError) -> Connected {
        let refusal: DatabaseError
        do {
            return Connected(session: try driver.connect(to: endpoint, database: database), endpoint: endpoint)
        } catch {
            // A user whose account a script is still to create is refused, too; so is one without any right on a
            // database that does not exist.
            guard error.isUnknownDatabase || error.isLoginRefused else { throw endpoint.failure(error) }
            refusal = error
        }
        let connected: Connected
        let exists: Bool
        do {
            connected = Connected(session: try driver.connect(to: bootstrap, database: nil), endpoint: bootstrap)
        } catch {
            throw bootstrap.failure(error)
        }
        if bootstrap.address != endpoint.address {
            if refusal.isUnknownDatabase || refusal.number == 1044 {
                let session = try connect(to: endpoint, database: nil)
                defer { session.close() }
                try refuseOtherServer(session, connected.session)
            } else if try !servesEndpoint(connected.session) {
                // Who is refused cannot look which server it is.
                throw endpoint.failure(refusal)
            }
        }
        do {
            exists = try JournalReader(session: connected.session, database: database).databaseExists()
        } catch {
            throw bootstrap.failure(error)
        }
        if exists && !refusal.isUnknownDatabase { throw endpoint.failure(refusal) }
        return connected
    }

    /// Refuses to build on the bootstrap's server what is planned for the database's.
    ///
    /// - Parameter session: On the database's server.
    /// - Throws: `DeploymentError` where they are two.
    func checkBootstrap(_ session: any Session) throws(DeploymentError) {
        guard bootstrap.address != endpoint.address else { return }
        let other = try connect(to: bootstrap, database: nil)
        defer { other.close() }
        try refuseOtherServer(session, other)
    }

    private func refuseOtherServer(_ session: any Session, _ other: any Session) throws(DeploymentError) {
        do {
            if try isSameServer(session, other) { return }
        } catch {
            throw endpoint.failure(error)
        }
        throw DeploymentError(
            .badConfiguration,
            """
            The database is on the server at \(endpoint.location), and the bootstrap connection leads to another server, at \
            \(bootstrap.location): nothing was done on either.
            """,
            advice: """
                Let both name the same server: `url` and `bootstrap_url`, or ConnectionString and DefaultString. What is \
                configured: databasedeploy status --verbose
                """)
    }

    /// Whether a lock that one session holds is seen by the other one; or both are nodes of one cluster.
    private func isSameServer(_ session: any Session, _ other: any Session) throws(DatabaseError) -> Bool {
        let name = quoted(literal: "databasedeploy \(UInt64.random(in: 0...UInt64.max))")
        guard try session.value("SELECT GET_LOCK(\(name), 0)") == "1" else { return false }
        let holder = try other.value("SELECT IS_USED_LOCK(\(name))")
        _ = try session.value("SELECT RELEASE_LOCK(\(name))")
        // Who holds it does not count: proxies number connections anew.
        if holder != nil { return true }
        let cluster = "SHOW GLOBAL STATUS LIKE 'wsrep_cluster_state_uuid'"
        guard let own = try session.query(cluster).first?[1], !own.isEmpty else { return false }
        return try other.query(cluster).first?[1] == own
    }

    /// Whether the bootstrap's server, on this machine, says that it listens where the database's is looked for.
    private func servesEndpoint(_ session: any Session) throws(DeploymentError) -> Bool {
        guard bootstrap.isLocal, endpoint.isLocal else { return false }
        do {
            switch endpoint.address {
            case .tcp(_, let port): return try session.value("SELECT @@port * (1 - @@skip_networking)") == "\(port)"
            case .socket(let path): return try session.value("SELECT @@socket") == path.string
            }
        } catch {
            throw bootstrap.failure(error)
        }
    }

    /// A further session in the same way.
    func connect(to endpoint: Endpoint, database: String?) throws(DeploymentError) -> any Session {
        do {
            return try driver.connect(to: endpoint, database: database)
        } catch {
            throw endpoint.failure(error)
        }
    }
}

extension Endpoint {
    /// The server's place, as a person would write it.
    public var location: String {
        switch address {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .socket(let path): path.string
        }
    }

    /// Whether it leads to this machine.
    fileprivate var isLocal: Bool {
        switch address {
        case .tcp(let host, _): ServerResolution.isLoopback(host)
        case .socket: true
        }
    }

    /// What it means that a connection failed.
    func failure(_ error: DatabaseError) -> DeploymentError {
        if error.isUnreachable {
            return DeploymentError(
                .serverUnreachable, "The server at \(location) cannot be reached: \(error.description)",
                advice: error.number == 2026
                    ? adviceOnTLS(error)
                    : "Look whether it runs and listens there. What is configured: databasedeploy status --verbose")
        }
        if error.isAccessDenied {
            return DeploymentError(
                .accessDenied, "The server at \(location) refuses the user \(user): \(error.description)",
                advice: password == nil
                    ? "No password was given. DATABASEDEPLOY_PASSWORD, or `password` in databasedeploy.toml, gives one."
                    : "Look at the user name and the password, and at the user's rights.")
        }
        return DeploymentError(
            .serverUnreachable, "The server at \(location) answers with an error: \(error.description)")
    }

    /// What to do where no TLS connection came about.
    private func adviceOnTLS(_ error: DatabaseError) -> String {
        let modes =
            "ssl_mode = \"required\" trusts any certificate, \"preferred\" does without TLS if need be."
        let text = error.message.lowercased()
        if text.contains("does not support") || text.contains("doesn't support") {
            return
                "The server has no TLS. Set it up there, or say what is enough: ssl_mode = \"preferred\" does without TLS."
        }
        // Connector/C 3.3 says the first where the chain is good and the name is not (`ma_tls_verify_server_cert`).
        let isName =
            text.contains("validation of ssl server certificate failed") || text.contains("hostname")
            || text.contains("host name")
        if isName, tls.mode == .verifyFull, case .tcp(let host, _) = address {
            return """
                The certificate is for another host than \(host). Write the host as the certificate names it, or say what is \
                enough: ssl_mode = "verify-ca" (with ssl_ca) lets the name be; \(modes)
                """
        }
        if let authority = tls.authority {
            return """
                The certificate is not signed by the authority in \(authority) (ssl_ca), or is not valid now. Name the authority \
                that signed it, or say what is enough: \(modes)
                """
        }
        return "The certificate is not trusted. Name the authority (ssl_ca), or say what is enough: \(modes)"
    }
}
