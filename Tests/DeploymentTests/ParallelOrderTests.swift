import Deployment
import TestServers
import Testing

/// What ties scripts in ways that their names do not show: the result is that of running in order.
@Suite struct ParallelOrderTests {
    /// Scripts, the last of which counts something into `seen`, and what that is.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var isOfMariaDB = false
        let scripts: [String]
        let count: String
    }

    /// Rows that take their time.
    private static let slowly = "SELECT 1 FROM (SELECT SLEEP(0.5)) x"

    static let cases = [
        Case(
            testDescription: "a foreign key of a renamed table",
            scripts: [
                "CREATE TABLE a (id INT PRIMARY KEY)",
                "CREATE TABLE c (id INT, a INT, FOREIGN KEY (a) REFERENCES a (id) ON DELETE CASCADE)",
                "RENAME TABLE a TO b", "INSERT INTO b \(slowly)", "INSERT INTO c VALUES (1, 1)",
                "INSERT INTO seen SELECT COUNT(*) FROM c",
            ], count: "1"),
        Case(
            testDescription: "a trigger of a renamed table",
            scripts: [
                "CREATE TABLE a (id INT)", "CREATE TABLE log (id INT)",
                "CREATE TRIGGER tr AFTER INSERT ON a FOR EACH ROW INSERT INTO log VALUES (NEW.id)",
                "ALTER TABLE a RENAME TO b", "INSERT INTO b \(slowly)", "INSERT INTO seen SELECT COUNT(*) FROM log",
            ], count: "1"),
        Case(
            testDescription: "a renamed view", isOfMariaDB: true,
            scripts: [
                "CREATE TABLE a (id INT)", "CREATE VIEW v AS SELECT * FROM a", "RENAME TABLE v TO w",
                "INSERT INTO a \(slowly)", "INSERT INTO seen SELECT COUNT(*) FROM w",
            ], count: "1"),
        Case(
            testDescription: "a view of the server's tables",
            scripts: [
                """
                CREATE VIEW tabs AS SELECT TABLE_NAME AS name FROM information_schema.TABLES
                WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'x%'
                """,
                "CREATE TABLE x1 AS SELECT 1 AS n FROM (SELECT SLEEP(0.5)) x",
                "INSERT INTO seen SELECT COUNT(*) FROM tabs", "CREATE TABLE x2 (n INT)",
            ], count: "1"),
        Case(
            testDescription: "an engine as a string",
            scripts: [
                "CREATE TABLE a (id INT) ENGINE=MyISAM",
                "CREATE TABLE m (id INT) ENGINE='MRG_MyISAM' UNION=(a) INSERT_METHOD=LAST", "INSERT INTO m \(slowly)",
                "INSERT INTO seen SELECT COUNT(*) FROM a",
            ], count: "1"),
        Case(
            testDescription: "a mode that is put together", isOfMariaDB: true,
            scripts: [
                "CREATE TABLE a (id INT)", "INSERT INTO a \(slowly)",
                "SET sql_mode = REPLACE('ANSI-QUOTES', '-', '_'); INSERT INTO seen SELECT COUNT(*) FROM \"a\"",
            ], count: "1"),
        Case(
            testDescription: "a partition that becomes a table", isOfMariaDB: true,
            scripts: [
                """
                CREATE TABLE p (id INT) PARTITION BY RANGE (id)
                (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (20))
                """,
                "INSERT INTO p \(slowly)", "ALTER TABLE p CONVERT PARTITION p0 TO TABLE q",
                "INSERT INTO seen SELECT COUNT(*) FROM q",
            ], count: "1"),
        Case(
            testDescription: "a trigger with the name on",
            scripts: [
                "CREATE TABLE a (id INT)", "CREATE TABLE log (id INT)",
                "CREATE TRIGGER `on` AFTER INSERT ON a FOR EACH ROW INSERT INTO log VALUES (NEW.id)",
                "INSERT INTO a \(slowly)", "INSERT INTO seen SELECT COUNT(*) FROM log",
            ], count: "1"),
        Case(
            testDescription: "a column with the name set",
            scripts: [
                "CREATE TABLE a (`set` INT); INSERT INTO a VALUES (1)",
                "CREATE TABLE b (`set` INT); INSERT INTO b VALUES (1)",
                "CREATE TABLE c (id INT); INSERT INTO c VALUES (1)",
                "UPDATE a JOIN b ON a.set = b.set JOIN c JOIN (\(slowly)) s SET c.id = 7",
                "INSERT INTO seen SELECT id FROM c",
            ], count: "7"),
        Case(
            testDescription: "a join as ODBC writes it",
            scripts: [
                "CREATE TABLE a (id INT); INSERT INTO a VALUES (1)",
                "CREATE TABLE b (id INT); INSERT INTO b VALUES (1)",
                "UPDATE {OJ a LEFT JOIN b ON a.id = b.id}, (\(slowly)) s SET b.id = 7",
                "INSERT INTO seen SELECT id FROM b",
            ], count: "7"),
    ]

    @Test(arguments: TestServer.all, cases)
    func theResultIsThatOfTheOrder(server: TestServer, history: Case) throws {
        if history.isOfMariaDB, server.flavor != .mariaDB { return }
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.Seen.sql", "CREATE TABLE seen (n INT)")
        for (number, script) in history.scripts.enumerated() {
            try project.write("Schema/\(100 + number).S.sql", script + ";\n")
        }
        let outcome = try project.deploy { $0.parallel = 4 }
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SELECT n FROM seen") == [history.count])
    }

    /// Another database may lead back.
    @Test(arguments: TestServer.all)
    func aViewOfAnotherDatabaseIsFollowedNoFurther(server: TestServer) throws {
        let project = try TestProject(server)
        let other = server.databaseName()
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            """
            CREATE TABLE seen (n INT); CREATE TABLE t (n INT); CREATE TABLE slow (k INT);
            INSERT INTO t VALUES (0); INSERT INTO slow VALUES (0);
            """)
        try project.deploy()
        try project.execute("CREATE DATABASE `\(other)`")
        try project.execute("CREATE VIEW `\(other)`.v2 AS SELECT n AS m FROM `\(project.database)`.t")
        try project.execute("CREATE VIEW `\(project.database)`.v AS SELECT m FROM `\(other)`.v2")
        try project.write("Modifications/1.sql", "UPDATE slow SET k = SLEEP(0.5); UPDATE t SET n = 1;\n")
        try project.write("Modifications/2.sql", "INSERT INTO seen SELECT SUM(m) FROM v;\n")
        #expect(try project.deploy { $0.parallel = 2 }.kind == .succeeded)
        #expect(try project.rows("SELECT n FROM seen") == ["1"])
        try project.execute("DROP DATABASE `\(other)`")
    }
}
