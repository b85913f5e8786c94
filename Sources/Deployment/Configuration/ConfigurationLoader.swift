import SystemPackage

/// Makes one `Configuration` of everything that says something about it.
///
/// Strongest first: options; environment variables; `databasedeploy.toml`, the environment's section before the top;
/// `App.config`; `~/.my.cnf`.
public enum ConfigurationLoader {
    static let tomlName = "databasedeploy.toml"
    /// Visual Studio writes the first; on Linux, some projects have the second.
    static let appConfigNames = ["App.config", "app.config"]

    /// The nearest directory, from `directory` upward, with `databasedeploy.toml` or `App.config`.
    ///
    /// - Parameter directory: absolute.
    public static func findProject(from directory: FilePath) -> FilePath? {
        var directory = directory.lexicallyNormalized()
        while true {
            for name in [tomlName] + appConfigNames where ConfigurationFile.exists(directory.appending(name)) {
                return directory
            }
            guard directory.removeLastComponent() else { return nil }
        }
    }

    /// Reads all sources and lays them over each other.
    ///
    /// - Throws: `.usage` for what the command line gave, `.badConfiguration` for what a file or a variable gave, both
    ///   with the place where there is one; `.configurationMissing` for what nothing gave. No error has a password,
    ///   a URL or a connection string in it.
    public static func load(_ request: ConfigurationRequest) throws(DeploymentError) -> Configuration {
        try loadWithServers(request).configuration
    }

    /// As `load`, with what it takes to reach the servers of targets that have a URL of their own.
    public static func loadWithServers(
        _ request: ConfigurationRequest
    ) throws(DeploymentError) -> LoadedConfiguration {
        var warnings: [String] = []
        do {
            return try loadWithServers(request, &warnings)
        } catch {
            // What was not understood is often what is missing.
            var failure = error
            failure.advice = (warnings.map { "Warning: \($0)" } + [error.advice].compactMap { $0 })
                .joined(separator: "\n")
            if failure.advice == "" { failure.advice = nil }
            throw failure
        }
    }

    private static func loadWithServers(
        _ request: ConfigurationRequest, _ warnings: inout [String]
    ) throws(DeploymentError) -> LoadedConfiguration {
        let project = try project(request)
        let files = try ConfigurationFiles(request, project: project)
        warnings += files.warnings
        let options = try OptionSettings.read(request, project: project, warnings: &warnings)
        var toml = TOMLConfiguration()
        if let file = files.toml {
            toml = try TOMLConfiguration.read(file, name: files.shown(file), project: project)
        }
        var appConfig = AppConfig()
        if let file = files.appConfig {
            appConfig = try AppConfig.read(file, name: files.shown(file), project: project, warnings: &warnings)
        }
        let choice = try EnvironmentChoice(request, options, toml, tomlName: files.toml.map(files.shown))
        let variables = try VariableSettings.read(request, isOverruled: request.usePrivate || options.url != nil)
        if let name = choice.name, let own = choice.settings.url, options.url == nil, !request.usePrivate,
            let other = variables.url, other != own
        {
            warnings.append(
                "The `url` of the environment \(name) is not used, as an environment variable gives another one.")
        }
        // A URL replaces the connection strings with everything in them.
        let hasURL = [options, variables, choice.settings, toml.top].contains { $0.url != nil }
        if hasURL { appConfig.dropSettingsOfConnectionStrings() }
        let layers = [options, variables, choice.settings, toml.top, appConfig.settings]
        func first<Value>(_ key: (Settings) -> Value?) -> Value? { layers.lazy.compactMap(key).first }

        let localInfile = localInfileRoot(first(\.localInfile), project, &warnings)
        var servers = ServerResolution(
            layers: Array(layers.dropLast()), appConfig: appConfig, request: request, project: project,
            localInfileRoot: localInfile)
        let fleet = fleet([options, choice.settings, toml.top])
        let server: Configuration.Server
        if servers.isPrivate {
            server = .privateServer(program: first(\.serverProgram))
        } else {
            servers.optionFile = try request.home.flatMap { home throws(DeploymentError) in
                try OptionFile.read(home.appending(".my.cnf"), warnings: &warnings)
            }
            if fleet != nil, !servers.isNamed {
                server = .unnamed
            } else {
                let endpoints = try servers.endpoints(&warnings)
                server = .existing(bootstrap: endpoints.bootstrap, database: endpoints.database)
            }
        }
        guard let database = fleet == nil ? servers.databaseName : servers.urlDatabase ?? "" else {
            throw DeploymentError(
                .configurationMissing, "No database is named.",
                advice: "Write database = \"Name\" in \(tomlName), or the name after the host in the URL.")
        }
        if fleet == nil, let obstacle = DatabaseName.obstacle(database) {
            throw DeploymentError(.badConfiguration, "The name of the database \(obstacle).")
        }
        if fleet == nil { try DatabaseName.refuseOfTheServer(database) }
        let folders = first(\.folders) ?? Folder.standard
        try check(folders, project)
        // What a file protects, nothing that is typed lays bare.
        let written = [choice.settings, toml.top, appConfig.settings].lazy.compactMap(\.protected).first
        let isProtected = written == true || first(\.protected) == true
        let configuration = Configuration(
            project: project, environment: choice.name, server: server, database: database, fleet: fleet,
            folders: folders,
            recreate: first(\.recreate) ?? false, protected: isProtected,
            logLevel: first(\.logLevel) ?? .info, statementTimeout: first(\.statementTimeout) ?? 600,
            lockTimeout: first(\.lockTimeout) ?? 60, lockWaitTimeout: first(\.lockWaitTimeout) ?? 5,
            maxReplicaLag: first(\.maxReplicaLag) ?? 10, lease: first(\.lease) ?? 15, parallel: first(\.parallel),
            outOfOrder: first(\.outOfOrder) ?? .stop,
            orphan: first(\.orphan) ?? .wait, onFailure: first(\.onFailure) ?? .undo,
            undoLimit: first(\.undoLimit) ?? Configuration.standardUndoLimit,
            imageLimit: first(\.imageLimit) ?? Configuration.standardImageLimit,
            waitForKey: first(\.waitForKey) ?? false,
            localInfileRoot: localInfile, warnings: warnings)
        var loaded = LoadedConfiguration(configuration: configuration, servers: servers)
        let section = choice.name.map { " [environments.\($0)]" } ?? ""
        let tomlName = files.toml.map(files.shown) ?? tomlName
        let appConfigName = files.appConfig.map(files.shown) ?? "App.config"
        let names = ["the command line", "an environment variable", tomlName + section, tomlName, appConfigName]
        loaded.layers = zip(names, layers).map { (name: $0, settings: $1) }
        loaded.files = [files.toml, files.appConfig].compactMap { $0.map(files.shown) }
        for replica in first(\.replicas) ?? [] {
            guard case .existing(_, let endpoint) = try loaded.server(of: replica) else { continue }
            loaded.configuration.replicas.append(endpoint)
        }
        if first(\.maxReplicaLag) ?? 0 > 0, loaded.configuration.replicas.isEmpty {
            loaded.configuration.warnings.append("`max_replica_lag` limits nothing, as there are no `replicas`.")
        }
        return loaded
    }

