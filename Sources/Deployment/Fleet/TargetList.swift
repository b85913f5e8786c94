/// Finds out which databases are meant: asks servers for patterns and queries, and runs the command.
public struct TargetList {
    private var loaded: LoadedConfiguration
    private let driver: any Driver
    private var template: Configuration { loaded.configuration }
    /// What is worth knowing about the list that was made.
    public private(set) var warnings: [String] = []

    /// - Parameter loaded: Its server must be an existing one; who uses a private server starts it first.
    public init(_ loaded: LoadedConfiguration, driver: any Driver) {
        self.loaded = loaded
        self.driver = driver
    }

    /// The targets in their order, each one once.
    ///
    /// - Throws: `DeploymentError` for a server that cannot be asked, and if there is no target at all.
    public mutating func targets() throws(DeploymentError) -> [FleetTarget] {
        var found: [FleetTarget] = []
        switch template.fleet?.targets.origin {
        case nil: break
        case .entries(let entries): for entry in entries { found += try targets(of: entry) }
        case .query(let query):
            for name in try names(query) { found.append(try target(name, on: template.server)) }
        case .command(let command):
            for line in try lines(of: command) { found += try targets(of: line) }
        }
        var seen: Set<String> = []
        found = found.filter { seen.insert("\($0.server)\n\($0.configuration.database)").inserted }
        guard !found.isEmpty else {
            throw DeploymentError(
                .configurationMissing, "`targets` means no database: there is none of such a name.",
                advice: "Look at the pattern, the query or the command in databasedeploy.toml.")
        }
        return FleetTarget.labelled(found)
    }

    private mutating func targets(of entry: TargetEntry) throws(DeploymentError) -> [FleetTarget] {
        switch entry {
        case .name(let name): return [try target(name, on: template.server)]
        case .pattern(let pattern): return try targets(like: pattern, on: template.server)
        case .url(let settings):
            let server = try loaded.server(of: settings)
            let name = settings.database ?? ""
            if let pattern = NamePattern(name) { return try targets(like: pattern, on: server) }
            return [try target(name, on: server)]
        }
    }

    private mutating func target(_ name: String, on server: Configuration.Server) throws(DeploymentError) -> FleetTarget
    {
        if case .unnamed = server { throw noServer }
        try DatabaseName.refuseOfTheServer(name)
        var configuration = template
        configuration.database = name
        configuration.server = server
        leaveOutReplicas(of: &configuration)
        configuration.fleet = nil
        // Several databases at a time are enough for a server, unless somebody says otherwise.
        configuration.parallel = template.parallel ?? 1
        // They are told once.
        configuration.warnings = []
        return FleetTarget(
            configuration, options: FleetCommands(configuration: template).options(database: name, on: server))
    }

    /// Those that are configured follow the server of `url`; a target may be on another one.
    private mutating func leaveOutReplicas(of configuration: inout Configuration) {
        guard !configuration.replicas.isEmpty, case .existing(_, let endpoint) = configuration.server else { return }
        if case .existing(_, let own) = template.server, own.address == endpoint.address { return }
        configuration.replicas = []
        let warning = "`replicas` are not those of \(endpoint.location), so nothing there waits for a replica."
        if !warnings.contains(warning) { warnings.append(warning) }
    }

    private var noServer: DeploymentError {
        DeploymentError(
            .configurationMissing, "No server is named for the targets.",
            advice:
                "Write url = \"mysql://user@host\" in databasedeploy.toml, set DATABASE_URL, or name targets by URL.")
    }

    // MARK: Asking

    private mutating func targets(
        like pattern: NamePattern, on server: Configuration.Server
    ) throws(DeploymentError) -> [FleetTarget] {
        let rows = try ask(server, database: nil, "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA")
        let names = rows.compactMap { $0.first ?? nil }.filter { pattern.matches($0) && !Self.isOfTheServer($0) }
        var targets: [FleetTarget] = []
        for name in names.sorted() { targets.append(try target(name, on: server)) }
        if targets.isEmpty, case .existing(_, let endpoint) = server {
            warnings.append(
                """
                No database at \(endpoint.location) that \(endpoint.user) may see has a name like \(printable(pattern.description)), \
                which `targets` names.
                """)
        }
        return targets
    }

    /// Whether a database is the server's own, or one of ours that lives for a deployment only.
    private static func isOfTheServer(_ name: String) -> Bool {
        DatabaseName.isOfTheServer(name) || DeploymentLock.isFirstLease(name)
    }

    private func names(_ query: String) throws(DeploymentError) -> [String] {
        // In one packet with other statements, a query that ends with a `;` would be two, of which one is empty.
        var query = Substring(query)
        while let last = query.last, last.isWhitespace || last == ";" { query.removeLast() }
        let database = template.database.isEmpty ? nil : template.database
        let rows = try ask(
            template.server, database: database, "START TRANSACTION READ ONLY;\n\(query)\n;\nROLLBACK", isOurs: false)
        var names: [String] = []
        for row in rows {
            let name = row.first.flatMap { $0 } ?? ""
            if let obstacle = DatabaseName.obstacle(name) {
                throw DeploymentError(
                    .badConfiguration, "The query of `targets` gives a name of a database that \(obstacle).")
            }
            names.append(name)
        }
        return names
    }

    /// - Parameter isOurs: Whether we wrote the query; another one means what the client would make of it.
    private func ask(
        _ server: Configuration.Server, database: String?, _ query: String, isOurs: Bool = true
    ) throws(DeploymentError) -> [Row] {
        guard case .existing(_, let endpoint) = server else { throw noServer }
        do {
            let session = try driver.connect(to: endpoint, database: database)
            defer { session.close() }
            if !isOurs { try session.reset(database: nil, characterSet: "utf8mb4") }
            return try session.query(query)
        } catch {
            if error.isUnreachable || error.isLoginRefused { throw endpoint.failure(error) }
            throw DeploymentError(
                .badConfiguration,
                "The server at \(endpoint.location) cannot say which databases `targets` means: \(error.description)")
        }
    }

    private func lines(of command: String) throws(DeploymentError) -> [TargetEntry] {
        let outcome = ShellCommand.run(
            command, variables: loaded.servers.request.variables, directory: template.project, limit: 16 << 20)
        guard case .output(let text) = outcome else {
            if case .failed(let reason) = outcome {
                throw DeploymentError(.badConfiguration, "The command of `targets` \(reason).")
            }
            return []
        }
        var entries: [TargetEntry] = []
        // CRLF is one character.
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let line = Spelling.trimmed(line)
            if line.isEmpty { continue }
            do {
                entries.append(try TargetEntry(line, base: template.project))
            } catch {
                throw DeploymentError(
                    .badConfiguration, "Line \(index + 1) that the command of `targets` prints \(error.reason).")
            }
        }
        return entries
    }
}
