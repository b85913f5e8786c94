import SystemPackage

/// `~/.my.cnf`: who a person is on a server, as the mysql clients read it.
///
/// Only the groups that every client reads: `[client]`, `[client-server]` and `[client-mariadb]`; `[mysql]` and
/// `[mariadb]` belong to the interactive clients. Syntax after the MySQL manual, "Using Option Files".
struct OptionFile {
    private(set) var settings = ServerSettings()
    private(set) var warnings: [String] = []
    private let name: String
    private var connectsByTCP = false

    static let groups = ["client", "client-server", "client-mariadb"]

    /// - Returns: nil if there is no such file, or if it is one that the clients ignore as well.
    static func read(_ file: FilePath, warnings: inout [String]) throws(DeploymentError) -> ServerSettings? {
        let name = "~/.my.cnf"
        guard ConfigurationFile.exists(file) else { return nil }
        if ConfigurationFile.isWorldWritable(file) {
            // As the clients do: anyone could have sent us elsewhere.
            warnings.append("\(name) is ignored, as everyone may write to it; type `chmod 600 ~/.my.cnf`.")
            return nil
        }
        if let obstacle = ConfigurationFile.obstacle(file) {
            warnings.append("\(name) is ignored: \(obstacle).")
            return nil
        }
        let options = try OptionFile(try ConfigurationFile.text(file, name: name), name: name)
        warnings += options.warnings
        return options.settings
    }

    init(_ text: String, name: String) throws(DeploymentError) {
        self.name = name
        var isOurs = false
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = Spelling.trimmed(line)
            if line.isEmpty || line.hasPrefix("#") || line.hasPrefix(";") { continue }
            if line.hasPrefix("!") {
                let directive = line.prefix { !$0.isWhitespace }
                warnings.append("\(name):\(index + 1): `\(directive)` is not followed.")
            } else if line.hasPrefix("[") {
                isOurs = Self.groups.contains(Spelling.trimmed(line.dropFirst().prefix { $0 != "]" }))
            } else if isOurs {
                try apply(line, index + 1)
            }
        }
        // To the clients, a socket is for the local host alone.
        let isLocal = settings.host == nil || settings.host == "localhost"
        if connectsByTCP || !isLocal { settings.socket = nil }
    }

    private mutating func apply(_ text: String, _ line: Int) throws(DeploymentError) {
        let equals = text.firstIndex(of: "=")
        var key = Spelling.trimmed(text[..<(equals ?? text.endIndex)]).lowercased().replacing("_", with: "-")
        if key.hasPrefix("loose-") { key.removeFirst("loose-".count) }
        let value = equals.map { Self.value(Spelling.trimmed(text[$0...].dropFirst())) }
        switch key {
        // These say something without a value.
        case "compress": settings.compression = Spelling.bool(value ?? "1") ?? true
        case "ssl", "skip-ssl":
            let on = (Spelling.bool(value ?? "1") ?? true) == (key == "ssl")
            if !on { settings.tls.mode = .disabled } else if settings.tls.mode == nil { settings.tls.mode = .required }
        case "ssl-verify-server-cert":
            settings.tls.mode = Spelling.bool(value ?? "1") ?? true ? .verifyFull : .required
        case "disable-ssl-verify-server-cert", "skip-ssl-verify-server-cert": settings.tls.mode = .required
        default:
            if let value, !value.isEmpty { try apply(key, value, line) }
        }
    }

    private mutating func apply(_ key: String, _ value: String, _ line: Int) throws(DeploymentError) {
        switch key {
        case "user": settings.user = value
        case "password": settings.password = Secret(value)
        case "host": settings.host = value
        case "port": settings.port = try number(key, value, 1...65535, line)
        case "socket": settings.socket = FilePath(value)
        case "protocol": connectsByTCP = value.lowercased() == "tcp"
        case "connect-timeout": settings.connectTimeout = try number(key, value, 0...largestTimeout, line)
        case "ssl-ca": settings.tls.authority = FilePath(value)
        case "ssl-cert": settings.tls.certificate = FilePath(value)
        case "ssl-key": settings.tls.key = FilePath(value)
        case "ssl-mode":
            guard let mode = Endpoint.TLSMode(spelling: value) else {
                throw problem("`ssl-mode` must be one of \(Endpoint.TLSMode.choices).", line)
            }
            settings.tls.mode = mode
        default: break
        }
    }

    private func number(
        _ key: String, _ value: String, _ range: ClosedRange<Int>, _ line: Int
    ) throws(DeploymentError) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw problem("`\(key)` must be a number from \(range.lowerBound) to \(range.upperBound).", line)
        }
        return number
    }

    private func problem(_ message: String, _ line: Int) -> DeploymentError {
        DeploymentError(.badConfiguration, message, place: Place(file: name, line: line))
    }

    /// A value without quotation marks, with its escapes undone, and without a comment after it.
    static func value(_ text: String) -> String {
        var rest = Substring(Spelling.trimmed(withoutComment(text)))
        if let quote = rest.first, quote == "\"" || quote == "'", rest.count > 1, rest.last == quote {
            rest = rest.dropFirst().dropLast()
        }
        var value = ""
        while let character = rest.popFirst() {
            guard character == "\\", let escaped = rest.popFirst() else {
                value.append(character)
                continue
            }
            switch escaped {
            case "b": value += "\u{8}"
            case "t": value += "\t"
            case "n": value += "\n"
            case "r": value += "\r"
            case "s": value += " "
            case "\\", "\"", "'": value.append(escaped)
            default: value += "\\" + String(escaped)
            }
        }
        return value
    }

    private static func withoutComment(_ text: String) -> Substring {
        var quote: Character?
        var isEscaped = false
        for index in text.indices {
            let character = text[index]
            if character == "#", quote == nil, !isEscaped { return text[..<index] }
            if (character == "\"" || character == "'") && !isEscaped {
                if quote == nil { quote = character } else if quote == character { quote = nil }
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return text[...]
    }
}
