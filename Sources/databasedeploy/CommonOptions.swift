import ArgumentParser
import Deployment
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The options that every command has.
struct CommonOptions: ParsableArguments {
    /// Those of them that take the next word as their value.
    static let withValue: Set<String> = [
        "--project", "-e", "--environment", "--url", "--config", "--set", "--format",
    ]

    @Option(
        help: ArgumentHelp(
            "The project directory. Default: the nearest one upward with databasedeploy.toml or App.config.",
            valueName: "dir"), completion: .directory)
    var project: String?

    @Option(name: [.short, .long], help: ArgumentHelp("The environment in databasedeploy.toml.", valueName: "name"))
    var environment: String?

    @Option(help: ArgumentHelp("The target: mysql://user@host:port/Database?ssl-mode=…, or private:", valueName: "url"))
    var url: String?

    @Flag(name: .customLong("private"), help: "Run against the project's private server.")
    var usePrivate = false

    @Option(
        help: ArgumentHelp("The configuration file, instead of databasedeploy.toml.", valueName: "file"),
        completion: .file())
    var config: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("Set a key of databasedeploy.toml, such as lock_timeout=5.", valueName: "key=value"))
    var settings: [String] = []

    @Option(help: ArgumentHelp("text or json.", valueName: "format"))
    var format: OutputFormat = .text

    @Flag(help: "Print failures, warnings and the last line only.")
    var quiet = false

    @Flag(help: "Print every statement, script or reason.")
    var verbose = false

    @Flag(name: .customLong("no-color"), help: "No colours on a terminal (also: the variable NO_COLOR).")
    var noColor = false

    /// Where results go.
    var output: Console { Console(.standardOutput, color: color) }
    /// Where what a person should know goes, when results are for a program.
    var errors: Console { Console(.standardError, color: color) }

    private var color: Bool { !noColor && (ProcessVariables.all["NO_COLOR"] ?? "").isEmpty }

    /// The request for a configuration, before a command adds its own options.
    func request(recreate: Bool = false) -> ConfigurationRequest {
        ConfigurationRequest(
            project: project.map { FilePath($0) }, environment: environment, url: url, usePrivate: usePrivate,
            configFile: config.map { FilePath($0) }, settings: settings, recreate: recreate,
            variables: ProcessVariables.all, home: ProcessVariables.all["HOME"].map { FilePath($0) },
            workingDirectory: ProcessVariables.workingDirectory)
    }
}

/// What the process was started with.
enum ProcessVariables {
    /// The environment variables.
    static let all: [String: String] = {
        var variables: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return variables
    }()

    static var workingDirectory: FilePath {
        guard let text = getcwd(nil, 0) else { return "/" }
        defer { free(text) }
        return FilePath(String(cString: text))
    }
}
