import Foundation
import SystemPackage
import TestServers

/// The built command, run as a person or a script would.
struct Command {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    let project: FilePath
    /// Added to an environment that has no settings of its own.
    var variables: [String: String] = [:]

    @discardableResult
    func callAsFunction(_ arguments: String..., input: String = "") throws -> Result {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: project.string)
        process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": project.string, "TZ": "UTC"]
            .merging(variables) { $1 }
        // Files, not pipes: neither side can wait for the other.
        let directory = try RunDirectory.scratch("command")
        let files = ["in", "out", "err"].map { URL(fileURLWithPath: directory.appending($0).string) }
        try Data(input.utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus,
            output: try String(contentsOf: files[1], encoding: .utf8),
            errors: try String(contentsOf: files[2], encoding: .utf8))
    }

    /// Beside the test bundle.
    static let program: URL =
        Bundle.allBundles.lazy.map(\.bundleURL)
        .first { $0.pathExtension == "xctest" }
        .map { $0.deletingLastPathComponent().appendingPathComponent("databasedeploy") }
        ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("databasedeploy")
}

/// A project on disk whose target is a shared test server.
struct CommandProject {
    let directory: FilePath
    let server: TestServer
    let database: String
    let command: Command

    init(_ server: TestServer) throws {
        self.server = server
        directory = try RunDirectory.scratch("project")
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
