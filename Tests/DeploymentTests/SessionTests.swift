import Deployment
import SystemPackage
import TestServers
import Testing

/// Each script starts with a clean session, as the client would.
@Suite struct SessionTests {
    @Test(arguments: TestServer.all)
    func stateDoesNotReachTheNextScript(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE seen (v VARCHAR(200))")
        try project.write(
            "Modifications/1.sql",
            """
            SET @x = 'leaked', sql_mode = 'ANSI_QUOTES', foreign_key_checks = 0, time_zone = '+05:00';
            SET NAMES latin1;
            CREATE TEMPORARY TABLE temporary_one (id INT);
            USE information_schema;
            DELIMITER //
            """)
        try project.write(
            "Modifications/2.sql",
            """
            INSERT INTO seen SELECT CONCAT_WS(',', IFNULL(@x, 'clean'), @@sql_mode = @@GLOBAL.sql_mode,
                @@foreign_key_checks = @@GLOBAL.foreign_key_checks, @@time_zone = @@GLOBAL.time_zone, @@character_set_client, DATABASE());
            CREATE TABLE temporary_one (id INT);
            """)
        #expect(try project.deploy().kind == .succeeded)
        let seen = try project.rows("SELECT v FROM seen")
        #expect(seen == ["clean,1,1,1,utf8mb4,\(project.database)"])
        #expect(try project.rows("SHOW TABLES LIKE 'temporary_one'") == ["temporary_one"])
    }

