import Deployment
import TestServers
import Testing

/// Statements of which a failure may leave a part: what is said of them is true.
@Suite struct PartialStatementTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.U.sql", "CREATE TABLE u (i INT)")
        try project.deploy()
        return project
    }

    /// MariaDB's number for it is MySQL's for a connection that was idle for too long.
    @Test(arguments: TestServer.all)
    func aTriggerThatFollowsNoneIsNoLostConnection(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "ALTER TABLE u ADD c INT; CREATE TRIGGER h BEFORE INSERT ON u FOR EACH ROW FOLLOWS nothere SET @x = 1;")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.contains("taken back"), "\(failure.state)")
    }

    /// MariaDB does such statements one object after the other.
    @Test(
        arguments: TestServer.all,
        [
            "DROP TABLE IF EXISTS u, parent", "DROP SEQUENCE one, nothere", "DROP DATABASE `%`",
            "CREATE OR REPLACE DATABASE `%`",
        ])
    func whatHappensInPartIsToldTruly(server: TestServer, statement: String) throws {
        let other = server.databaseName()
        let project = try project(server)
        if server.flavor == .mariaDB { try project.execute("CREATE SEQUENCE one", in: project.database) }
        try project.execute(
            """
            CREATE TABLE parent (id INT PRIMARY KEY); CREATE DATABASE `\(other)`; CREATE TABLE `\(other)`.a (i INT);
            CREATE TABLE `\(other)`.p (id INT PRIMARY KEY);
            CREATE TABLE child (a INT, b INT, FOREIGN KEY (a) REFERENCES parent (id), FOREIGN KEY (b) REFERENCES `\(other)`.p (id))
            """, in: project.database)
        let state = """
            SELECT COUNT(*) FROM information_schema.TABLES
            WHERE TABLE_SCHEMA IN (DATABASE(), '\(other)') AND TABLE_NAME NOT LIKE 'Database%'
            """
        let before = try project.rows(state)
        try project.write("Modifications/1.sql", statement.replacing("%", with: other) + ";")
        let failure = try #require(try project.deploy().failure)
        let isWhole = try project.rows(state) == before
        #expect(isWhole == failure.state.contains("Nothing of this script"), "\(failure.state)")
    }

    @Test(arguments: TestServer.all)
    func aDropOfSeveralTablesThatFailsIsToldTruly(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "DROP TABLE u, nothere;")
        let failure = try #require(try project.deploy().failure)
        if try project.rows("SHOW TABLES LIKE 'u'").isEmpty {
            #expect(!failure.state.contains("Nothing of this script"))
        }
    }
}
