import TestServers
import Testing

@testable import Deployment

/// What does not go together in a group, and what a group leaves when something is in its way.
extension GroupTests {
    /// What a script is taken back to is how things are when it begins, and not before the group.
    @Test(
        arguments: TestServer.all,
        [
            ("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB;", "ALTER TABLE t ADD COLUMN x INT;", ["id"]),
            (
                "CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB; ALTER TABLE t ADD COLUMN a INT;",
                "ALTER TABLE t ADD COLUMN x INT;", ["id", "a"]
            ),
            (
                "CREATE TABLE t (id INT PRIMARY KEY);",
                "CREATE TABLE IF NOT EXISTS t (id INT); CREATE TABLE u (id INT);", ["id"]
            ),
        ])
    func whatOthersOfTheGroupMadeStays(server: TestServer, scripts: (first: String, second: String, columns: [String]))
        throws
    {
        let project = try project(server)
        for (number, statement) in scripts.first.split(separator: ";").enumerated() {
            try project.write("Schema/004.\(number).sql", "\(statement);")
        }
        try project.write("Schema/005.B.sql", scripts.second + "INSERT INTO t (id) VALUES (1), (1);")
        #expect(try project.deploy().failure?.script.file == "005.B.sql")
        #expect(
            try project.rows("SHOW COLUMNS FROM t").map { $0.prefix { $0 != "\t" } } == scripts.columns.map { $0[...] })
        #expect(try project.rows("SHOW TABLES LIKE 'u'").isEmpty)
        try project.write("Schema/005.B.sql", scripts.second + "INSERT INTO t (id) VALUES (1), (2);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["2"])
    }

    /// With another delimiter a statement may have a `;` of its own at its end, which a packet must not have twice.
    @Test(arguments: TestServer.all, [1, 3])
    func aSemicolonOfItsOwn(server: TestServer, parallel: Int) throws {
        var project = try project(server)
        project.configuration.parallel = parallel
        func script(_ text: String) -> String { "DELIMITER //\n\(text) //\nDELIMITER ;\n" }
        try project.write("Schema/004.P.sql", script("CREATE PROCEDURE p(n INT)\nBEGIN\n  SELECT n;\nEND;"))
        try project.write("Schema/005.B.sql", "CREATE TABLE b (id INT);")
        try project.write("Schema/006.Rows.sql", script("INSERT INTO b VALUES (1); /* one; */"))
        try project.write("Schema/007.C.sql", script("CREATE TABLE c (id INT);"))
        try project.write("Schema/008.Q.sql", script("CREATE PROCEDURE q(n INT) SELECT n"))
        try project.write("Schema/009.Rows.sql", "INSERT INTO b VALUES (2); INSERT INTO c VALUES (3);")
        let outcome = try project.deploy()
        #expect(outcome.failure == nil, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SELECT b.id, c.id FROM b, c ORDER BY 1") == ["1\t3", "2\t3"])
    }

    /// MySQL keeps the text of a routine up to the packet's next semicolon.
    @Test(arguments: TestServer.all)
    func theTextOfARoutineIsThatOfItsScript(server: TestServer) throws {
        var project = try project(server)
        project.configuration.parallel = 3
        for name in ["p", "q", "r", "s"] {
            try project.write(
                "Schema/004.\(name).sql",
                "DELIMITER //\nCREATE PROCEDURE \(name)(n INT)\nBEGIN\n  SELECT n;\nEND //\nDELIMITER ;\n")
        }
        try project.deploy()
        let bodies = try project.rows(
            """
            SELECT DISTINCT ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()
            """)
        #expect(bodies == ["BEGIN\n  SELECT n;\nEND"])
    }

