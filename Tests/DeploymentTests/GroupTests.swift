import Deployment
import MySQLDriver
import TestServers
import Testing

/// Short scripts: several in a row travel in one packet, as long as nobody else uses the database.
@Suite struct GroupTests {
    /// A database that is not finished, with a table `a` and whatever else the first script makes. The scripts behind the
    /// one that failed are a group, once that one is mended.
    func project(_ server: TestServer, _ setup: String = "") throws -> TestProject {
        var project = try TestProject(server)
        project.configuration.parallel = 1
        try project.writeSchema()
        try project.write("Schema/002.Base.sql", "CREATE TABLE a (id INT PRIMARY KEY);\n" + setup)
        try project.write("Schema/003.Fails.sql", "SELECT wrong;")
        #expect(try project.deploy().kind == .failed)
        try project.write("Schema/003.Fails.sql", "SELECT 1;")
        return project
    }

    /// A group, of which the second changes `a`.
    private func writeGroup(_ project: TestProject) throws {
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT);")
        try project.write("Schema/005.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try project.write("Schema/006.C.sql", "CREATE TABLE c (id INT);")
    }

    /// Deploys while somebody reads `a`, so that changing it has to wait.
    ///
    /// - Parameter body: What happens while the server waits in the group.
    func blocked(
        _ project: TestProject, _ change: @escaping @Sendable (inout Configuration) -> Void = { _ in },
        _ body: (Background) throws -> Void
    ) throws {
        let reader = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { reader.close() }
        try reader.execute("START TRANSACTION; SELECT COUNT(*) FROM a")
        let deployer = try Background { try project.deploy(change) }
        try deployer.waitUntil { try project.rows(Self.waiting).count == 1 }
        try body(deployer)
        try reader.execute("ROLLBACK")
        try deployer.join()
    }

    static let waiting = """
        SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE 'Waiting for table metadata lock%'
        """

    func states(_ project: TestProject) throws -> [String] {
        try project.rows(
            """
            SELECT FileName, State, IFNULL(Intent, '-') FROM DatabaseTrackScript WHERE FileName > '004' ORDER BY FileName
            """)
    }

