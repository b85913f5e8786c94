import Deployment
import Foundation
import MySQLDriver
import PrivateServer
import SystemPackage
import TestServers
import Testing

/// `server start --fresh`: a private server with a full database, from an image where there is one.
@Suite struct FreshServerTests {
    /// A project with a private server and a cache of its own, so that no other test's images are in the way.
    private struct Project {
        let base: CommandProject
        var command: Command
        let kind: TestServer
        var directory: FilePath { base.directory.appending(".databasedeploy").appending("server") }
        var images: FilePath { base.directory.appending("cache/databasedeploy/images") }

        init(_ kind: TestServer, settings: String = "", inMemory: Bool = false) throws {
            self.kind = kind
            base = try CommandProject(kind, inMemory: inMemory)
            var command = base.command
            command.variables["XDG_CACHE_HOME"] = base.directory.appending("cache").string
            self.command = command
            try base.write(
                "databasedeploy.toml",
                "database = \"Shop\"\nurl = \"private:\"\nserver_program = \"\(kind.program)\"\n\(settings)\n")
            try base.write("Schema/001.CreateSchema.sql", "CREATE DATABASE Shop;\n")
        }

        /// - Returns: What the command said.
        @discardableResult
        func fresh(_ arguments: String...) throws -> String {
            let running = try command.start(["server", "start", "--fresh"] + arguments)
            let ending = running.process.ending(by: .now + .seconds(120))
            let text = try running.output() + running.errors()
            try #require(ending == .exited(0), "\(text)")
            return text
        }

        func query(_ sql: String, in directory: FilePath? = nil) throws -> String {
            try kind.query(sql, database: "Shop", on: (directory ?? self.directory).appending("mysql.sock"))
        }

        func state(in directory: FilePath? = nil) throws -> DatabaseState {
            let endpoint = Endpoint(
                address: .socket((directory ?? self.directory).appending("mysql.sock")), user: "root",
                tls: .init(mode: .disabled))
            let session = try MySQLDriver().connect(to: endpoint, database: "Shop")
            defer { session.close() }
            return try DatabaseState(of: session, database: "Shop")
        }

        /// Whether a script sleeps on a server that others are not to find.
        func sleepsHidden() throws -> Bool {
            do {
                return try kind.query(
                    "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'DO SLEEP%'",
                    on: directory.appending("fresh.sock")) == "1\n"
            } catch is CommandFailure {
                return false
            }
        }

        func stop() throws { _ = try command("server", "stop") }

