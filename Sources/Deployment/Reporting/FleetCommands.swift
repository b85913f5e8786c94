import SystemPackage

/// What to type next, where there are several targets.
struct FleetCommands {
    let configuration: Configuration

    private var base: String {
        "databasedeploy" + (configuration.environment.map { " -e \(shellQuoted($0))" } ?? "")
    }

    /// Goes on with what is left.
    var goOn: String { base }

    /// The same for one target: it is named by what is stronger than `targets`.
    func one(_ verb: String, _ target: FleetTarget) -> String {
        var words = base.split(separator: " ").map(String.init)
        words.insert(verb, at: 1)
        let isElsewhere = target.configuration.server != configuration.server
        if isElsewhere, let endpoint = target.endpoint {
            words.append("--url \(shellQuoted(endpoint.url(database: target.configuration.database)))")
        } else {
            words.append("--set \(shellQuoted("database=" + target.configuration.database))")
        }
        return words.joined(separator: " ")
    }
}

extension Endpoint {
    /// Its URL, without the password.
    func url(database: String) -> String {
        let name = Self.encoded(database)
        switch address {
        case .tcp(_, _): return "mysql://\(Self.encoded(user))@\(address)/\(name)"
        case .socket(let path):
            return "mysql://\(Self.encoded(user))@localhost/\(name)?socket=\(Self.encoded(path.string))"
        }
    }

    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            result +=
                isPlain || "-._~/".unicodeScalars.contains(scalar) && byte < 0x80
                ? String(scalar) : "%" + hexadecimal([byte]).uppercased()
        }
        return result
    }
}
