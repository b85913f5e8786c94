import Foundation
import PrivateServer
import SystemPackage

/// A server that also listens on 127.0.0.1, with TLS and certificates of its own: for tests of connections.
///
/// `root` cannot log in there: make users for `'…'@'127.0.0.1'` (or `'%'`) through the socket.
public struct NetworkServer: Sendable {
    public let server: RunningServer
    public let port: Int
    /// The directory of the files below.
    public let certificates: FilePath

    /// The authority that signed the server's and the client's certificate.
    public var authority: FilePath { certificates.appending("ca.pem") }
    /// An authority that signed neither.
    public var otherAuthority: FilePath { certificates.appending("other-ca.pem") }
    public var clientCertificate: FilePath { certificates.appending("client.pem") }
    public var clientKey: FilePath { certificates.appending("client.key") }

    /// Starts one. It dies with the test process.
    ///
    /// - Parameters:
    ///   - kind: The server program to take.
    ///   - hosts: The names in the server's certificate, as OpenSSL writes them.
    ///   - arguments: Further arguments for the server.
    public static func start(
        _ kind: TestServer, hosts: String = "DNS:localhost,IP:127.0.0.1", arguments: [String] = []
    ) throws -> NetworkServer {
        let certificates = try RunDirectory.scratch("tls")
        try makeCertificates(in: certificates, hosts: hosts)
        let port = try freePort()
        let network =
            [
                "--skip-networking=OFF", "--bind-address=127.0.0.1", "--port=\(port)",
                "--ssl-ca=\(certificates)/ca.pem", "--ssl-cert=\(certificates)/server.pem",
                "--ssl-key=\(certificates)/server.key",
            ] + (kind.flavor == .mySQL ? ["--caching-sha2-password-auto-generate-rsa-keys=ON"] : [])
        let server = try kind.fresh(arguments: network + arguments).start()
        return NetworkServer(server: server, port: port, certificates: certificates)
    }

    private static func makeCertificates(in directory: FilePath, hosts: String) throws {
        guard let openssl = Search.programs("openssl").first(where: { access($0.string, X_OK) == 0 }) else {
            throw CommandFailure(program: "openssl", ending: "is missing", output: "")
        }
        // The system's configuration would make an authority of each certificate.
        try "[req]\ndistinguished_name = name\n[name]\n".write(
            toFile: "\(directory)/openssl.cnf", atomically: false, encoding: .utf8)
        func request(_ name: String, subject: String, _ more: [String]) throws {
            try run(
                openssl,
                [
                    "req", "-x509", "-config", "\(directory)/openssl.cnf", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=\(subject)", "-keyout",
                    "\(directory)/\(name).key", "-out", "\(directory)/\(name).pem",
                ] + more)
        }
        let signed = ["-CA", "\(directory)/ca.pem", "-CAkey", "\(directory)/ca.key"]
        let leaf = ["-addext", "basicConstraints=critical,CA:FALSE"]
        let root = ["-addext", "basicConstraints=critical,CA:TRUE"]
        try request("ca", subject: "test authority", root)
        try request("other-ca", subject: "another authority", root)
        try request("server", subject: "localhost", signed + leaf + ["-addext", "subjectAltName=\(hosts)"])
        try request("client", subject: "client", signed + leaf)
    }

    /// A port that was free a moment ago.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
