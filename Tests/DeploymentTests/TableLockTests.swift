import Deployment
import TestServers
import Testing

/// Scripts that hold table locks and a transaction of their own, with which no record can commit.
@Suite struct TableLockTests {
    private static let head = "SET autocommit = 0; LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('a');"

    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY AUTO_INCREMENT, v CHAR(1))")
        try project.deploy()
        return project
    }

    /// Nothing of a script is passed over as committed that was rolled back.
    @Test(
        arguments: TestServer.all,
        [
            ("ALTER TABLE t ADD COLUM x INT;", "ALTER TABLE t ADD COLUMN x INT;"), ("CALL nothere();", "SELECT 1;"),
            ("START TRANSACTION WITH NOTHING;", "COMMIT;"), ("UNLOCK TABLE S;", "UNLOCK TABLES;"),
        ])
    func rowsBeforeAStatementThatFailsAreThereOnce(server: TestServer, ends: (wrong: String, right: String)) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "\(Self.head) \(ends.wrong)")
        #expect(try project.deploy().kind == .failed)
        try project.write("Modifications/1.sql", "\(Self.head) \(ends.right)")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["1"])
        #expect(try project.plan().isEmpty)
    }

    /// `LOCK TABLES` commits what is before it, also where a transaction is open behind it, as it is without `autocommit`.
    @Test(
        arguments: TestServer.all,
        ["THIS IS NO SQL;", "ALTER TABLE t ADD COLUM x INT;", "INSERT INTO t (v) VALUES (1, 2);"])
    func whatLockTablesCommittedIsNotRepeated(server: TestServer, wrong: String) throws {
        let project = try project(server)
        let head = """
            SET autocommit = 0; INSERT INTO t (v) VALUES ('a'); LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('b');
            """
        try project.write("Modifications/1.sql", "\(head) \(wrong)")
        let state = try #require(try project.deploy().failure?.state)
        #expect(!state.contains("Nothing of this script"))
        try project.write("Modifications/1.sql", "\(head) SELECT 1;")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT GROUP_CONCAT(v ORDER BY v) FROM t") == ["a,b"])
    }

    /// Whether the script holds locks is told by all statements of a text, and not by the first.
    @Test(
        arguments: TestServer.all,
        [
            ("DELETE FROM log; LOCK TABLES t WRITE //", "SELECT * FROM log //", 1100),
            ("LOCK TABLES t WRITE; DELETE FROM t; UNLOCK TABLES //", "INSERT INTO nothere VALUES (1) //", 1146),
        ])
    func locksAreFoundInSeveralStatements(server: TestServer, script: (head: String, end: String, number: Int)) throws {
        let project = try project(server)
        try project.execute("CREATE TABLE log (i INT)", in: project.database)
        try project.write(
            "Modifications/1.sql",
            "DELIMITER //\n\(script.head)\nINSERT INTO t (v) VALUES ('a') //\n\(script.end)\n")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == script.number, "\(failure.message)")
        // Under locks each row is committed by itself; otherwise those that are not committed are taken back.
        #expect(try project.rows("SELECT COUNT(*) FROM t") == [script.number == 1100 ? "1" : "0"])
    }

    /// What comes behind a commit goes on behind it.
    @Test(arguments: TestServer.all)
    func whatWasCommittedIsNotRepeated(server: TestServer) throws {
        let project = try project(server)
        let head = "\(Self.head) COMMIT; INSERT INTO t (v) VALUES ('b'); ALTER TABLE t COMMENT 'c';"
        try project.write("Modifications/1.sql", "\(head) INSERT INTO t (v) VALUES ('c'), (1, 2);")
        #expect(try project.deploy().kind == .failed)
        #expect(try project.rows("SELECT GROUP_CONCAT(v ORDER BY id) FROM t") == ["a,b"])
        try project.write("Modifications/1.sql", "\(head) INSERT INTO t (v) VALUES ('c');")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT GROUP_CONCAT(v ORDER BY id) FROM t") == ["a,b,c"])
    }
}