    /// The targets, if several are meant. A stronger source that names one database means that one alone; `DATABASE_URL` is
    /// none of them: it says where the server is.
    ///
    /// - Parameter layers: Strongest first, without the environment variables.
    private static func fleet(_ layers: [Settings]) -> Fleet? {
        for layer in layers {
            if let targets = layer.targets {
                return Fleet(
                    targets: targets, width: layers.lazy.compactMap(\.width).first ?? Fleet.standardWidth,
                    waves: layers.lazy.compactMap(\.waves).first ?? WaveSize.standard,
                    maxFailures: layers.lazy.compactMap(\.maxFailures).first ?? 0)
            }
            if layer.database ?? layer.url?.database != nil { return nil }
        }
        return nil
    }

    /// What is true of the standard folders as well.
    private static func check(_ folders: [Folder], _ project: FilePath) throws(DeploymentError) {
        for (index, folder) in folders.enumerated() {
            let directory = folder.directory
            guard ProjectPath.inside(directory, project: project) != nil else {
                throw DeploymentError(
                    .badConfiguration, "The folder \"\(directory)\" leads out of the project directory.")
            }
            let before = folders[..<index]
            if let twin = before.first(where: { ProjectPath.isSame($0.directory, directory, project: project) }) {
                throw DeploymentError(
                    .badConfiguration, "The folders \"\(twin.name)\" and \"\(folder.name)\" are one directory.")
            }
        }
    }

    private static func project(_ request: ConfigurationRequest) throws(DeploymentError) -> FilePath {
        let here = request.workingDirectory
        if let given = request.project {
            let project = ProjectPath.absolute(given.string, base: here)
            guard ConfigurationFile.isDirectory(project) else {
                throw DeploymentError(.configurationMissing, "There is no project directory \(given).")
            }
            return project
        }
        if let found = findProject(from: here) { return found }
        if let file = request.configFile {
            return ProjectPath.absolute(file.string, base: here).removingLastComponent()
        }
        throw DeploymentError(
            .configurationMissing,
            "There is no project: neither \(here) nor a directory above it has \(tomlName) or App.config.",
            advice: "Type --project DIR, or write a \(tomlName) here, such as: "
                + "url = \"mysql://user@localhost/Database\"")
    }

    private static func localInfileRoot(
        _ setting: ServerSettings.LocalInfile?, _ project: FilePath, _ warnings: inout [String]
    ) -> FilePath? {
        switch setting {
        case nil, .off: return nil
        case .project: return project
        case .directory(let path):
            if let directory = ProjectPath.inside(path, project: project) { return directory }
            warnings.append(
                "`AllowLoadLocalInfileInPath` leads out of the project directory; LOAD DATA LOCAL stays off.")
            return nil
        }
    }
}
