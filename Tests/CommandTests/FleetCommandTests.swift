import Foundation
import PrivateServer
import TestServers
import Testing

/// The command line where several databases are meant.
@Suite struct FleetCommandTests {
    /// Databases and a project whose environment `tenants` means them.
    private struct Fleet {
        let project: CommandProject
        let names: [String]
        var server: TestServer { project.server }

        init(_ server: TestServer, count: Int, _ toml: String = "") throws {
            project = try CommandProject(server)
            let prefix = server.databaseName("t")
            names = (1...count).map { "\(prefix)_\($0 + 10)" }
            try server.query(names.map { "CREATE DATABASE `\($0)`;" }.joined(separator: "\n"))
            try FileManager.default.removeItem(atPath: project.directory.appending("Schema").string)
            try FileManager.default.removeItem(atPath: project.directory.appending("Data").string)
            try project.write("Modifications/001.M.sql", "CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL);\n")
            try project.write(
                "databasedeploy.toml",
                """
                url = "mysql://root@localhost/?socket=\(server.socket)"
                [environments.tenants]
                targets = "\(prefix)_*"
                \(toml)
                [environments.production]
                targets = "\(prefix)_*"
                protected = true
                """)
        }

        @discardableResult
        func callAsFunction(_ arguments: String...) throws -> Command.Result {
            let running = try project.command.start(["-e", "tenants"] + arguments)
            guard let ending = running.process.ending(by: .now + .seconds(120)) else { throw TooLate() }
            let status: Int32 = if case .exited(let code) = ending { code } else { -1 }
            return Command.Result(status: status, output: try running.output(), errors: try running.errors())
        }

        func each(_ query: String) throws -> [String] {
            try names.map { try server.query(query, database: $0).trimmingCharacters(in: .whitespacesAndNewlines) }
        }

        /// How many databases have a row in a table of the journal that fulfils a condition.
        func count(_ condition: String) throws -> Int {
            let counts = names.map { "EXISTS (SELECT 1 FROM `\($0)`.DatabaseTrackScript WHERE \(condition))" }
            let sum = try server.query("SELECT \(counts.joined(separator: " + "))")
            return try #require(Int(sum.trimmingCharacters(in: .whitespacesAndNewlines)))
        }
    }

