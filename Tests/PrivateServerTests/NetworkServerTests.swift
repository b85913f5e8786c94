import PrivateServer
import SystemPackage
import TestServers
import Testing

/// The server that the tests of connections use.
@Suite struct NetworkServerTests {
    @Test(arguments: TestServer.all)
    func `a server with a port speaks TLS with its own certificate`(kind: TestServer) throws {
        let network = try NetworkServer.start(kind)
        try kind.query(
            "CREATE USER 'u'@'127.0.0.1' IDENTIFIED BY 'secret' REQUIRE SSL", on: network.server.socket)
        let verify = kind.client.lastComponent == "mysql" ? "--ssl-mode=VERIFY_IDENTITY" : "--ssl-verify-server-cert"
        func cipher(_ authority: FilePath) throws -> String {
            try run(
                kind.client,
                [
                    "--no-defaults", "--host=127.0.0.1", "--protocol=tcp", "--port=\(network.port)", "--user=u",
                    "--password=secret", "--ssl-ca=\(authority)", verify, "-BN",
                ], input: "SHOW STATUS LIKE 'Ssl_cipher'")
        }
        #expect(try cipher(network.authority).split(separator: "\t").count == 2)
        #expect(throws: CommandFailure.self) { try cipher(network.otherAuthority) }
    }
}
