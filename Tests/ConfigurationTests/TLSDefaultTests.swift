import SystemPackage
import Testing

@testable import Deployment

@Suite struct TLSDefaultTests {
    @Test(arguments: [
        ("mysql:///D?socket=/run/s", Endpoint.Address.socket("/run/s"), Endpoint.TLSMode.disabled),
        ("mysql://localhost/D?socket=/run/s", .socket("/run/s"), .disabled),
        ("mysql:///D", .tcp(host: "127.0.0.1", port: 3306), .preferred),
        ("mysql://localhost/D", .tcp(host: "127.0.0.1", port: 3306), .preferred),
        ("mysql://LOCALHOST:7/D", .tcp(host: "127.0.0.1", port: 7), .preferred),
        ("mysql://127.0.0.1/D", .tcp(host: "127.0.0.1", port: 3306), .preferred),
        ("mysql://127.8.9.1/D", .tcp(host: "127.8.9.1", port: 3306), .preferred),
        ("mysql://[::1]/D", .tcp(host: "::1", port: 3306), .preferred),
        ("mysql://[::2]/D", .tcp(host: "::2", port: 3306), .verifyFull),
        ("mysql://128.0.0.1/D", .tcp(host: "128.0.0.1", port: 3306), .verifyFull),
        ("mysql://127.0.0.1.example.com/D", .tcp(host: "127.0.0.1.example.com", port: 3306), .verifyFull),
        ("mysql://db/D", .tcp(host: "db", port: 3306), .verifyFull),
        // The name that a certificate must bear stays; an authority means that it is asked.
        ("mysql://localhost/D?ssl-mode=verify-full", .tcp(host: "localhost", port: 3306), .verifyFull),
        ("mysql://localhost/D?ssl-ca=/dev/null", .tcp(host: "localhost", port: 3306), .verifyFull),
        ("mysql://db/D?ssl-mode=disabled", .tcp(host: "db", port: 3306), .disabled),
        ("mysql:///D?socket=/run/s&ssl-mode=required", .socket("/run/s"), .required),
    ])
    func defaults(url: String, address: Endpoint.Address, mode: Endpoint.TLSMode) throws {
        let endpoint = try #require(try configuration(toml: "url = \"\(url)\"").endpoint)
        #expect(endpoint.address == address)
        #expect(endpoint.tls.mode == mode)
    }

    @Test(arguments: [("Server=localhost", Endpoint.TLSMode.preferred), ("", .preferred), ("Server=db", .verifyFull)])
    func connectionStrings(server: String, mode: Endpoint.TLSMode) throws {
        let project = try TemporaryProject(["App.config": appConfig(["ConnectionString": "\(server);Database=D;Uid=u"])]
        )
        #expect(try project.load().endpoint?.tls.mode == mode)
    }

    /// Nobody verifies anything there, although somebody asked for it.
    @Test(arguments: [
        ("mysql:///D?socket=/run/s&ssl-mode=verify-full&ssl-ca=/dev/null", "verify-full"),
        ("mysql:///D?socket=/run/s&ssl-mode=verify-ca", "verify-ca"), ("mysql:///D?socket=/run/s", nil),
        ("mysql:///D?socket=/run/s&ssl-mode=preferred", nil), ("mysql://db/D?ssl-mode=verify-full", nil),
    ])
    func verificationOnASocketIsWarnedAbout(url: String, mode: String?) throws {
        let expected = mode.map {
            "`ssl_mode` \($0) is for TCP, and means nothing on the socket /run/s, which is on this machine."
        }
        #expect(try configuration(toml: "url = \"\(url)\"").warnings == [expected].compactMap { $0 })
    }

    @Test func certificatesMustBeReadable() throws {
        let missing = try failure(toml: "url = \"mysql://u@h/D\"\nssl_ca = \"/nowhere/ca.pem\"")
        #expect(missing.description == "`ssl_ca` (/nowhere/ca.pem) cannot be read: No such file or directory.")
        #expect(
            try failure(toml: "url = \"mysql://u@h/D?ssl-key=/\"").description
                == "`ssl_key` (/) cannot be read: it is a directory.")
    }
}
