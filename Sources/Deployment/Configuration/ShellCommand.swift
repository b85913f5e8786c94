import Dispatch
import Subprocess
import Synchronization
import SystemPackage

/// Runs a command of the configuration, for what it prints.
enum ShellCommand {
    enum Outcome: Sendable {
        case output(String)
        /// Why not, as the end of a sentence; never what the command printed.
        case failed(String)
    }

    /// Runs `/bin/sh -c` in `directory`, without input, and waits for its end.
    ///
    /// - Parameter limit: Bytes that it may print.
    static func run(_ command: String, variables: [String: String], directory: FilePath, limit: Int) -> Outcome {
        var environment: [Environment.Key: String] = [:]
        for (name, value) in variables {
            if let key = Environment.Key(rawValue: name) { environment[key] = value }
        }
        let custom = Environment.custom(environment)
        let answer = Answer()
        // swift-subprocess is asynchronous. On Swift's shared pool it would wait for a thread that this one may hold.
        Task.detached(executorPreference: ThreadExecutor()) {
            let outcome = await outcome(command, custom, directory, limit)
            answer.outcome.withLock { $0 = outcome }
            answer.arrived.signal()
        }
        answer.arrived.wait()
        return answer.outcome.withLock { $0 }
    }

    private final class Answer: Sendable {
        let outcome = Mutex(Outcome.failed("could not be started"))
        let arrived = DispatchSemaphore(value: 0)
    }

    private static func outcome(
        _ command: String, _ environment: Environment, _ directory: FilePath, _ limit: Int
    ) async -> Outcome {
        do {
            let result = try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", command], environment: environment, workingDirectory: directory,
                output: .bytes(limit: limit), error: .discarded)
            switch result.terminationStatus {
            case .exited(0): break
            case .exited(let status): return .failed("ended with exit status \(status)")
            case .signaled(let signal): return .failed("was ended by signal \(signal)")
            }
            guard let text = String(validating: result.standardOutput, as: UTF8.self) else {
                return .failed("did not print UTF-8 text")
            }
            return .output(text)
        } catch let error as SubprocessError where error.code == .outputLimitExceeded {
            return .failed("printed more than \(ByteCount(bytes: limit))")
        } catch {
            return .failed("could not be started")
        }
    }
}

/// Runs the pieces of a task on threads of the operating system, one each: there are few of them.
private final class ThreadExecutor: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        do {
            try Thread.detach { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        } catch {
            DispatchQueue.global().async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }
}
