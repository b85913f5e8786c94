import Deployment
import MySQLDriver
import PrivateServer
import TestServers
import Testing

/// Several databases that get the same scripts.
@Suite struct FleetTests {
    @Test(arguments: TestServer.all)
    func everyDatabaseGetsWhatIsNewAndKeepsItsOwnJournal(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 5)
        try fleet.write("Modifications/002.I.sql", "INSERT INTO t VALUES (1);\n")
        let first = try fleet.rollOut()
        #expect(first.kind == .succeeded)
        #expect(first.states == Array(repeating: .succeeded, count: 5))
        #expect(first.exitStatus == 0)
        #expect(first.results.allSatisfy { $0.applied.count == 2 && $0.remaining == 0 })
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "1", count: 5))
        #expect(
            try fleet.each("SELECT LastExecutedFile FROM DatabaseTrack") == Array(repeating: "002.I.sql", count: 5))
        let again = try fleet.rollOut()
        #expect(again.kind == .nothingToDo)
        #expect(again.states == Array(repeating: .upToDate, count: 5))
        // One that is behind gets what it lacks, and the others nothing.
        try fleet.execute("DELETE FROM t; DROP TABLE t", in: fleet.names[3])
        try fleet.execute("DELETE FROM DatabaseTrackScript; DELETE FROM DatabaseTrack", in: fleet.names[3])
        let events = FleetRecorder()
        let third = try fleet.rollOut(events)
        #expect(third.count(.upToDate) == 4)
        #expect(Set(events.started) == [fleet.names[3]])
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "1", count: 5))
        #expect(try fleet.each("SELECT COUNT(*) FROM DatabaseTrackDeployment") == ["1", "1", "1", "2", "1"])
    }

    @Test(arguments: TestServer.all)
    func targetsComeFromListsPatternsQueriesAndCommands(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 3)
        let (a, b, c) = (fleet.names[0], fleet.names[1], fleet.names[2])
        func names() throws -> [String] { try fleet.targets().map(\.configuration.database) }
        #expect(try names() == [a, b, c])
        try fleet.settings("targets = [\"\(c)\", \"missing\", \"\(a.dropLast())?\"]")
        #expect(try names() == [c, "missing", a, b])
        try fleet.execute("CREATE TABLE tenant (name VARCHAR(64)); INSERT INTO tenant VALUES ('\(b)'), ('\(a)')", in: a)
        try fleet.settings("targets = { query = \"SELECT name FROM `\(a)`.tenant ORDER BY name DESC; \" }")
        #expect(try names() == [b, a])
        try fleet.settings("targets = { query = \"DELETE FROM `\(a)`.tenant\" }")
        #expect(throws: DeploymentError.self) { try names() }
        #expect(
            try fleet.each(
                "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_NAME = 'tenant' AND TABLE_SCHEMA = DATABASE()"
            ) == ["1", "0", "0"])
        let socket = try server.socket
        try fleet.write("names", "\n  \(b)\nmysql://\(server.user)@localhost/\(c)?socket=\(socket)\n\(b)\n")
        try fleet.settings("targets = { command = \"cat names\" }")
        #expect(try names() == [b, c])
        try fleet.write("names", "\(b)\r\n\r\n\(c)\r\n")
        #expect(try names() == [b, c])
        try fleet.settings("targets = { command = \"echo s3cret; exit 3\" }")
        let failed = try #require(throws: DeploymentError.self) { try names() }
        #expect(failed.description.contains("exit status 3") && !failed.description.contains("s3cret"))
        try fleet.settings("targets = \"no_such_database_*\"")
        let none = try #require(throws: DeploymentError.self) { try names() }
        #expect(none.code == .configurationMissing)
        try fleet.settings("targets = \"*\"")
        let all = try names()
        #expect(all.contains(a) && !all.contains("mysql") && !all.contains("information_schema"))
    }

    /// A query means what it means to the client there.
    @Test(arguments: TestServer.all)
    func aQueryForTargetsHasTheSettingsOfTheServer(server: TestServer) throws {
        let own = try server.fresh(arguments: ["--sql-mode=ANSI_QUOTES"])
        let running = try own.start()
        defer { #expect(throws: Never.self) { try own.stop() } }
        try server.query(
            "CREATE DATABASE tenants; CREATE TABLE tenants.names (name INT); INSERT INTO tenants.names VALUES (7)",
            on: running.socket)
        let project = try TestProject(server, on: running.socket)
        try project.write("Modifications/1.sql", "SELECT 1;")
        try project.write(
            "databasedeploy.toml",
            """
            url = "mysql://\(running.user)@localhost/?socket=\(running.socket)"
            targets = { query = '''SELECT CONCAT('tenant_', "name") FROM tenants.names''' }
            """)
        var list = TargetList(
            try ConfigurationLoader.loadWithServers(
                ConfigurationRequest(
                    project: project.directory, variables: ["PATH": "/usr/bin:/bin"],
                    workingDirectory: project.directory)),
            driver: MySQLDriver())
        #expect(try list.targets().map(\.configuration.database) == ["tenant_7"])
    }

    @Test(arguments: TestServer.all)
    func databasesThatAreNotThereAreMade(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 1)
        let new = server.databaseName("new")
        try fleet.settings("targets = [\"\(fleet.names[0])\", \"\(new)\"]")
        #expect(try fleet.rollOut().states == [.succeeded, .succeeded])
        #expect(try server.query("SELECT COUNT(*) FROM `\(new)`.t") == "0\n")
    }

    /// Six databases; the third one lacks a table that the script needs.
    private func withAFailingTenant(_ server: TestServer, _ toml: String) throws -> FleetProject {
        let fleet = try FleetProject(server, count: 6)
        try fleet.rollOut()
        for name in fleet.names where name != fleet.names[2] {
            try fleet.execute("CREATE TABLE extra (id INT)", in: name)
        }
        try fleet.write("Modifications/002.E.sql", "INSERT INTO t VALUES (1);\nALTER TABLE extra ADD more INT;\n")
        let pattern = fleet.names[0].dropLast() + "*"
        try fleet.settings("targets = \"\(pattern)\"\n\(toml)")
        return fleet
    }

    @Test(arguments: TestServer.all)
    func aWaveWithAFailureIsTheLast(server: TestServer) throws {
        let fleet = try withAFailingTenant(server, "waves = [1, 2, \"all\"]")
        let events = FleetRecorder()
        let outcome = try fleet.rollOut(events)
        #expect(outcome.kind == .failed)
        #expect(outcome.states == [.succeeded, .succeeded, .failed, .notStarted, .notStarted, .notStarted])
        #expect(outcome.exitStatus == 2)
        #expect(outcome.stopped?.contains("1 database failed in this wave") == true)
        #expect(Set(events.started) == Set(fleet.names[..<3]))
        // The canary was alone.
        #expect(events.started.first == fleet.names[0])
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == ["1", "1", "0", "0", "0", "0"])
        guard case .script(let failure) = outcome.results[2].trouble else {
            Issue.record("no failure")
            return
        }
        #expect(failure.number == 1146)
        // The next rollout goes on: the one that failed is the canary now.
        try fleet.execute("CREATE TABLE extra (id INT)", in: fleet.names[2])
        let next = FleetRecorder()
        #expect(try fleet.rollOut(next).kind == .succeeded)
        #expect(next.started.first == fleet.names[2])
        #expect(Set(next.started) == Set(fleet.names[2...]))
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "1", count: 6))
    }

    @Test(arguments: TestServer.all)
    func failuresWithinTheLimitStopNothing(server: TestServer) throws {
        let fleet = try withAFailingTenant(server, "waves = [3, \"all\"]\nmax_failures = 1")
        let outcome = try fleet.rollOut()
        #expect(outcome.states == [.succeeded, .succeeded, .failed, .succeeded, .succeeded, .succeeded])
        #expect(outcome.kind == .failed && outcome.stopped == nil)
        #expect(outcome.exitStatus == 2)
    }

    @Test(arguments: TestServer.all)
    func whoGoesOnTriesEveryDatabase(server: TestServer) throws {
        let fleet = try withAFailingTenant(server, "waves = [3, \"all\"]")
        let outcome = try fleet.rollOut(continuesOnError: true)
        #expect(outcome.states == [.succeeded, .succeeded, .failed, .succeeded, .succeeded, .succeeded])
        #expect(outcome.stopped == nil && outcome.exitStatus == 2)
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == ["1", "1", "0", "1", "1", "1"])
    }

    @Test(arguments: TestServer.all)
    func aDatabaseThatCannotBeDeployedIsKnownBeforeAnythingRuns(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 4)
        try fleet.rollOut()
        try fleet.execute("UPDATE DatabaseTrackScript SET Checksum = REPEAT('0', 64)", in: fleet.names[1])
        try fleet.write("Modifications/002.I.sql", "INSERT INTO t VALUES (1);\n")
        let outcome = try fleet.rollOut()
        #expect(outcome.states == [.notStarted, .failed, .notStarted, .notStarted])
        #expect(outcome.stopped?.contains("nothing was started") == true)
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == ["0", "0", "0", "0"])
        guard case .problems(let problems) = outcome.results[1].trouble else {
            Issue.record("no problems")
            return
        }
        #expect(problems.map(\.code) == [.changed])
        #expect(outcome.results[0].remaining == 1)
        #expect(try fleet.rollOut(continuesOnError: true).states == [.succeeded, .failed, .succeeded, .succeeded])
    }

    @Test(arguments: TestServer.all)
    func aHalfDoneScriptOfOneDatabaseGoesOnThere(server: TestServer) throws {
        let fleet = try withAFailingTenant(server, "on_failure = \"keep\"")
        #expect(try fleet.rollOut(continuesOnError: true).count(.failed) == 1)
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "1", count: 6))
        try fleet.execute("CREATE TABLE extra (id INT)", in: fleet.names[2])
        #expect(try fleet.rollOut().count(.succeeded) == 1)
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "1", count: 6))
    }

    @Test(arguments: TestServer.all)
    func aBadScriptStopsEverythingOnce(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 3)
        try fleet.write("Modifications/002.Bad.sql", "SELECT 'open;\n")
        let error = try #require(throws: DeploymentError.self) { try fleet.rollOut(continuesOnError: true) }
        #expect(error.code == .badScript)
        #expect(error.place?.file == "Modifications/002.Bad.sql")
    }

    @Test func aServerThatIsNotThereFailsItsDatabasesAtOnce() throws {
        let server = try #require(TestServer.all.first)
        let fleet = try FleetProject(server, count: 2)
        let socket = try server.socket
        let gone = (1...300).map { "\"mysql://root@localhost/gone_\($0)?socket=/nowhere/mysql.sock\"" }
        try fleet.settings("targets = [\(gone.joined(separator: ", "))]")
        let outcome = try fleet.rollOut()
        #expect(outcome.count(.failed) == 300)
        #expect(outcome.exitStatus == 69)
        let here = "\"mysql://root@localhost/\(fleet.names[0])?socket=\(socket)\""
        try fleet.settings("targets = [\(gone[0]), \(here)]")
        #expect(try fleet.rollOut().states == [.failed, .notStarted])
        #expect(try fleet.rollOut(continuesOnError: true).states == [.failed, .succeeded])
    }

    /// One database with a broken journal says nothing about its server.
    @Test(arguments: TestServer.all)
    func anErrorOfOneDatabaseIsNotOneOfItsServer(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 4)
        try fleet.rollOut()
        let broken =
            "RENAME TABLE DatabaseTrackScript TO x; CREATE VIEW DatabaseTrackScript AS SELECT * FROM x; DROP TABLE x"
        try fleet.execute(broken, in: fleet.names[0])
        try fleet.write("Modifications/002.I.sql", "INSERT INTO t VALUES (1);\n")
        let outcome = try fleet.rollOut(continuesOnError: true)
        #expect(outcome.states == [.failed, .succeeded, .succeeded, .succeeded])
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == ["0", "1", "1", "1"])
    }

    /// Two deployers on the same databases: each script runs once.
    @Test(arguments: TestServer.all)
    func rolloutsAtTheSameTimeRunEachScriptOnce(server: TestServer) throws {
        let fleet = try FleetProject(server, count: 8)
        try fleet.rollOut()
        try fleet.write("Modifications/002.I.sql", "INSERT INTO t VALUES (1);\nDO SLEEP(0.05);\n")
        let others = try (0..<3).map { _ in try Background { try fleet.rollOut() } }
        for other in others { try other.join() }
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "1", count: 8))
        #expect(
            try fleet.each("SELECT COUNT(*) FROM DatabaseTrackScript WHERE State <> 'applied'")
                == Array(repeating: "0", count: 8))
    }

    @Test func fourServers() throws {
        let kinds = TestServer.all
        let first = try #require(kinds.first)
        let servers = try [first, first, kinds.last ?? first, first].map { try $0.fresh() }
        let running = try servers.map { try $0.start() }
        let fleet = try FleetProject(first, count: 1)
        let client = try servers.indices.map { index in
            try MySQLDriver().connect(
                to: Endpoint(
                    address: .socket(running[index].socket), user: running[index].user, tls: .init(mode: .disabled)),
                database: nil)
        }
        for session in client {
            try session.execute((1...5).map { "CREATE DATABASE shop_\($0)" }.joined(separator: ";"))
        }
        let urls = running.map { "\"mysql://\($0.user)@localhost/shop_*?socket=\($0.socket)\"" }
        try fleet.settings("targets = [\(urls.joined(separator: ", "))]\nwidth = 2\nwaves = [\"all\"]")
        let targets = try fleet.targets()
        #expect(targets.count == 20)
        #expect(targets[7].label == "shop_3 at \(running[1].socket)")
        let events = FleetRecorder()
        let outcome = try fleet.rollOut(events)
        #expect(outcome.count(.succeeded) == 20)
        for session in client {
            for number in 1...5 { #expect(try session.value("SELECT COUNT(*) FROM shop_\(number).t") == "0") }
        }
        // One server dies: who it has is not known, so nothing starts; but where they are named, the others get what is new.
        try servers[2].stop()
        let unknown = try #require(throws: DeploymentError.self) { try fleet.rollOut(continuesOnError: true) }
        #expect(unknown.code == .serverUnreachable)
        let named = running.flatMap { server in
            (1...5).map { "\"mysql://\(server.user)@localhost/shop_\($0)?socket=\(server.socket)\"" }
        }
        try fleet.settings("targets = [\(named.joined(separator: ", "))]")
        try fleet.write("Modifications/002.I.sql", "INSERT INTO t VALUES (1);\n")
        let partial = try fleet.rollOut(continuesOnError: true)
        #expect(partial.count(.succeeded) == 15 && partial.count(.failed) == 5)
        #expect(partial.exitStatus == 69)
        _ = try servers[2].start()
        let rest = try fleet.rollOut()
        #expect(rest.count(.succeeded) == 5 && rest.count(.upToDate) == 15)
        for server in servers { try server.stop() }
    }

    /// The server keeps no file for each table here, and makes nothing durable: that is not what is tested.
    @Test func aThousandDatabases() throws {
        let kind = try #require(TestServer.all.first)
        let own = try kind.fresh(arguments: [
            "--innodb-file-per-table=0", "--innodb-flush-log-at-trx-commit=0", "--table-open-cache=8000",
            "--table-definition-cache=8000",
        ])
        let running = try own.start()
        let count = 1000
        let endpoint = Endpoint(address: .socket(running.socket), user: running.user, tls: .init(mode: .disabled))
        let session = try MySQLDriver().connect(to: endpoint, database: nil)
        for start in stride(from: 1, through: count, by: 250) {
            try session.execute((start..<start + 250).map { "CREATE DATABASE tenant_\($0)" }.joined(separator: ";"))
        }
        let fleet = try FleetProject(kind, count: 1)
        let url = "mysql://\(running.user)@localhost/tenant_*?socket=\(running.socket)"
        try fleet.settings("targets = [\"\(url)\"]")
        #expect(try fleet.rollOut().count(.succeeded) == count)
        let looked = try fleet.rollOut()
        #expect(looked.kind == .nothingToDo && looked.count(.upToDate) == count)
        // Ours and theirs: the time is that of a thousand looks on a busy machine.
        #expect(looked.milliseconds < 10_000)
        try fleet.write("Modifications/002.I.sql", "INSERT INTO t VALUES (7);\n")
        // A tenth of them fails.
        for number in stride(from: 10, through: count, by: 10) {
            try session.execute("INSERT INTO tenant_\(number).t VALUES (7)")
        }
        let stopped = try fleet.rollOut()
        #expect(stopped.count(.failed) >= 1 && stopped.count(.notStarted) >= count - 101)
        let outcome = try fleet.rollOut(continuesOnError: true)
        #expect(outcome.count(.failed) == count / 10)
        #expect(outcome.count(.failed) + outcome.count(.succeeded) + outcome.count(.upToDate) == count)
        for number in [1, 2, 10, 555, 1000] {
            #expect(try session.value("SELECT COUNT(*) FROM tenant_\(number).t") == "1")
        }
        try own.stop()
    }
}
