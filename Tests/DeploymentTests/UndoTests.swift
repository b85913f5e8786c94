import Deployment
import TestServers
import Testing

/// A script that fails leaves schema and data as they were before it, DDL included.
@Suite struct UndoTests {
    /// What is there before each script.
    private static let base = """
        CREATE TABLE parent (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL DEFAULT 'x', n INT NULL,
            KEY by_name (name)) COMMENT 'of all';
        CREATE TABLE child (id INT PRIMARY KEY, parent_id INT NULL, note VARCHAR(100) NOT NULL DEFAULT 'it''s `so`',
            CONSTRAINT child_parent FOREIGN KEY (parent_id) REFERENCES parent (id));
        CREATE TABLE plain (id INT PRIMARY KEY, v VARCHAR(20), d DECIMAL(10, 2), b VARBINARY(10), t DATETIME(3),
            g INT GENERATED ALWAYS AS (id + 1) STORED);
        INSERT INTO parent (name, n) VALUES ('one', 1), ('two', NULL), ('Two', 3);
        INSERT INTO child VALUES (1, 1, 'a'), (2, 2, 'é'), (3, NULL, '');
        INSERT INTO plain (id, v, d, b, t) VALUES (1, 'a', 1.50, x'00FF', '2020-02-29 12:00:00.125'), (2, NULL, NULL, NULL, NULL),
            (3, 'A ', -0.01, x'', '1999-12-31 23:59:59.999');
        CREATE TABLE texts (a VARCHAR(10) PRIMARY KEY, f FLOAT, v VARCHAR(20),
            ts TIMESTAMP NOT NULL DEFAULT '2000-01-01 00:00:00' ON UPDATE CURRENT_TIMESTAMP);
        INSERT INTO texts (a, f, v) VALUES ('a', 1234567, 'one'), ('b', 0.1, 'two');
        CREATE VIEW names AS SELECT id, name FROM parent;
        CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM plain WHERE id < 0;
        DELIMITER //
        CREATE PROCEDURE p(IN x INT) COMMENT 'first' BEGIN SELECT x; END //
        CREATE FUNCTION f(x INT) RETURNS INT DETERMINISTIC RETURN x + 1 //
        CREATE TRIGGER child_before BEFORE INSERT ON child FOR EACH ROW SET NEW.note = CONCAT(NEW.note, '!') //
        DELIMITER ;
        """

    private func project(_ server: TestServer) throws -> TestProject {
        try TestProject(server, base: Self.base)
    }

