import Deployment
import MySQLDriver
import TestServers
import Testing

/// The old program's database, with nothing but its table, is taken over as it is.
@Suite struct TakeOverTests {
    /// A database with a table, and `DatabaseTrack` with rows such as `Schema/001.sql`.
    private func old(_ server: TestServer, _ rows: [String]) throws -> TestProject {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute(
            """
            CREATE TABLE t (id INT PRIMARY KEY);
            CREATE TABLE DatabaseTrack (Id BIGINT AUTO_INCREMENT PRIMARY KEY, FolderName VARCHAR(100) NOT NULL,
                LastExecutedFile VARCHAR(255) NOT NULL, LastExecutedOn DATETIME NOT NULL,
                UNIQUE KEY uk_foldername (FolderName))
            """, in: project.database)
        for row in rows {
            let parts = row.split(separator: "/")
            try project.execute(
                "INSERT INTO DatabaseTrack (FolderName, LastExecutedFile, LastExecutedOn) VALUES "
                    + "('\(parts[0])', '\(parts[1])', '2024-01-20 14:15:35')", in: project.database)
        }
        try project.writeSchema()
        try project.write("Schema/002.sql", "INSERT INTO t VALUES (200)")
        try project.write("Data/91.sql", "INSERT INTO t VALUES (91)")
        for number in 1...3 { try project.write("Modifications/\(number).sql", "INSERT INTO t VALUES (\(number))") }
        return project
    }

    private static let rows = ["Schema/002.sql", "Data/91.sql", "Modifications/2.sql"]

    @Test(arguments: TestServer.all, [true, false])
    func itIsEstablishedFromThenOn(server: TestServer, somethingRuns: Bool) throws {
        let project = try old(server, Self.rows)
        if !somethingRuns { try project.remove("Modifications/3.sql") }
        #expect(try project.deploy().names == (somethingRuns ? ["Modifications/3.sql"] : []))
        try project.write("Data/92.sql", "INSERT INTO t VALUES (92)")
        let plan = try project.plan()
        #expect(plan.strategy == .update)
        #expect(plan.problems.map(\.code) == [.skipped])
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT id FROM t") == (somethingRuns ? ["3"] : []))
    }

    @Test(arguments: TestServer.all)
    func itIsEstablishedAlsoIfItsFirstScriptFails(server: TestServer) throws {
        let project = try old(server, Self.rows)
        try project.remove("Data/91.sql")
        try project.write("Data/92.sql", "INSERT INTO t VALUES (92)")
        try project.write("Modifications/3.sql", "SELECT wrong")
        #expect(try project.deploy().kind == .failed)
        try project.write("Modifications/3.sql", "INSERT INTO t VALUES (3)")
        #expect(try project.deploy().names == ["Modifications/3.sql"])
        #expect(try project.rows("SELECT id FROM t") == ["3"])
    }

    /// What is there when a deployer dies on the way: tables without rows; then the deployment's row.
    @Test(
        arguments: TestServer.all,
        [
            "DELETE FROM DatabaseTrackDeployment; DELETE FROM DatabaseTrackScript",
            "UPDATE DatabaseTrackDeployment SET IsEstablished = FALSE, Outcome = NULL; DELETE FROM DatabaseTrackScript",
        ])
    func aDeployerThatDiesOnTheWayLeavesNothingToRunTwice(server: TestServer, state: String) throws {
        let project = try old(server, Self.rows)
        try project.remove("Modifications/3.sql")
        #expect(try project.deploy().kind == .nothingToDo)
        try project.execute(state, in: project.database)
        #expect(try project.plan().strategy == .update)
        try project.write("Modifications/3.sql", "INSERT INTO t VALUES (3)")
        #expect(try project.deploy().names == ["Modifications/3.sql"])
        #expect(try project.plan().strategy == .update)
        #expect(try project.rows("SELECT id FROM t") == ["3"])
    }

    @Test(arguments: TestServer.all)
    func aFoldersNameMayHaveAnotherCase(server: TestServer) throws {
        let project = try old(server, ["SCHEMA/002.sql", "data/91.sql", "modifications/2.sql"])
        #expect(try project.deploy().names == ["Modifications/3.sql"])
        #expect(try project.deploy().kind == .nothingToDo)
        try project.execute("UPDATE DatabaseTrack SET FolderName = LOWER(FolderName)", in: project.database)
        #expect(try project.plan().problems.isEmpty)
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all, [["Schema/001.CreateSchema.sql"], ["Schema/002.sql"]])
    func aDeploymentThatStoppedBeforeTheModificationsIsToldOf(server: TestServer, rows: [String]) throws {
        let project = try old(server, rows)
        let problem = try #require(try project.plan().problems.first { $0.severity == .error })
        #expect(problem.code == .unfinished)
        #expect(problem.message.contains(rows[0]), "\(problem.message)")
        #expect(problem.advice?.contains("databasedeploy baseline --at Data/91.sql") == true)
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
        try Baseline(
            configuration: project.configuration, driver: MySQLDriver(),
            at: ScriptIdentity(folder: "Data", file: "91.sql")
        ).apply()
        #expect(try project.deploy().applied.count == 3)
    }

    @Test(arguments: TestServer.all)
    func scriptsBehindTheRowOfAFolderForFreshDatabasesAreNamed(server: TestServer) throws {
        let project = try old(server, ["Schema/001.CreateSchema.sql", "Data/91.sql", "Modifications/2.sql"])
        #expect(try project.plan().problems.compactMap(\.script?.file) == ["002.sql"])
        #expect(try project.deploy().names == ["Modifications/3.sql"])
    }

    @Test(arguments: TestServer.all)
    func anEmptyTableSaysNothing(server: TestServer) throws {
        let project = try old(server, [])
        #expect(try project.plan().errors == ["no_journal"])
        #expect(throws: DeploymentError.self) { try project.deploy() }
    }

    /// A `baseline` that was cut off leaves the journal's tables, and nothing in them.
    @Test(arguments: TestServer.all)
    func emptyTablesOfAJournalMakeNoDatabaseFresh(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "DROP TABLE IF EXISTS t; CREATE TABLE t (id INT);\n")
        try project.deploy()
        try project.execute(
            """
            INSERT INTO t VALUES (1); DELETE FROM DatabaseTrack; DELETE FROM DatabaseTrackScript;
            UPDATE DatabaseTrackDeployment SET Strategy = 'baseline', Outcome = NULL, IsEstablished = 0
            """, in: project.database)
        #expect(try project.plan().errors == ["no_journal"])
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT id FROM t") == ["1"])
    }
}
