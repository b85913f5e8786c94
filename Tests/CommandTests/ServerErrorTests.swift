import Foundation
import TestServers
import Testing

/// What the server refuses outside of every script: named, with what to type, in the log, and as the last line of JSON.
@Suite struct ServerErrorTests {
    /// Gives the project an account of its own, with some rights on its database.
    ///
    /// - Parameter host: Of the account; not always that from which it connects.
    private func limit(_ project: CommandProject, to rights: String, host: String = "%") throws {
        let account = "'\(project.database)'@'\(host)'"
        try project.server.query(
            "CREATE USER \(account) IDENTIFIED BY 'Secret-1'; GRANT \(rights) ON `\(project.database)`.* TO \(account);"
        )
        let socket = try project.server.socket
        try project.write(
            "databasedeploy.toml",
            """
            database = "\(project.database)"
            url = "mysql://\(project.database):Secret-1@localhost/?socket=\(socket)"
            """)
    }

    private func cleanUp(_ project: CommandProject) throws {
        try project.server.query("DROP USER '\(project.database)'@'%'")
    }

    /// A database that the old program has left.
    private func oldDatabase(_ project: CommandProject) throws {
        try project.server.query(
            """
            CREATE DATABASE `\(project.database)`; USE `\(project.database)`;
            CREATE TABLE t (id INT PRIMARY KEY);
            CREATE TABLE DatabaseTrack (Id BIGINT AUTO_INCREMENT PRIMARY KEY, FolderName VARCHAR(100) NOT NULL,
                LastExecutedFile VARCHAR(255) NOT NULL, LastExecutedOn DATETIME NOT NULL,
                UNIQUE KEY uk_foldername (FolderName));
            INSERT INTO DatabaseTrack (FolderName, LastExecutedFile, LastExecutedOn) VALUES
                ('Schema', '002.T.sql', NOW()), ('Data', '001.D.sql', NOW());
            """)
    }

    private func last(_ output: String) throws -> [String: Any] {
        let line = try #require(output.split(separator: "\n").last)
        return try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test(arguments: TestServer.all)
    func takingOverWithoutCreateNamesTheRight(server: TestServer) throws {
        let project = try CommandProject(server)
        try oldDatabase(project)
        try limit(project, to: "SELECT, INSERT, UPDATE, DELETE")
        for arguments in [["deploy"], ["baseline", "--at", "Modifications/001.M.sql", "--yes"]] {
            let running = try project.command.start(arguments)
            #expect(running.process.ending(by: .now + .seconds(60)) == .exited(77))
            let errors = try running.errors()
            #expect(errors.contains("right CREATE is missing"), "\(errors)")
            #expect(
                errors.contains("GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON `\(project.database)`.*"), "\(errors)")
            // The account, which is not from where the user connects.
            #expect(errors.contains("TO '\(project.database)'@'%'"), "\(errors)")
            #expect(errors.contains("No script ran.") || errors.contains("Nothing was recorded."), "\(errors)")
            #expect(!errors.contains("Error:"))
            #expect(errors.contains("Then type: databasedeploy"), "\(errors)")
        }
        #expect(try project.read("Log.txt").contains("right CREATE is missing"))
        let json = try project.command("deploy", "--format", "json")
        #expect(json.status == 77)
        let end = try last(json.output)
        #expect(end["event"] as? String == "finished")
        #expect(end["outcome"] as? String == "failed")
        #expect(end["applied"] as? [String] == [])
        let failed = try #require(end["failed"] as? [String: Any])
        #expect(failed["code"] as? String == "access_denied")
        #expect((failed["advice"] as? String)?.contains("GRANT") == true)
        try cleanUp(project)
    }

