import Deployment
import MySQLDriver
import TestServers
import Testing

/// Taking back does nothing for statements that did nothing, and all for those that did half.
@Suite struct UndoGuardTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            "CREATE TABLE t (id INT PRIMARY KEY, v INT); INSERT INTO t VALUES (1, 1), (2, 2); CREATE TABLE u (i INT);")
        try project.deploy()
        return project
    }

    /// Rows that others delete are not put back by the undo of a `TRUNCATE` that did not happen.
    @Test(arguments: TestServer.all)
    func aTruncateThatFailedPutsNothingBack(server: TestServer) throws {
        let project = try project(server)
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        try holder.execute("START TRANSACTION")
        try holder.execute("DELETE FROM t WHERE id = 2")
        try project.write("Modifications/1.sql", "ALTER TABLE u ADD c INT; TRUNCATE t; SELECT 1;")
        let failure = try #require(try project.deploy { $0.statementTimeout = 2 }.failure)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        try holder.execute("COMMIT")
        #expect(try project.rows("SELECT id, v FROM t") == ["1\t1"])
        #expect(try project.rows("SHOW COLUMNS FROM u").count == 1)
    }

    /// MariaDB drops one after the other, so that a last statement that fails may have done half.
    @Test(arguments: TestServer.all)
    func tablesOfALastDropComeBack(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "CREATE TABLE w (i INT); DROP TABLE t, nowhere, u;")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1051, "\(failure.message)")
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try project.rows("SELECT id, v FROM t ORDER BY id") == ["1\t1", "2\t2"])
        #expect(try project.rows("SHOW TABLES LIKE '_'") == ["t", "u"])
    }

    /// What a later `PREPARE` makes a password of is in no table of the journal.
    @Test(
        arguments: TestServer.all,
        [
            "SET @s = 'ALTER USER nobody@localhost IDENTIFIED BY ''Hidden-1''';",
            "SET @p = 'Hidden-1'; SET @s = CONCAT('ALTER USER nobody@localhost IDENTIFIED BY ', QUOTE(@p));",
        ])
    func passwordsOfPreparedStatementsAreNotStored(server: TestServer, script: String) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "-- databasedeploy: on-failure=keep\nALTER TABLE u ADD c INT; \(script) PREPARE s FROM @s; ALTER TABLE u ADD d INT; INSERT INTO nowhere VALUES (1);"
        )
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        let stored = try project.rows("SELECT * FROM DatabaseTrackScript").joined()
        #expect(!stored.contains("Hidden-1"))
        for byte in ["48696464656e2d31", "48696464656E2D31"] { #expect(!stored.contains(byte)) }
    }
}
