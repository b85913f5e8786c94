import ArgumentParser
import Deployment

/// `databasedeploy deploy`, and `databasedeploy` alone.
struct DeployCommand: CommonCommand {
    static let name = "deploy"

    static let configuration = CommandConfiguration(
        commandName: name,
        // Parsed alone, it is still a part of the whole; and it saves looking for requests that only the whole answers.
        _superCommandName: Tool.name,
        abstract: "Bring the target up to date (the default command).",
        discussion: """
            Runs what is new, in order, and stops at the first script that fails. What ran is recorded, so after the \
            script is mended the same command goes on.

            With `targets` in the configuration it does that for all of those databases, in waves: first one, then a \
            tenth, then the rest. A wave with more failures than max_failures is the last one.
            """)

    @OptionGroup var common: CommonArguments

    @Flag(name: .customLong("dry-run"), help: "Print the plan, run nothing (the command `plan`).")
    var dryRun = false

    @Flag(help: "Drop the database and build it new. Everything in it is lost.")
    var recreate = false

    @Flag(help: "Do not ask before destroying anything.")
    var yes = false

    @Flag(
        name: .customLong("continue-on-error"),
        help: "With targets: go on with the other databases, however many fail.")
    var continueOnError = false

    @Flag(name: .customLong("wait-for-key"), help: "Wait for a key at the end.")
    var waitForKey = false

    func run() throws { try deployer.run() }

    /// What was asked for.
    var deployer: Deployer {
        Deployer(
            options: options, dryRun: dryRun, recreate: recreate, yes: yes, continueOnError: continueOnError,
            waitForKey: waitForKey)
    }
}
