import SystemPackage

/// Which databases an environment means, where it means several.
public struct TargetSource: Sendable, Equatable {
    enum Origin: Sendable, Equatable {
        case entries([TargetEntry])
        /// Names are in the first column.
        case query(String)
        /// Names and URLs, a line each.
        case command(String)
    }

    let origin: Origin

    init(_ origin: Origin) {
        self.origin = origin
    }

    /// - Parameters:
    ///   - entries: Names, patterns such as `tenant_*`, and URLs.
    ///   - base: The directory that relative paths of certificates start from.
    /// - Throws: `DeploymentError` for a text that is none of them.
    public init(entries: [String], base: FilePath) throws(DeploymentError) {
        var read: [TargetEntry] = []
        for (index, text) in entries.enumerated() {
            do {
                read.append(try TargetEntry(text, base: base))
            } catch {
                throw DeploymentError(.badConfiguration, "Target \(index + 1) \(error.reason).")
            }
        }
        origin = .entries(read)
    }

    /// - Parameter query: Gives the names in its first column.
    public init(query: String) {
        origin = .query(query)
    }
}

/// One line of a list of targets.
enum TargetEntry: Sendable, Equatable {
    /// A database on the environment's server.
    case name(String)
    /// All such databases on the environment's server.
    case pattern(NamePattern)
    /// A database on a server of its own; its name may be a pattern.
    case url(ServerSettings)

    /// Why a text is no target, as the end of a sentence, without the text: it may hold a password.
    struct Problem: Error {
        let reason: String
    }

    init(_ text: String, base: FilePath) throws(Problem) {
        if ["mysql:", "mariadb:", "private:"].contains(where: text.lowercased().hasPrefix) {
            let settings: ServerSettings
            do {
                settings = try DatabaseURL.parse(text, base: base)
            } catch {
                throw Problem(reason: "is not a URL of a database: \(error.reason)")
            }
            if settings.isPrivate {
                throw Problem(
                    reason: "is the private server's URL; write url = \"private:\", and the names of its databases")
            }
            guard let name = settings.database else { throw Problem(reason: "is a URL that names no database") }
            try Self.check(name)
            self = .url(settings)
            return
        }
        try Self.check(text)
        self = NamePattern(text).map(Self.pattern) ?? .name(text)
    }

    private static func check(_ name: String) throws(Problem) {
        if let obstacle = DatabaseName.obstacle(name) { throw Problem(reason: obstacle) }
    }
}

/// A database's name in which `*` stands for any characters, and `?` for one.
struct NamePattern: Sendable, Equatable, CustomStringConvertible {
    let description: String

    /// - Returns: Nil if there is neither of the two in it.
    init?(_ text: String) {
        guard text.contains(where: { $0 == "*" || $0 == "?" }) else { return nil }
        description = text
    }

    /// Whether a name is such a one. Case counts.
    func matches(_ name: String) -> Bool {
        let (pattern, name) = (Array(description.unicodeScalars), Array(name.unicodeScalars))
        var (at, position) = (0, 0)
        /// Where the last star is, and how far the name was when it stood for nothing.
        var star: (at: Int, position: Int)?
        while position < name.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, position)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[position] {
                at += 1
                position += 1
            } else if let last = star {
                at = last.at + 1
                position = last.position + 1
                star = (last.at, position)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
