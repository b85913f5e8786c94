import Deployment
import MySQLDriver
import TestServers
import Testing

/// `CREATE OR REPLACE TABLE`, for which MariaDB drops the old table before it knows whether there will be a new one.
@Suite struct ReplacedTableTests {
    private static let servers = TestServer.all.filter { $0.flavor == .mariaDB }
    private static let replacement = "CREATE OR REPLACE TABLE t (id INT PRIMARY KEY) AS SELECT id FROM source;"

    /// Tables `t`, with one row, and `source`, which has two rows of the same number.
    private func project(_ server: TestServer, _ script: String) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            """
            CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (7);
            CREATE TABLE source (n INT PRIMARY KEY, id INT); INSERT INTO source VALUES (1, 1), (2, 1);
            """)
        try project.deploy()
        try project.write("Modifications/1.sql", script)
        return project
    }

    @Test(
        arguments: servers,
        [
            replacement, "\(replacement) DO 0;", "INSERT INTO source VALUES (3, 2); \(replacement)",
            "ALTER TABLE source ADD c INT; \(replacement)", "DO 0; \(replacement) INSERT INTO source VALUES (3, 3);",
        ])
    func theOldTableComesBack(server: TestServer, script: String) throws {
        let project = try project(server, script)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.contains("taken back"), "\(failure.state)")
        #expect(try project.rows("SELECT id FROM t") == ["7"])
        try project.execute("DELETE FROM source WHERE n = 1", in: project.database)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id FROM t WHERE id <> 2") == ["1"])
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackUndo%'").count <= 1)
    }

    @Test(arguments: servers)
    func thatItMayBeGoneIsTold(server: TestServer) throws {
        let project = try project(server, Self.replacement)
        let failure = try #require(try project.deploy { $0.onFailure = .keep }.failure)
        #expect(failure.state.contains("that is gone"), "\(failure.state)")
        #expect(throws: DeploymentError.self) { try project.deploy { $0.onFailure = .keep } }
    }

    /// Nobody has to decide about what did not happen.
    @Test(arguments: servers, ["SELECT id FROM nothere", "SELECT nothere FROM source"])
    func thatItDidNotHappenIsToldToo(server: TestServer, query: String) throws {
        let project = try project(server, "CREATE OR REPLACE TABLE t (id INT PRIMARY KEY) AS \(query);")
        let failure = try #require(try project.deploy { $0.onFailure = .keep }.failure)
        #expect(failure.state.contains("Nothing of this script"), "\(failure.state)")
        #expect(try project.rows("SELECT id FROM t") == ["7"])
        try project.write("Modifications/1.sql", "DO 0;")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .succeeded)
    }

    /// Without the old table there is nothing to wait for.
    @Test(arguments: servers, ["", " DO 0;"])
    func aLockThatCameTooLateIsNoReasonToTryAgain(server: TestServer, behind: String) throws {
        var project = try project(server, "SET SESSION innodb_lock_wait_timeout = 1; \(Self.replacement)\(behind)")
        project.configuration.lockWaitTimeout = 1
        project.configuration.statementTimeout = 30
        let other = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { other.close() }
        try other.execute("START TRANSACTION")
        _ = try other.query("SELECT * FROM source FOR UPDATE")
        let outcome = try project.deploy()
        #expect(outcome.failure?.number == 1205, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SELECT id FROM t") == ["7"])
        try other.commit()
    }
}
