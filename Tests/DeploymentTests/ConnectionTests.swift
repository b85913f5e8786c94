import Deployment
import Foundation
import MySQLDriver
import SystemPackage
import TestServers
import Testing

/// Ways into a server: TCP with TLS, accounts of every current plugin, and files that a script loads.
@Suite struct ConnectionTests {
    /// A server on loopback, with one account per authentication plugin that it has.
    private static func network(_ kind: TestServer) throws -> (network: NetworkServer, users: [String]) {
        let network = try NetworkServer.start(kind)
        var users: [String] = []
        func make(_ user: String, _ with: String, require: String = "") throws {
            try kind.query(
                "CREATE USER '\(user)'@'%' IDENTIFIED \(with) \(require); GRANT ALL ON *.* TO '\(user)'@'%';",
                on: network.server.socket)
            users.append(user)
        }
        if kind.flavor == .mySQL {
            try make("sha2", "WITH caching_sha2_password BY 'Secret-1'")
        } else {
            try make("native", "VIA mysql_native_password USING PASSWORD('Secret-1')")
            try kind.query("INSTALL SONAME 'auth_ed25519'", on: network.server.socket)
            try make("ed", "VIA ed25519 USING PASSWORD('Secret-1')")
        }
        return (network, users)
    }

    private func endpoint(_ network: NetworkServer, _ user: String, _ tls: Endpoint.TLS) -> Endpoint {
        Endpoint(
            address: .tcp(host: "127.0.0.1", port: network.port), user: user, password: Secret("Secret-1"), tls: tls)
    }

    private func cipher(_ endpoint: Endpoint) throws -> String {
        let session = try MySQLDriver().connect(to: endpoint, database: nil)
        defer { session.close() }
        return try session.query("SHOW STATUS LIKE 'Ssl_cipher'").first?[1] ?? ""
    }