    /// What is to be written of a definition travels with the rows of the next script, and is written again if those fail.
    @Test(arguments: TestServer.all)
    func anEndMayWaitForTheRowsOfTheNextScript(server: TestServer) throws {
        let project = try project(server, "INSERT INTO a VALUES (1);")
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT);")
        try project.write("Schema/005.C.sql", "CREATE TABLE c (seen VARCHAR(50));")
        try project.write(
            "Schema/006.Rows.sql",
            "INSERT INTO c SELECT LastExecutedFile FROM DatabaseTrack; UPDATE a SET id = 2 WHERE id = 1;")
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        try holder.execute("START TRANSACTION; UPDATE a SET id = 3")
        let deployer = try Background { try project.deploy { $0.statementTimeout = 3 } }
        try deployer.waitUntil {
            try project.rows("SELECT 1 FROM information_schema.PROCESSLIST WHERE INFO LIKE 'UPDATE a SET id = 2%'")
                .count == 1
        }
        #expect(try states(project) == ["004.B.sql\trunning\t0", "005.C.sql\trunning\t0"])
        try deployer.join()
        #expect(try states(project) == ["004.B.sql\tapplied\t-", "005.C.sql\tapplied\t-", "006.Rows.sql\tfailed\t-"])
        #expect(try project.checkpoints() == ["Schema\t005.C.sql"])
        #expect(try project.rows("SELECT * FROM c").isEmpty)
        try holder.execute("ROLLBACK")
        #expect(try project.deploy().names == ["Schema/006.Rows.sql"])
        #expect(try project.rows("SELECT id, seen FROM a, c") == ["2\t005.C.sql"])
        #expect(try project.checkpoints() == ["Schema\t006.Rows.sql"])
    }

    @Test(arguments: TestServer.all)
    func theirIntentsAreOneCommit(server: TestServer) throws {
        let project = try project(server)
        try writeGroup(project)
        try blocked(project) { (_: Background) throws in
            #expect(
                try states(project) == ["004.B.sql\trunning\t0", "005.A.sql\trunning\t0", "006.C.sql\trunning\t0"])
            #expect(try project.rows("SHOW TABLES LIKE '_'") == ["a", "b"])
        }
        #expect(try project.rows("SHOW TABLES LIKE '_'") == ["a", "b", "c"])
        #expect(try project.checkpoints() == ["Schema\t006.C.sql"])
        // Each has its own time: the one that had to wait began before that.
        let waited = "TIMESTAMPDIFF(MICROSECOND, StartedOn, FinishedOn) > 1000"
        #expect(try project.rows("SELECT \(waited) FROM DatabaseTrackScript WHERE FileName = '005.A.sql'") == ["1"])
    }

    /// An address in a row keeps nobody away, a variable does.
    @Test(arguments: TestServer.all, [("'a@b'", true), ("@a", false)])
    func rowsWithAddresses(server: TestServer, value: (text: String, travels: Bool)) throws {
        let project = try project(server, "CREATE TABLE v (v TEXT);")
        try project.write("Schema/004.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try project.write("Schema/005.V.sql", "INSERT INTO v VALUES (\(value.text));")
        try project.write("Schema/006.C.sql", "CREATE TABLE c (id INT);")
        try blocked(project) { (_: Background) throws in
            #expect(try states(project).contains("006.C.sql\trunning\t0") == value.travels)
        }
        #expect(try project.rows("SELECT COUNT(*) FROM v") == ["1"])
    }

    @Test(arguments: TestServer.all, [1, 2])
    func aConnectionThatDiesInTheMiddle(server: TestServer, parallel: Int) throws {
        var project = try project(server)
        project.configuration.parallel = parallel
        try writeGroup(project)
        try blocked(project) { deployer in
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        // The end of what is done in the group is not written, and so the checkpoint is before it. At the same time so few scripts
        // are no group.
        #expect(try project.checkpoints() == [parallel == 1 ? "Schema\t003.Fails.sql" : "Schema\t004.B.sql"])
        let (outcome, events) = try project.recorded()
        #expect(outcome.kind == .succeeded)
        #expect(events.problems.filter { !["folder_missing", "ahead"].contains($0) } == [])
        #expect(try project.rows("SHOW TABLES LIKE '_'") == ["a", "b", "c"])
        #expect(try project.rows("SELECT * FROM a").isEmpty)
        #expect(
            try states(project) == ["004.B.sql\tapplied\t-", "005.A.sql\tapplied\t-", "006.C.sql\tapplied\t-"])
    }

    /// After a crash a view that replaces another is made again, whatever happened behind it.
    @Test(arguments: TestServer.all)
    func nothingFollowsAViewInItsPacket(server: TestServer) throws {
        let project = try project(server, "CREATE TABLE t (one INT);")
        try project.write("Schema/004.V.sql", "CREATE OR REPLACE VIEW v AS SELECT * FROM t;")
        try project.write("Schema/005.T.sql", "ALTER TABLE t ADD COLUMN two INT;")
        try project.write("Schema/006.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try blocked(project) { deployer in
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SHOW COLUMNS FROM v").count == 1)
        #expect(try project.rows("SHOW COLUMNS FROM t").count == 2)
    }

    @Test(arguments: TestServer.all, [1, 3])
    func aFailureIsOfOneScript(server: TestServer, parallel: Int) throws {
        var project = try TestProject(server)
        project.configuration.parallel = parallel
        try project.writeSchema()
        for name in ["b", "c", "d", "e"] {
            try project.write("Schema/\(name).sql", "CREATE TABLE \(name) (id INT);")
        }
        try project.write("Schema/d.sql", "CREATE TABLE d (id NOSUCHTYPE);")
        let (outcome, events) = try project.recorded()
        let failure = try #require(outcome.failure)
        #expect(failure.script.file == "d.sql")
        #expect(failure.statement?.place.line == 1)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"))
        #expect(events.compactMap(\.scriptEvent).filter { $0 == "start d.sql" }.count == 1)
        let states = try project.rows(
            "SELECT FileName, State FROM DatabaseTrackScript WHERE FileName IN ('b.sql', 'c.sql', 'd.sql', 'e.sql')")
        #expect(states.contains("d.sql\tfailed"))
        #expect(!states.contains { $0.hasSuffix("running") })
        if parallel == 1 {
            #expect(states == ["b.sql\tapplied", "c.sql\tapplied", "d.sql\tfailed"])
            #expect(try project.checkpoints() == ["Schema\tc.sql"])
        }
        try project.write("Schema/d.sql", "CREATE TABLE d (id INT);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SHOW TABLES LIKE '_'") == ["b", "c", "d", "e"])
        #expect(try project.checkpoints() == ["Schema\te.sql"])
    }

    @Test(arguments: TestServer.all)
    func eachOneHasTheTimeOfAStatement(server: TestServer) throws {
        let project = try project(server)
        try writeGroup(project)
        let reader = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        try reader.execute("START TRANSACTION; SELECT COUNT(*) FROM a")
        let outcome = try project.deploy { $0.statementTimeout = 1 }
        #expect(outcome.failure?.message.contains("took longer than 1 s") == true)
        #expect(outcome.failure?.script.file == "005.A.sql")
        #expect(try states(project) == ["004.B.sql\tapplied\t-", "005.A.sql\tfailed\t-"])
        reader.close()
        #expect(try project.deploy().names == ["Schema/005.A.sql", "Schema/006.C.sql"])
    }

    /// A comment for other servers is an empty statement, behind which a packet does not go on.
    @Test(arguments: TestServer.all)
    func aDefinitionForOtherServersBreaksNoPacket(server: TestServer) throws {
        let project = try project(server)
        try writeGroup(project)
        let mark = server.flavor == .mariaDB ? "!80000" : "M!"
        try project.write("Schema/007.X.sql", "/*\(mark) CREATE TABLE x (n INT) */;")
        for name in ["008.D", "009.E"] {
            try project.write("Schema/\(name).sql", "CREATE TABLE \(name.suffix(1)) (n INT);")
        }
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
    }

    @Test(arguments: TestServer.all)
    func aSmallPacketLimitIsKept(server: TestServer) throws {
        let small = try server.fresh(arguments: ["--max-allowed-packet=16384"])
        let running = try small.start()
        defer { #expect(throws: Never.self) { try small.stop() } }
        var project = try TestProject(server, on: running.socket)
        project.configuration.parallel = 1
        try project.writeSchema()
        // Together more than a packet holds.
        for number in 2...8 {
            let comment = String(repeating: "c", count: 3500)
            try project.write("Schema/00\(number).T.sql", "CREATE TABLE t\(number) (id INT) -- \(comment)\n;")
        }
        let outcome = try project.deploy()
        #expect(outcome.failure == nil, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SHOW TABLES LIKE 't_'").count == 7)
    }

    /// What others changed meanwhile is theirs: groups are for a database that nobody uses yet.
    @Test(arguments: TestServer.all)
    func onAnExistingDatabaseEachScriptGoesAlone(server: TestServer) throws {
        let project = try project(server)
        try project.deploy()
        for name in ["b", "c"] { try project.write("Modifications/\(name).sql", "CREATE TABLE \(name) (id INT);") }
        try project.write("Modifications/d.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try blocked(project) { (_: Background) throws in
            #expect(
                try project.rows("SELECT FileName FROM DatabaseTrackScript WHERE State = 'running'") == ["d.sql"])
        }
    }
}