        func kept() throws -> [String] {
            guard access(images.string, F_OK) == 0 else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: images.string).filter { $0 != "lock" }
        }
    }

    @Test(arguments: TestServer.all)
    func theSecondFreshDatabaseIsACopyOfTheFirst(kind: TestServer) throws {
        let project = try Project(kind)
        try project.base.write(
            "Schema/003.U.sql", "CREATE USER shop IDENTIFIED BY 'secret';\nGRANT SELECT ON Shop.* TO shop;\n")
        #expect(try project.fresh().contains("4 scripts applied") == false)
        let deployed = try project.state()
        let identity = try kind.flavor == .mySQL ? project.query("SELECT @@server_uuid") : ""
        #expect(try project.kept().count == 1)
        // Whatever a test run does is gone; so are tables that it adds.
        try project.fresh()
        _ = try project.query("DELETE FROM t; INSERT INTO t VALUES (77); CREATE TABLE mess (id INT); DROP USER shop")
        let text = try project.fresh()
        #expect(text.contains("Nothing to do"), "\(text)")
        #expect(try project.state().differences(from: deployed) == [])
        #expect(try project.query("SELECT User FROM mysql.user WHERE User = 'shop'") == "shop\n")
        #expect(try project.query("SELECT COUNT(*) FROM t") == "2\n")
        if kind.flavor == .mySQL { #expect(try project.query("SELECT @@server_uuid") != identity) }
        #expect(try project.command("status", "--exit-code").status == 0)
        // Nobody else may look.
        var status = stat()
        #expect(stat(project.images.string, &status) == 0 && status.st_mode & 0o077 == 0)
        try project.stop()
    }

    /// A server writes its redo log through memory where its data are in memory, and the file's time stays the same.
    @Test(arguments: TestServer.all)
    func aRowOfTheLastRunIsGone(kind: TestServer) throws {
        let project = try Project(kind, inMemory: true)
        try project.fresh()
        try project.fresh()
        for _ in 0..<2 {
            _ = try project.query("INSERT INTO t VALUES (77)")
            try project.fresh()
            #expect(try project.query("SELECT COUNT(*) FROM t WHERE id = 77") == "0\n")
        }
        try project.stop()
    }

    /// A crash of the machine may leave a file with the marks of a copy, and without its bytes.
    @Test(arguments: TestServer.all)
    func filesOfAnEarlierRunOfTheMachineAreCopiedAgain(kind: TestServer) throws {
        let project = try Project(kind)
        let marker = project.directory.appending("fresh").string
        /// What the marker has of files that are not empty.
        func marks() throws -> Set<Substring> {
            let lines = try String(contentsOfFile: marker, encoding: .utf8).split(separator: "\n").dropFirst()
            return Set(lines.filter { $0.split(separator: " ")[1] != "0" })
        }
        try project.fresh()
        try project.fresh()
        let copied = try marks()
        #expect(!copied.isEmpty)
        let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let known = try String(contentsOfFile: marker, encoding: .utf8)
        let earlier = known.replacing(boot.dropLast(), with: "0f1e2d3c-0000-4000-8000-000000000000")
        try earlier.write(toFile: marker, atomically: false, encoding: .utf8)
        try project.fresh()
        #expect(try marks().isDisjoint(with: copied))
        #expect(try project.query("SELECT COUNT(*) FROM t") == "2\n")
        try project.stop()
    }

    @Test(arguments: TestServer.all)
    func theLongestPrefixThenTheRest(kind: TestServer) throws {
        let project = try Project(kind)
        try project.fresh()
        try project.base.write("Modifications/002.N.sql", "INSERT INTO t SELECT id + 10 FROM t;\n")
        let text = try project.fresh()
        #expect(text.contains("1 script applied"), "\(text)")
        #expect(try project.query("SELECT GROUP_CONCAT(id ORDER BY id) FROM t") == "1,2,11,12\n")
        #expect(try project.kept().count == 2)
        #expect(try project.fresh().contains("Nothing to do"))
        // An edit of the last script leaves the image before it; one of the first leaves none.
        try project.base.write("Modifications/002.N.sql", "INSERT INTO t VALUES (5);\n")
        #expect(try project.fresh().contains("1 script applied"))
        #expect(try project.query("SELECT GROUP_CONCAT(id ORDER BY id) FROM t") == "1,2,5\n")
        try project.base.write("Data/001.D.sql", "INSERT INTO t VALUES (3);\n")
        #expect(try project.fresh().contains("5 scripts applied"))
        #expect(try project.query("SELECT GROUP_CONCAT(id ORDER BY id) FROM t") == "2,3,5\n")
        // A new script of a folder that an established database never runs again.
        try project.base.write("Data/002.E.sql", "INSERT INTO t VALUES (8);\n")
        #expect(try project.fresh().contains("6 scripts applied"))
        try project.stop()
    }

    /// An application that connects again by itself: into a deployment from nothing, and into one on top of an image.
    @Test(arguments: TestServer.all)
    func whatOthersWriteGetsIntoNoImage(kind: TestServer) throws {
        let project = try Project(kind)
        for script in ["002.Slow.sql", "003.Slow.sql"] {
            try project.base.write("Modifications/\(script)", "DO SLEEP(2);\n")
            let running = try project.command.start(["server", "start", "--fresh"])
            let deadline = ContinuousClock.now + .seconds(120)
            var ending: ChildProcess.Ending?
            while ending == nil, ContinuousClock.now < deadline {
                // It may not be there, nor the table, and the row may be there already.
                do { _ = try project.query("INSERT INTO t VALUES (77)") } catch is CommandFailure {}
                ending = running.process.ending(by: .now + .milliseconds(20))
            }
            #expect(ending == .exited(0))
            #expect(try project.fresh().contains("Nothing to do"))
            #expect(try project.query("SELECT GROUP_CONCAT(id ORDER BY id) FROM t") == "1,2\n")
        }
        try project.stop()
    }

    /// Killed while it deploys: whoever starts the server next finds it, and goes on there.
    @Test(arguments: TestServer.all)
    func aDeathWhileItDeploysLeavesAServerThatIsFound(kind: TestServer) throws {
        let project = try Project(kind)
        try project.base.write("Modifications/002.Slow.sql", "DO SLEEP(3);\nINSERT INTO t VALUES (3);\n")
        let running = try project.command.start(["server", "start", "--fresh"])
        try waitUntil(project.sleepsHidden)
        running.kill()
        #expect(throws: CommandFailure.self) { try project.query("SELECT 1") }
        #expect(try project.command().status == 0)
        #expect(try project.query("SELECT GROUP_CONCAT(id ORDER BY id) FROM t") == "1,2,3\n")
        // Its socket and the link to that are left behind: the next server is hidden all the same.
        let server = try PrivateServer(directory: project.directory, program: kind.program).start()
        #expect(!server.started)
        #expect(kill(server.id, SIGKILL) == 0)
        let next = try project.command.start(["server", "start", "--fresh"])
        try waitUntil(project.sleepsHidden)
        #expect(throws: CommandFailure.self) { try project.query("SELECT 1") }
        #expect(next.process.ending(by: .now + .seconds(120)) == .exited(0))
        try project.stop()
    }

    @Test(arguments: TestServer.all)
    func whatAFailureLeavesCanBeLookedAt(kind: TestServer) throws {
        let project = try Project(kind)
        try project.base.write(
            "Modifications/002.Bad.sql", "INSERT INTO t VALUES (3);\nINSERT INTO nowhere VALUES (1);\n")
        // Where the socket is in the server's directory, and where that is too deep for one.
        for place in [project.directory, project.base.directory.appending(String(repeating: "d", count: 100))] {
            #expect(try project.command("server", "start", "--fresh", "--directory", place.string).status != 0)
            let server = PrivateServer(directory: place, program: kind.program)
            #expect(try kind.query("SELECT COUNT(*) FROM t", database: "Shop", on: server.socket) == "2\n")
            let found = try server.start()
            #expect(!found.started && found.socket == server.socket)
            #expect(try server.stop())
        }
        #expect(try project.kept() == [])
    }

    @Test(arguments: TestServer.all)
    func anImageThatIsNotWholeIsNotUsed(kind: TestServer) throws {
        let project = try Project(kind)
        try project.fresh()
        let image = try project.images.appending(#require(project.kept().first))
        let table = image.appending("data/Shop/t.ibd")
        #expect(truncate(table.string, 16384) == 0)
        let text = try project.fresh()
        #expect(text.contains("is of no use") && text.contains("4 scripts applied"), "\(text)")
        #expect(try project.query("SELECT COUNT(*) FROM t") == "2\n")
        #expect(try project.fresh().contains("Nothing to do"))
        // Without its last line, a manifest says nothing.
        let manifest = try #require(try FileManager.default.contents(atPath: image.appending("manifest").string))
        try manifest.dropLast(3).write(to: URL(fileURLWithPath: image.appending("manifest").string))
        #expect(try project.fresh().contains("4 scripts applied"))
        // Nor does one that leads out of the data.
        let again = image.appending("manifest")
        let whole = try String(contentsOfFile: again.string, encoding: .utf8)
        try Data(whole.replacing("Shop/t.ibd", with: "../../t.ibd").utf8).write(to: URL(fileURLWithPath: again.string))
        #expect(try project.fresh().contains("4 scripts applied"))
        try project.stop()
    }

    /// Killed while an image is made: what there is of it is not used, and goes with the next image.
    @Test(arguments: TestServer.all)
    func aDeathWhileAnImageIsMadeLeavesNone(kind: TestServer) throws {
        let project = try Project(kind)
        var left: [String] = []
        for _ in 1...5 where !left.contains(where: { $0.hasSuffix(".unfinished") }) {
            try project.command("server", "images", "--clear")
            let running = try project.command.start(["server", "start", "--fresh"])
            let deadline = ContinuousClock.now + .seconds(60)
            while ContinuousClock.now < deadline, try project.kept().isEmpty { usleep(500) }
            #expect(kill(running.process.id, SIGKILL) == 0)
            #expect(running.process.ending(by: .now + .seconds(10)) == .killed(signal: SIGKILL))
            left = try project.kept()
        }
        try #require(left.count == 1 && left[0].hasSuffix(".unfinished"), "\(left)")
        #expect(try project.command("server", "images").output.contains("0 images"))
        #expect(try project.fresh().contains("4 scripts applied"))
        left = try project.kept()
        #expect(left.count == 1 && !left[0].hasSuffix(".unfinished"), "\(left)")
        #expect(try project.fresh().contains("Nothing to do"))
        #expect(try project.query("SELECT COUNT(*) FROM t") == "2\n")
        try project.stop()
    }

    @Test(arguments: TestServer.all)
    func twoAtOnceAndSeveralSideBySide(kind: TestServer) throws {
        let project = try Project(kind)
        let places = (1...3).map { project.base.directory.appending("run\($0)") }
        let running = try places.map {
            try project.command.start(["server", "start", "--fresh", "--directory", $0.string])
        }
        for command in running { #expect(command.process.ending(by: .now + .seconds(200)) == .exited(0)) }
        #expect(try project.kept().count == 1)
        let state = try project.state(in: places[0])
        for place in places { #expect(try project.state(in: place).differences(from: state) == []) }
        // In one place: one after the other.
        let twice = try (1...2).map { _ in
            try project.command.start(["server", "start", "--fresh", "--directory", places[0].string])
        }
        for command in twice { #expect(command.process.ending(by: .now + .seconds(200)) == .exited(0)) }
        #expect(try project.query("SELECT COUNT(*) FROM t", in: places[0]) == "2\n")
        for place in places { _ = try project.command("server", "stop", "--directory", place.string) }
    }

    @Test(arguments: TestServer.all)
    func dataThatNobodyGaveUpAreAskedFor(kind: TestServer) throws {
        let project = try Project(kind, settings: "[environments.production]\nprotected = true")
        #expect(try project.command().status == 0)
        let refused = try project.command("server", "start", "--fresh")
        #expect(refused.status == 77)
        #expect(refused.errors.contains("--yes"))
        #expect(try project.command("server", "start", "--fresh", "--yes", "-e", "production").status == 77)
        #expect(try project.query("SELECT COUNT(*) FROM t") == "2\n")
        try project.fresh("--yes")
        try project.fresh()
        try project.stop()
    }

    @Test func theLimitTheListAndWhoTakesNone() throws {
        let kind = try #require(TestServer.all.first)
        let project = try Project(kind)
        try project.fresh()
        #expect(try project.command("server", "images").output.contains("Shop, 4 scripts"))
        let list = try project.command("server", "images", "--format", "json").output
        let document = try #require(try JSONSerialization.jsonObject(with: Data(list.utf8)) as? [String: Any])
        let bytes = try #require((document["images"] as? [[String: Any]])?.first?["bytes"] as? Int)
        // Room for one: the one that was not used goes.
        try project.base.write("Modifications/002.N.sql", "INSERT INTO t VALUES (3);\n")
        try project.fresh("--set", "images.limit=\(bytes * 3 / 2)")
        #expect(try project.kept().count == 1)
        #expect(try project.fresh().contains("Nothing to do"))
        // Larger than everything may be.
        try project.base.write("Modifications/003.N.sql", "INSERT INTO t VALUES (4);\n")
        #expect(try project.fresh("--set", "images.limit=1MB").contains("No image of this database is kept"))
        #expect(try project.fresh("--set", "images.limit=0").contains("6 scripts applied"))
        #expect(try project.fresh("--set", "local_infile=true").contains("no image is used"))
        // What a link leads to is nobody's image.
        let precious = project.base.directory.appending("precious")
        try project.base.write("precious/file", "")
        #expect(symlink(precious.string, project.images.appending("link").string) == 0)
        #expect(try project.command("server", "images", "--clear").output.contains("Removed: 1"))
        #expect(try project.kept() == [])
        #expect(access(precious.appending("file").string, F_OK) == 0)
        try project.stop()
    }

    @Test func linesOfJSON() throws {
        let kind = try #require(TestServer.all.first)
        let project = try Project(kind)
        // By a deployment, from an image, and found running.
        for arguments in [["--fresh"], ["--fresh"], []] {
            let running = try project.command.start(["server", "start", "--format", "json"] + arguments)
            #expect(running.process.ending(by: .now + .seconds(120)) == .exited(0))
            #expect(try running.errors() == "")
            let events = try running.output().split(separator: "\n").map { line in
                try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
            }
            #expect(events.last?["event"] as? String == "server_started")
            #expect((events.last?["url"] as? String)?.contains("mysql.sock") == true)
            #expect(events.last?["started"] as? Bool == !arguments.isEmpty)
            #expect(events.contains { $0["event"] as? String == "finished" } == !arguments.isEmpty)
        }
        let stopped = Data(try project.command("server", "stop", "--format", "json").output.utf8)
        let document = try #require(JSONSerialization.jsonObject(with: stopped) as? [String: Any])
        #expect(document["state"] as? String == "stopped")
    }

    @Test func severalDatabasesAreRefused() throws {
        let kind = try #require(TestServer.all.first)
        let project = try Project(kind)
        let result = try project.command("server", "start", "--fresh", "--set", "targets=[\"A\", \"B\"]")
        #expect(result.status == 64)
        #expect(result.errors.contains("--set database=NAME"), "\(result.errors)")
        #expect(access(project.directory.string, F_OK) != 0)
    }

    /// Two servers would share the table's file.
    @Test func dataElsewhereMakeNoImage() throws {
        let kind = try #require(TestServer.all.first { $0.flavor == .mariaDB })
        let project = try Project(kind)
        let elsewhere = project.base.directory.appending("elsewhere")
        try FileManager.default.createDirectory(atPath: elsewhere.string, withIntermediateDirectories: true)
        try project.base.write(
            "Modifications/002.Far.sql", "CREATE TABLE far (id INT PRIMARY KEY) DATA DIRECTORY = '\(elsewhere)';\n")
        #expect(try project.fresh().contains("its data are elsewhere"))
        #expect(try project.kept() == [])
        #expect(try project.query("SELECT COUNT(*) FROM far") == "0\n")
        try project.stop()
    }

    /// A server gives times of its own in its time zone.
    @Test func anotherTimeZoneHasNoImage() throws {
        let kind = try #require(TestServer.all.first)
        var project = try Project(kind)
        try project.fresh()
        project.command.variables["TZ"] = "America/New_York"
        #expect(try project.fresh().contains("4 scripts applied"))
        #expect(try project.kept().count == 2)
        try project.stop()
    }

    @Test func anotherServerProgramHasNoImage() throws {
        let kind = try #require(TestServer.all.first { $0.flavor == .mariaDB })
        let project = try Project(kind)
        try project.fresh()
        // The same server behind a script is another program.
        let script = project.base.directory.appending("mariadbd")
        try project.base.write("mariadbd", "#!/bin/sh\nexec \(kind.program) \"$@\"\n")
        #expect(chmod(script.string, 0o755) == 0)
        #expect(try project.fresh("--set", "server_program=\(script)").contains("4 scripts applied"))
        #expect(try project.kept().count == 2)
        try project.stop()
    }
}
