import Dispatch
import Subprocess
import Synchronization
import SystemPackage

/// Runs the command of `password = { command = "…" }`.
enum PasswordCommand {
    enum Outcome: Sendable {
        case password(Secret)
        /// Why not, as the end of a sentence; never what the command printed.
        case failed(String)
    }

    /// Runs `/bin/sh -c` in `directory`, without input; the output is the password, less a line end.
    static func run(_ command: String, variables: [String: String], directory: FilePath) -> Outcome {
        var environment: [Environment.Key: String] = [:]
        for (name, value) in variables {
            if let key = Environment.Key(rawValue: name) { environment[key] = value }
        }
        let custom = Environment.custom(environment)
        return CallingThreadExecutor.wait { await outcome(command, custom, directory) }
    }

    private static func outcome(_ command: String, _ environment: Environment, _ directory: FilePath) async -> Outcome {
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", command], environment: environment, workingDirectory: directory,
                output: .bytes(limit: 1 << 16), error: .discarded)
            switch result.terminationStatus {
            case .exited(0): break
            case .exited(let status): return .failed("ended with exit status \(status)")
            case .signaled(let signal): return .failed("was ended by signal \(signal)")
            }
            guard let text = String(validating: result.standardOutput, as: UTF8.self) else {
                return .failed("did not print UTF-8 text")
            }
            let password = PasswordSource.trimmed(text)
            return password.isEmpty ? .failed("printed nothing") : .password(Secret(password))
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .failed("printed more than a password")
        } catch {
            return .failed("could not be started")
        }
    }
}

/// Runs one asynchronous call to its end on the calling thread.
///
/// The library is synchronous; swift-subprocess is not. Waiting for a task on the shared pool would stop everything
/// if all of the pool's threads waited like that, so the task's jobs come to the thread that waits for it.
final class CallingThreadExecutor: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])
    private let arrived = DispatchSemaphore(value: 0)

    static func wait<Value: Sendable>(for body: @escaping @Sendable () async -> Value) -> Value {
        let executor = CallingThreadExecutor()
        let answer = Answer<Value>()
        Task(executorPreference: executor) {
            let value = await body()
            answer.value.withLock { $0 = value }
        }
        while true {
            if let value = answer.value.withLock({ $0 }) { return value }
            executor.arrived.wait()
            if let job = executor.jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) {
                job.runSynchronously(on: executor.asUnownedTaskExecutor())
            }
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
        arrived.signal()
    }

    private final class Answer<Value: Sendable>: Sendable {
        let value = Mutex<Value?>(nil)
    }
}
