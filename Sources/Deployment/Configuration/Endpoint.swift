import SystemPackage

/// Where a server is and how to get in: everything that a driver needs to connect, and nothing about a project.
public struct Endpoint: Sendable, Equatable, CustomStringConvertible {
    /// How a connection is reached.
    public enum Address: Sendable, Equatable, CustomStringConvertible {
        /// Always TCP, for `localhost` as well: a driver must not choose a socket by itself.
        case tcp(host: String, port: Int)
        case socket(FilePath)

        /// `host:port`, `[::1]:port` or the socket's path.
        public var description: String {
            switch self {
            case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
            case .socket(let path): path.string
            }
        }
    }

    /// TLS on TCP connections, with the names and meanings of `--ssl-mode` in the MySQL clients.
    public enum TLSMode: String, Sendable, CaseIterable {
        case disabled, preferred, required
        case verifyCA = "verify-ca"
        case verifyFull = "verify-full"
    }

    public struct TLS: Sendable, Equatable {
        public var mode: TLSMode
        public var authority: FilePath?
        public var certificate: FilePath?
        public var key: FilePath?

        public init(
            mode: TLSMode, authority: FilePath? = nil, certificate: FilePath? = nil, key: FilePath? = nil
        ) {
            self.mode = mode
            self.authority = authority
            self.certificate = certificate
            self.key = key
        }
    }

    public var address: Address
    public var user: String
    public var password: Secret?
    public var tls: TLS
    /// Seconds to wait for a connection.
    public var connectTimeout: Int
    /// Whether the protocol is compressed.
    public var compression: Bool
    /// The directory that `LOAD DATA LOCAL` may read from; nil turns it off.
    public var localInfileRoot: FilePath?

    public init(
        address: Address, user: String, password: Secret? = nil, tls: TLS = TLS(mode: .verifyFull),
        connectTimeout: Int = 10, compression: Bool = false, localInfileRoot: FilePath? = nil
    ) {
        self.address = address
        self.user = user
        self.password = password
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.compression = compression
        self.localInfileRoot = localInfileRoot
    }

    /// `user@host:port`, for messages.
    public var description: String { "\(user)@\(address)" }
}
