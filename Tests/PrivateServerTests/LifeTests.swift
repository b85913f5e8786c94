import Foundation
import PrivateServer
import SystemPackage
import TestServers
import Testing

/// Start, reuse, stop, and what a crash leaves behind.
@Suite struct LifeTests {
    @Test func `the tests have a MariaDB to run on`() {
        #expect(TestServer.all.contains { $0.flavor == .mariaDB }, "\(TestServer.missing)")
    }

    @Test(arguments: TestServer.all)
    func `a server starts, is found again, and stops`(kind: TestServer) throws {
        let server = try kind.fresh()
        let first = try server.start()
        #expect(first.started)
        #expect(first.flavor == kind.flavor)
        #expect(first.version.hasPrefix(kind.version))
        #expect(isRunning(first.id))
        #expect(
            try kind.query("SELECT CURRENT_USER(), @@character_set_server", on: first.socket)
                == "root@localhost\tutf8mb4\n")

        let second = try server.start()
        #expect(!second.started)
        #expect(second.id == first.id)
        guard case .running(let seen) = try server.status().state else {
            Issue.record("the status does not say that the server runs")
            return
        }
        #expect(seen == second)

        #expect(try server.stop())
        #expect(try server.status().state == .stopped)
        #expect(try server.stop() == false)
        #expect(throws: CommandFailure.self) { try kind.query("SELECT 1", on: first.socket) }
    }

    @Test(arguments: TestServer.all)
    func `what was committed is there after kill -9`(kind: TestServer) throws {
        let server = try kind.fresh()
        let first = try server.start()
        try kind.query(
            "CREATE DATABASE d; CREATE TABLE d.t (a INT) ENGINE = InnoDB; INSERT INTO d.t VALUES (42)", on: first.socket
        )
        #expect(kill(first.id, SIGKILL) == 0)
        // The socket and the pid file of the dead server are still there.
        #expect(FileManager.default.fileExists(atPath: first.socket.string))
        let second = try server.start()
        #expect(second.started)
        #expect(second.id != first.id)
        #expect(try kind.query("SELECT a FROM d.t", on: second.socket) == "42\n")
        try server.stop()
    }

    @Test(arguments: TestServer.all)
    func `a foreign process with the number of the dead server is left alone`(kind: TestServer) throws {
        let server = try kind.fresh()
        let first = try server.start()
        #expect(kill(first.id, SIGKILL) == 0)
        let bystander = try ChildProcess("/bin/sleep", ["600"], output: .standardOutput)
        defer {
            kill(bystander.id, SIGKILL)
            _ = bystander.ending(by: .now + .seconds(10))
        }
        // As after a restart of the machine: the number belongs to somebody else now, in every file that bears it.
        let number = "\(bystander.id)\n"
        for file in [server.directory.appending("server.pid").string, first.socket.string + ".lock"] {
            try number.write(toFile: file, atomically: false, encoding: .utf8)
        }
        try waitUntil { try server.status().state == .stopped }
        #expect(try server.stop() == false)
        #expect(isRunning(bystander.id))

        let second = try server.start()
        #expect(second.started)
        // Also while a server runs, the file is not what says whom to stop.
        try number.write(
            toFile: server.directory.appending("server.pid").string, atomically: false, encoding: .utf8)
        #expect(try server.stop())
        #expect(!isRunning(second.id))
        #expect(isRunning(bystander.id))
    }

    @Test(arguments: TestServer.all)
    func `two starts at the same moment end with one server`(kind: TestServer) async throws {
        let server = try kind.fresh()
        let holder = try holderProgram()
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try run(holder, ["start", server.directory.string, kind.program.string])
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        let running = try server.start()
        #expect(!running.started)
        #expect(ids == ["\(running.id)\n"])
        try server.stop()
    }

    @Test func `the removal of a running server's directory leaves no server behind`() throws {
        let kind = try #require(TestServer.all.first)
        let place = try RunDirectory.scratch("removed")
        let server = PrivateServer(
            directory: place.appending(String(repeating: "d", count: 120)), program: kind.program)
        let first = try server.start()
        try FileManager.default.removeItem(atPath: server.directory.string)
        let second = try server.start()
        #expect(second.started)
        #expect(!isRunning(first.id))
        try server.stop()
    }

    @Test func `test servers die with a killed test process`() throws {
        let pipe = try FileDescriptor.pipe()
        let holder = try ChildProcess(try holderProgram(), ["hold"], output: pipe.writeEnd, errors: .standardError)
        try pipe.writeEnd.close()
        var buffer = [UInt8](repeating: 0, count: 100)
        let count = try buffer.withUnsafeMutableBytes { try pipe.readEnd.read(into: $0) }
        try pipe.readEnd.close()
        let line = String(decoding: buffer.prefix(count), as: UTF8.self)
        let id = try #require(Int32(line.trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(isRunning(id))
        #expect(kill(holder.id, SIGKILL) == 0)
        #expect(holder.ending(by: .now + .seconds(10)) == .killed(signal: SIGKILL))
        try waitUntil { !isRunning(id) }
    }
}

/// Whether a process runs; one that ended and was not yet waited for does not.
func isRunning(_ id: Int32) -> Bool {
    guard kill(id, 0) == 0 else { return false }
    guard let status = FileManager.default.contents(atPath: "/proc/\(id)/stat") else { return true }
    let text = String(decoding: status, as: UTF8.self)
    return !(text.split(separator: ")").last ?? "").hasPrefix(" Z")
}

/// Looks again until it is so, at most ten seconds.
func waitUntil(_ holds: () throws -> Bool, line: SourceLocation = #_sourceLocation) throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
        if try holds() { return }
        usleep(10_000)
    }
    Issue.record("it did not come true within ten seconds", sourceLocation: line)
}

/// The program `ServerHolder`, which is built beside the tests.
func holderProgram() throws -> FilePath {
    let tests = FilePath(URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().path)
    let beside = tests.removingLastComponent().appending("ServerHolder")
    if FileManager.default.isExecutableFile(atPath: beside.string) { return beside }
    let bundle = FilePath(Bundle.main.bundlePath).appending("ServerHolder")
    try #require(FileManager.default.isExecutableFile(atPath: bundle.string), "no \(beside), no \(bundle)")
    return bundle
}
