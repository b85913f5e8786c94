import Foundation
import TestServers
import Testing

/// The command line: what is printed, what is written, and how it ends.
@Suite struct CommandTests {
    @Test(arguments: TestServer.all)
    func deployPrintsALinePerScriptAndWritesTheLog(server: TestServer) throws {
        let project = try CommandProject(server)
        let result = try project.command()
        #expect(result.status == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.first?.hasPrefix("Started: 20") == true)
        #expect(lines.contains("Executing: Schema/001.CreateSchema.sql ✓"))
        #expect(lines.contains("Executing: Modifications/001.M.sql ✓"))
        #expect(lines.last?.hasPrefix("Completed: 20") == true)
        let log = try project.read("Log.txt").split(separator: "\n").map(String.init)
        let line = try Regex(#"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d - SUCCESS: 001\.M\.sql$"#)
        #expect(log.contains { $0.contains(line) })
        #expect(log.first?.contains(" - INFO: Started: ") == true)
    }

    @Test(arguments: TestServer.all)
    func aFailureSaysWhatWhereAndWhatNext(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write("Modifications/002.F.sql", "INSERT INTO t VALUES (3);\n\n  INSERT INTO nowhere VALUES (4);\n")
        let result = try project.command()
        #expect(result.status == 2)
        #expect(result.output.contains("Executing: Modifications/002.F.sql ✗"))
        #expect(result.output.contains("Modifications/002.F.sql:3:3: statement 2 of 2 failed"))
        #expect(result.output.contains("INSERT INTO nowhere VALUES (4)"))
        #expect(result.output.contains("error 1146"))
        #expect(result.output.contains("State: Nothing of this script is in the database"))
        #expect(result.output.contains("type: databasedeploy"))
        let log = try project.read("Log.txt")
        #expect(log.contains(" - ERROR: 002.F.sql\n"))
        #expect(log.contains(" - ERROR DETAILS: Modifications/002.F.sql:3:3"))
    }

    @Test(arguments: TestServer.all)
    func statusValidateAndPlanTellWithoutWriting(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command("status", "--exit-code").status == 1)
        #expect(try project.command("plan").output.contains("4 scripts would run"))
        #expect(try project.command("deploy", "--dry-run").output.contains("Data/001.D.sql"))
        #expect(try server.query("SHOW DATABASES LIKE '\(project.database)'") == "")
        #expect(try project.command().status == 0)
        #expect(try project.command("status", "--exit-code").status == 0)
        #expect(try project.command("--format", "text", "status", "--exit-code").status == 0)
        #expect(try project.command("validate").status == 0)
        try project.write("Modifications/001.M.sql", "INSERT INTO t VALUES (22);\n")
        let status = try project.command("info", "--exit-code")
        #expect(status.status == 1)
        #expect(status.output.contains("changed  Modifications/001.M.sql"))
        #expect(try project.command("validate").status == 1)
        #expect(try project.command().status == 2)
        // What runs on fresh databases only stops nothing, and is different all the same.
        try project.write("Modifications/001.M.sql", "INSERT INTO t VALUES (2);\n")
        let data = try project.read("Data/001.D.sql")
        try project.write("Data/001.D.sql", data + "-- edited\n")
        #expect(try project.command("status", "--exit-code").status == 1)
    }

    @Test(arguments: TestServer.all)
    func jsonHasTheFixedKeys(server: TestServer) throws {
        let project = try CommandProject(server)
        let plan = try json(project.command("plan", "--format", "json").output)
        let steps = try #require(plan["steps"] as? [[String: Any]])
        #expect(steps.map { $0["file"] as? String }.last == "001.M.sql")
        #expect(steps.allSatisfy { Set($0.keys).isSuperset(of: ["folder", "file", "reason", "class", "statements"]) })
        let events = try project.command("--format", "json").output.split(separator: "\n").map { try json(String($0)) }
        #expect(events.first?["event"] as? String == "started")
        #expect(events.contains { $0["event"] as? String == "script_finished" && $0["file"] as? String == "001.D.sql" })
        let last = try #require(events.last)
        #expect(last["outcome"] as? String == "succeeded")
        #expect((last["applied"] as? [String])?.count == 4)
        #expect(last["failed"] is NSNull)
        #expect(last["duration_ms"] is Int)
        let status = try json(project.command("status", "--format", "json").output)
        #expect(Set(status.keys).isSuperset(of: ["database", "server", "exists", "folders", "scripts", "problems"]))
        let folders = try #require(status["folders"] as? [[String: Any]])
        #expect(folders.map { $0["last"] as? String } == ["002.T.sql", "001.D.sql", "001.M.sql"])
        #expect(folders.map { $0["applied"] as? Int } == [2, 1, 1])
        let history = try json(project.command("history", "--format", "json").output)
        #expect((history["deployments"] as? [[String: Any]])?.first?["outcome"] as? String == "succeeded")
        #expect(try json(project.command("validate", "--format", "json").output)["valid"] as? Bool == true)
        try project.write("Modifications/002.F.sql", "CREATE TABLE u (i INT); INSERT INTO nowhere VALUES (1);\n")
        let failing = try project.command("--format", "json").output.split(separator: "\n").map { try json(String($0)) }
        let failed = try #require(failing.first { $0["event"] as? String == "script_failed" })
        #expect(failed["error_number"] as? Int == 1146)
        #expect(failed["sql_state"] as? String == "42S02")
        #expect((failed["state"] as? String)?.contains("Nothing of this script is in the database") == true)
    }