    static let scripts: [String] = [
        "CREATE TABLE new (id INT PRIMARY KEY)",
        "CREATE TABLE new (id INT PRIMARY KEY); INSERT INTO new VALUES (1); ALTER TABLE new ADD c INT; DROP TABLE new",
        "CREATE TABLE IF NOT EXISTS parent (id INT)",
        "CREATE TABLE new LIKE parent; INSERT INTO new SELECT * FROM parent; RENAME TABLE new TO newer",
        "ALTER TABLE parent ADD c INT NOT NULL DEFAULT 7 AFTER id, ADD INDEX by_c (c)",
        "ALTER TABLE parent ADD c INT; ALTER TABLE parent ADD d INT FIRST; ALTER TABLE parent ADD UNIQUE KEY u (id, c)",
        "ALTER TABLE child DROP FOREIGN KEY child_parent",
        "ALTER TABLE child DROP FOREIGN KEY child_parent, ADD CONSTRAINT again FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE",
        "ALTER TABLE parent DROP INDEX by_name, COMMENT 'other'",
        "ALTER TABLE plain COMMENT 'new'", "ALTER TABLE parent ALTER COLUMN name SET DEFAULT 'y'",
        "CREATE INDEX by_v ON plain (v); DROP INDEX by_v ON plain; DROP INDEX by_name ON parent",
        "ALTER TABLE plain ADD CONSTRAINT positive CHECK (id > 0)",
        "ALTER TABLE plain DROP COLUMN v", "ALTER TABLE plain MODIFY v VARCHAR(5) NULL FIRST",
        "UPDATE plain SET v = 'long enough' WHERE id = 1; ALTER TABLE plain MODIFY d INT, DROP COLUMN b",
        "ALTER TABLE parent RENAME COLUMN n TO m; ALTER TABLE parent ADD n INT; UPDATE parent SET n = 7; ALTER TABLE parent ADD o INT",
        "ALTER TABLE plain DROP COLUMN v; ALTER TABLE plain RENAME COLUMN b TO v; ALTER TABLE plain ADD b VARBINARY(10)",
        "ALTER TABLE plain RENAME COLUMN v TO w; ALTER TABLE plain RENAME COLUMN b TO v; ALTER TABLE plain RENAME COLUMN w TO b",
        "ALTER TABLE parent CHANGE n m BIGINT, ADD COLUMN n INT",
        "SET sql_mode = ''; ALTER TABLE plain MODIFY v VARCHAR(1) NOT NULL, MODIFY d INT NOT NULL, MODIFY b BINARY(1)",
        "ALTER TABLE plain CHANGE v w TEXT", "ALTER TABLE plain RENAME COLUMN v TO w",
        "ALTER TABLE parent RENAME COLUMN id TO nr",
        "ALTER TABLE parent RENAME COLUMN name TO title, ADD KEY k (title, n)",
        "ALTER TABLE child RENAME COLUMN parent_id TO p; ALTER TABLE child RENAME COLUMN p TO q; ALTER TABLE child RENAME COLUMN note TO p",
        "ALTER TABLE parent RENAME TO parents",
        "ALTER TABLE plain CONVERT TO CHARACTER SET latin1",
        "DROP TABLE plain", "DROP TABLE child; DROP TABLE parent", "DROP TABLE IF EXISTS child, plain, nothing",
        "DROP TABLE plain; CREATE TABLE plain (other INT); INSERT INTO plain VALUES (1)",
        "TRUNCATE plain", "TRUNCATE plain; INSERT INTO plain (id, v) VALUES (9, 'n'); ALTER TABLE plain ADD z INT",
        "RENAME TABLE plain TO simple", "RENAME TABLE plain TO x, child TO plain, x TO child",
        "RENAME TABLE plain TO simple; ALTER TABLE simple ADD z INT; UPDATE simple SET v = 'q'; ALTER TABLE simple ADD y INT",
        "UPDATE plain SET v = 'a' WHERE id = 3; DELETE FROM plain WHERE id = 2; INSERT INTO plain (id) VALUES (7); CREATE TABLE new (i INT)",
        "UPDATE plain SET id = id + 10 ORDER BY id DESC; CREATE TABLE new (i INT); UPDATE plain SET v = 'again'; CREATE TABLE newer (i INT)",
        "ALTER TABLE plain ADD n1 INT, ADD COLUMN `n 2` TEXT; UPDATE plain SET n1 = id, plain.`n 2` = 'x, (y' WHERE id > 0; ALTER TABLE plain MODIFY n1 BIGINT NOT NULL",
        "ALTER TABLE plain ADD n1 INT; UPDATE plain SET n1 = id, v = 'z'; ALTER TABLE plain ADD n2 INT",
        "ALTER TABLE plain ADD n1 INT, ADD m DATETIME NULL ON UPDATE CURRENT_TIMESTAMP; UPDATE plain SET n1 = 1; ALTER TABLE plain ADD n2 INT",
        "UPDATE texts SET a = 'A' WHERE a = 'a'; CREATE TABLE new (i INT)",
        "UPDATE texts SET f = 1234568, ts = ts WHERE a = 'a'; CREATE TABLE new (i INT)",
        "ALTER TABLE texts DROP COLUMN v", "SET sql_mode = ''; ALTER TABLE texts MODIFY v VARCHAR(2)",
        "START TRANSACTION; UPDATE plain SET v = 'z'; COMMIT; START TRANSACTION; DELETE FROM plain; COMMIT",
        "START TRANSACTION; UPDATE plain SET v = 'z'; ROLLBACK; CREATE TABLE new (i INT)",
        "SET sql_safe_updates = 1, sql_select_limit = 1; UPDATE plain SET v = 'z' WHERE id = 1; CREATE TABLE new (i INT)",
        "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'; UPDATE plain SET v = 'z'; ALTER TABLE \"plain\" ADD \"q\" INT",
        "CREATE OR REPLACE VIEW names AS SELECT 1 AS one", "DROP VIEW names", "CREATE VIEW others AS SELECT 1 AS one",
        "ALTER VIEW names AS SELECT name FROM parent",
        "DROP PROCEDURE p; CREATE PROCEDURE p() SELECT 2", "DROP FUNCTION f", "DROP FUNCTION IF EXISTS nothing",
        "ALTER PROCEDURE p COMMENT 'second'", "CREATE PROCEDURE q() SELECT 1",
        "DROP TRIGGER child_before", "CREATE TRIGGER plain_after AFTER INSERT ON plain FOR EACH ROW SET @x = 1",
        "DROP EVENT nightly", "ALTER EVENT nightly DISABLE", "CREATE EVENT daily ON SCHEDULE EVERY 1 DAY DO SELECT 1",
        "SET @s = 1; PREPARE s FROM 'ALTER TABLE plain ADD prepared INT'; EXECUTE s",
        "LOCK TABLES plain WRITE; ALTER TABLE plain ADD locked INT; UNLOCK TABLES",
        "DROP TABLE plain; CREATE TABLE plain (i INT); LOCK TABLES plain WRITE; INSERT INTO plain VALUES (1); UNLOCK TABLES",
    ]