    private func json(_ text: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// What is to be typed about one database is not for all of them: least of all `--recreate`.
    @Test(arguments: TestServer.all)
    func adviceNamesTheDatabaseThatItIsFor(server: TestServer) throws {
        let fleet = try Fleet(server, count: 3)
        try server.query("CREATE TABLE foreigner (id INT)", database: fleet.names[1])
        let own = "-e tenants --set database=\(fleet.names[1])"
        for result in [
            try fleet(), try fleet("status"), try fleet("--format", "json"), try fleet("status", "--format", "json"),
        ] {
            #expect(
                result.output.contains("databasedeploy baseline \(own) --at Modifications/001.M.sql"),
                "\(result.output)")
            #expect(result.output.contains("databasedeploy deploy \(own) --recreate"))
            #expect(!result.output.contains("databasedeploy deploy --recreate"))
        }
        let alone = try fleet(
            "baseline", "--set", "database=\(fleet.names[1])", "--at", "Modifications/001.M.sql", "--yes")
        #expect(alone.status == 0, "\(alone.output)\(alone.errors)")
        try fleet.project.write("Modifications/002.M.sql", "SELECT wrong;\n")
        let failed = try fleet("--continue-on-error")
        #expect(failed.output.contains("type: databasedeploy -e tenants --set database="), "\(failed.output)")
        // With what was typed: without it, other databases would be meant.
        let url = "mysql://\(server.user)@localhost/?socket=\(try server.socket)"
        let one = try fleet("--url", url, "--set", "targets=\(fleet.names[0])")
        #expect(
            one.output.contains(
                "To go on with the 1 left:   databasedeploy --url '\(url)' --set targets=\(fleet.names[0]) -e tenants"),
            "\(one.output)")
        #expect(
            one.output.contains("databasedeploy status --url '\(url)' -e tenants --set database=\(fleet.names[0])\n"))
    }

    /// What means nothing is said, where something else means something.
    @Test(arguments: TestServer.all)
    func aPatternWithoutADatabaseIsTold(server: TestServer) throws {
        let fleet = try Fleet(server, count: 2)
        let targets = "targets=[\"\(fleet.names[0])\", \"nobody_has_this_*\"]"
        for verb in ["deploy", "status", "plan"] {
            let result = try fleet(verb, "--set", targets)
            #expect(result.status == 0, "\(result.errors)")
            #expect(
                (result.output + result.errors).contains("has a name like nobody_has_this_*, which `targets` names."),
                "\(verb): \(result.output)")
        }
    }

    /// Replicas follow one server, whoever logs in there.
    @Test(arguments: TestServer.all)
    func replicasAreThoseOfOneServer(server: TestServer) throws {
        let proxy = try Proxy(target: server.socket)
        let fleet = try Fleet(server, count: 1, "replicas = [\"mysql://monitor@replica.example.com\"]")
        let user = "u_\(fleet.names[0].suffix(12))"
        try server.query("CREATE USER '\(user)'@'%'; GRANT ALL ON `\(fleet.names[0])`.* TO '\(user)'@'%'")
        let same = "mysql://\(user)@localhost/\(fleet.names[0])?socket=\(try server.socket)"
        let other = "mysql://\(user)@127.0.0.1:\(proxy.port)/\(fleet.names[0])?ssl-mode=disabled"
        for (url, isOther) in [(same, false), (other, true)] {
            let result = try fleet("status", "--set", "targets=[\"\(url)\"]")
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            #expect(result.errors.contains("nothing there waits for a replica") == isOther, "\(result.errors)")
        }
        try server.query("DROP USER '\(user)'@'%'")
    }

    @Test(arguments: TestServer.all)
    func oneTableTellsOfAllAndFailuresComeFirst(server: TestServer) throws {
        let fleet = try Fleet(server, count: 12)
        let pending = try fleet("status", "--exit-code")
        #expect(pending.status == 1)
        #expect(pending.output.contains("12 databases on 1 server"))
        #expect(pending.output.contains(try Regex("pending +12 +1 ")))
        let plan = try fleet("plan")
        #expect(plan.status == 0)
        #expect(plan.output.contains("1 script would run on each of 12 databases (fresh):"))
        let first = try fleet()
        #expect(first.status == 0, "\(first.output)\(first.errors)")
        #expect(first.output.contains("Wave 3 of 3: 9 databases ✓"))
        #expect(first.output.contains(try Regex("deployed +12 +1 ")))
        #expect(first.output.split(separator: "\n").count < 12)
        let none = try fleet()
        #expect(none.output.contains("Nothing to do: 12 databases up to date."))
        #expect(none.output.split(separator: "\n").count == 2)
        #expect(try fleet("status", "--exit-code").status == 0)

        try fleet.project.write(
            "Modifications/002.I.sql", "INSERT INTO t VALUES (1, 1);\nINSERT INTO t VALUES (2, 2);\n")
        for name in fleet.names[4...6] { try server.query("INSERT INTO t VALUES (2, 0)", database: name) }
        let failed = try fleet("--continue-on-error")
        #expect(failed.status == 2)
        let lines = failed.output.split(separator: "\n").map(String.init)
        let table = try #require(lines.firstIndex { $0.hasPrefix("Result") })
        #expect(lines[table + 1].contains(try Regex("^failed +3 +0 of 1  \(fleet.names[4]), \(fleet.names[5])")))
        #expect(lines[table + 2].contains(try Regex("^deployed +9 +1 ")))
        // What is the same is told once.
        #expect(lines.count { $0.contains("Modifications/002.I.sql:2:1: statement 2 of 2 failed") } == 1)
        #expect(failed.output.contains("databasedeploy status -e tenants --set database=\(fleet.names[4])"))
        #expect(failed.output.contains("To go on with the 3 left:   databasedeploy -e tenants"))
        #expect(failed.output.contains("Failed: 9 databases deployed, 3 failed, 0 not started."))
        #expect(
            try fleet("status", "--set", "database=\(fleet.names[4])").output.contains(
                "failed   Modifications/002.I.sql"))
        let log = try fleet.project.read("Log.txt")
        #expect(log.contains(" - SUCCESS: \(fleet.names[0]): 002.I.sql\n"))
        #expect(log.contains(" - ERROR: \(fleet.names[5]): 002.I.sql\n"))
        #expect(log.contains(" - ERROR DETAILS: \(fleet.names[5]): Modifications/002.I.sql:2:1"))
        let all = try fleet("status", "--verbose")
        #expect(all.output.contains(try Regex("\(fleet.names[0]) +0  up to date +Modifications/002.I.sql")))
        #expect(all.output.contains(try Regex("\(fleet.names[4]) +1  pending +Modifications/001.M.sql")))
    }

    @Test(arguments: TestServer.all)
    func eventsHaveTheDatabaseAndTheLastLineSumsUp(server: TestServer) throws {
        let fleet = try Fleet(server, count: 3)
        #expect(try fleet().status == 0)
        try fleet.project.write("Modifications/002.I.sql", "INSERT INTO t VALUES (1, 1);\n")
        try server.query("INSERT INTO t VALUES (1, 0)", database: fleet.names[1])
        let result = try fleet("--format", "json", "--set", "waves=1,1,all")
        #expect(result.status == 2)
        let events = try result.output.split(separator: "\n").map { try json($0) }
        #expect(events.first?["event"] as? String == "rollout_started")
        #expect(events.first?["targets"] as? Int == 3)
        let scripts = events.filter { ($0["event"] as? String)?.hasPrefix("script_") == true }
        #expect(
            scripts.map { $0["database"] as? String } == [
                fleet.names[0], fleet.names[0], fleet.names[1], fleet.names[1],
            ])
        let finished = events.filter { $0["event"] as? String == "target_finished" }
        #expect(finished.map { $0["outcome"] as? String } == ["succeeded", "failed", "not_started"])
        let last = try #require(events.last)
        #expect(last["event"] as? String == "finished" && last["outcome"] as? String == "failed")
        #expect(last["applied"] as? [String] == ["Modifications/002.I.sql"])
        #expect((last["failed"] as? [String: Any])?["database"] as? String == fleet.names[1])
        #expect((last["failed"] as? [String: Any])?["error_number"] as? Int == 1062)
        #expect(last["not_started"] as? [String] == [fleet.names[2]])
        #expect(last["succeeded"] as? Int == 1 && last["duration_ms"] is Int)

        let status = try json(try fleet("status", "--format", "json").output)
        let targets = try #require(status["targets"] as? [[String: Any]])
        #expect(targets.map { $0["database"] as? String } == fleet.names)
        #expect(targets.map { $0["state"] as? String } == ["up to date", "pending", "pending"])
        #expect(targets.map { $0["pending"] as? Int } == [0, 1, 1])
        let plan = try json(try fleet("plan", "--format", "json").output)
        let planned = try #require(plan["targets"] as? [[String: Any]])
        #expect(planned.map { ($0["steps"] as? [Any])?.count } == [0, 1, 1])
    }

    @Test(arguments: TestServer.all)
    func recreateTellsHowManyAndAsks(server: TestServer) throws {
        let fleet = try Fleet(server, count: 3)
        #expect(try fleet().status == 0)
        for name in fleet.names { try server.query("INSERT INTO t VALUES (1, 1)", database: name) }
        let refused = try fleet("--recreate")
        #expect(refused.status == 77)
        #expect(refused.errors.contains("Drop the 3 databases \(fleet.names[0]), \(fleet.names[1])"))
        #expect(refused.errors.contains("--yes"))
        let running = try fleet.project.command("-e", "production", "--recreate", "--yes")
        #expect(running.status == 77)
        #expect(running.errors.contains("protected"))
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == ["1", "1", "1"])
        #expect(try fleet("--recreate", "--yes").status == 0)
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == ["0", "0", "0"])
        // Whoever types what is said next must not end up with a database that was not built new.
        try fleet.project.write("Modifications/002.F.sql", "THIS IS NO SQL;\n")
        let failed = try fleet("--recreate", "--yes")
        #expect(failed.status == 2)
        for name in fleet.names {
            #expect(failed.output.contains("  databasedeploy deploy -e tenants --set database=\(name) --recreate"))
        }
        #expect(!failed.output.contains("To go on with"))
        try fleet.project.write("Modifications/002.F.sql", "DO 0;\n")
        #expect(try fleet("--recreate", "--yes").status == 0)
        // Without dropping, a protected environment is deployed like others.
        #expect(try fleet.project.command("-e", "production").status == 0)
    }

    @Test func manyTargetsAtOnceNeedManyFiles() throws {
        let server = try #require(TestServer.all.first)
        let fleet = try Fleet(server, count: 30)
        let program = fleet.project.directory.appending("limited")
        try fleet.project.write(
            "limited",
            "#!/bin/sh\nulimit -S -n 64\nexec \(Command.program) -e tenants --set width=30 --set waves=100%\n")
        #expect(chmod(program.string, 0o755) == 0)
        try run("/usr/bin/env", ["-C", fleet.project.directory.string, program.string])
        #expect(try fleet.each("SELECT COUNT(*) FROM t") == Array(repeating: "0", count: 30))
    }

    @Test func commandsForOneDatabaseSayHowToNameIt() throws {
        let server = try #require(TestServer.all.first)
        let fleet = try Fleet(server, count: 2)
        for command in [["history"], ["validate"], ["repair"], ["baseline", "--at", "Modifications/001.M.sql"]] {
            let running = try fleet.project.command.start(command + ["-e", "tenants"])
            #expect(running.process.ending(by: .now + .seconds(60)) == .exited(64))
            #expect(try running.errors().contains("--set database=NAME"))
        }
        #expect(try fleet("deploy", "--set", "database=\(fleet.names[1])").status == 0)
        #expect(try fleet.each("SHOW TABLES LIKE 't'") == ["", "t"])
        let alone = try fleet("deploy", "--set", "database=\(fleet.names[1])", "--continue-on-error")
        #expect(alone.status == 64)
    }

    private static let slow = """
        UPDATE t SET n = n + 1;
        DO SLEEP(0.3);
        ALTER TABLE t ADD COLUMN c INT;
        UPDATE t SET n = n + 10;
        """

    /// A rollout that is killed in the middle goes on where it was, and no statement takes effect twice.
    @Test(arguments: TestServer.all)
    func aKilledRolloutGoesOn(server: TestServer) throws {
        let fleet = try Fleet(server, count: 24, "width = 4\nwaves = [\"all\"]")
        #expect(try fleet().status == 0)
        for name in fleet.names { try server.query("INSERT INTO t VALUES (1, 0)", database: name) }
        try fleet.project.write("Modifications/002.S.sql", Self.slow)
        for share in [4, 9] {
            let running = try fleet.project.command.start(["-e", "tenants"])
            try waitUntil { try fleet.count("FileName = '002.S.sql' AND State = 'applied'") >= share }
            #expect(kill(running.process.id, SIGKILL) == 0)
            _ = running.process.ending(by: .now + .seconds(20))
        }
        #expect(try fleet.count("FileName = '002.S.sql' AND State = 'applied'") < 24)
        let rest = try fleet()
        #expect(rest.status == 0, "\(rest.output)\(rest.errors)")
        #expect(rest.output.contains("up to date"))
        #expect(try fleet.each("SELECT n FROM t") == Array(repeating: "11", count: 24))
        #expect(try fleet.count("State <> 'applied'") == 0)
    }

    @Test(arguments: TestServer.all)
    func controlCEndsWhatRunsAndTellsWhatIsWhere(server: TestServer) throws {
        let fleet = try Fleet(server, count: 12, "width = 3\nwaves = [\"all\"]")
        #expect(try fleet().status == 0)
        for name in fleet.names { try server.query("INSERT INTO t VALUES (1, 0)", database: name) }
        let last = fleet.names[3...5].map { "'\($0)'" }.joined(separator: ", ")
        try fleet.project.write(
            "Modifications/002.S.sql",
            "UPDATE t SET n = n + 1;\nDO IF(DATABASE() IN (\(last)), SLEEP(3600), SLEEP(0.05));\nUPDATE t SET n = n + 10;\n"
        )
        let running = try fleet.project.command.start(["-e", "tenants"])
        let sleeping =
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'DO IF%' AND DB IN (\(last))"
        try waitUntil { try server.query(sleeping) == "3\n" }
        #expect(kill(running.process.id, SIGINT) == 0)
        #expect(running.process.ending(by: .now + .seconds(60)) == .exited(2))
        let text = try running.output()
        #expect(text.contains("Stopped by a signal"))
        #expect(text.contains(try Regex("failed +3 +0 of 1 ")))
        #expect(text.contains(try Regex("not started +6 +0 of 1 ")))
        #expect(text.contains(try Regex("deployed +3 +1 ")))
        #expect(text.contains("To go on with the 9 left:"))
        #expect(try server.query(sleeping) == "0\n")
        // Nothing of what was ended is left.
        #expect(try fleet.each("SELECT n FROM t") == Array(repeating: "11", count: 3) + Array(repeating: "0", count: 9))
        try fleet.project.write("Modifications/002.S.sql", "UPDATE t SET n = n + 11;\n")
        let edited = try fleet()
        #expect(edited.status == 2)
        #expect(edited.output.contains("changed"))
    }
}