    @Test(arguments: TestServer.all)
    func aDryRunOfARecreateShowsWhatThatWouldDo(server: TestServer) throws {
        let project = try CommandProject(server)
        let first = try project.command("deploy", "--recreate")
        #expect(first.status == 0, "nothing is there to be dropped, so nobody is asked: \(first.errors)")
        for plan in [
            try project.command("deploy", "--dry-run", "--recreate"),
            try project.command("plan", "--set", "recreate=true"),
        ] {
            #expect(plan.status == 0)
            #expect(plan.output.contains("is dropped, with everything in it, and built new"))
            #expect(plan.output.contains("4 scripts would run"))
        }
        #expect(try project.command("plan").output.contains("Nothing to do"))
        for name in ["mysql", "SYS", "information_schema"] {
            let refused = try project.command("deploy", "--recreate", "--yes", "--set", "database=\(name)")
            #expect(refused.status == 77)
            #expect(refused.errors.contains("\(name) is the server's own database"))
        }
    }

    @Test(arguments: TestServer.all)
    func recreateAsksAndProtectedRefuses(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command().status == 0)
        try server.query("INSERT INTO t VALUES (9)", database: project.database)
        let unconfirmed = try project.command("deploy", "--recreate")
        #expect(unconfirmed.status == 77)
        #expect(unconfirmed.errors.contains("--yes"))
        let protected = try project.command("deploy", "--recreate", "--yes", "-e", "production")
        #expect(protected.status == 77)
        #expect(protected.errors.contains("protected"))
        #expect(try server.query("SELECT COUNT(*) FROM t", database: project.database) == "3\n")
        #expect(try project.command("deploy", "--recreate", "--yes").status == 0)
        #expect(try server.query("SELECT COUNT(*) FROM t", database: project.database) == "2\n")
    }

    @Test(arguments: TestServer.all)
    func newCreatesTheNextNumber(server: TestServer) throws {
        let project = try CommandProject(server)
        let result = try project.command("new", "add late fee")
        #expect(result.output.contains("Created Modifications/002.add_late_fee.sql"))
        #expect(try project.read("Modifications/002.add_late_fee.sql") == "-- add late fee\n\n")
        #expect(try project.command("new", "again").output.contains("Modifications/003.again.sql"))
        #expect(try project.command("new", "!?").status == 64)
        #expect(try project.command().status == 0)
        // Words of several lines are a comment, too, and numbers have as many digits as they need.
        try project.write("Modifications/99999999999999999999.Last.sql", "SELECT 1;\n")
        let next = try project.command("new", "two\nDROP TABLE t;\r\n", "--url", "mysql://u@nowhere.invalid/D")
        #expect(next.output.contains("type: databasedeploy --url mysql://u@nowhere.invalid/D"), "\(next)")
        #expect(
            try project.read("Modifications/100000000000000000000.two_DROP_TABLE_t.sql") == "-- two DROP TABLE t;\n\n")
    }

    @Test(arguments: TestServer.all)
    func aFolderWhoseNameHasASlashIsNamedAsItIsPrinted(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write(
            "databasedeploy.toml",
            try project.read("databasedeploy.toml") + """

                [[folders]]
                name = "Schema"

                [[folders]]
                name = "sql/Modifications"
                run = "always"

                """)
        try project.write("sql/Modifications/001.M.sql", "INSERT INTO nowhere VALUES (1);\n")
        #expect(try project.command().status == 2)
        let repair = try project.command("repair", "--script", "sql/Modifications/001.M.sql", "--applied", "--yes")
        #expect(repair.status == 0, "\(repair.errors)")
        try project.write("sql/Modifications/002.M.sql", "INSERT INTO nowhere VALUES (2);\n")
        let baseline = try project.command("baseline", "--at", "sql/Modifications/002.M.sql", "--yes")
        #expect(baseline.status == 0, "\(baseline.errors)")
        #expect(try project.command().output.contains("Nothing to do"))
        for name in ["Schema", "/001.sql", "Schema/"] {
            #expect(try project.command("baseline", "--at", name).errors.contains("names no script"))
        }
    }

    @Test(arguments: TestServer.all)
    func aLogThatCannotBeWrittenIsAWarning(server: TestServer) throws {
        let project = try CommandProject(server)
        // A directory of that name stands in the way also of root, whom no mode stops.
        try FileManager.default.createDirectory(
            atPath: project.directory.appending("Log.txt").string, withIntermediateDirectories: false)
        let result = try project.command()
        #expect(result.status == 0)
        #expect(result.errors.contains("Log.txt cannot be written"))
    }

    @Test(arguments: TestServer.all)
    func whatTheToolKeepsStaysOutOfGit(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command("plan").status == 0)
        #expect(!FileManager.default.fileExists(atPath: project.directory.appending(".databasedeploy").string))
        #expect(try project.command().status == 0)
        #expect(try project.read(".databasedeploy/.gitignore") == "*\n")
        // Who changes it means it.
        try project.write(".databasedeploy/.gitignore", "")
        try project.write("Modifications/003.M.sql", "INSERT INTO t VALUES (3);\n")
        #expect(try project.command().status == 0)
        #expect(try project.read(".databasedeploy/.gitignore") == "")
        let other = try CommandProject(server)
        try other.write(
            "databasedeploy.toml",
            "database = \"Shop\"\nurl = \"private:\"\nserver_program = \"\(server.program)\"\n")
        let started = try other.command("server", "start")
        #expect(started.status == 0, "\(started.errors)")
        #expect(try other.read(".databasedeploy/.gitignore") == "*\n")
        #expect(try other.command("server", "stop").status == 0)
    }

    @Test(arguments: TestServer.all)
    func controlCStopsTheStatementAndReports(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write("Modifications/002.Slow.sql", "INSERT INTO t VALUES (3);\nSELECT SLEEP(3600);\n")
        let running = try project.command.start([])
        let find =
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(3600)%' AND DB = '\(project.database)'"
        let deadline = Date().addingTimeInterval(60)
        while try server.query(find) != "1\n", Date() < deadline { usleep(20_000) }
        kill(running.process.id, SIGINT)
        #expect(running.process.ending(by: .now + .seconds(60)) == .exited(2))
        let text = try running.output()
        #expect(text.contains("Stopped by a signal"))
        #expect(text.contains("4 scripts applied, 1 not"))
        #expect(try server.query(find) == "0\n")
        #expect(try server.query("SELECT COUNT(*) FROM t", database: project.database) == "2\n")
    }

    @Test(arguments: TestServer.all)
    func anOldProjectRunsWithoutANewFile(server: TestServer) throws {
        let network = try NetworkServer.start(server)
        try server.query(
            "CREATE USER 'old'@'%' IDENTIFIED BY 'Secret-1'; GRANT ALL ON *.* TO 'old'@'%' WITH GRANT OPTION;",
            on: network.server.socket)
        let project = try CommandProject(server)
        try FileManager.default.removeItem(atPath: project.directory.appending("databasedeploy.toml").string)
        let login = "Server=127.0.0.1;Port=\(network.port);Uid=old;Pwd=Secret-1"
        try project.write(
            "App.config",
            """
            <?xml version="1.0" encoding="utf-8" ?>
            <configuration>
              <connectionStrings>
                <add name="DefaultString" connectionString="\(login);Pooling=false" />
                <add name="ConnectionString" connectionString="\(login);Database=\(project.database);Bogus Key=1" />
              </connectionStrings>
              <appSettings>
                <add key="RecreateDB" value="false" />
                <add key="LogLevel" value="INFO" />
              </appSettings>
            </configuration>
            """)
        let result = try project.command()
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("Bogus Key"))
        #expect(!(result.output + result.errors + (try project.read("Log.txt"))).contains("Secret-1"))
    }

    @Test func whatIsTypedWrongIsAnsweredWithWhatIsRight() throws {
        let server = try #require(TestServer.all.first)
        let project = try CommandProject(server)
        let command = try project.command("statsu")
        #expect(command.status == 64)
        #expect(command.errors.contains("did you mean \"status\""))
        let option = try project.command("deploy", "--dry-rum")
        #expect(option.status == 64)
        #expect(option.errors.contains("--dry-run"))
        let environment = try project.command("status", "-e", "prodution")
        #expect(environment.status == 64)
        #expect(environment.errors.contains("production"))
        try project.write("databasedeploy.toml", "databse = \"x\"\n")
        let key = try project.command("status")
        #expect(key.status == 65)
        #expect(key.errors.contains("did you mean \"database\""))
        try project.write("databasedeploy.toml", "database = \"x\nurl = 1")
        let malformed = try project.command("status")
        #expect(malformed.status == 65)
        #expect(malformed.errors.contains("databasedeploy.toml:1:"))
        let nowhere = Command(project: try RunDirectory.scratch("empty"))
        #expect(try nowhere("status").status == 78)
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }
}