    @Test(arguments: TestServer.all, scripts)
    func whatAScriptDidIsTakenBackWhenItFails(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try project.state()
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        let plan = try project.plan()
        #expect(plan.steps.first?.facts?.scriptClass == .undo, "\(plan.steps.first?.facts?.classReason ?? "")")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        let differences = try project.state().differences(from: before)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        #expect(try project.rows("SELECT * FROM DatabaseTrackStep").isEmpty)
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
        // And it runs from its start, once it is mended.
        try project.write("Modifications/002.Fails.sql", script + ";\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
    }

    /// A node of a Galera cluster that gives its state to another one while a client fills a table as it makes it hands on the
    /// empty table, without the place in the order of writes: the other node makes the table once more, and ends. Percona's
    /// cluster refuses such statements ("pxc_strict_mode").
    @Test(arguments: TestServer.all)
    func noStatementOfOursMakesATableAndFillsIt(server: TestServer) throws {
        let log = try RunDirectory.scratch("log").appending("statements")
        let own = try server.fresh(arguments: ["--general-log=ON", "--general-log-file=\(log)"])
        let running = try own.start()
        defer { #expect(throws: Never.self) { try own.stop() } }
        var project = try TestProject(server)
        let endpoint = Endpoint(address: .socket(running.socket), user: server.user, tls: .init(mode: .disabled))
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        try project.writeSchema()
        let keys: [(type: String, values: [String])] = [
            ("VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_bin", ["'a'", "'A'", "'é'"]),
            ("VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci DEFAULT 'it''s'", ["'é'", "'☃'", "''"]),
            ("ENUM('it''s', 'a\\\\b', 'ü') CHARACTER SET utf8mb4 COMMENT 'one'", ["'it''s'", "'a\\\\b'", "'ü'"]),
            ("SET('x', 'y')", ["'x'", "'x,y'", "'y'"]), ("VARBINARY(9)", ["x'00FF'", "x''", "x'41'"]),
            ("DECIMAL(10, 3) UNSIGNED ZEROFILL", ["1.5", "0", "0.001"]),
            ("BIGINT UNSIGNED", ["1", "3", "18446744073709551615"]),
            ("TIMESTAMP(6)", ["'2020-02-29 12:00:00.125'", "'2020-02-29 12:00:00'", "'2020-03-01 00:00:00'"]),
            ("YEAR", ["1999", "2000", "2001"]), ("DOUBLE", ["0.1", "1e300", "-3"]),
            ("BIT(9)", ["b'0'", "b'1'", "b'100000000'"]),
        ]
        let tables = keys.enumerated().map { number, key in
            """
            CREATE TABLE t\(number) (a INT NOT NULL, k \(key.type), v INT, PRIMARY KEY (k, a));
            INSERT INTO t\(number) (a, k, v) VALUES (1, \(key.values[0]), 1), (2, \(key.values[1]), 2);
            """
        }
        try project.write("Modifications/001.Base.sql", tables.joined(separator: "\n"))
        #expect(try project.deploy().kind == .succeeded)
        let before = try project.state()
        let changes = keys.enumerated().map { number, key in
            """
            INSERT INTO t\(number) (a, k, v) VALUES (3, \(key.values[2]), 3); UPDATE t\(number) SET v = 7 WHERE a = 1;
            DELETE FROM t\(number) WHERE a = 2; CREATE TABLE new\(number) (i INT);
            """
        }
        try project.write(
            "Modifications/002.Fails.sql", changes.joined(separator: "\n") + "INSERT INTO nowhere VALUES (1);")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        let differences = try project.state().differences(from: before)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        let statements = try readFile(log).replacing("\n", with: " ").split(separator: "Query\t")
        let making = statements.filter { $0.hasPrefix("CREATE TABLE") }
        #expect(making.contains { $0.contains("DatabaseTrackCopy") })
        #expect(making.filter { $0.contains("SELECT") } == [])
    }

    static let resuming: [(String, String)] = [
        ("CALL p(1)", "CALL on line 1 may commit by itself"),
        ("SET GLOBAL max_connections = 151", "SET VARIABLE on line 1 may commit"),
        ("UPDATE child SET note = 'z'; CREATE TABLE new (i INT)", "child has triggers"),
        (
            "START TRANSACTION; UPDATE child SET note = 'z'; SAVEPOINT a; ROLLBACK TO a; COMMIT",
            "child has triggers"
        ),
        ("ALTER TABLE plain DROP COLUMN v", "over undo.limit = 10 B"),
        ("DROP USER IF EXISTS nobody", "would need a password"),
        (
            "ALTER TABLE plain CHANGE v b VARCHAR(20), CHANGE b v VARBINARY(10)",
            "gives a column the name of another one"
        ),
        ("ALTER TABLE plain RENAME COLUMN v TO b, RENAME COLUMN b TO v", "gives a column the name of another one"),
        ("ALTER TABLE plain ADD q INT, RENAME TO other", "renames the table and changes it at once"),
        ("ALTER TABLE plain RENAME AS other, COMMENT 'x'", "renames the table and changes it at once"),
        ("ALTER IGNORE TABLE plain ADD UNIQUE (v)", "drops rows that are in its way"),
        ("ALTER TABLE plain ADD SYSTEM VERSIONING", "changes which times the table keeps"),
    ]

    @Test(arguments: TestServer.all, resuming.map(\.0))
    func whatCannotBeTakenBackIsSaidBefore(server: TestServer, script: String) throws {
        let project = try project(server)
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        let plan = try project.plan { if script.contains("DROP COLUMN") { $0.undoLimit = 10 } }
        let facts = try #require(plan.steps.first?.facts)
        #expect(facts.scriptClass == .resume)
        let reason = try #require(Self.resuming.first { $0.0 == script }?.1)
        #expect(facts.classReason?.contains(reason) == true, "\(facts.classReason ?? "")")
    }

    /// A float has more digits than its text.
    @Test(arguments: TestServer.all)
    func everyDigitComesBack(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/002.Fails.sql",
            "UPDATE texts SET f = 1234568 WHERE a = 'a'; CREATE TABLE new (i INT); INSERT INTO nowhere VALUES (1);")
        #expect(try project.deploy().kind == .failed)
        #expect(try project.rows("SELECT f = 1234567 FROM texts WHERE a = 'a'") == ["1"])
    }

    /// Also where the table was changed before.
    @Test(arguments: TestServer.all, ["DO 0", "INSERT INTO parent (n) VALUES (1)"])
    func whatAFunctionWroteIsNotSaidToBeTakenBack(server: TestServer, before: String) throws {
        let project = try project(server)
        try project.write(
            "Modifications/002.F.sql",
            """
            DELIMITER //
            CREATE FUNCTION writes(n INT) RETURNS INT DETERMINISTIC MODIFIES SQL DATA
            BEGIN INSERT INTO plain (id) VALUES (n); RETURN n; END //
            """)
        #expect(try project.deploy().kind == .succeeded)
        try project.write(
            "Modifications/003.Fails.sql",
            "\(before); INSERT INTO parent (n) VALUES (Writes(77)); CREATE TABLE new (i INT); INSERT INTO nowhere VALUES (1);"
        )
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.contains("Statements 1 to 3 are committed"), "\(failure.state)")
    }

