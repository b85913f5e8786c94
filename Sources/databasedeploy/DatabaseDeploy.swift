import ArgumentParser
import Deployment

/// The command.
@main
struct DatabaseDeploy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Tool.name,
        abstract: "Brings a MySQL or MariaDB database to the state that a folder of numbered SQL scripts describes.",
        discussion: """
            The scripts are in Schema/ and Data/ (run on a fresh database) and Modifications/ (what is new, always). \
            What ran is remembered in the database itself, so a script runs once.

            Exit status: 0 done or nothing to do; 1 pending or different (status --exit-code, validate); 2 a deployment \
            failed; 64 usage; 65 a script or a configuration value is bad; 69 server unreachable; 73 cannot write; \
            75 another deployer holds the lock; 77 refused; 78 configuration missing.
            """,
        version: Tool.version,
        subcommands: [
            DeployCommand.self, PlanCommand.self, StatusCommand.self, ValidateCommand.self, HistoryCommand.self,
            BaselineCommand.self, RepairCommand.self, NewCommand.self, ServerCommand.self,
        ],
        defaultSubcommand: DeployCommand.self)

    /// Runs the command line, and tells what went wrong in one place.
    static func main() {
        do {
            let given = Array(CommandLine.arguments.dropFirst())
            // The parser would take longer than everything else.
            if given == ["--version"] { return Console(.standardOutput, color: false).line(Tool.version) }
            if let deployer = Deployer(plain: given) { return try deployer.run() }
            let arguments = try arguments(given)
            if let deploy = deploy(arguments) { return try deploy.run() }
            var command = try parseAsRoot(arguments)
            try command.run()
        } catch let error as DeploymentError {
            Console(.standardError, color: false).line("databasedeploy: \(error.description)")
            exit(withStatus: error.code.exitStatus)
        } catch let error where !(error is ExitCode) && exitCode(for: error) == .failure {
            // Neither ours nor of the command line: an error of the system, or of the server at a place where none is
            // expected. Status 1 would mean that something is pending.
            Console(.standardError, color: false).line("databasedeploy: \(error)")
            exit(withStatus: DeploymentError.Code.failed.exitStatus)
        } catch {
            exit(withError: error)
        }
    }

    /// The command `deploy`, parsed without the others: looking at all of them takes longer than connecting.
    ///
    /// - Returns: nil for whatever is not a plain `deploy`: another command, a question such as `--help`, a mistake.
    ///   Parsing as a whole tells about those, in words that fit.
    private static func deploy(_ arguments: [String]) -> DeployCommand? {
        let name = DeployCommand.configuration.commandName
        guard arguments.first == name || arguments.first?.hasPrefix("-") != false else { return nil }
        do {
            return try DeployCommand.parse(Array(arguments.first == name ? arguments.dropFirst() : arguments[...]))
        } catch {
            return nil
        }
    }

    /// The arguments with the command first: `databasedeploy --project shop status` is what people type, too.
    ///
    /// A word that is no command would be an argument of the default command, and the message about it no help.
    private static func arguments(_ arguments: [String]) throws(DeploymentError) -> [String] {
        // Its shell is no command.
        if arguments.first == "--generate-completion-script" { return arguments }
        var index = 0
        while index < arguments.count, arguments[index].hasPrefix("-") {
            index += CommonArguments.withValue.contains(arguments[index]) ? 2 : 1
        }
        guard index < arguments.count else { return arguments }
        let word = arguments[index]
        let commands = configuration.subcommands.map { $0.configuration }
        let names = commands.flatMap { [$0.commandName ?? ""] + $0.aliases } + ["help"]
        guard names.contains(word) else {
            throw DeploymentError(
                .usage, "\"\(word)\" is no command\(Suggestion.phrase(for: word, in: names)).",
                advice: "See all of them: databasedeploy --help")
        }
        if word == "server" { try checkServerCommand(Array(arguments[(index + 1)...])) }
        return [word]
            + (word == "server"
                ? Array(arguments[(index + 1)...]) + arguments[..<index]
                : arguments[..<index] + arguments[(index + 1)...])
    }

    /// Looks at the word after `server` and its options.
    private static func checkServerCommand(_ arguments: [String]) throws(DeploymentError) {
        var index = 0
        while index < arguments.count, arguments[index].hasPrefix("-") {
            index += CommonArguments.withValue.contains(arguments[index]) ? 2 : 1
        }
        guard index < arguments.count else { return }
        let word = arguments[index]
        let names = ServerCommand.configuration.subcommands.map { $0._commandName } + ["help"]
        guard !names.contains(word) else { return }
        throw DeploymentError(
            .usage, "\"\(word)\" is no command of server\(Suggestion.phrase(for: word, in: names)).",
            advice: "See all of them: databasedeploy server --help")
    }

    /// Ends the process.
    private static func exit(withStatus status: Int32) -> Never {
        exit(withError: ExitCode(status))
    }
}
