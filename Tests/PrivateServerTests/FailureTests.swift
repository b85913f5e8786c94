import Foundation
import PrivateServer
import SystemPackage
import TestServers
import Testing

/// What a person reads when no server can be had.
@Suite struct FailureTests {
    @Test func `a missing program is named, with what to install`() throws {
        let place = try RunDirectory.scratch("missing")
        let server = PrivateServer(directory: place.appending("server"), program: "/nowhere/mariadbd")
        let error = try #require(throws: PrivateServerError.self) { try server.start() }
        #expect(error.code == .programMissing)
        let text = "\(error)"
        for words in ["/nowhere/mariadbd", "apt install mariadb-server", "dnf install", "brew install mariadb"] {
            #expect(text.contains(words))
        }
    }

    @Test func `another program is not taken for a server`() throws {
        let server = PrivateServer(directory: try RunDirectory.scratch("other"), program: "/bin/echo")
        let error = try #require(throws: PrivateServerError.self) { try server.start() }
        #expect(error.code == .programUnfit)
        #expect("\(error)".contains("/bin/echo"))
    }

    @Test(arguments: TestServer.all)
    func `a server that ends at once says why, at once`(kind: TestServer) throws {
        var server = try kind.fresh()
        server.arguments = ["--no-such-option=1"]
        let begin = ContinuousClock.now
        let error = try #require(throws: PrivateServerError.self) { try server.start() }
        #expect(ContinuousClock.now - begin < .seconds(30))
        #expect(error.code == .startFailed)
        #expect(error.log == server.log)
        #expect("\(error)".contains("no-such-option"))
        #expect("\(error)".contains(server.log.string))
        // And the next start is not hindered by it.
        server.arguments = []
        #expect(try server.start().started)
        try server.stop()
    }

    @Test func `data of one product is not given to the other`() throws {
        let kinds = TestServer.all
        let mariaDB = try #require(kinds.first { $0.flavor == .mariaDB })
        guard let mySQL = kinds.first(where: { $0.flavor == .mySQL }) else { return }
        let server = try mySQL.fresh()
        let wrong = PrivateServer(directory: server.directory, program: mariaDB.program)
        let error = try #require(throws: PrivateServerError.self) { try wrong.start() }
        #expect(error.code == .programUnfit)
        #expect("\(error)".contains("MySQL made the data"))
    }

    @Test func `first data that were left half made are made anew`() throws {
        let kind = try #require(TestServer.all.first { $0.flavor == .mariaDB })
        let server = try kind.fresh()
        let unfinished = server.directory.appending("data.unfinished/mysql")
        try FileManager.default.createDirectory(atPath: unfinished.string, withIntermediateDirectories: true)
        try "half".write(toFile: unfinished.appending("db.opt").string, atomically: false, encoding: .utf8)
        let running = try server.start()
        #expect(try kind.query("SELECT 1", on: running.socket) == "1\n")
        try server.stop()
    }

    @Test func `a directory of somebody else is refused`() throws {
        // Only root can make one; elsewhere the root directory itself is somebody else's.
        let place = try RunDirectory.scratch("owner")
        let theirs = geteuid() == 0 ? place.appending("theirs") : FilePath("/")
        if geteuid() == 0 {
            try FileManager.default.createDirectory(atPath: theirs.string, withIntermediateDirectories: false)
            #expect(chown(theirs.string, 65534, 65534) == 0)
        }
        let error = try #require(throws: PrivateServerError.self) { try PrivateServer(directory: theirs).start() }
        #expect(error.code == .directoryUnusable)
        #expect("\(error)".contains("belongs to"))
    }

    @Test func `a file in the place of the directory is refused`() throws {
        let place = try RunDirectory.scratch("file").appending("server")
        try "x".write(toFile: place.string, atomically: false, encoding: .utf8)
        let error = try #require(throws: PrivateServerError.self) { try PrivateServer(directory: place).start() }
        #expect(error.code == .directoryUnusable)
    }

    @Test func `the status of a server that never was is made without making anything`() throws {
        let place = try RunDirectory.scratch("never").appending("server")
        let status = try PrivateServer(directory: place).status()
        #expect(status.state == .stopped)
        #expect(!status.initialized)
        #expect(status.dataBytes == 0)
        #expect(!FileManager.default.fileExists(atPath: place.string))
    }
}