    /// On a fresh database it is the script before that counts, and most of it is known without asking.
    @Test(
        arguments: TestServer.all,
        [
            ("CREATE TRIGGER g BEFORE UPDATE ON t FOR EACH ROW SET NEW.n = OLD.n + 1;", false),
            ("ALTER TABLE t ADD at TIMESTAMP DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP;", true),
            (
                "ALTER TABLE t ADD at TIMESTAMP DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP, DROP PRIMARY KEY;",
                false
            ),
            (
                "ALTER TABLE t ADD `ON UPDATE` CHAR(20) DEFAULT ' ON UPDATE ' COMMENT 'ON UPDATE', DROP PRIMARY KEY;",
                true
            ),
            (
                "DROP TABLE t; CREATE TABLE s (id INT, n INT); INSERT INTO s VALUES (1, 1); CREATE VIEW t AS SELECT * FROM s;",
                false
            ),
        ])
    func whatTheScriptBeforeLeavesDecides(server: TestServer, change: (statement: String, isTakenBack: Bool)) throws {
        let project = try TestProject(server)
        try project.write(
            "Modifications/1.sql", "CREATE TABLE t (id INT PRIMARY KEY, n INT NOT NULL); INSERT INTO t VALUES (1, 1);")
        try project.write("Modifications/2.sql", change.statement)
        let alteration =
            change.statement.contains("VIEW") ? "UPDATE t SET n = 2" : "ALTER TABLE t ADD c INT; UPDATE t SET c = 5"
        try project.write("Modifications/3.sql", "\(alteration); CREATE TABLE u (id INT); SELECT wrong;")
        #expect(try project.deploy { $0.parallel = 1 }.failure?.script.file == "3.sql")
        #expect(try project.rows("SHOW TABLES LIKE 'u'").isEmpty == change.isTakenBack)
        #expect(
            try project.rows("SHOW COLUMNS FROM t LIKE 'c'").isEmpty
                == (change.isTakenBack || change.statement.contains("VIEW")))
        if change.isTakenBack { #expect(try project.rows("SELECT * FROM t WHERE n <> 1").isEmpty) }
    }