    /// A script whose end cannot be recorded is done all the same.
    @Test(arguments: TestServer.all, [1, 2])
    func anEndThatCannotBeRecorded(server: TestServer, parallel: Int) throws {
        var project = try project(server)
        project.configuration.parallel = parallel
        try project.execute(
            """
            CREATE TRIGGER refuses BEFORE INSERT ON DatabaseTrackScript FOR EACH ROW
            SET NEW.Position = IF(NEW.FileName = '004.B.sql' AND NEW.State IN ('applied', 'ahead'), -1, NEW.Position)
            """, in: project.database)
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT); CREATE TABLE c (id INT);")
        #expect(try project.deploy().failure?.script.file == "004.B.sql")
        #expect(try project.rows("SHOW TABLES LIKE '_'") == ["a", "b", "c"])
        try project.execute("DROP TRIGGER refuses", in: project.database)
        let outcome = try project.deploy()
        #expect(outcome.failure == nil, "\(outcome.failure?.message ?? "")")
        #expect(try project.checkpoints() == ["Schema\t004.B.sql"])
    }

    /// What may be done once more after a crash is not followed by what that would undo.
    @Test(arguments: TestServer.all)
    func aDropIsNotDoneAgainBehindWhatIsMade(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.T.sql", "DROP TABLE IF EXISTS t;")
        try project.write("Schema/005.T.sql", "CREATE TABLE IF NOT EXISTS t (id INT);")
        try project.write("Schema/006.C.sql", "CREATE TABLE c (id INT);")
        try project.write("Schema/007.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try blocked(project) { deployer in
            #expect(try states(project).first == "004.T.sql\tapplied\t-")
            try project.execute("INSERT INTO t VALUES (1)", in: project.database)
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT * FROM t") == ["1"])
    }

    /// What a script is taken back with may take along what is made behind it, so it is done before that begins.
    @Test(arguments: TestServer.all)
    func nothingFollowsOnWhatMayBeTakenBack(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.T.sql", "CREATE TABLE t (id INT PRIMARY KEY); CREATE TABLE y (id INT);")
        try project.write("Schema/005.T.sql", "ALTER TABLE t ADD COLUMN c INT;")
        try project.write("Schema/006.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try blocked(project) { (_: Background) throws in
            #expect(try states(project).first == "004.T.sql\tapplied\t-")
        }
    }

    @Test(arguments: TestServer.all)
    func nothingOfATableFollowsWhatDefinesItsColumnsAnew(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.B.sql", "CREATE TABLE b (id INT PRIMARY KEY, x INT);")
        try project.write("Schema/005.B.sql", "ALTER TABLE b MODIFY COLUMN x INT FIRST;")
        try project.write("Schema/006.B.sql", "ALTER TABLE b ADD COLUMN y INT FIRST;")
        try project.write("Schema/007.A.sql", "ALTER TABLE a ADD COLUMN more INT;")
        try blocked(project) { (_: Background) throws in
            #expect(try states(project).prefix(2) == ["004.B.sql\tapplied\t-", "005.B.sql\tapplied\t-"])
        }
        #expect(try project.rows("SHOW COLUMNS FROM b").map { $0.prefix(1) } == ["y", "x", "i"])
    }

    /// What a trigger of the same group writes elsewhere is not taken back, so nothing of its table is filled in advance.
    @Test(arguments: TestServer.all)
    func aTriggerOfTheGroupIsSeen(server: TestServer) throws {
        let project = try project(
            server, "CREATE TABLE b (id INT PRIMARY KEY); INSERT INTO b VALUES (1), (2); CREATE TABLE log (id INT);")
        try project.write(
            "Schema/004.G.sql", "CREATE TRIGGER g AFTER UPDATE ON b FOR EACH ROW INSERT INTO log VALUES (NEW.id);")
        try project.write(
            "Schema/005.B.sql",
            "ALTER TABLE b ADD COLUMN x INT; UPDATE b SET x = 1; ALTER TABLE b ADD UNIQUE INDEX ux (x);")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.script.file == "005.B.sql")
        let isNothingLeft = failure.state.hasPrefix("Nothing of this script is in the database")
        #expect(try project.rows("SELECT COUNT(*) FROM log") == [isNothingLeft ? "0" : "2"])
        #expect(try project.rows("SHOW COLUMNS FROM b").count == (isNothingLeft ? 1 : 2))
    }

    /// What was kept in advance for statements that were edited meanwhile does not count.
    @Test(arguments: TestServer.all)
    func aScriptOfAGroupIsEditedBehindACrash(server: TestServer) throws {
        let project = try project(server)
        try project.write("Schema/004.C.sql", "CREATE TABLE c (id INT);")
        let made = "CREATE TABLE d (id INT); CREATE TABLE e (id INT);"
        try project.write(
            "Schema/005.D.sql",
            made + "ALTER TABLE a ADD COLUMN more INT; CREATE TABLE f (id INT); CREATE TABLE g (id INT);")
        try blocked(project) { deployer in
            try project.execute("KILL CONNECTION \(try #require(try project.rows(Self.waiting).first))")
            try deployer.join()
        }
        try project.write("Schema/005.D.sql", made + "CREATE TABLE f (id INT); CREATE TABLE g (id NOSUCHTYPE);")
        #expect(try project.deploy().failure?.script.file == "005.D.sql")
        try project.write("Schema/005.D.sql", made + "CREATE TABLE f (id INT); CREATE TABLE g (id INT);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SHOW TABLES LIKE '_'") == ["a", "c", "d", "e", "f", "g"])
    }
}
