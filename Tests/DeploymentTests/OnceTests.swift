import Deployment
import MySQLDriver
import Synchronization
import SystemPackage
import TestServers
import Testing

/// Ways in which a statement could run twice, be skipped, or falsify the journal.
@Suite struct OnceTests {
    private func project(_ server: TestServer, _ setup: String = "") throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(100)); CREATE TABLE u (id INT);\n" + setup)
        try project.deploy()
        return project
    }

    /// Runs a script whose last statement fails, mends that, runs again, and gives what is in `t` then.
    private func mended(
        _ server: TestServer, _ setup: String = "", _ script: String, end: String = ";",
        onFailure: Configuration.OnFailure = .keep
    ) throws -> String {
        let project = try project(server, setup)
        try project.write("Modifications/1.sql", script + "\nINSERT INTO nothere VALUES (1)\(end)\n")
        let first = try project.deploy { $0.onFailure = onFailure }
        #expect(first.kind == .failed)
        try project.write("Modifications/1.sql", script + "\nINSERT INTO t (v) VALUES ('end')\(end)\n")
        do {
            try project.deploy { $0.onFailure = onFailure }
        } catch let error as DeploymentError {
            return "stopped: \(error.code.rawValue)"
        }
        return try project.rows("SELECT IFNULL(v, 'NULL') FROM t ORDER BY id").joined(separator: ",")
    }

    static let once: [(String, String, String)] = [
        (
            "a comment that is no read-only transaction", "",
            "START TRANSACTION /* not read only */; INSERT INTO t (v) VALUES ('a'); COMMIT;"
        ),
        ("unlock without lock", "", "INSERT INTO t (v) VALUES ('a'); UNLOCK TABLES;"),
        ("comment ddl", "", "INSERT INTO t (v) VALUES ('a'); /*!99999 ALTER TABLE t ADD z INT */;"),
        ("comment commit", "", "INSERT INTO t (v) VALUES ('a'); /*!99999 COMMIT */;"),
        ("comment start", "", "INSERT INTO t (v) VALUES ('a'); /*!99999 START TRANSACTION */;"),
        ("lock tables", "", "LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('a');"),
        ("lock tables, unlocked", "", "LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('a'); UNLOCK TABLES;"),
        ("lock tables autocommit 0", "", "SET autocommit = 0; LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('a');"),
        (
            "lock tables start transaction", "",
            "LOCK TABLES t WRITE; START TRANSACTION; INSERT INTO t (v) VALUES ('a');"
        ),
        (
            "function",
            "CREATE FUNCTION f() RETURNS INT MODIFIES SQL DATA DETERMINISTIC BEGIN INSERT INTO t (v) VALUES ('a'); RETURN 1; END //",
            "SELECT f();"
        ),
        (
            "function set",
            "CREATE FUNCTION f() RETURNS INT MODIFIES SQL DATA DETERMINISTIC BEGIN INSERT INTO t (v) VALUES ('a'); RETURN 1; END //",
            "SET @x = f();"
        ),
        (
            "function into",
            "CREATE FUNCTION f() RETURNS INT MODIFIES SQL DATA DETERMINISTIC BEGIN INSERT INTO t (v) VALUES ('a'); RETURN 1; END //",
            "SELECT f() INTO @x;"
        ),
        ("xa", "", "XA START 'q'; INSERT INTO t (v) VALUES ('a'); XA END 'q'; XA PREPARE 'q'; XA COMMIT 'q';"),
        ("xa one phase", "", "XA START 'q'; INSERT INTO t (v) VALUES ('a'); XA END 'q'; XA COMMIT 'q' ONE PHASE;"),
        ("rollback of ours", "", "INSERT INTO t (v) VALUES ('a'); ROLLBACK;"),
        (
            "call leaves a transaction", "CREATE PROCEDURE p() BEGIN COMMIT; START TRANSACTION; END //",
            "START TRANSACTION; INSERT INTO t (v) VALUES ('a'); CALL p();"
        ),
        ("flush", "", "INSERT INTO t (v) VALUES ('a'); FLUSH TABLES;"),
        ("flush status", "", "INSERT INTO t (v) VALUES ('a'); FLUSH STATUS;"),
        ("check", "", "INSERT INTO t (v) VALUES ('a'); CHECK TABLE t;"),
        ("analyze", "", "INSERT INTO t (v) VALUES ('a'); ANALYZE TABLE t;"),
        ("optimize", "", "INSERT INTO t (v) VALUES ('a'); OPTIMIZE TABLE u;"),
        ("repair", "", "INSERT INTO t (v) VALUES ('a'); REPAIR TABLE u;"),
        (
            "drop temporary without the word", "",
            "CREATE TEMPORARY TABLE q (i INT); INSERT INTO t (v) VALUES ('a'); DROP TABLE q;"
        ),
        (
            "alter temporary", "",
            "CREATE TEMPORARY TABLE q (i INT); INSERT INTO t (v) VALUES ('a'); ALTER TABLE q ADD j INT;"
        ),
        ("truncate temporary", "", "CREATE TEMPORARY TABLE q (i INT); INSERT INTO t (v) VALUES ('a'); TRUNCATE q;"),
        (
            "index temporary", "",
            "CREATE TEMPORARY TABLE q (i INT); INSERT INTO t (v) VALUES ('a'); CREATE INDEX i ON q (i);"
        ),
        ("temporary view exists", "", "INSERT INTO t (v) VALUES ('a'); CREATE TABLE IF NOT EXISTS u (i INT);"),
        ("drop if exists nothing", "", "INSERT INTO t (v) VALUES ('a'); DROP TABLE IF EXISTS qq;"),
        ("load index", "", "INSERT INTO t (v) VALUES ('a'); LOAD INDEX INTO CACHE u;"),
        ("set password", "", "INSERT INTO t (v) VALUES ('a'); CREATE USER IF NOT EXISTS rv@localhost;"),
        ("do", "", "INSERT INTO t (v) VALUES ('a'); DO 1;"),
        ("chain", "", "START TRANSACTION; INSERT INTO t (v) VALUES ('a'); COMMIT AND CHAIN;"),
        (
            "completion type chain", "",
            "SET completion_type = 1; START TRANSACTION; INSERT INTO t (v) VALUES ('a'); COMMIT;"
        ),
        (
            "myisam",
            "DROP TABLE t; CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(100)) ENGINE = MyISAM;",
            "INSERT INTO t (v) VALUES ('a');"
        ),
        (
            "out parameter", "CREATE PROCEDURE p(OUT x VARCHAR(10)) SET x = 'a' //",
            "CALL p(@x); INSERT INTO t (v) VALUES (@x);"
        ),
        ("execute sets", "", "PREPARE s FROM 'SET @x = ''a'''; EXECUTE s; INSERT INTO t (v) VALUES (@x);"),
        (
            "temporary lost", "",
            "CREATE TEMPORARY TABLE q AS SELECT 'a' AS v; CREATE TABLE w (i INT); INSERT INTO t (v) SELECT v FROM q;"
        ),
        (
            "last insert id", "",
            "INSERT INTO t (v) VALUES ('b'); CREATE TABLE w (i INT); UPDATE t SET v = 'a' WHERE id = LAST_INSERT_ID();"
        ),
        ("variable not captured", "", "SET sql_select_limit = 1; CREATE TABLE w (i INT);"),
        (
            "limit zero", "",
            "SET sql_select_limit = 0; SET @x = 'a'; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES (@x);"
        ),
        (
            "results utf16", "",
            "SET character_set_results = utf16; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES ('a');"
        ),
        ("timestamp", "", "SET timestamp = 86400; INSERT INTO t (v) VALUES ('a');"),
        ("partial call", "CREATE PROCEDURE p() INSERT INTO t (v) VALUES ('a') //", "CALL p();"),
        ("cycle read only", "", "START TRANSACTION READ ONLY; SELECT 1; COMMIT; INSERT INTO t (v) VALUES ('a');"),
        (
            "session read only", "",
            "INSERT INTO t (v) VALUES ('a'); SET SESSION TRANSACTION READ ONLY; SELECT 1; SET SESSION TRANSACTION READ WRITE;"
        ),
        ("ansi", "", "SET sql_mode = 'ANSI'; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES ('a');"),
        (
            "log off", "",
            "SET sql_log_bin = 0; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES (IF(@@sql_log_bin, 'logged', 'a'));"
        ),
        (
            "isolation", "",
            "SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES (IF((SELECT VARIABLE_VALUE FROM ISOLATION WHERE VARIABLE_NAME LIKE 't%_isolation') = 'READ-UNCOMMITTED', 'a', 'lost'));"
        ),
        (
            "engine", "",
            "SET default_storage_engine = MyISAM; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES (IF(@@default_storage_engine = 'MyISAM', 'a', 'lost'));"
        ),
        (
            "binary variable", "",
            "SET @b = x'3132'; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES (IF(CHARSET(@b) = 'binary' AND @b + 0 = 12 AND HEX(@b) = '3132', 'a', HEX(@b)));"
        ),
        (
            "prepared", "",
            "PREPARE s FROM 'INSERT INTO t (v) VALUES (''a'')'; CREATE TABLE w (i INT); EXECUTE s; COMMIT;"
        ),
        (
            "prepared with escapes", "",
            #"PREPARE s FROM 'INSERT INTO t (v) VALUES (IF(\'\n\t\\\\%\' = CONCAT(CHAR(10), CHAR(9), CHAR(92), \'%\'), \'a\', \'lost\'))'; CREATE TABLE w (i INT); EXECUTE s;"#
        ),
        (
            "temporary shadows", "CREATE TABLE q (v VARCHAR(9)); INSERT INTO q VALUES ('real');",
            "CREATE TEMPORARY TABLE q AS SELECT 'a' AS v; CREATE TABLE w (i INT); INSERT INTO t (v) SELECT v FROM q;"
        ),
        (
            "safe updates", "",
            "SET sql_safe_updates = 1, sql_select_limit = 1, max_join_size = 1; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES ('a');"
        ),
        (
            "serializable", "",
            "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES ('a');"
        ),
    ]

    /// What sets a case up, and its script, as the server spells its variables.
    private func text(of name: String, _ server: TestServer) throws -> (setup: String, script: String) {
        let (_, setup, text) = try #require(Self.once.first { $0.0 == name })
        let variables =
            server.flavor == .mySQL ? "performance_schema.session_variables" : "information_schema.SESSION_VARIABLES"
        let script = text.split(separator: "ISOLATION WHERE").joined(separator: variables + " WHERE")
        return (setup.hasSuffix("//") ? "DELIMITER //\n" + setup : setup, script)
    }

    @Test(arguments: TestServer.all, once.map(\.0))
    func eachStatementOnce(server: TestServer, name: String) throws {
        let (delimited, script) = try text(of: name, server)
        let result = try mended(server, delimited, script)
        if Self.stops.contains(name) {
            #expect(result.hasPrefix("stopped: "), "\(name)")
        } else if let reason = Self.notYet[name] {
            withKnownIssue(Comment(rawValue: reason)) { #expect(result == "a,end", "\(name)") }
        } else {
            #expect(result == (name == "variable not captured" ? "end" : "a,end"), "\(name)")
        }
    }

    /// The same, where the script is taken back when it fails, and runs from its start.
    @Test(arguments: TestServer.all, once.map(\.0).filter { !["xa", "xa one phase", "myisam"].contains($0) })
    func eachStatementOnceFromTheStart(server: TestServer, name: String) throws {
        let (delimited, script) = try text(of: name, server)
        let expected = name == "variable not captured" ? "end" : "a,end"
        #expect(try mended(server, delimited, script, onFailure: .undo) == expected)
    }

    /// Where the tool cannot go on by itself, it says so and asks.
    private static let stops: Set<String> = [
        "temporary lost", "temporary shadows", "drop temporary without the word", "alter temporary",
        "truncate temporary", "index temporary",
    ]

    /// What is still to be mended, and how it shows today.
    private static let notYet = [
        "xa": "XA in a script fails at its first statement with error 1399: loud, though the client accepts it",
        "xa one phase":
            "XA in a script fails at its first statement with error 1399: loud, though the client accepts it",
    ]

    @Test(arguments: TestServer.all)
    func aPackageOfStatementsThatCommits(server: TestServer) throws {
        #expect(
            try mended(
                server, "", "DELIMITER //\nINSERT INTO t (v) VALUES ('a'); CREATE TABLE w (i INT); //", end: " //")
                == "a,end")
    }

    @Test(arguments: TestServer.all)
    func whatCommitsAndFailsInTheMiddleIsNotRunAgain(server: TestServer) throws {
        let project = try project(
            server,
            """
            DELIMITER //
            CREATE PROCEDURE p() BEGIN
                START TRANSACTION; INSERT INTO t (v) VALUES ('a'); COMMIT; INSERT INTO nothere VALUES (1);
            END //
            """)
        try project.write("Modifications/1.sql", "CALL p();")
        #expect(try project.deploy().kind == .failed)
        #expect(try project.rows("SELECT v FROM t") == ["a"])
        try project.execute("CREATE TABLE nothere (i INT)", in: project.database)
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT v FROM t") == ["a"])
    }

    @Test(arguments: TestServer.all)
    func autocommitStaysOffWhereAScriptGoesOn(server: TestServer) throws {
        let project = try project(server)
        let head = "SET autocommit = 0; INSERT INTO t (v) VALUES ('a'); CREATE TABLE w (i INT);\n"
        try project.write("Modifications/1.sql", head + "INSERT INTO nothere VALUES (1);")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        try project.write(
            "Modifications/1.sql",
            head + "INSERT INTO t (v) VALUES ('b'); ROLLBACK; INSERT INTO t (v) VALUES ('end'); COMMIT;")
        try project.deploy()
        #expect(try project.rows("SELECT v FROM t ORDER BY id") == ["a", "end"])
    }

    @Test(arguments: TestServer.all)
    func whatDidNothingIsNotAskedAbout(server: TestServer) throws {
        let project = try project(server)
        for (index, parts) in [("", "CALL nothere();"), ("LOCK TABLES t WRITE;", "THIS IS NO SQL;")].enumerated() {
            let head = "INSERT INTO u VALUES (\(index)); \(parts.0)"
            try project.write("Modifications/\(index).sql", head + parts.1)
            #expect(try project.deploy().kind == .failed)
            try project.write("Modifications/\(index).sql", head + " SELECT 1;")
            #expect(try project.deploy().kind == .succeeded)
        }
        #expect(try project.rows("SELECT id FROM u ORDER BY id") == ["0", "1"])
    }

    @Test(arguments: TestServer.all)
    func aProcedureThatFailsInTheMiddleIsTakenBackWhole(server: TestServer) throws {
        let project = try project(
            server,
            "DELIMITER //\nCREATE PROCEDURE p() BEGIN INSERT INTO t (v) VALUES ('a'); INSERT INTO nothere VALUES (1); END //"
        )
        try project.write("Modifications/1.sql", "INSERT INTO t (v) VALUES ('before'); CALL p();")
        #expect(try project.deploy().kind == .failed)
        #expect(try project.rows("SELECT v FROM t") == ["before"])
        try project.execute("CREATE TABLE nothere (i INT)", in: project.database)
        try project.deploy()
        #expect(try project.rows("SELECT v FROM t") == ["before", "a"])
    }

    @Test(
        arguments: TestServer.all,
        [
            "SET autocommit = 0; LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('a');",
            "LOCK TABLES t WRITE; START TRANSACTION; INSERT INTO t (v) VALUES ('a');",
            "LOCK TABLES t WRITE; INSERT INTO t (v) VALUES ('a'); UNLOCK TABLES;",
            "INSERT INTO t (v) VALUES ('a'); UNLOCK TABLES;",
            "SELECT f();",
            "DELIMITER //\nINSERT INTO t (v) VALUES ('a'); CREATE TABLE w (i INT); //\nDELIMITER ;\n",
        ])
    func aConnectionThatDies(server: TestServer, script: String) throws {
        let project = try project(
            server,
            "DELIMITER //\nCREATE FUNCTION f() RETURNS INT MODIFIES SQL DATA DETERMINISTIC BEGIN INSERT INTO t (v) VALUES ('a'); RETURN 1; END //"
        )
        try project.write("Modifications/1.sql", script + " SELECT SLEEP(3600) FROM DUAL;")
        let deployer = try Background {
            let outcome = try project.deploy()
            guard outcome.failure?.number == 2013 else { throw Missing(what: "a lost connection: \(outcome)") }
        }
        let find =
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
        try deployer.waitUntil { try project.rows(find).count == 1 }
        try project.execute("KILL CONNECTION \(try #require(try project.rows(find).first))")
        try deployer.join()
        try project.write("Modifications/1.sql", script + " INSERT INTO t (v) VALUES ('end');")
        do {
            try project.deploy()
            #expect(try project.rows("SELECT v FROM t ORDER BY id") == ["a", "end"])
        } catch let error as DeploymentError {
            // Not known by itself, and said so.
            #expect(error.code == .problems)
        }
    }

    @Test(arguments: TestServer.all)
    func theJournalLeavesFoundRowsAndRowCountAlone(server: TestServer) throws {
        let project = try project(
            server,
            "INSERT INTO t (v) VALUES ('a'), ('b'), ('c'); CREATE TABLE n (what VARCHAR(20), n INT); DELIMITER //\nCREATE PROCEDURE p(x INT) INSERT INTO n VALUES ('row_count', x) //"
        )
        try project.write(
            "Modifications/1.sql",
            """
            SELECT SQL_CALC_FOUND_ROWS * FROM t LIMIT 1;
            INSERT INTO n VALUES ('found_rows', FOUND_ROWS());
            UPDATE t SET v = CONCAT(v, 'x');
            CALL p(ROW_COUNT());
            """)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT n FROM n WHERE what = 'found_rows'") == ["3"])
        let found = try project.rows("SELECT n FROM n WHERE what = 'row_count'")
        withKnownIssue("a CALL is preceded by our own COMMIT, which sets ROW_COUNT()") { #expect(found == ["3"]) }
    }

    @Test(
        arguments: TestServer.all,
        [
            "SET timestamp = 86400; INSERT INTO t (v) VALUES (NOW());",
            "SET timestamp = 86400, time_zone = '+13:00'; CREATE TABLE w (i INT); INSERT INTO t (v) VALUES (NOW());",
            "SET timestamp = 86400; LOCK TABLES t WRITE; INSERT INTO t (v) VALUES (NOW());",
            "SET time_zone = '-11:00', sql_mode = 'ANSI,TRADITIONAL'; CREATE TABLE w (i INT);",
        ])
    func theJournalsTimesAreTheServersTimes(server: TestServer, script: String) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", script)
        #expect(try project.deploy().kind == .succeeded)
        let checkpoint = try project.rows(
            """
            SELECT TIMESTAMPDIFF(SECOND, LastExecutedOn, UTC_TIMESTAMP()) BETWEEN 0 AND 60
            FROM DatabaseTrack WHERE FolderName = 'Modifications'
            """)
        #expect(checkpoint == ["1"])
        let record = try project.rows(
            """
            SELECT s.StartedOn BETWEEN d.StartedOn AND s.FinishedOn, s.FinishedOn <= d.FinishedOn,
                TIMESTAMPDIFF(SECOND, s.FinishedOn, UTC_TIMESTAMP()) BETWEEN 0 AND 60
            FROM DatabaseTrackScript s JOIN DatabaseTrackDeployment d ON d.Id = s.DeploymentId
            WHERE FolderName = 'Modifications'
            """)
        #expect(record == ["1\t1\t1"])
    }

    @Test(arguments: TestServer.all)
    func aDatabaseThatIsGoneDoesNotKeepAScriptFromGoingOn(server: TestServer) throws {
        let project = try project(server)
        let other = server.databaseName()
        let script =
            "CREATE DATABASE `\(other)`;\nUSE `\(other)`;\nCREATE TABLE x (i INT);\nUSE `\(project.database)`;\nDROP DATABASE `\(other)`;\n"
        try project.write("Modifications/1.sql", script + "INSERT INTO nothere VALUES (1);\n")
        #expect(try project.deploy().kind == .failed)
        try project.write("Modifications/1.sql", script + "INSERT INTO t (v) VALUES ('end');\n")
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
    }

    @Test(arguments: TestServer.all)
    func aCharsetCommandIsNotRepeatedAfterSetNames(server: TestServer) throws {
        let project = try project(server)
        let script = "charset latin1\nSET NAMES utf8mb4;\nCREATE TABLE x (i INT);\n"
        try project.write("Modifications/1.sql", script + "INSERT INTO nothere VALUES (1);\n")
        #expect(try project.deploy().kind == .failed)
        try project.write("Modifications/1.sql", script + "INSERT INTO t (v) VALUES ('ü');\n")
        _ = try project.deploy()
        #expect(try project.rows("SELECT v FROM t") == ["ü"])
    }

    @Test(arguments: TestServer.all)
    func secretsInVariablesDoNotReachTheJournal(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "SET @password = 'hunter2-secret';\nCREATE TABLE x (i INT);\nINSERT INTO nothere VALUES (1);\n")
        #expect(try project.deploy().kind == .failed)
        let found = try project.rows(
            "SELECT COUNT(*) FROM DatabaseTrackScript WHERE SessionState LIKE CONCAT('%', HEX('hunter2-secret'), '%')")
        #expect(found == ["0"])
    }

    @Test(
        arguments: TestServer.all,
        [
            "PREPARE p FROM 'CREATE USER rq@localhost IDENTIFIED BYY ''hunter2''';",
            "SET @s = CONCAT('CREATE USER rq@localhost IDENTIFIEDD BY ', QUOTE('hunter2')); PREPARE p FROM @s;",
            "CREATE USERR rq@localhost IDENTIFIED BY 'hunter2';",
            "ALTER USER rq@localhost IDENTIFIED BY 'hunter2' REPLACEE 'hunter2';",
            "SET PASSWORD FOR rq@localhost = PASSWRD('hunter2');",
            "INSERT INTO users (login, password) VALUES (\"bob\", \"hunter2\");",
            "INSERT INTO users (login, password) VALUES (\"bob o'x\", 'a'), ('bob', 'hunter2');",
            "INSERT INTO users (login, password) -- bob's\nVALUES ('bob', 'hunter2');",
            "INSERT INTO users (login, password) VALUES ('bob\\'s', 'hunter2');",
        ])
    func secretsInErrorsDoNotShow(server: TestServer, script: String) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", script)
        let (outcome, events) = try project.recorded()
        #expect(!"\(outcome)".contains("hunter2"))
        #expect(!"\(events)".contains("hunter2"), "\(events)")
        #expect(try !project.rows("SELECT Error FROM DatabaseTrackScript").joined().contains("hunter2"))
    }

    @Test(arguments: TestServer.all)
    func namesBeyondASCIIWorkInEveryCharacterSet(server: TestServer) throws {
        let project = try TestProject(server, database: server.databaseName() + "ü")
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(100))")
        try project.deploy()
        try project.write(
            "Modifications/1.sql", "SET NAMES latin1; INSERT INTO t (v) VALUES ('a'); CREATE TABLE w (i INT);")
        try project.write("Modifications/2.sql", "-- databasedeploy: encoding=latin1\nINSERT INTO t (v) VALUES ('b');")
        let outcome = try project.deploy()
        withKnownIssue("a database name beyond ASCII and a script that is not in UTF-8 fail together, loudly") {
            #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        }
    }

    @Test(arguments: TestServer.all)
    func rollbackAndChainLosesNoRecord(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql", "INSERT INTO t (v) VALUES ('a'); ROLLBACK AND CHAIN; INSERT INTO t (v) VALUES ('b');"
        )
        _ = try project.deploy()
        #expect(
            try project.rows("SELECT State FROM DatabaseTrackScript WHERE FolderName = 'Modifications'") == ["applied"])
    }

    @Test(arguments: TestServer.all, ["1", "2"])
    func completionTypeIsTheScriptsOnly(server: TestServer, type: String) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "SET completion_type = \(type); INSERT INTO t (v) VALUES ('a');")
        try project.write("Modifications/2.sql", "INSERT INTO t (v) VALUES ('b');")
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SELECT v FROM t ORDER BY id") == ["a", "b"])
    }

    @Test(arguments: TestServer.all)
    func aTableOfTheSameNameElsewhereIsNotTheCheckpoint(server: TestServer) throws {
        let project = try project(server)
        let other = server.databaseName()
        try project.write("Modifications/1.sql", "INSERT INTO t (v) VALUES ('a');")
        try project.deploy()
        try project.write(
            "Modifications/2.sql", "CREATE DATABASE `\(other)`; CREATE TABLE `\(other)`.DatabaseTrack (a INT);")
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        #expect(try project.checkpoints().count == 2)
    }

    @Test(arguments: TestServer.all)
    func theDatabaseMayBeMadeAnewByItsScript(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write(
            "Schema/001.sql",
            "DROP DATABASE IF EXISTS `\(project.database)`; CREATE DATABASE `\(project.database)`; USE `\(project.database)`; CREATE TABLE t (i INT);"
        )
        let outcome = try project.deploy()
        withKnownIssue("a script that drops the target database takes the journal away: loud") {
            #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "") \(outcome.failure?.state ?? "")")
        }
    }
}
