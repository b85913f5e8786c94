import ArgumentParser
import Deployment
import MySQLDriver

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// `deploy`, `plan` and `status` where the configuration has `targets`.
struct FleetCommand {
    let project: Project
    let options: CommonOptions
    private let targets: [FleetTarget]
    private let configuration: Configuration

    /// Finds out which databases are meant.
    init(_ project: Project, _ options: CommonOptions) throws {
        self.project = project
        self.options = options
        var list = TargetList(project.loaded, driver: MySQLDriver())
        targets = try list.targets()
        var configuration = project.configuration
        configuration.warnings += list.warnings
        self.configuration = configuration
        Self.raiseLimitOfOpenFiles()
    }

    /// Each target under way has half a dozen of files and connections open, and the limit of a session is often 1024. Where it
    /// cannot be raised it stays, and what cannot be opened says so.
    private static func raiseLimitOfOpenFiles() {
        #if canImport(Glibc)
            let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let files = RLIMIT_NOFILE
        #endif
        var limit = rlimit()
        guard getrlimit(files, &limit) == 0, limit.rlim_cur < limit.rlim_max else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(files, &limit)
    }

    /// Deploys to all of them.
    func deploy(continuesOnError: Bool, yes: Bool) throws {
        let console = options.errors
        let log = LogFile(project: configuration.project, level: configuration.logLevel) {
            console.line("Warning: \($0)")
        }
        do {
            if configuration.recreate { try confirm(yes) }
            let outcome = try Rollout(
                targets, configuration: configuration, driver: MySQLDriver(), reader: Both(log: log, front: front),
                continuesOnError: continuesOnError
            ).run()
            if outcome.exitStatus != 0 { throw ExitCode(outcome.exitStatus) }
        } catch let error as DeploymentError {
            log.read(error)
            throw error
        }
    }

    private func confirm(_ yes: Bool) throws {
        let names = targets.names(width: 200)
        let what = targets.count == 1 ? "database" : "\(targets.count) databases"
        try Confirmation(options: options, yes: yes).confirm(
            "Drop the \(what) \(names) with everything in them, and build them new?", configuration: configuration)
    }

    private var front: any FleetReader {
        switch options.format {
        case .json: FleetJSONReader(console: options.output, statements: options.verbose)
        case .text:
            FleetConsoleReader(
                console: options.output, detail: options.quiet ? .quiet : options.verbose ? .verbose : .normal,
                configuration: configuration)
        }
    }

    /// Prints what would run.
    func plan() throws {
        let overview = try overview(isExact: true)
        switch options.format {
        case .json: options.output.line(JSON.document(overview.plan))
        case .text:
            options.output.line(
                overview.planText(options.output, quiet: options.quiet, reasons: options.verbose))
        }
        if overview.exitStatus != 0 { throw ExitCode(overview.exitStatus) }
        if overview.isBlocked { throw ExitCode(DeploymentError.Code.problems.exitStatus) }
    }

    /// Prints how they are.
    func status(exitCode: Bool) throws {
        let overview = try overview(isExact: false)
        switch options.format {
        case .json: options.output.line(JSON.document(overview.status))
        case .text:
            let text = overview.statusText(options.output, quiet: options.quiet, all: options.verbose)
            if !text.isEmpty { options.output.line(text) }
        }
        if overview.exitStatus != 0 { throw ExitCode(overview.exitStatus) }
        if exitCode && !overview.isClean { throw ExitCode(1) }
    }

    private func overview(isExact: Bool) throws -> FleetOverview {
        // What is wrong in the files themselves has been told.
        for problem in configuration.problems.dropFirst(project.configuration.problems.count) {
            options.errors.line(problem.text(options.errors.style))
        }
        return try FleetOverview(targets, configuration: configuration, driver: MySQLDriver(), isExact: isExact)
    }

    /// The log, and who reads at the command line.
    private struct Both: FleetReader {
        let log: LogFile
        let front: any FleetReader

        func read(_ event: FleetEvent) {
            log.read(event)
            front.read(event)
        }

        func tick() { front.tick() }
    }
}
