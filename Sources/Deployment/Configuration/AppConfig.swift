import SystemPackage

/// `App.config`, as the old program reads it: `RecreateDB` and `LogLevel`, and the connection strings `DefaultString`
/// (for bootstrap) and `ConnectionString` (for the database).
struct AppConfig {
    var settings = Settings()
    var bootstrap: ServerSettings?
    var database: ServerSettings?

    /// Takes away what the connection strings set beside their servers; only they set these.
    mutating func dropSettingsOfConnectionStrings() {
        settings.statementTimeout = nil
        settings.localInfile = nil
    }

    /// Names of connection strings, with the one that the database has first.
    static let connectionStrings = ["ConnectionString", "DefaultString"]

    /// - Parameter name: how the file is called in errors.
    /// - Throws: `.badConfiguration` with a line; never with a value of a connection string.
    static func read(
        _ file: FilePath, name: String, project: FilePath, warnings: inout [String]
    ) throws(DeploymentError) -> AppConfig {
        let root = try XMLText.parse(try ConfigurationFile.bytes(file, name: name), name: name)
        guard root.name == "configuration" else {
            throw DeploymentError(
                .badConfiguration, "The outermost element must be <configuration>.",
                place: Place(file: name, line: root.line))
        }
        var reader = AppConfigReader(file: name, project: project)
        // They tell why something is missing, if the rest fails.
        defer { warnings += reader.warnings.map { "\(name): \($0)" } }
        try reader.read(root)
        return reader.result
    }
}

/// The work of `AppConfig.read`.
private struct AppConfigReader {
    var file: String
    var project: FilePath
    var result = AppConfig()
    var warnings: [String] = []

    private struct Entry {
        var key: String
        var value: String
        var line: Int
    }

    init(file: String, project: FilePath) {
        self.file = file
        self.project = project
    }

    mutating func read(_ root: XMLElement) throws(DeploymentError) {
        warnAboutSections(root)
        var strings = entries(of: root, "connectionStrings", key: "name", value: "connectionString")
        for entry in entries(of: root, "appSettings", key: "key", value: "value") {
            if AppConfig.connectionStrings.contains(where: { $0.lowercased() == entry.key.lowercased() }) {
                // Old projects have them here, too; the section that is meant for them is stronger.
                if !strings.contains(where: { $0.key.lowercased() == entry.key.lowercased() }) { strings.append(entry) }
            } else {
                try apply(entry)
            }
        }
        for entry in strings {
            switch entry.key.lowercased() {
            case "connectionstring": result.database = try server(entry)
            case "defaultstring": result.bootstrap = try server(entry)
            // .NET itself puts this one into every program's configuration.
            case "localsqlserver", "localmysqlserver": break
            default:
                let hint = Suggestion.phrase(for: entry.key, in: AppConfig.connectionStrings)
                warnings.append("The connection string `\(entry.key)` is not used\(hint).")
            }
        }
        let servers = [result.database, result.bootstrap].compactMap { $0 }
        result.settings.statementTimeout = servers.lazy.compactMap(\.statementTimeout).first
        result.settings.localInfile = servers.lazy.compactMap(\.localInfile).first
    }

    /// Sections that are there and not read, but for those that are not ours.
    private mutating func warnAboutSections(_ root: XMLElement) {
        for element in root.children {
            if let section = Self.section(like: element.name), section != element.name {
                warnings.append("<\(element.name)> is not read; it must be written <\(section)>.")
            }
            guard element.name.lowercased() == "location" else { continue }
            for child in element.children {
                guard let section = Self.section(like: child.name) else { continue }
                warnings.append(
                    "<\(element.name)> has a section <\(child.name)>, which is not read there; "
                        + "put <\(section)> directly into <configuration>.")
            }
        }
    }

    /// The section that a name means: case and one wrong letter don't count.
    private static func section(like name: String) -> String? {
        let name = Array(name.lowercased())
        return ["appSettings", "connectionStrings"].first { Suggestion.distance(name, Array($0.lowercased())) <= 1 }
    }

    /// The `<add>`s of a section; as in .NET, a later one of the same key wins, `<remove>` and `<clear>` undo.
    private mutating func entries(of root: XMLElement, _ section: String, key: String, value: String) -> [Entry] {
        var entries: [Entry] = []
        for element in root.children(named: section) {
            for other in ["configSource", "file"] where element.attributes[other] != nil {
                warnings.append("<\(section)> names another file in `\(other)`, which is not read.")
            }
            for child in element.children {
                let name = child.attributes[key] ?? ""
                switch child.name {
                case "clear": entries = []
                case "add", "remove":
                    entries.removeAll { $0.key.lowercased() == name.lowercased() }
                    guard child.name == "add" else { break }
                    entries.append(Entry(key: name, value: child.attributes[value] ?? "", line: child.line))
                default: warnings.append("<\(section)> has an element <\(child.name)> that is not understood.")
                }
            }
        }
        return entries
    }

    private mutating func apply(_ entry: Entry) throws(DeploymentError) {
        let value = Spelling.trimmed(entry.value)
        switch entry.key.lowercased() {
        case "recreatedb":
            guard let flag = Spelling.bool(value) else {
                throw problem("`RecreateDB` must be true or false", entry)
            }
            result.settings.recreate = flag
        case "loglevel":
            if let level = logLevel(value) {
                result.settings.logLevel = level
            } else {
                warnings.append("`LogLevel` must be one of debug, info, error; info is used.")
            }
        default:
            let hint = Suggestion.phrase(for: entry.key, in: ["RecreateDB", "LogLevel"] + AppConfig.connectionStrings)
            warnings.append("The setting `\(entry.key)` is not understood\(hint).")
        }
    }

    /// The names that .NET's logging libraries have for levels. A level between two of ours keeps what it kept.
    private func logLevel(_ name: String) -> LogLevel? {
        switch name.lowercased() {
        case "trace", "verbose", "debug", "all": .debug
        case "info", "information", "success": .info
        case "warn", "warning", "error", "fatal", "critical": .error
        default: nil
        }
    }

    private mutating func server(_ entry: Entry) throws(DeploymentError) -> ServerSettings? {
        guard !Spelling.trimmed(entry.value).isEmpty else { return nil }
        var reader = ConnectionStringReader(name: entry.key, base: project)
        defer { warnings += reader.warnings }
        do {
            let server = try reader.read(entry.value)
            if let obstacle = server.database.flatMap(DatabaseName.obstacle) {
                throw ConnectionString.Problem(reason: "the database's name \(obstacle)")
            }
            return server
        } catch let error as ConnectionString.Problem {
            throw problem("The connection string `\(entry.key)` is malformed: \(error.reason)", entry)
        } catch {
            throw problem("The connection string `\(entry.key)` is malformed", entry)
        }
    }

    private func problem(_ message: String, _ entry: Entry) -> DeploymentError {
        DeploymentError(.badConfiguration, message + ".", place: Place(file: file, line: entry.line))
    }
}
