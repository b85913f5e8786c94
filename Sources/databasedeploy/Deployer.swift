import Deployment

/// What the command `deploy` does; as it stands, without any option.
struct Deployer: Equatable {
    var options = CommonOptions()
    var dryRun = false
    var recreate = false
    var yes = false
    var continueOnError = false
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
            guard configuration.recreate else { return }
            let access = try project.access()
            guard try access.databaseExists() else { return }
            let environment = configuration.environment.map { " (environment \($0))" } ?? ""
            try Confirmation(options: options, yes: yes).confirm(
                """
                Drop the database \(configuration.database) on \(access.server)\(environment) with everything in it, and build it new?
                """,
                configuration: configuration)
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
