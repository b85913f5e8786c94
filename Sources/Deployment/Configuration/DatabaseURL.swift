import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `mysql://user:password@host:port/Database?socket=/path&ssl-mode=verify-full`, `mariadb://…` or `private:/Database`.
///
/// The grammar is that of RFC 3986; user, password, database and parameters are percent-encoded, `+` is a plus.
enum DatabaseURL {
    /// Why a text is not such a URL. Never any part of it but names of parameters: a password may stand anywhere in
    /// a URL that is malformed.
    struct Problem: Error, Equatable {
        var reason: String
    }

    static let parameters = [
        "charset", "compression", "connect-timeout", "socket", "ssl-ca", "ssl-cert", "ssl-key", "ssl-mode",
    ]

    /// - Parameter base: the directory that relative paths of certificates start from.
    static func parse(_ text: String, base: FilePath) throws(Problem) -> ServerSettings {
        guard let colon = text.firstIndex(of: ":") else { throw Problem(reason: noScheme) }
        let rest = text[text.index(after: colon)...]
        switch text[..<colon].lowercased() {
        case "private":
            return try parsePrivate(rest)
        case "mysql", "mariadb":
            guard rest.hasPrefix("//") else { throw Problem(reason: "`//` must follow the scheme, as in \(example)") }
            return try parseServer(rest.dropFirst(2), base: base)
        default:
            throw Problem(reason: noScheme)
        }
    }

    /// The URL as it may be shown; nothing of one that is malformed, as a password may stand anywhere in it.
    static func withoutPassword(_ text: String) -> String {
        do throws(Problem) {
            guard try parse(text, base: "/").password != nil else { return text }
        } catch {
            return "…"
        }
        // What is behind the scheme's `//` begins with the user, and the last `@` ends the password.
        let parts = text.split(separator: "//", maxSplits: 1)
        guard let at = text.lastIndex(of: "@"), let scheme = parts.first,
            let user = parts.last?.prefix(while: { $0 != ":" })
        else { return "…" }
        return scheme + "//" + user + text[at...]
    }

