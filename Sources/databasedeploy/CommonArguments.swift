import ArgumentParser

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

/// The options that every command has, on the command line.
struct CommonArguments: ParsableArguments {
    /// Those of them that take the next word as their value.
    static let withValue = [
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

    /// What was given.
    var options: CommonOptions {
        CommonOptions(
            project: project, environment: environment, url: url, usePrivate: usePrivate, config: config,
            settings: settings, format: format, quiet: quiet, verbose: verbose, noColor: noColor)
    }
}

/// A command with these options.
protocol CommonCommand: ParsableCommand {
    var common: CommonArguments { get }
}

extension CommonCommand {
    var options: CommonOptions { common.options }
}
