import Deployment
import MySQLDriver
import PrivateServer
import SystemPackage

/// The project that a command line means, its server reachable.
struct Project {
    let configuration: Configuration
    /// The same, with what it takes to reach further servers.
    let loaded: LoadedConfiguration

    /// Loads the configuration, and starts the private server if that is the target.
    ///
    /// - Parameters:
    ///   - allowsTargets: Whether the command is one for several databases, too.
    ///   - isDeployment: Whether events tell what is wrong in the configuration.
    ///   - showsConfiguration: Whether what is configured is printed, before anything is reached.
    init(
        _ options: CommonOptions, recreate: Bool = false, allowsTargets: Bool = false, isDeployment: Bool = false,
        showsConfiguration: Bool = false
    ) throws {
        let request = options.request(recreate: recreate)
        AdvisedCommand.repeats(request)
        var loaded = try ConfigurationLoader.loadWithServers(request)
        var configuration = loaded.configuration
        if !isDeployment { Self.warn(configuration, options) }
        if showsConfiguration { options.output.line(ConfigurationOverview(loaded).text + "\n") }
        if configuration.fleet != nil, !allowsTargets {
            throw Self.oneDatabaseOnly
        }
        if case .privateServer = configuration.server {
            let endpoint = try Self.startPrivateServer(configuration)
            configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        }
        loaded.configuration = configuration
        self.loaded = loaded
        self.configuration = configuration
    }

    static let oneDatabaseOnly = DeploymentError(
        .usage, "This is for one database, and `targets` in the configuration means several.",
        advice: "Name one of them: --set database=NAME")

    /// Connects to the target.
    func access() throws -> TargetAccess {
        try TargetAccess(configuration: configuration, driver: MySQLDriver())
    }

    /// The configuration alone; no server is started.
    static func configuration(_ options: CommonOptions, usePrivate: Bool = false) throws -> Configuration {
        var request = options.request()
        request.usePrivate = request.usePrivate || usePrivate
        AdvisedCommand.repeats(request)
        let configuration = try ConfigurationLoader.load(request)
        warn(configuration, options)
        return configuration
    }

    /// Tells what is not understood in the configuration.
    private static func warn(_ configuration: Configuration, _ options: CommonOptions) {
        for problem in configuration.problems { options.errors.line(problem.text(options.errors.style)) }
    }

    /// The private server of a project, whether it runs or not.
    ///
    /// - Parameter directory: Where it is; nil is its place in the project.
    static func privateServer(_ configuration: Configuration, directory: FilePath? = nil) -> PrivateServer {
        var program: FilePath?
        if case .privateServer(let named) = configuration.server { program = named }
        return PrivateServer(
            directory: directory ?? ToolDirectory(project: configuration.project).path.appending("server"),
            program: program)
    }

    /// Starts the private server of a project, or finds it running.
    static func start(
        _ configuration: Configuration, directory: FilePath? = nil
    ) throws(DeploymentError) -> RunningServer {
        ToolDirectory(project: configuration.project).createIfMissing()
        do {
            return try privateServer(configuration, directory: directory).start()
        } catch {
            throw DeploymentError(.serverUnreachable, error.description)
        }
    }

    /// Makes the private server the target.
    static func startPrivateServer(_ configuration: Configuration) throws -> Endpoint {
        endpoint(try start(configuration), configuration)
    }

    /// How a private server is reached.
    static func endpoint(_ server: RunningServer, _ configuration: Configuration) -> Endpoint {
        Endpoint(
            address: .socket(server.socket), user: server.user, tls: .init(mode: .disabled),
            localInfileRoot: configuration.localInfileRoot)
    }

    /// Where this user's images of private servers are; nil without a home. XDG Base Directory Specification: "All paths set
    /// in these environment variables must be absolute."
    static var imageDirectory: FilePath? {
        let cache = ProcessVariables.all["XDG_CACHE_HOME"].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
        let home = ProcessVariables.all["HOME"].map { FilePath($0) }.flatMap { $0.isAbsolute ? $0 : nil }
        return (cache ?? home?.appending(".cache"))?.appending(Tool.name).appending("images")
    }
}

extension Plan {
    /// With what is wrong in the configuration, for programs; people have read that already.
    func telling(_ project: Project, in format: OutputFormat) -> Plan {
        guard format == .json else { return self }
        var plan = self
        plan.problems = project.configuration.problems + plan.problems
        return plan
    }
}
