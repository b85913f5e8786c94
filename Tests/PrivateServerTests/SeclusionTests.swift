import Foundation
import PrivateServer
import SystemPackage
import TestServers
import Testing

/// Who can reach a private server: its owner, and nobody else.
@Suite struct SeclusionTests {
    @Test(arguments: TestServer.all)
    func `the directory is closed to others`(kind: TestServer) throws {
        let place = try RunDirectory.scratch("mode")
        // Deeper directories are made; one that is open is closed.
        let server = PrivateServer(directory: place.appending("a/b/server"), program: kind.program)
        try FileManager.default.createDirectory(
            atPath: server.directory.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
        try server.start()
        #expect(try mode(of: server.directory) == 0o700)
        try server.stop()
    }

    @Test(arguments: TestServer.all)
    func `the server listens on no port`(kind: TestServer) throws {
        let running = try kind.running()
        let sockets = Set(try socketInodes(of: running.id))
        #expect(!sockets.isEmpty)
        for table in ["tcp", "tcp6", "udp", "udp6"] {
            let lines = try String(contentsOfFile: "/proc/net/\(table)", encoding: .utf8).split(separator: "\n")
            // The tenth column is the inode.
            let inodes = lines.dropFirst().compactMap { line -> String? in
                let columns = line.split(separator: " ")
                return columns.count > 9 ? String(columns[9]) : nil
            }
            #expect(sockets.isDisjoint(with: inodes), "\(table)")
        }
        #expect(try kind.query("SELECT @@skip_networking") == "1\n")
    }

    @Test(arguments: TestServer.all)
    func `root is the only account that can log in, and there is no test database`(kind: TestServer) throws {
        let socket = try kind.fresh().start().socket
        let accounts = try kind.query("SELECT CONCAT(User, '@', Host) FROM mysql.user ORDER BY 1", on: socket)
        let system = [
            "mariadb.sys@localhost", "mysql.infoschema@localhost", "mysql.session@localhost", "mysql.sys@localhost",
        ]
        #expect(Set(accounts.split(separator: "\n").map(String.init)).subtracting(system) == ["root@localhost"])
        let databases = try kind.query("SHOW DATABASES", on: socket).split(separator: "\n")
        #expect(!databases.contains("test"))
        #expect(databases.contains("sys"))
        for user in ["", "nobody", "mysql.sys", "mariadb.sys"] {
            #expect(throws: CommandFailure.self) {
                try run(
                    kind.client, ["--no-defaults", "--socket=\(socket)", "--user=\(user.isEmpty ? "x" : user)"],
                    input: "SELECT 1")
            }
        }
    }

    @Test(arguments: TestServer.all)
    func `commits are as durable as the server makes them by itself`(kind: TestServer) throws {
        #expect(try kind.query("SELECT @@innodb_flush_log_at_trx_commit, @@innodb_doublewrite + 0").hasPrefix("1\t"))
    }

    @Test(arguments: TestServer.all)
    func `the server sees no secret of the environment`(kind: TestServer) throws {
        let running = try kind.running()
        let environment = try #require(FileManager.default.contents(atPath: "/proc/\(running.id)/environ"))
        let names = environment.split(separator: 0).map { String(decoding: $0.prefix { $0 != 61 }, as: UTF8.self) }
        #expect(
            Set(names).isSubset(of: [
                "PATH", "HOME", "TMPDIR", "TZ", "LD_LIBRARY_PATH", "LD_PRELOAD", "PWD", "_", "SHLVL",
            ]))
    }

    @Test(arguments: TestServer.all)
    func `a path longer than sockets can have works`(kind: TestServer) throws {
        let place = try RunDirectory.scratch("deep")
        let deep = place.appending(String(repeating: "x", count: 100)).appending("o'brien & söhne").appending("server")
        let server = PrivateServer(directory: deep, program: kind.program)
        let running = try server.start()
        #expect(running.socket.string.utf8.count <= 107)
        #expect(!running.socket.starts(with: deep))
        #expect(try kind.query("SELECT 1", on: running.socket) == "1\n")
        #expect(try mode(of: running.socket.removingLastComponent()) == 0o700)
        #expect(server.socket == running.socket)
        #expect(try server.start().id == running.id)
        #expect(try server.stop())
        #expect(!FileManager.default.fileExists(atPath: running.socket.string))
    }

    /// The copy's link leads to the first one's socket.
    @Test(arguments: TestServer.all)
    func `a copy of the directory has nothing to do with the server`(kind: TestServer) throws {
        let place = try RunDirectory.scratch("copied")
        let deep = place.appending(String(repeating: "x", count: 100))
        let server = PrivateServer(directory: deep, program: kind.program)
        let running = try server.start()
        for name in ["short", String(repeating: "y", count: 100)] {
            let copy = place.appending(name)
            try FileManager.default.createDirectory(atPath: copy.string, withIntermediateDirectories: false)
            for file in ["mysql.sock", "made-by", "server.lock"] {
                try FileManager.default.copyItem(
                    atPath: deep.appending(file).string, toPath: copy.appending(file).string)
            }
            #expect(try !PrivateServer(directory: copy, program: kind.program).stop())
        }
        #expect(try kind.query("SELECT 1", on: running.socket) == "1\n")
        #expect(try server.stop())
    }

    /// They would be taken for the server's data.
    @Test func `somebody's directory is left alone`() throws {
        let place = try RunDirectory.scratch("somebody's")
        let data = place.appending("data")
        try FileManager.default.createDirectory(atPath: data.string, withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: data.appending("important").string, contents: Data("x".utf8)))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: place.string)
        let server = PrivateServer(directory: place, program: try #require(TestServer.all.first).program)
        for start in [{ try server.start() }, { try server.renewing { try server.startFromNothing(isHidden: false) } }]
        {
            let error = try #require(throws: PrivateServerError.self) { try start() }
            #expect(error.code == .directoryUnusable)
        }
        #expect(try mode(of: place) == 0o755)
        #expect(FileManager.default.fileExists(atPath: data.appending("important").string))
    }

    @Test func `the address can be put into a URL`() throws {
        let kind = try #require(TestServer.all.first)
        let place = try RunDirectory.scratch("url")
        let server = PrivateServer(directory: place.appending("50% & ü"), program: kind.program)
        let running = try server.start()
        #expect(running.url == "mysql://root@localhost/?socket=\(place)/50%25%20%26%20%C3%BC/mysql.sock")
        try server.stop()
    }

    private func mode(of path: FilePath) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path.string)
        return try #require(attributes[.posixPermissions] as? Int)
    }

    private func socketInodes(of id: Int32) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd").compactMap { descriptor in
            let target = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/fd/\(descriptor)")
            return target.hasPrefix("socket:[") ? String(target.dropFirst(8).dropLast()) : nil
        }
    }
}