    @Test(arguments: TestServer.all)
    func everyModeDoesWhatTheClientsDo(server: TestServer) throws {
        let (network, users) = try Self.network(server)
        for user in users {
            #expect(try cipher(endpoint(network, user, .init(mode: .preferred))) != "")
            #expect(try cipher(endpoint(network, user, .init(mode: .required))) != "")
            #expect(try cipher(endpoint(network, user, .init(mode: .verifyFull, authority: network.authority))) != "")
            #expect(try cipher(endpoint(network, user, .init(mode: .verifyCA, authority: network.authority))) != "")
            #expect(try cipher(endpoint(network, user, .init(mode: .disabled))) == "")
            for mode in [Endpoint.TLSMode.verifyFull, .verifyCA] {
                #expect(throws: DatabaseError.self, "signed by an authority that is not trusted") {
                    try cipher(endpoint(network, user, .init(mode: mode, authority: network.otherAuthority)))
                }
                #expect(throws: DatabaseError.self, "the system trusts no authority of ours") {
                    try cipher(endpoint(network, user, .init(mode: mode)))
                }
            }
        }
    }

    @Test(arguments: TestServer.all)
    func aCertificateForAnotherHostIsRefused(server: TestServer) throws {
        let network = try NetworkServer.start(server, hosts: "DNS:elsewhere.example")
        try server.query(
            "CREATE USER 'u'@'%' IDENTIFIED BY 'Secret-1'; GRANT ALL ON *.* TO 'u'@'%';", on: network.server.socket)
        let error = try #require(throws: DatabaseError.self) {
            try cipher(endpoint(network, "u", .init(mode: .verifyFull, authority: network.authority)))
        }
        #expect(error.isUnreachable)
        if MySQLDriver.canVerifyChainAlone {
            #expect(try cipher(endpoint(network, "u", .init(mode: .verifyCA, authority: network.authority))) != "")
        }
        for authority in [network.otherAuthority, nil] {
            #expect(throws: DatabaseError.self) {
                try cipher(endpoint(network, "u", .init(mode: .verifyCA, authority: authority)))
            }
        }
    }

    @Test(arguments: TestServer.all)
    func aServerWithoutTLSGetsNoLogin(server: TestServer) throws {
        let without = server.flavor == .mySQL ? "--tls-version=" : "--skip-ssl"
        let network = try NetworkServer.start(server, arguments: [without])
        let proxy = try Proxy(target: network.server.socket)
        for tls: Endpoint.TLS in [
            .init(mode: .required), .init(mode: .required, authority: network.authority),
            .init(mode: .verifyCA, authority: network.authority), .init(mode: .verifyCA),
            .init(mode: .verifyFull, authority: network.authority),
        ] {
            // A login has more bytes than the word that ends a connection.
            proxy.arm(Proxy.Cut(bytes: 32, direction: .toServer, resets: false, takesAll: false))
            let endpoint = Endpoint(
                address: .tcp(host: "127.0.0.1", port: proxy.port), user: "root", password: Secret("Secret-1"), tls: tls
            )
            let error = try #require(throws: DatabaseError.self) { try cipher(endpoint) }
            #expect(error.number == 2026, "\(tls.mode): \(error.message)")
            #expect(!proxy.hasCut, "\(tls.mode)")
        }
    }

    @Test(arguments: TestServer.all)
    func aClientCertificateIsShown(server: TestServer) throws {
        let network = try NetworkServer.start(server)
        try server.query(
            "CREATE USER 'x'@'%' IDENTIFIED BY 'Secret-1' REQUIRE X509; GRANT ALL ON *.* TO 'x'@'%';",
            on: network.server.socket)
        let tls = Endpoint.TLS(
            mode: .verifyFull, authority: network.authority, certificate: network.clientCertificate,
            key: network.clientKey)
        #expect(try cipher(endpoint(network, "x", tls)) != "")
        #expect(throws: DatabaseError.self) {
            try cipher(endpoint(network, "x", .init(mode: .verifyFull, authority: network.authority)))
        }
    }

    @Test(arguments: TestServer.all)
    func loadDataLocalIsOffUnlessAllowedAndStaysWithinTheProject(server: TestServer) throws {
        var project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.deploy()
        if server.flavor == .mySQL { try project.execute("SET GLOBAL local_infile = ON") }
        try project.write("Files/rows.txt", "1\n2\n3\n")
        try project.write("Modifications/1.sql", "LOAD DATA LOCAL INFILE 'Files/rows.txt' INTO TABLE t;")
        #expect(try project.deploy().kind == .failed)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
        var endpoint = try project.endpoint
        endpoint.localInfileRoot = project.directory
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["3"])
        try linkFile(project.directory.appending("Files").appending("link.txt"), to: "/etc/hostname")
        try #require(mkfifo("\(project.directory)/Files/pipe", 0o600) == 0)
        let files = ["/etc/hostname", "../../etc/hostname", "Files/link.txt", "Files/pipe", "Files"]
        for (number, file) in files.enumerated() {
            let script = "Modifications/\(number + 2).sql"
            try project.write(script, "LOAD DATA LOCAL INFILE '\(file)' INTO TABLE t;")
            #expect(try project.deploy().failure?.message.contains("LOAD DATA LOCAL") == true)
            try project.remove(script)
        }
    }

    @Test(arguments: TestServer.all)
    func theBootstrapUserBuildsAndTheDatabaseUserGoesOn(server: TestServer) throws {
        var project = try TestProject(server)
        let user = project.database
        let bootstrap = try project.endpoint
        var endpoint = bootstrap
        endpoint.user = user
        endpoint.password = Secret("Secret-1")
        project.configuration.server = .existing(bootstrap: bootstrap, database: endpoint)
        try project.writeSchema()
        try project.write(
            "Schema/002.User.sql",
            """
            CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1';
            GRANT ALL ON `\(project.database)`.* TO '\(user)'@'localhost';
            CREATE TABLE t (who VARCHAR(100));
            """)
        #expect(try project.deploy().kind == .succeeded)
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (SUBSTRING_INDEX(CURRENT_USER(), '@', 1));")
        #expect(try project.deploy().names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT who FROM t") == [user])
        project.configuration.server = try TestProject.target(server)
        try project.execute("DROP USER '\(user)'@'localhost'")
    }
}
