import Foundation
import PrivateServer
import SystemPackage
import TestServers

/// The built command, run as a person or a script would.
struct Command {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    /// It ran for two minutes.
    struct DidNotEnd: Error {
        var errors: String
    }

    let project: FilePath
    /// Added to an environment that has no settings of its own.
    var variables: [String: String] = [:]

    @discardableResult
    func callAsFunction(_ arguments: String...) throws -> Result {
        let running = try start(arguments)
        let status: Int32
        switch running.process.ending(by: .now + .seconds(120)) {
        case .exited(let code): status = code
        // As a shell tells it.
        case .killed(let signal): status = 128 + signal
        case nil:
            kill(running.process.id, SIGKILL)
            throw DidNotEnd(errors: try running.errors())
        }
        return Result(status: status, output: try running.output(), errors: try running.errors())
    }

    /// A command that runs.
    struct Running {
        let process: ChildProcess
        fileprivate let directory: FilePath

        func output() throws -> String { try text("out") }
        func errors() throws -> String { try text("err") }

        private func text(_ name: String) throws -> String {
            try String(contentsOfFile: directory.appending(name).string, encoding: .utf8)
        }
    }

    /// Starts the command; its output goes to files, so that it never waits for a reader.
    func start(_ arguments: [String]) throws -> Running {
        let directory = try RunDirectory.scratch("command")
        let files = try ["out", "err"].map { name in
            try FileDescriptor.open(
                directory.appending(name), .writeOnly, options: [.create, .closeOnExec],
                permissions: .ownerReadWrite)
        }
        defer { for file in files { close(file.rawValue) } }
        return Running(process: try process(arguments, output: files[0], errors: files[1]), directory: directory)
    }

    /// Starts the command on descriptors of the caller's.
    func process(_ arguments: [String], output: FileDescriptor, errors: FileDescriptor) throws -> ChildProcess {
        let environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": project.string, "TZ": "UTC"]
            .merging(variables) { $1 }.map { "\($0)=\($1)" }
        return try ChildProcess(
            "/usr/bin/env", ["-C", project.string, "-i"] + environment + [Self.program.string] + arguments,
            output: output, errors: errors)
    }

    /// Beside the test bundle.
    static let program: FilePath = FilePath(
        (Bundle.allBundles.lazy.map(\.bundleURL).first { $0.pathExtension == "xctest" }
            ?? URL(fileURLWithPath: CommandLine.arguments[0])).path
    ).removingLastComponent().appending("databasedeploy")
}

/// What was waited for did not come.
struct TooLate: Error {}

/// Waits for a minute at most.
func waitUntil(_ condition: () throws -> Bool) throws {
    let limit = ContinuousClock.now + .seconds(60)
    while try !condition() {
        guard ContinuousClock.now < limit else { throw TooLate() }
        usleep(10_000)
    }
}

/// A project on disk whose target is a shared test server.
struct CommandProject {
    let directory: FilePath
    let server: TestServer
    let database: String
    let command: Command

    /// - Parameter inMemory: Whether the project, and so its private server's data, is in memory.
    init(_ server: TestServer, inMemory: Bool = false) throws {
        self.server = server
        directory = try RunDirectory.scratch("project", inMemory: inMemory)
        database = server.databaseName()
        command = Command(project: directory)
        try write(
            "databasedeploy.toml",
            """
            database = "\(database)"
            url = "mysql://root@localhost/?socket=\(server.socket)"

            [environments.production]
            protected = true
            """)
        try write("Schema/001.CreateSchema.sql", "CREATE DATABASE `\(database)`;\n")
        try write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY);\n")
        try write("Data/001.D.sql", "INSERT INTO t VALUES (1);\n")
        try write("Modifications/001.M.sql", "INSERT INTO t VALUES (2);\n")
    }

    func write(_ name: String, _ text: String) throws {
        let url = URL(fileURLWithPath: directory.string).appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
    }

    func read(_ name: String) throws -> String {
        try String(contentsOfFile: directory.appending(name).string, encoding: .utf8)
    }
}
