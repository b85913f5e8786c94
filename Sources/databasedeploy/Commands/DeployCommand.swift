import ArgumentParser
import Deployment
import MySQLDriver

/// `databasedeploy deploy`, and `databasedeploy` alone.
struct DeployCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        // Parsed alone, it is still a part of the whole; and it saves looking for requests that only the whole answers.
        _superCommandName: Tool.name,
        abstract: "Bring the target up to date (the default command).",
        discussion: """
            Runs what is new, in order, and stops at the first script that fails. What ran is recorded, so after the \
            script is mended the same command goes on.

            With `targets` in the configuration it does that for all of those databases, in waves: first one, then a \
            tenth, then the rest. A wave with more failures than max_failures is the last one.
            """)

    @OptionGroup var options: CommonOptions

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

    func run() throws {
        if dryRun { return try PlanCommand.show(options, recreate: recreate) }
        let project = try endingJSON {
            try Project(options, recreate: recreate, allowsTargets: true, isDeployment: true)
        }
        let configuration = project.configuration
        defer { if waitForKey || configuration.waitForKey { Terminal.waitForKey() } }
        if configuration.fleet != nil {
            return try endingJSON {
                try FleetCommand(project, options).deploy(continuesOnError: continueOnError, yes: yes)
            }
        }
        try Readers(project: configuration, options: options).deploy(configuration) {
            if continueOnError {
                throw DeploymentError(
                    .usage, "--continue-on-error is for several databases, and no `targets` are configured.")
            }
            if configuration.recreate, try project.access().databaseExists() {
                try Confirmation(options: options, yes: yes).confirm(
                    "Drop the database \(configuration.database) with everything in it, and build it new?",
                    configuration: configuration)
            }
        }
    }

    /// Runs what has no reader of events, or none that is told of errors: they end the JSON all the same.
    private func endingJSON<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            guard let error = error.told else { throw error }
            if options.format == .json { JSONReader(console: options.output, statements: false).read(error) }
            throw error
        }
    }
}

extension Error {
    /// What is told of it; nil for an exit status, whose reason was told before.
    fileprivate var told: DeploymentError? {
        if self is ExitCode { return nil }
        return self as? DeploymentError ?? DeploymentError(.failed, "\(self)")
    }
}

/// Everyone who reads the events of a deployment at the command line.
struct Readers: EventReader {
    private let log: LogFile
    private let front: any EventReader
    private let json: JSONReader?

    init(project: Configuration, options: CommonOptions) {
        let console = options.errors
        log = LogFile(project: project.project, level: project.logLevel) { console.line("Warning: \($0)") }
        switch options.format {
        case .json:
            let reader = JSONReader(console: options.output, statements: options.verbose)
            (front, json) = (reader, reader)
        case .text:
            json = nil
            front = ConsoleReader(
                console: options.output, detail: options.quiet ? .quiet : options.verbose ? .verbose : .normal)
        }
    }

    func read(_ event: Event) {
        log.read(event)
        front.read(event)
    }

    /// An error that is no script's ends log and JSON; on a terminal it is told once, by whoever ends the process.
    func read(_ error: DeploymentError) {
        log.read(error)
        json?.read(error)
    }

    func tick() { front.tick() }

    /// Deploys, and tells of every end.
    ///
    /// - Parameter prepare: What comes first, and is told of in the same way if it fails.
    /// - Throws: `ExitCode` for a script that failed, `DeploymentError` for everything else.
    @discardableResult
    func deploy(_ configuration: Configuration, after prepare: () throws -> Void = {}) throws -> Outcome {
        do {
            try prepare()
            let outcome = try Deploy(configuration: configuration, driver: MySQLDriver(), reader: self).run()
            if let failure = outcome.failure {
                throw ExitCode((failure.isInterruption ? DeploymentError.Code.interrupted : .failed).exitStatus)
            }
            return outcome
        } catch {
            guard let error = error.told else { throw error }
            read(error)
            throw error
        }
    }
}
