import SystemPackage

/// Turns a connection string of the old program into what it says about a server.
struct ConnectionStringReader {
    /// The connection string's name in `App.config`.
    var name: String
    /// The directory that relative paths start from.
    var base: FilePath
    private(set) var warnings: [String] = []
    private var settings = ServerSettings()
    private var connectionProtocol: String?
    private var pipe: String?

    init(name: String, base: FilePath) {
        self.name = name
        self.base = base
    }

    /// - Throws: the reason, without any value but names.
    mutating func read(_ text: String) throws(ConnectionString.Problem) -> ServerSettings {
        var pairs: [(known: ConnectionStringKey, key: String, value: String)] = []
        // Without quotation marks, a password ends at its first `;`: what looks like keys behind it may be the rest of it.
        var isBehindPassword = false
        for (key, value) in try ConnectionString.parse(text) {
            guard let known = ConnectionStringKey(key) else {
                warn(aboutUnknown: key, isBehindPassword: isBehindPassword)
                if ConnectionStringKey.mayMeanPassword(key) { isBehindPassword = true }
                continue
            }
            isBehindPassword = known == .password
            // As in .NET, the last one of a key counts, also if it has no value.
            pairs.removeAll { $0.known == known }
            pairs.append((known, key, value))
        }
        for pair in pairs { try apply(pair.known, pair.key, pair.value) }
        try applyProtocol()
        return settings
    }

    private mutating func warn(aboutUnknown key: String, isBehindPassword: Bool) {
        let what =
            isBehindPassword
            ? "a key behind the password that is not understood; a password with `;` must be in quotation marks"
            : "a key `\(key)` that is not understood\(ConnectionStringKey.hint(for: key))"
        let warning = "The connection string `\(name)` has \(what)."
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    private mutating func apply(
        _ known: ConnectionStringKey, _ key: String, _ value: String
    ) throws(ConnectionString.Problem) {
        // MySql.Data takes a key with nothing after it as the key's default. A password may be empty.
        if value.isEmpty, known != .password { return }
        switch known {
        case .ignored: break
        case .server: try applyServer(value)
        case .port: settings.port = try number(key, value, 1...65535)
        case .database: settings.database = value
        case .user: settings.user = value
        case .password: settings.password = Secret(value)
        case .connectionProtocol: connectionProtocol = value.lowercased()
        case .pipe: pipe = value
        case .sslMode:
            guard let mode = Endpoint.TLSMode(spelling: value) else {
                throw problem("`\(key)` must be None, Preferred, Required, VerifyCA or VerifyFull")
            }
            settings.tls.mode = mode
        case .sslAuthority: settings.tls.authority = ProjectPath.absolute(value, base: base)
        case .sslCertificate: settings.tls.certificate = ProjectPath.absolute(value, base: base)
        case .sslKey: settings.tls.key = ProjectPath.absolute(value, base: base)
        case .certificateFile:
            warnings.append(
                "The connection string `\(name)` has `\(key)`: PKCS #12 files are not read; "
                    + "set `SslCert` and `SslKey` to PEM files.")
        case .windowsLogin:
            guard !["false", "no"].contains(value.lowercased()) else { break }
            warnings.append(
                "The connection string `\(name)` has `\(key)`: there is no login by Windows here; "
                    + "name the user with `Uid` and `Pwd`.")
        case .connectTimeout: settings.connectTimeout = min(largestTimeout, try number(key, value, 0...Int(UInt32.max)))
        // MySql.Data takes larger values than its timer can count, and cuts them off.
        case .commandTimeout:
            settings.statementTimeout = min(largestTimeout, try number(key, value, 0...Int(UInt32.max)))
        case .characterSet:
            if !CharacterSetName.isUTF8(value) {
                warnings.append(
                    "The connection string `\(name)` has `\(key)`: scripts are sent as UTF-8 all the same; "
                        + "set `encoding` for folders that are not.")
            }
        case .compression: settings.compression = try flag(key, value)
        case .localInfile:
            if try !flag(key, value) {
                settings.localInfile = .off
            } else if settings.localInfile == nil || settings.localInfile == .off {
                settings.localInfile = .project
            }
        case .localInfilePath:
            if settings.localInfile != .project { settings.localInfile = .directory(value) }
        }
    }

    /// `host`, `host:port` or several of them; also the form `(address=host:port, priority=1),(…)`.
    private mutating func applyServer(_ value: String) throws(ConnectionString.Problem) {
        if value.hasPrefix("/") {
            settings.socket = FilePath(value)
            return
        }
        var first = Spelling.trimmed(value.prefix { $0 != "," && $0 != ")" })
        // A number behind it would be the port of a host with that name.
        if first.lowercased().hasPrefix("tcp:"), Int(first.dropFirst("tcp:".count)) == nil {
            throw problem("`Server=tcp:host,port` is SQL Server's spelling; write `Server=host;Port=3306`")
        }
        if value.contains(",") && (!first.hasPrefix("(") || value.filter({ $0 == "(" }).count > 1) {
            warnings.append("The connection string `\(name)` names several servers; only the first one is used.")
        }
        if first.hasPrefix("(") {
            let parts = first.dropFirst().split(separator: "=", maxSplits: 1)
            guard parts.count == 2, Spelling.trimmed(parts[0]).lowercased() == "address" else {
                // The whole value is in no message but this one, which knows it.
                throw problem(
                    Spelling.trimmed(value).lowercased() == "(local)"
                        ? "`Server=(local)` is SQL Server's name for this machine; write `Server=localhost`"
                        : "`Server` begins with `(`; write the name of a host, or a list as in `(address=host:3306, priority=1)`"
                )
            }
            first = Spelling.trimmed(parts[1])
        }
        if DatabaseURL.isIPv6(first) {
            settings.host = first
            return
        }
        var host = Substring(first)
        if let colon = first.lastIndex(of: ":") {
            host = first[..<colon]
            settings.port = try number("Server", String(first[first.index(after: colon)...]), 1...65535)
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        // What MySql.Data calls this machine.
        settings.host = host == "." ? "localhost" : String(host)
    }

    private mutating func applyProtocol() throws(ConnectionString.Problem) {
        switch connectionProtocol {
        case nil, "socket", "sockets", "tcp", "tcpip": break
        case "unix", "unixsocket":
            guard settings.socket == nil else { break }
            guard let pipe, pipe.hasPrefix("/") else {
                throw problem("`Protocol=unix` wants the path of a socket in `Server`")
            }
            settings.socket = FilePath(pipe)
        case "pipe", "namedpipe", "memory", "sharedmemory":
            throw problem("`Protocol` asks for a named pipe or shared memory, which only Windows has; use tcp or unix")
        default:
            throw problem("`Protocol` must be tcp or unix")
        }
    }

    private func number(
        _ key: String, _ value: String, _ range: ClosedRange<Int>
    ) throws(ConnectionString.Problem) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw problem("`\(key)` must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private func flag(_ key: String, _ value: String) throws(ConnectionString.Problem) -> Bool {
        guard let flag = Spelling.bool(value) else { throw problem("`\(key)` must be true or false") }
        return flag
    }

    private func problem(_ reason: String) -> ConnectionString.Problem {
        ConnectionString.Problem(reason: reason)
    }
}
