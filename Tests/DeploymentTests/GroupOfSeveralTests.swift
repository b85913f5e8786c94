import MySQLDriver
import TestServers
import Testing

@testable import Deployment

/// Groups with scripts that change rows, and with scripts of several statements.
extension GroupTests {
    /// What a transaction commits has the ends of the scripts before it, and the checkpoint.
    @Test(arguments: TestServer.all)
    func rowsTravelWithDefinitions(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT PRIMARY KEY, seen VARCHAR(50));")
        try project.write(
            "Schema/005.Rows.sql",
            "INSERT INTO b SELECT 1, LastExecutedFile FROM DatabaseTrack; UPDATE b SET id = id + 1;")
        try project.write("Schema/006.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try project.write("Schema/007.Rows.sql", "UPDATE b SET id = id + 10;")
        try blocked(project) { deployer in
            let before = ["004.B.sql\tapplied\t-", "005.Rows.sql\tapplied\t-", "006.A.sql\trunning\t0"]
            #expect(try states(project) == before)
            #expect(try project.checkpoints() == ["Schema\t005.Rows.sql"])
            #expect(try project.rows("SELECT * FROM b") == ["2\t004.B.sql"])
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        #expect(try project.deploy().names == ["Schema/006.A.sql", "Schema/007.Rows.sql"])
        #expect(try project.rows("SELECT id FROM b") == ["12"])
    }

    @Test(arguments: TestServer.all, [1, 3])
    func aFailureAmongRowsIsOfOneScript(server: TestServer, parallel: Int) throws {
        var project = try project(server)
        project.configuration.parallel = parallel
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT PRIMARY KEY);")
        try project.write("Schema/005.Rows.sql", "INSERT INTO b VALUES (1), (2); INSERT INTO b VALUES (3), (1);")
        try project.write("Schema/006.C.sql", "CREATE TABLE c (id INT);")
        let outcome = try project.deploy()
        let failure = try #require(outcome.failure)
        #expect(failure.script.file == "005.Rows.sql")
        #expect(failure.statement?.index == 1)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"))
        #expect(try project.rows("SELECT * FROM b").isEmpty)
        if parallel == 1 {
            #expect(try states(project) == ["004.B.sql\tapplied\t-", "005.Rows.sql\tfailed\t-"])
            #expect(try project.checkpoints() == ["Schema\t004.B.sql"])
            #expect(try project.rows("SHOW TABLES LIKE '_'") == ["a", "b"])
        }
        try project.write("Schema/005.Rows.sql", "INSERT INTO b VALUES (1), (2); INSERT INTO b VALUES (3), (4);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM b") == ["4"])
        #expect(try project.checkpoints() == ["Schema\t006.C.sql"])
    }

    /// Of rows that wait for somebody too long nothing is left, and nothing behind them has begun.
    @Test(arguments: TestServer.all)
    func rowsInTheirPlaceHaveTheTimeOfAStatement(server: TestServer) throws {
        let project = try project(server, "INSERT INTO a VALUES (1);")
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT);")
        try project.write("Schema/005.Rows.sql", "INSERT INTO b VALUES (1); UPDATE a SET id = id + 1;")
        try project.write("Schema/006.C.sql", "CREATE TABLE c (id INT);")
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        try holder.execute("START TRANSACTION; UPDATE a SET id = 5")
        let outcome = try project.deploy { $0.statementTimeout = 1 }
        #expect(outcome.failure?.message.contains("took longer than 1 s") == true)
        #expect(outcome.failure?.statement?.index == 1)
        #expect(try states(project) == ["004.B.sql\tapplied\t-", "005.Rows.sql\tfailed\t-"])
        holder.close()
        #expect(try project.deploy().names == ["Schema/005.Rows.sql", "Schema/006.C.sql"])
        #expect(try project.rows("SELECT a.id, b.id FROM a, b") == ["2\t1"])
    }

    private static let filled = """
        ALTER TABLE b ADD COLUMN x VARCHAR(20) NULL;
        UPDATE b SET x = CONCAT('x', id);
        """

    /// The rows of a script commit with its next definition, which may happen again.
    @Test(arguments: TestServer.all)
    func aFilledColumnTravelsAsAWhole(server: TestServer) throws {
        let project = try project(server, "CREATE TABLE b (id INT PRIMARY KEY); INSERT INTO b VALUES (1);")
        try project.write("Schema/004.C.sql", "CREATE TABLE c (id INT);")
        try project.write("Schema/005.Fill.sql", Self.filled + "ALTER TABLE b MODIFY COLUMN x VARCHAR(30) NOT NULL;")
        try project.write("Schema/006.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try blocked(project) { deployer in
            #expect(
                try states(project) == ["004.C.sql\tapplied\t-", "005.Fill.sql\trunning\t2", "006.A.sql\trunning\t0"])
            #expect(try project.rows("SELECT Kind FROM DatabaseTrackStep") == ["begin", "definition"])
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT * FROM b") == ["1\tx1"])
        #expect(try project.rows("SHOW COLUMNS FROM b LIKE 'x'").first?.hasPrefix("x\tvarchar(30)\tNO") == true)
        #expect(try project.rows("SELECT Kind FROM DatabaseTrackStep").isEmpty)
    }

    /// A definition that is not understood commits nothing of what is before it; another error comes behind that.
    @Test(
        arguments: TestServer.all,
        [
            "MODIFY COLUMN x NOSUCHTYPE", "MODIFY COLUMN x VARCHAR(1) CHARACTER SET nosuch",
            "ADD UNIQUE INDEX ux (nosuch)",
        ])
    func aScriptOfAGroupIsTakenBack(server: TestServer, change: String) throws {
        let project = try project(server, "CREATE TABLE b (id INT PRIMARY KEY); INSERT INTO b VALUES (1);")
        try project.write("Schema/004.C.sql", "CREATE TABLE c (id INT);")
        try project.write("Schema/005.Fill.sql", Self.filled + "ALTER TABLE b \(change);")
        try project.write("Schema/006.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        let outcome = try project.deploy()
        #expect(outcome.failure?.statement?.index == 2)
        #expect(try states(project) == ["004.C.sql\tapplied\t-", "005.Fill.sql\tfailed\t-"])
        #expect(try project.rows("SHOW COLUMNS FROM b").count == 1)
        #expect(try project.rows("SHOW COLUMNS FROM a").count == 1)
        #expect(try project.rows("SELECT Kind FROM DatabaseTrackStep").isEmpty)
        #expect(try project.checkpoints() == ["Schema\t004.C.sql"])
        try project.write("Schema/005.Fill.sql", Self.filled)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT * FROM b") == ["1\tx1"])
    }

    /// With `on_failure = "keep"` a script goes on where it failed, in a group, too.
    @Test(
        arguments: TestServer.all,
        [("MODIFY COLUMN x NOSUCHTYPE", "1"), ("MODIFY COLUMN x VARCHAR(1) CHARACTER SET nosuch", "1")])
    func aScriptOfAGroupIsKept(server: TestServer, change: (text: String, position: String)) throws {
        var project = try project(server, "CREATE TABLE b (id INT PRIMARY KEY); INSERT INTO b VALUES (1);")
        project.configuration.onFailure = .keep
        try project.write("Schema/004.C.sql", "CREATE TABLE c (id INT);")
        try project.write("Schema/005.Fill.sql", Self.filled + "ALTER TABLE b \(change.text);")
        #expect(try project.deploy().failure?.statement?.index == 2)
        let row = try project.rows("SELECT State, Position FROM DatabaseTrackScript WHERE FileName = '005.Fill.sql'")
        #expect(row == ["failed\t\(change.position)"])
        try project.write("Schema/005.Fill.sql", Self.filled + "ALTER TABLE b MODIFY COLUMN x VARCHAR(30) NOT NULL;")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT * FROM b") == ["1\tx1"])
    }

    /// Which of several additions to one table happened is told by the names of what they add.
    @Test(arguments: TestServer.all)
    func severalAdditionsToOneTable(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT PRIMARY KEY) ENGINE=InnoDB;")
        try project.write("Schema/005.B.sql", "ALTER TABLE b ADD COLUMN one INT;")
        try project.write("Schema/006.B.sql", "CREATE INDEX ix ON b (one);")
        try project.write(
            "Schema/007.B.sql",
            "ALTER TABLE b ADD COLUMN two INT, ADD CONSTRAINT fk FOREIGN KEY (two) REFERENCES b (id);")
        try project.write("Schema/008.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try project.write("Schema/009.B.sql", "ALTER TABLE b ADD COLUMN three INT;")
        try blocked(project) { deployer in
            let kinds = try project.rows(
                """
                SELECT SUBSTRING_INDEX(IntentFingerprint, ' ', 1) FROM DatabaseTrackScript WHERE Intent = 0 ORDER BY FileName
                """)
            #expect(kinds == ["existence", "element", "element", "element", "definition", "element"])
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        let (outcome, events) = try project.recorded()
        #expect(outcome.kind == .succeeded)
        let recovered = events.compactMap { if case .recovered(let script, _) = $0 { script.file } else { nil } }
        #expect(recovered.count == 6)
        #expect(try project.rows("SHOW COLUMNS FROM b").count == 4)
        #expect(try project.rows("SHOW INDEX FROM b").count == 3)
    }

    /// A name that the table may have tells nothing, so the definition has to.
    @Test(arguments: TestServer.all)
    func anAdditionThatIsThereFails(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT PRIMARY KEY, one INT);")
        try project.write("Schema/005.B.sql", "ALTER TABLE b ADD COLUMN two INT;")
        try project.write("Schema/006.B.sql", "ALTER TABLE b ADD COLUMN ONE INT;")
        let outcome = try project.deploy()
        #expect(outcome.failure?.script.file == "006.B.sql")
        #expect(outcome.failure?.number == 1060)
        #expect(try states(project).last == "006.B.sql\tfailed\t-")
    }

    /// A routine that is dropped where there is none travels along, and its text is as it would be alone.
    @Test(arguments: TestServer.all)
    func aRoutineTravelsWithItsDrop(server: TestServer) throws {
        let project = try project(server)
        let routine = "CREATE PROCEDURE %(n INT)\nBEGIN\n  SELECT n; -- one\nEND"
        func script(_ name: String) -> String {
            "DROP PROCEDURE IF EXISTS \(name);\nDELIMITER //\n\(routine.replacing("%", with: name)) //\nDELIMITER ;\n"
        }
        try project.write("Schema/004.P.sql", script("p"))
        try project.write("Schema/005.B.sql", "CREATE TABLE b (id INT);")
        try project.write("Schema/006.Q.sql", script("q"))
        try project.write("Schema/007.P.sql", script("p"))
        #expect(try project.deploy().kind == .succeeded)
        let bodies = try project.rows(
            """
            SELECT DISTINCT ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
            """)
        #expect(bodies == ["BEGIN\n  SELECT n; -- one\nEND"])
        #expect(try project.rows("SELECT COUNT(*) FROM DatabaseTrackStep") == ["0"])
    }

    /// Times are right also where a script's end is written before its rows.
    @Test(arguments: TestServer.all, [1, 2])
    func anEndHasItsOwnTime(server: TestServer, parallel: Int) throws {
        let project = try project(server, "INSERT INTO a VALUES (1);")
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT);")
        try project.write("Schema/005.Rows.sql", "UPDATE a SET id = id + 1;")
        try project.write("Schema/006.C.sql", "CREATE TABLE c (id INT);")
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        try holder.execute("START TRANSACTION; UPDATE a SET id = 5")
        let deployer = try Background { try project.deploy { $0.parallel = parallel } }
        try deployer.waitUntil {
            let waits = try project.rows(
                "SELECT TIME >= 2 FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE 'UPDATE a SET id = id%'"
            )
            return waits == ["1"]
        }
        try holder.execute("ROLLBACK")
        try deployer.join()
        let times = try project.rows(
            """
            SELECT TIMESTAMPDIFF(MICROSECOND, StartedOn, FinishedOn) > 600000 FROM DatabaseTrackScript
            WHERE FileName = '005.Rows.sql'
            """)
        #expect(times == ["1"])
        #expect(try project.checkpoints() == ["Schema\t006.C.sql"])
        #expect(try project.deploy().kind == .nothingToDo)
    }
}
