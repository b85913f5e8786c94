import ArgumentParser
import Deployment
import MySQLDriver

extension Error {
    /// What is told of it; nil for an exit status, whose reason was told before.
    var told: DeploymentError? {
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
