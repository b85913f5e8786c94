import SystemPackage

/// What one URL, one connection string or one option file says about a server. All of it may be missing.
struct ServerSettings: Sendable, Equatable {
    /// The private server of the project; nothing else but `database` counts then.
    var isPrivate = false
    var host: String?
    var port: Int?
    var socket: FilePath?
    var user: String?
    var password: Secret?
    var database: String?
    var tls = TLSSettings()
    /// Seconds.
    var connectTimeout: Int?
    var compression: Bool?
    /// Seconds that a statement may take: only connection strings have it.
    var statementTimeout: Int?
    /// Only connection strings have it.
    var localInfile: LocalInfile?

    enum LocalInfile: Sendable, Equatable {
        case off
        case project
        case directory(String)
    }
}

/// The parts of `Endpoint.TLS`, each of which may be missing.
struct TLSSettings: Sendable, Equatable {
    var mode: Endpoint.TLSMode?
    var authority: FilePath?
    var certificate: FilePath?
    var key: FilePath?
}

extension Endpoint.TLSMode {
    /// The spellings of the mysql clients, of MySql.Data and of this tool: letters count, case and `-`, `_`, space not.
    init?(spelling: String) {
        switch spelling.lowercased().filter({ !"-_ ".contains($0) }) {
        case "disabled", "none": self = .disabled
        // MySql.Data has kept its old misspelling.
        case "preferred", "prefered": self = .preferred
        case "required": self = .required
        case "verifyca": self = .verifyCA
        case "verifyfull", "verifyidentity": self = .verifyFull
        default: return nil
        }
    }

    /// What holds on TCP when nothing is said: certificates are verified wherever others could listen, and wherever an authority
    /// is named.
    static func standard(host: String, isAuthorityNamed: Bool) -> Self {
        ServerResolution.isLoopback(host) && !isAuthorityNamed ? .preferred : .verifyFull
    }

    /// Grows with what is demanded.
    var strength: Int {
        switch self {
        case .disabled: 0
        case .preferred: 1
        case .required: 2
        case .verifyCA: 3
        case .verifyFull: 4
        }
    }

    /// For messages.
    static let choices = allCases.map(\.rawValue).joined(separator: ", ")
}

/// The largest time that can be set, in seconds: servers count statement times in milliseconds of 31 bits.
let largestTimeout = 2_147_483