    @Test(arguments: TestServer.all)
    func aReaderThatIsToDeployIsToldWhatItLacks(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command().status == 0)
        try project.write("Modifications/002.N.sql", "INSERT INTO t VALUES (3);\n")
        try limit(project, to: "SELECT")
        let result = try project.command()
        #expect(result.status == 77)
        #expect(result.errors.contains("INSERT"), "\(result.errors)")
        #expect(result.errors.contains("GRANT "))
        try cleanUp(project)
    }

    @Test(arguments: TestServer.all)
    func statusAsksForNoMoreThanItNeeds(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command().status == 0)
        try limit(project, to: "CREATE")
        let result = try project.command("status")
        #expect(result.status == 77)
        #expect(result.errors.contains("GRANT SELECT ON `\(project.database)`.*"), "\(result.errors)")
        try cleanUp(project)
    }

    /// The connection of the lock, and with it what the journal needs, is cut in the middle.
    @Test(arguments: TestServer.all)
    func aConnectionThatIsLostBetweenScriptsSaysWhatRan(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write(
            "Modifications/002.K.sql",
            "INSERT INTO t VALUES (3);\n")
        try project.write("Modifications/003.Slow.sql", "SELECT SLEEP(3);\nCREATE TABLE later (id INT);\n")
        let running = try project.command.start(["--format", "json", "--set", "parallel=4"])
        let find =
            "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP(3)%' AND DB = '\(project.database)'"
        let deadline = Date().addingTimeInterval(60)
        while try server.query(find).isEmpty, Date() < deadline { usleep(20_000) }
        let holder = try server.query("SELECT ConnectionId FROM DatabaseTrackLock", database: project.database)
        try server.query("KILL \(holder)")
        guard case .exited(let status) = running.process.ending(by: .now + .seconds(60)) else {
            Issue.record("it did not end")
            return
        }
        let errors = try running.errors()
        #expect(status != 1 && status != 0, "\(errors)")
        let end = try last(running.output())
        #expect(end["event"] as? String == "finished")
        #expect((end["applied"] as? [String])?.contains("Modifications/002.K.sql") == true, "\(end)")
        #expect(!errors.contains("Error:"))
    }

    @Test(arguments: TestServer.all)
    func recreateWithoutDropNamesTheRight(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command().status == 0)
        try limit(project, to: "SELECT, INSERT, UPDATE, DELETE, CREATE")
        let result = try project.command("deploy", "--recreate", "--yes")
        #expect(result.status == 77)
        #expect(result.errors.contains("DROP"), "\(result.errors)")
        #expect(result.errors.contains("GRANT "), "\(result.errors)")
        #expect(try server.query("SELECT COUNT(*) FROM t", database: project.database) == "2\n")
        try cleanUp(project)
    }

    @Test(arguments: TestServer.all)
    func aServerThatIsReadOnlyIsNamedSo(server: TestServer) throws {
        let program = try server.fresh()
        let own = try program.start()
        try server.query("SELECT 1", on: own.socket)
        let project = try CommandProject(server)
        try project.write(
            "databasedeploy.toml",
            "database = \"\(project.database)\"\nurl = \"mysql://app:Secret-1@localhost/?socket=\(own.socket)\"\n")
        try server.query(
            "CREATE USER app@localhost IDENTIFIED BY 'Secret-1'; GRANT ALL ON `\(project.database)`.* TO app@localhost;",
            on: own.socket)
        #expect(try project.command().status == 0)
        try server.query("SET GLOBAL read_only = 1", on: own.socket)
        try project.write("Modifications/002.N.sql", "INSERT INTO t VALUES (3);\n")
        let result = try project.command()
        #expect(result.status == 77)
        #expect(result.errors.contains("read only"), "\(result.errors)")
        #expect(try project.read("Log.txt").contains("read only"))
        try program.stop()
    }

    @Test(arguments: TestServer.all)
    func whatElseKeepsADeploymentFromRunningEndsTheJSON(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write("Modifications/001.M.sql", "SELECT 'open")
        let script = try project.command("--format", "json")
        #expect(script.status == 65)
        #expect(((try last(script.output))["failed"] as? [String: Any])?["line"] as? Int == 1)
        try project.write("databasedeploy.toml", "database = 7")
        let configuration = try project.command("--format", "json")
        #expect(configuration.status == 65)
        let end = try last(configuration.output)
        #expect(end["event"] as? String == "finished")
        #expect((end["failed"] as? [String: Any])?["code"] as? String == "bad_configuration")
    }

    @Test(arguments: TestServer.all)
    func aFleetEndsItsJSONToo(server: TestServer) throws {
        let project = try CommandProject(server)
        let url = "url = \"mysql://root@localhost/?socket=\(try server.socket)\"\n"
        try project.write("databasedeploy.toml", "targets = { query = \"SELECT 1 FROM nowhere.at_all\" }\n" + url)
        let result = try project.command("--format", "json")
        #expect(result.status != 0 && result.status != 1)
        #expect(try last(result.output)["event"] as? String == "finished", "\(result.output) \(result.errors)")
    }
}