    @Test(arguments: TestServer.all)
    func rowsAreNotPutBackByAKeyThatChanged(server: TestServer) throws {
        let project = try project(server)
        try project.execute(
            "CREATE TABLE gaps (id INT AUTO_INCREMENT PRIMARY KEY, v INT); INSERT INTO gaps VALUES (1, 1), (5, 5), (9, 9)",
            in: project.database)
        try project.write(
            "Modifications/002.Fails.sql",
            "ALTER TABLE gaps CHANGE id nr VARCHAR(20) DEFAULT ''; INSERT INTO nowhere VALUES (1);\n")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.hasPrefix("It could not be taken back whole"), "\(failure.state)")
        #expect(failure.state.contains("the script changed the primary key"))
        #expect(try project.rows("SELECT nr, v FROM gaps ORDER BY nr") == ["1\t1", "5\t5", "9\t9"])
        #expect(throws: DeploymentError.self) { try project.deploy() }
    }

    @Test(arguments: TestServer.all)
    func aScriptMayAskToBeKept(server: TestServer) throws {
        let project = try project(server)
        let script = "-- databasedeploy: on-failure=keep\nCREATE TABLE new (id INT PRIMARY KEY);\n"
        try project.write("Modifications/002.Fails.sql", script + "INSERT INTO nowhere VALUES (1);\n")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.contains("Statement 1 is committed"))
        try project.write("Modifications/002.Fails.sql", script + "INSERT INTO new VALUES (1);\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM new") == ["1"])
    }

    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func aTableThatIsReplacedComesBackWithItsRows(server: TestServer) throws {
        let project = try project(server)
        let before = try project.state()
        try project.write(
            "Modifications/002.Fails.sql",
            """
            CREATE OR REPLACE TABLE plain (id INT PRIMARY KEY, v VARCHAR(20), d DECIMAL(10, 2), b VARBINARY(10),
                t DATETIME(3), g INT GENERATED ALWAYS AS (id + 1) STORED);
            CREATE OR REPLACE TABLE child (i INT); INSERT INTO nowhere VALUES (1);
            """)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        let differences = try project.state().differences(from: before)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    @Test(arguments: TestServer.all)
    func whatOthersWriteMeanwhileStays(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/002.Fails.sql",
            "UPDATE plain SET v = 'z' WHERE id = 1; ALTER TABLE parent DROP COLUMN n; SELECT SLEEP(3600) FROM parent; SELECT 1;\n"
        )
        let deployer = try Background {
            let outcome = try project.deploy()
            guard outcome.failure?.number == 1317 else { throw Missing(what: "an interrupted statement: \(outcome)") }
        }
        let find =
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
        try deployer.waitUntil { try project.rows(find).count == 1 }
        try project.execute("INSERT INTO plain (id, v) VALUES (50, 'other')", in: project.database)
        try project.execute("UPDATE plain SET v = 'other' WHERE id = 2", in: project.database)
        try project.execute("UPDATE parent SET name = 'other' WHERE id = 2", in: project.database)
        try project.execute("KILL QUERY \(try #require(try project.rows(find).first))")
        try deployer.join()
        #expect(
            try project.rows("SELECT id, IFNULL(v, '-') FROM plain ORDER BY id")
                == ["1\ta", "2\tother", "3\tA ", "50\tother"])
        #expect(
            try project.rows("SELECT name, IFNULL(n, '-') FROM parent ORDER BY id")
                == ["one\t1", "other\t-", "Two\t3"])
    }
}