    /// A text with URLs in it, without their passwords; `…` where it is not clear where one ends.
    static func withoutPasswords(_ text: String) -> String {
        // The last `@` before the next `/` ends a password.
        let rest = text.replacing(/(:\/\/[^:\/@]*):[^\/]*@/) { "\($0.1)@" }
        return rest.contains(/:\/\/[^@"'\s]*:[^@"'\s]*@/) ? "…" : rest
    }

    private static let example = "mysql://user@host:3306/Database"
    private static let noScheme = "it must begin with `mysql://`, `mariadb://` or `private:`, as in \(example)"
    private static let encodings =
        "in a user name or password, `/` is written as %2F, `?` as %3F, `#` as %23, `@` as %40, `:` as %3A "
        + "and `%` as %25"

    private static func parsePrivate(_ rest: Substring) throws(Problem) -> ServerSettings {
        var name = rest
        while name.hasPrefix("/") { name = name.dropFirst() }
        guard !name.contains(where: { "/?#".contains($0) }) else {
            throw Problem(reason: "only a database name can follow `private:`, as in private:/Database")
        }
        var settings = ServerSettings(isPrivate: true)
        if !name.isEmpty { settings.database = try decode(name, "the database name") }
        return settings
    }

    private static func parseServer(_ rest: Substring, base: FilePath) throws(Problem) -> ServerSettings {
        guard !rest.contains("#") else {
            throw Problem(reason: "a `#` in it must be written as %23")
        }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        var remainder = rest[authority.endIndex...]
        // Then the password most likely goes on behind the `/` or `?`, and would be shown as a name.
        guard !remainder.contains("@") else {
            throw Problem(
                reason: "an `@` stands behind a `/` or `?`; special characters have to be percent-encoded: "
                    + encodings)
        }
        let path = remainder.prefix { $0 != "?" }
        remainder = remainder[path.endIndex...]

        var settings = ServerSettings()
        var hostAndPort = authority
        if let at = authority.lastIndex(of: "@") {
            let credentials = authority[..<at]
            hostAndPort = authority[authority.index(after: at)...]
            let user = credentials.prefix { $0 != ":" }
            if !user.isEmpty { settings.user = try decode(user, "the user name") }
            if user.endIndex < credentials.endIndex {
                settings.password = Secret(try decode(credentials[user.endIndex...].dropFirst(), "the password"))
            }
        }
        try parseHost(hostAndPort, into: &settings)
        let name = path.dropFirst()
        guard !name.contains("/") else {
            throw Problem(reason: "only one name can follow the host; a `/` in a name or password is written as %2F")
        }
        if !name.isEmpty { settings.database = try decode(name, "the database name") }
        try parseParameters(remainder.dropFirst(), base: base, into: &settings)
        return settings
    }

    private static func parseHost(_ text: Substring, into settings: inout ServerSettings) throws(Problem) {
        var port: Substring?
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else {
                throw Problem(reason: "the `[` of an IPv6 address has no `]`")
            }
            let host = try decode(text[text.index(after: text.startIndex)..<close], "the host")
            guard isIPv6(host) else { throw Problem(reason: "an IPv6 address must stand between `[` and `]`") }
            settings.host = host
            let after = text[text.index(after: close)...]
            guard after.isEmpty || after.hasPrefix(":") else {
                throw Problem(reason: "only `:` and a port can follow the `]` of an IPv6 address")
            }
            port = after.isEmpty ? nil : after.dropFirst()
        } else {
            let host = text.prefix { $0 != ":" }
            if host.endIndex < text.endIndex { port = text[host.endIndex...].dropFirst() }
            if port?.contains(":") == true {
                throw Problem(reason: "an IPv6 address must be written in brackets, as in mysql://[::1]:3306/Database")
            }
            if !host.isEmpty { settings.host = try decode(host, "the host") }
        }
        if let name = settings.host, name.contains(where: { $0.isWhitespace || "\"'<>\\^`{|}".contains($0) }) {
            throw Problem(reason: "the host has a character that no host name has")
        }
        if let port, !port.isEmpty {
            guard let number = Int(port), (1...65535).contains(number) else {
                throw Problem(reason: "the port must be a number from 1 to 65535; " + encodings)
            }
            settings.port = number
        }
    }

    private static func parseParameters(
        _ text: Substring, base: FilePath, into settings: inout ServerSettings
    ) throws(Problem) {
        var seen: Set<String> = []
        for part in text.split(separator: "&") {
            let written = part.prefix { $0 != "=" }
            let name = String(written.lowercased().map { $0 == "_" ? "-" : $0 })
            guard parameters.contains(name) else {
                let hint =
                    name == "password" || name == "user"
                    ? "; user and password stand before the host" : Suggestion.phrase(for: name, in: parameters)
                throw Problem(reason: "there is no parameter `\(written)`\(hint)")
            }
            guard seen.insert(name).inserted else { throw Problem(reason: "the parameter `\(name)` is given twice") }
            guard written.endIndex < part.endIndex else {
                throw Problem(reason: "the parameter `\(name)` has no value")
            }
            let value = try decode(part[written.endIndex...].dropFirst(), "the parameter `\(name)`")
            try apply(name, value, base: base, to: &settings)
        }
    }

    private static func apply(
        _ name: String, _ value: String, base: FilePath, to settings: inout ServerSettings
    ) throws(Problem) {
        guard !value.isEmpty else { throw Problem(reason: "the parameter `\(name)` has no value") }
        switch name {
        case "socket":
            guard value.hasPrefix("/") else { throw Problem(reason: "`socket` must be an absolute path") }
            settings.socket = FilePath(value)
        case "ssl-mode":
            guard let mode = Endpoint.TLSMode(spelling: value) else {
                throw Problem(reason: "`ssl-mode` must be one of \(Endpoint.TLSMode.choices)")
            }
            settings.tls.mode = mode
        case "ssl-ca": settings.tls.authority = ProjectPath.absolute(value, base: base)
        case "ssl-cert": settings.tls.certificate = ProjectPath.absolute(value, base: base)
        case "ssl-key": settings.tls.key = ProjectPath.absolute(value, base: base)
        case "connect-timeout":
            guard let seconds = Int(value), (0...largestTimeout).contains(seconds) else {
                throw Problem(reason: "`connect-timeout` must be a number of seconds, 0 or more")
            }
            settings.connectTimeout = seconds
        case "compression":
            guard let flag = Spelling.bool(value) else {
                throw Problem(reason: "`compression` must be true or false")
            }
            settings.compression = flag
        default:
            if let reason = CharacterSetName.obstacleForConnection(value) {
                throw Problem(reason: "`charset` " + reason)
            }
        }
    }

    /// Undoes percent-encoding.
    private static func decode(_ text: Substring, _ what: String) throws(Problem) -> String {
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(hexadecimal), let low = rest.popFirst().flatMap(hexadecimal) else {
                throw Problem(reason: "\(what) has a `%` without two hexadecimal digits; a `%` is written as %25")
            }
            bytes.append(high << 4 | low)
        }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw Problem(reason: "\(what) is not UTF-8 text")
        }
        return text
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// Whether the text is an IPv6 address, with or without a zone.
    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, String(text.prefix { $0 != "%" }), &address) == 1
    }
}