    @Test(arguments: TestServer.all)
    func userVariablesLiveThroughOneScript(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Modifications/1.sql",
            "SET @a = 5; CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (@a); ALTER TABLE t ADD b INT; UPDATE t SET b = @a + 1;"
        )
        try project.deploy()
        #expect(try project.rows("SELECT id, b FROM t") == ["5\t6"])
    }

    @Test(arguments: TestServer.all)
    func theJournalLeavesLastInsertIDAlone(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Modifications/1.sql",
            """
            CREATE TABLE parent (id INT AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT = 700;
            CREATE TABLE child (parent INT);
            INSERT INTO parent (v) VALUES (1);
            CREATE INDEX i ON parent (v);
            INSERT INTO child VALUES (LAST_INSERT_ID());
            """)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT parent FROM child") == ["700"])
    }

    @Test(arguments: TestServer.all)
    func routinesComeOutAsTheClientMakesThem(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        let script = """
            SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES';
            CREATE TABLE IF NOT EXISTS t (id INT PRIMARY KEY, v VARCHAR(20));
            DELIMITER $$
            CREATE PROCEDURE p() BEGIN /* kept */ SELECT 'a\\', "id" FROM t; END $$
            DELIMITER ;
            CREATE FUNCTION f(x INT) RETURNS INT DETERMINISTIC RETURN x + 1;
            CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.v = 'ü';
            CREATE VIEW w AS SELECT "id" FROM t;
            """
        try project.write("Modifications/1.sql", script)
        #expect(try project.deploy().kind == .succeeded)
        let twin = server.databaseName()
        try project.execute("CREATE DATABASE `\(twin)`")
        try run(
            server.client,
            [
                "--no-defaults", "--socket=\(server.socket)", "--user=\(server.user)", "--comments",
                "--default-character-set=utf8mb4", twin,
            ], input: script)
        let routines = """
            SELECT ROUTINE_NAME, ROUTINE_DEFINITION, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION, DATABASE_COLLATION
            FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = 'DB' ORDER BY 1
            """
        let triggers = """
            SELECT TRIGGER_NAME, ACTION_STATEMENT, SQL_MODE, CHARACTER_SET_CLIENT, COLLATION_CONNECTION
            FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = 'DB' ORDER BY 1
            """
        let views = """
            SELECT TABLE_NAME, REPLACE(VIEW_DEFINITION, 'DB', ''), CHARACTER_SET_CLIENT, COLLATION_CONNECTION
            FROM information_schema.VIEWS WHERE TABLE_SCHEMA = 'DB' ORDER BY 1
            """
        for query in [routines, triggers, views] {
            let ours = try project.rows(query.split(separator: "DB").joined(separator: project.database))
            let theirs = try project.rows(query.split(separator: "DB").joined(separator: twin))
            #expect(!ours.isEmpty)
            #expect(ours == theirs)
        }
        try project.execute("DROP DATABASE `\(twin)`")
    }

    @Test(arguments: TestServer.all)
    func scriptsMayManageTransactionsThemselves(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write(
            "Modifications/1.sql",
            """
            START TRANSACTION; INSERT INTO t VALUES (1); COMMIT;
            BEGIN; INSERT INTO t VALUES (2); ROLLBACK;
            SET autocommit = 0; INSERT INTO t VALUES (3); COMMIT; INSERT INTO t VALUES (4); SET autocommit = 1;
            INSERT INTO t VALUES (5);
            """)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "3", "4", "5"])
    }

    /// However a script's own transaction begins, its `ROLLBACK` takes back what is in that, and nothing before it.
    @Test(
        arguments: TestServer.all,
        [
            "SET autocommit = 0; INSERT INTO t VALUES (2); ROLLBACK; SET autocommit = 1;",
            "SET @old = @@autocommit, autocommit = OFF; INSERT INTO t VALUES (2); ROLLBACK; SET autocommit = @old;",
            "COMMIT AND CHAIN; INSERT INTO t VALUES (2); ROLLBACK;",
            "ROLLBACK AND CHAIN; INSERT INTO t VALUES (2); ROLLBACK;",
            "SET completion_type = 1; COMMIT; INSERT INTO t VALUES (2); ROLLBACK; SET completion_type = 0; COMMIT;",
            "CALL begin_work(); INSERT INTO t VALUES (2); ROLLBACK;",
            "\nDELIMITER //\nBEGIN; INSERT INTO t VALUES (2); //\nROLLBACK //",
            "BEGIN; INSERT INTO t VALUES (2); ROLLBACK AND CHAIN; INSERT INTO t VALUES (2); ROLLBACK;",
            "BEGIN; SAVEPOINT s; CALL add_one(2); ROLLBACK TO s; COMMIT;",
        ])
    func aRollbackTakesBackTheScriptsTransaction(server: TestServer, transaction: String) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            """
            CREATE TABLE t (id INT PRIMARY KEY);
            CREATE PROCEDURE begin_work() START TRANSACTION;
            CREATE PROCEDURE add_one(n INT) INSERT INTO t VALUES (n);
            """)
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1); \(transaction)")
        try project.write("Modifications/2.sql", "INSERT INTO t VALUES (3);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "3"])
    }

    /// What was committed before a transaction that is then rolled back, by the script or by a failure, does not happen twice.
    @Test(
        arguments: TestServer.all,
        [
            "CALL half(); INSERT INTO t VALUES (2);", "START TRANSACTION; CALL half(); INSERT INTO t VALUES (2);",
            "CALL half(); INSERT INTO t VALUES (2); ROLLBACK;",
            "CALL half(); INSERT INTO t VALUES (2); CALL back(); -- ROLLBACK\n",
            "CALL half(); USE nowhere;",
            "\nDELIMITER //\nINSERT INTO t VALUES (7); BEGIN; INSERT INTO t VALUES (2) //\nDELIMITER ;\n",
        ])
    func whatIsCommittedBeforeATransactionBeginsIsNotRepeated(server: TestServer, script: String) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            """
            CREATE TABLE t (id INT);
            DELIMITER //
            CREATE PROCEDURE half() BEGIN INSERT INTO t VALUES (7); COMMIT; START TRANSACTION; END //
            CREATE PROCEDURE back() ROLLBACK //
            """)
        try project.write("Modifications/1.sql", script + " INSERT INTO nowhere VALUES (1);")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == (script.contains("USE") ? 1049 : 1146), "\(failure.message)")
        try project.execute("CREATE TABLE nowhere (i INT)", in: project.database)
        if script.contains("ROLLBACK") {
            #expect(try project.deploy().kind == .succeeded, "\(failure.state)")
        } else {
            #expect(failure.state.contains("some of those may be committed"), "\(failure.state)")
            #expect(try project.plan().errors == ["interrupted"])
        }
        #expect(try project.rows("SELECT id FROM t") == ["7"])
    }

    @Test(arguments: TestServer.all)
    func whatAProcedureRollsBackIsItsOwn(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Modifications/1.sql",
            """
            CREATE TABLE t (id INT PRIMARY KEY);
            DELIMITER //
            CREATE PROCEDURE back() BEGIN INSERT INTO t VALUES (9); ROLLBACK; INSERT INTO t VALUES (8); END //
            """)
        try project.write(
            "Modifications/2.sql",
            """
            INSERT INTO t VALUES (1); CALL back(); INSERT INTO t VALUES (2);
            START TRANSACTION; INSERT INTO t VALUES (3); COMMIT;
            PREPARE p FROM 'INSERT INTO t VALUES (?)'; SET @id = 4; EXECUTE p USING @id; DEALLOCATE PREPARE p;
            """)
        #expect(try project.deploy().kind == .succeeded)
        let twin = server.databaseName()
        try project.execute("CREATE DATABASE `\(twin)`")
        for script in ["Modifications/1.sql", "Modifications/2.sql"] {
            try server.query(try readFile(project.directory.appending(FilePath(script).components)), database: twin)
        }
        #expect(
            try project.rows("SELECT id FROM t ORDER BY id") == project.rows("SELECT id FROM `\(twin)`.t ORDER BY id"))
        try project.execute("DROP DATABASE `\(twin)`")
    }

    /// What a trigger or a function leaves in the session, the next script must not find.
    @Test(arguments: TestServer.all)
    func rowsThatChangeTheSessionAreNoOtherScripts(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            "CREATE TABLE t (v INT); CREATE TABLE log (n INT); INSERT INTO t VALUES (1), (2), (3);")
        try project.deploy()
        try project.write(
            "Modifications/1.sql", "CREATE TRIGGER tr BEFORE UPDATE ON t FOR EACH ROW SET @n = IFNULL(@n, 0) + 1;")
        try project.write("Modifications/2.sql", "UPDATE t SET v = v + 1;")
        try project.write("Modifications/3.sql", "UPDATE t SET v = v + 1; INSERT INTO log VALUES (@n);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT n FROM log") == ["3"])
    }

    /// Nothing of ours may come between a statement and who asks about it.
    @Test(arguments: TestServer.all)
    func rowsAreCountedBehindAProcedureAsTheClientCountsThem(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            """
            CREATE TABLE t (v INT); CREATE TABLE log (n INT); INSERT INTO t VALUES (1), (2), (3), (4);
            DELIMITER //
            CREATE PROCEDURE three() DELETE FROM t WHERE v <= 3 //
            CREATE PROCEDURE none() BEGIN DELETE FROM t WHERE v > 9; COMMIT; END //
            """)
        try project.deploy()
        try project.write("Modifications/1.sql", "CALL three(); INSERT INTO log VALUES (ROW_COUNT());")
        try project.write(
            "Modifications/2.sql",
            "INSERT INTO t VALUES (5); CALL none(); UPDATE t SET v = v + 1; SET @n = ROW_COUNT(); INSERT INTO log VALUES (@n);"
        )
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT n FROM log ORDER BY n") == ["2", "3"])
    }

    @Test(
        arguments: TestServer.all,
        [
            "CREATE TABLE a (id INT PRIMARY KEY); SELECT nonsense; CREATE TABLE b (id INT)",
            "CREATE PROCEDURE p() BEGIN DO 1; END; CREATE TABLE a (id INT PRIMARY KEY); SELECT nonsense;",
        ])
    func severalStatementsInOneAreNotSaidToBeRolledBack(server: TestServer, statements: String) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/1.sql", "DELIMITER //\n\(statements) //\n")
        let plan = try project.plan()
        #expect(plan.steps.last?.facts?.scriptClass == .resume)
        #expect(plan.steps.last?.facts?.classReason?.contains("not as a whole") == true)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.contains("may be committed"))
        #expect(!failure.state.contains("rolled back"))
        #expect(try project.rows("SHOW TABLES LIKE 'a'") == ["a"])
    }

    @Test(arguments: TestServer.all)
    func tableLocksOfADumpDoNotHinderTheJournal(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Modifications/1.sql",
            """
            CREATE TABLE t (id INT PRIMARY KEY);
            LOCK TABLES t WRITE;
            /*!40000 ALTER TABLE t DISABLE KEYS */;
            INSERT INTO t VALUES (1), (2);
            SET @id = 3;
            INSERT INTO t VALUES (@id);
            /*!40000 ALTER TABLE t ENABLE KEYS */;
            UNLOCK TABLES;
            INSERT INTO t VALUES (4);
            """)
        try project.write("Modifications/2.sql", "LOCK TABLES t WRITE; INSERT INTO t VALUES (5);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["5"])
        #expect(try project.checkpoints().last == "Modifications\t2.sql")
    }

    /// Where a script goes on behind a failure; a function may change a variable that a change of rows only reads.
    @Test(
        arguments: TestServer.all,
        [
            "LOCK TABLES t WRITE;\nINSERT INTO t (v) VALUES (@n := 2);\n",
            "SET @n = 1;\nINSERT INTO t (v) VALUES (next_one(@n));\nALTER TABLE t COMMENT = 'a';\n",
        ])
    func aVariableThatAChangeOfRowsChangedComesBack(server: TestServer, head: String) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)")
        try project.write(
            "Schema/003.F.sql",
            """
            DELIMITER //
            CREATE FUNCTION next_one(n INT) RETURNS INT DETERMINISTIC NO SQL BEGIN SET @n = n + 1; RETURN n + 1; END //
            """)
        let tail = "\nINSERT INTO t (v) VALUES (@n);"
        try project.write("Modifications/1.sql", head + "THIS IS NO SQL;" + tail)
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        try project.write("Modifications/1.sql", head + "DO 0;" + tail)
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .succeeded)
        #expect(try project.rows("SELECT v FROM t ORDER BY id") == ["2", "2"])
    }

    @Test(arguments: TestServer.all)
    func statementsThatTheServerRefusesInTransactionsWork(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write(
            "Modifications/1.sql",
            """
            INSERT INTO t VALUES (1);
            SET sql_log_bin = 0;
            INSERT INTO t VALUES (2);
            SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
            INSERT INTO t VALUES (3);
            SET sql_log_bin = 1;
            """)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["3"])
    }
}
