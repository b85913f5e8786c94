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

    public func read(_ event: Event) {
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
        case .scriptStarted(let start):
            write(.debug, "DEBUG", "Executing: \(start.script)")
        case .scriptFinished(let script, _, _):
            write(.info, "SUCCESS", script.file)
        case .scriptFailed(let failure):
            write(.error, "ERROR", failure.script.file)
            let place = failure.statement.map { "\($0.place): \($0.text): " } ?? ""
            write(.error, "ERROR DETAILS", "\(place)\(failure.message) \(failure.state)")
        case .finished(let outcome):
            write(
                .info, "INFO",
                "Completed: \(outcome.kind.rawValue), \(counted(outcome.applied.count, "script")) applied")
        case .statementStarted, .statementFinished:
            break
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
                _ = try file?.writeAll(line.utf8)
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
