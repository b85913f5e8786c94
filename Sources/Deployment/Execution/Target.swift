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
            exists = try JournalReader(session: connected.session, database: database).databaseExists()
        } catch {
            throw bootstrap.failure(error)
        }
        if exists && !refusal.isUnknownDatabase { throw endpoint.failure(refusal) }
        return connected
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
