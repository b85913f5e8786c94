import Foundation
import PrivateServer
import SystemPackage
import TestServers

/// Runs the built command in the project, as a person or a script would.
struct Deployer {
    let project: FilePath
    /// As `DATABASE_URL`.
    var url: String
    /// Which of several at once it is: each has files of its own for what it says.
    var number = 0

    /// How a run ended, and what it said.
    struct Result {
        var ending: ChildProcess.Ending
        var said: String

        var isKilled: Bool { ending == .killed(signal: SIGKILL) }
        var succeeded: Bool { ending == .exited(0) }
    }

    /// Beside this program.
    static let program = FilePath(URL(fileURLWithPath: CommandLine.arguments[0]).path)
        .removingLastComponent().appending("databasedeploy")

    private var output: FilePath { project.appending(".said-\(number)") }

    /// Starts a run.
    ///
    /// - Parameter killAt: The number of the fault point at which it is to die.
    func start(_ arguments: [String] = [], killAt: Int? = nil) throws -> ChildProcess {
        let file = try FileDescriptor.open(
            output, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
        defer { close(file.rawValue) }
        var environment = ["PATH=/usr/bin:/bin", "HOME=\(project)", "TZ=UTC", "DATABASE_URL=\(url)"]
        if let killAt { environment.append("DATABASEDEPLOY_KILL_AT=\(killAt)") }
        if getenv("DATABASEDEPLOY_SKIP_INTENT") != nil { environment.append("DATABASEDEPLOY_SKIP_INTENT=1") }
        return try ChildProcess(
            "/usr/bin/env", ["-C", project.string, "-i"] + environment + [Self.program.string] + arguments, output: file
        )
    }

    /// What a run that ended has said.
    func result(_ ending: ChildProcess.Ending) throws -> Result {
        Result(ending: ending, said: try String(contentsOfFile: output.string, encoding: .utf8))
    }

    /// Runs to the end, unless it is killed on the way.
    ///
    /// - Parameter killAfter: The time after which it is killed, in microseconds.
    func run(_ arguments: [String] = [], killAt: Int? = nil, killAfter: Int? = nil) throws -> Result {
        let process = try start(arguments, killAt: killAt)
        if let killAfter {
            usleep(UInt32(killAfter))
            kill(process.id, SIGKILL)
        }
        return try result(wait(for: process))
    }

    /// Waits for a run's end. One that takes two minutes hangs, which is a finding by itself.
    func wait(for process: ChildProcess) throws -> ChildProcess.Ending {
        guard let ending = process.ending(by: .now + .seconds(120)) else {
            kill(process.id, SIGKILL)
            _ = process.ending(by: .now + .seconds(5))
            return .exited(-1)
        }
        return ending
    }

    /// What the plan says of each script that is to run, by its name.
    func classes() throws -> [String: String] {
        let result = try run(["plan", "--format", "json"])
        guard let document = try JSONSerialization.jsonObject(with: Data(result.said.utf8)) as? [String: Any],
            let steps = document["steps"] as? [[String: Any]]
        else { throw Options.Wrong(description: "No plan: \(result.said)") }
        var classes: [String: String] = [:]
        for step in steps {
            guard let folder = step["folder"] as? String, let file = step["file"] as? String else { continue }
            classes["\(folder)/\(file)"] = step["class"] as? String
        }
        return classes
    }
}
