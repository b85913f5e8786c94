import Synchronization
import SystemPackage

/// Writes `Log.txt` in the project directory, in the old program's lines: local time, level, message.
public final class LogFile: EventReader {
    private let file: Mutex<FileDescriptor?>
    private let level: LogLevel

    /// Opens the log for appending.
    ///
    /// - Parameter warn: Called with a message if the file cannot be written; the deployment goes on without it.
    public init(project: FilePath, level: LogLevel, warn: (String) -> Void) {
        self.level = level
        let path = project.appending("Log.txt")
        do {
            file = Mutex(
                try FileDescriptor.open(
                    path, .writeOnly, options: [.append, .create, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupRead, .otherRead]))
        } catch {
            file = Mutex(nil)
            warn("Log.txt cannot be written (\(error)); the deployment goes on without it.")
        }
    }

    deinit {
        file.withLock { file in
            do { try file?.close() } catch { assertionFailure("\(error)") }
        }
    }

    public func read(_ event: Event) { read(event, of: nil) }

    /// - Parameter target: Which one, where there are several.
    private func read(_ event: Event, of target: FleetTargetName?) {
        func write(_ severity: LogLevel, _ label: String, _ message: String) {
            self.write(severity, label, (target.map { "\($0.label): " } ?? "") + message)
        }
        switch event {
        case .started(let start):
            write(
                .info, "INFO",
                "Started: \(start.database) on \(start.server), \(counted(start.scripts, "script")) to run")
        case .notice(let problem):
            write(
                problem.severity == .error ? .error : .info, problem.severity == .error ? "ERROR" : "INFO",
                problem.message)
        case .waiting(let holder):
            write(.info, "INFO", "Waiting for another deployer: \(holder)")
        case .recovered(let script, let message):
            write(.info, "INFO", "Recovered: \(script): \(message)")
        case .lockWait(let script, let wait):
            write(.info, "INFO", wait.text(of: script))
        case .holding(let reason):
            write(.info, "INFO", "Waiting: \(reason)")
        case .scriptStarted(let start):
            write(.debug, "DEBUG", "Executing: \(start.script)")
        case .scriptFinished(let script, _, _):
            write(.info, "SUCCESS", script.file)
        case .scriptFailed(let failure):
            write(.error, "ERROR", failure.script.file)
            let place =
                failure.statement.map { "\($0.place): \($0.text): " } ?? failure.place.map { "\($0): " } ?? ""
            write(.error, "ERROR DETAILS", "\(place)\(failure.message) \(failure.state)")
        case .finished(let outcome):
            write(
                .info, "INFO",
                "Completed: \(outcome.kind.rawValue), \(counted(outcome.applied.count, "script")) applied")
        case .statementStarted, .statementFinished:
            break
        }
    }

    /// Writes what happens to several targets; each line about one of them has its name.
    public func read(_ event: FleetEvent) {
        switch event {
        case .started(let targets, let servers, let width, _):
            write(
                .info, "INFO",
                "Started: \(counted(targets, "database")) on \(counted(servers, "server")), \(width) at a time on each")
        case .notice(let problem): read(Event.notice(problem), of: nil)
        case .looked(let summary):
            write(
                .info, "INFO",
                "\(summary.toDeploy) to deploy, \(summary.upToDate) up to date, \(summary.failed) cannot be deployed")
        case .waveStarted(let wave):
            write(.info, "INFO", "Wave \(wave.number) of \(wave.of): \(counted(wave.targets, "database"))")
        case .waveFinished: break
        case .target(let name, let event): read(event, of: name)
        case .targetFinished(let result): read(result)
        case .finished(let outcome):
            if let stopped = outcome.stopped { write(.error, "ERROR", stopped) }
            let left = outcome.results.filter { $0.state == .notStarted }.map(\.name.label)
            if !left.isEmpty { write(.info, "INFO", "Not started: \(left.joined(separator: ", "))") }
            write(
                .info, "INFO",
                """
                Completed: \(outcome.kind.rawValue), \(counted(outcome.count(.succeeded), "database")) deployed, \
                \(outcome.count(.upToDate)) up to date, \(outcome.count(.failed)) failed, \(left.count) not started
                """)
        }
    }

    /// What no event of the target's own deployment told.
    private func read(_ result: TargetResult) {
        switch result.trouble {
        case nil, .script: break
        case .error(let error): write(.error, "ERROR", "\(result.name.label): \(error.description)")
        case .problems(let problems):
            for problem in problems { write(.error, "ERROR", "\(result.name.label): \(problem.message)") }
        }
    }

    /// Writes an error that stopped everything before a script ran.
    public func read(_ error: DeploymentError) {
        write(.error, "ERROR", error.description)
    }

    private func write(_ severity: LogLevel, _ label: String, _ message: String) {
        guard severity.rank >= level.rank else { return }
        let line =
            "\(Timestamp.now.local) - \(label): \(message.split(whereSeparator: \.isNewline).joined(separator: " "))\n"
        file.withLock { file in
            do {
                try file?.write(line)
            } catch {
                // A full disk must not stop a deployment; what happened is on the terminal and in the journal.
                file = nil
            }
        }
    }
}

extension LogLevel {
    var rank: Int {
        switch self {
        case .debug: 0
        case .info: 1
        case .error: 2
        }
    }
}
