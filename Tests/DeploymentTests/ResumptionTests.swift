import Deployment
import TestServers
import Testing

/// What a session gets back when a script goes on in the middle.
@Suite struct ResumptionTests {
    /// Runs a script that fails between two parts, mends it, and runs it again, so that a new session runs the second
    /// part.
    private func resumed(_ server: TestServer, _ first: String, _ second: String) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/1.sql", first + "\nINSERT INTO nothere VALUES (1);\n" + second)
        #expect(try project.deploy().kind == .failed)
        try project.write("Modifications/1.sql", first + "\nDO 0;\n" + second)
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        return project
    }

    /// Why a script that failed at its end does not go on.
    ///
    /// - Parameter write: Writes the script with a last statement.
    private func refusal(_ project: TestProject, _ write: (String) throws -> Void) throws -> String {
        try write("INSERT INTO nothere VALUES (1);")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        try write("DO 1;")
        let error = try #require(throws: DeploymentError.self) { try project.deploy { $0.onFailure = .keep } }
        #expect(error.code == .problems)
        return try #require(try project.plan().problems.first { $0.severity == .error }).message
    }

    static let values = [
        "5", "-9223372036854775808", "18446744073709551615", "CAST(5 AS UNSIGNED)", "1.50", "-5.0",
        "CAST(5 AS DECIMAL(10, 0))", "123456789012345678901234567", "1.5e0",
        "5e0", "0.1e0 + 0.2e0", "-1.7976931348623157e308", "TRUE", "NULL", "'12'", "''", "'ü'", "_latin1 0xFC",
        "x''", "x'3132'", "x'2D31'", "0x00FF", "b'101'", "_utf16 0x00310032", "'a' COLLATE utf8mb4_bin",
        "JSON_OBJECT('a', 1)", "CAST('2026-01-31 14:15:35' AS DATETIME)",
    ]

    @Test(arguments: TestServer.all)
    func userVariablesKeepTypeAndValue(server: TestServer) throws {
        let names = Self.values.indices.map { "v\($0)" }
        let settings = zip(names, Self.values).map { "SET @\($0) = \($1);" }.joined(separator: "\n")
        func table(_ name: String) -> String {
            let columns = names.map { "@\($0) AS \($0)" }
            return "CREATE TABLE \(name) AS SELECT \(columns.joined(separator: ", "));"
        }
        let project = try resumed(server, settings + "\n" + table("first"), table("second"))
        func types(_ table: String) throws -> [String] {
            try project.rows(
                """
                SELECT COLUMN_TYPE, COLLATION_NAME FROM information_schema.COLUMNS
                WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '\(table)' ORDER BY ORDINAL_POSITION
                """)
        }
        func contents(_ table: String) throws -> [String] {
            let columns = names.map { "CONCAT_WS(' ', \($0), HEX(\($0)))" }.joined(separator: ", ")
            return try project.rows("SELECT \(columns) FROM \(table)").flatMap {
                $0.split(separator: "\t").map(String.init)
            }
        }
        for (value, pair) in zip(Self.values, zip(try types("first"), try types("second"))) {
            #expect(pair.0 == pair.1, "\(value)")
        }
        for (value, pair) in zip(Self.values, zip(try contents("first"), try contents("second"))) {
            #expect(pair.0 == pair.1, "\(value)")
        }
    }

    static let insertIDs = [
        ("INSERT INTO a (v) VALUES (1), (2);", "LAST_INSERT_ID()", "700"),
        ("INSERT INTO a (v) VALUES (1);", "@@session.IDENTITY", "700"),
        ("INSERT INTO a (v) VALUES (1);", "(SELECT COUNT(*) FROM a WHERE id IS NULL)", "1"),
        ("INSERT INTO a (v) VALUES (1); INSERT INTO a VALUES (9, 9);", "last_insert_id()", "700"),
        ("DO LAST_INSERT_ID(18446744073709551615);", "LAST_INSERT_ID()", "18446744073709551615"),
        ("SELECT LAST_INSERT_ID(5);", "LAST_INSERT_ID()", "5"),
        ("UPDATE one SET v = LAST_INSERT_ID(v + 1);", "LAST_INSERT_ID()", "43"),
        ("CALL make_one();", "LAST_INSERT_ID()", "700"),
        ("INSERT INTO a (v) VALUES (1);", "the_last()", "700"),
    ]

    @Test(arguments: TestServer.all, insertIDs.indices)
    func lastInsertIDIsBroughtBack(server: TestServer, index: Int) throws {
        let (statement, reading, expected) = Self.insertIDs[index]
        let project = try resumed(
            server,
            """
            CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT = 700;
            CREATE TABLE one AS SELECT 42 AS v;
            CREATE TABLE seen (id BIGINT UNSIGNED);
            CREATE PROCEDURE make_one() INSERT INTO a (v) VALUES (1);
            CREATE FUNCTION the_last() RETURNS BIGINT UNSIGNED READS SQL DATA RETURN LAST_INSERT_ID();
            SET sql_auto_is_null = 1;
            \(statement)
            CREATE TABLE between_them (i INT);
            """, "INSERT INTO seen VALUES (\(reading));")
        #expect(try project.rows("SELECT id FROM seen") == [expected], "\(statement) \(reading)")
    }

    /// MySQL has no `RETURNING`.
    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB }, ["INSERT", "REPLACE"])
    func lastInsertIDOfReturnedRowsIsBroughtBack(server: TestServer, verb: String) throws {
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            CREATE TABLE a (id INT AUTO_INCREMENT PRIMARY KEY, v INT) AUTO_INCREMENT = 700;
            CREATE TABLE seen (id INT);
            \(verb) INTO a (v) VALUES (1) RETURNING id;
            CREATE TABLE between_them (i INT);
            """, "INSERT INTO seen VALUES (LAST_INSERT_ID());")
        #expect(try project.rows("SELECT id FROM seen") == ["700"])
    }

    @Test(arguments: TestServer.all, ["utf16", "utf16le", "utf32", "ucs2", "latin1", "binary", "NULL"])
    func resultsMayBeInAnyCharacterSet(server: TestServer, set: String) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        let script = """
            CREATE TABLE seen (v VARCHAR(100), results VARCHAR(100));
            SET character_set_results = \(set), @x = 'ü', sql_mode = 'ANSI';
            CREATE TABLE between_them (i INT);
            INSERT INTO seen VALUES (@x, IFNULL(@@character_set_results, 'NULL'));\n
            """
        try project.write("Modifications/1.sql", script + "INSERT INTO \"nothere\" VALUES (1);\n")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.message.contains("nothere' doesn't exist"), "\(failure.message)")
        let reading = "CONCAT(@x, @@sql_mode LIKE '%ANSI%'), IFNULL(@@character_set_results, 'NULL')"
        try project.write("Modifications/1.sql", script + "INSERT INTO seen VALUES (\(reading));\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT * FROM seen") == ["ü\t\(set)", "ü1\t\(set)"])
    }

    /// What is not Unicode would be brought back as another text.
    @Test(arguments: TestServer.all)
    func aPreparedStatementInAnotherCharacterSetIsNotBroughtBack(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (v VARCHAR(20)) CHARACTER SET utf8mb4;")
        try project.deploy()
        let name = Array("Z".utf8) + [0xFC] + Array("rich".utf8)
        func write(_ last: String) throws {
            try project.write(
                "Modifications/1.sql",
                bytes: Array("-- databasedeploy: encoding=latin1\nPREPARE s FROM 'INSERT INTO t VALUES (''".utf8) + name
                    + Array("'')'; CREATE TABLE w (i INT); EXECUTE s; \(last)".utf8))
        }
        let message = try refusal(project, write)
        #expect(message.contains("what the prepared statement s says is not known"), "\(message)")
    }

    @Test(arguments: TestServer.all)
    func whatFollowsAReadOnlyTransactionIsNotRunAgain(server: TestServer) throws {
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(10));
            START TRANSACTION READ ONLY; SELECT 1; COMMIT; SET autocommit = 0; INSERT INTO t (v) VALUES ('a'); COMMIT;
            """, "INSERT INTO t (v) VALUES ('b');")
        #expect(try project.rows("SELECT v FROM t ORDER BY id") == ["a", "b"])
    }

    /// However a variable got its value; MySQL alone has `TABLE … INTO`.
    static let assignments = [
        "TABLE one LIMIT 1 INTO @v;", "VALUES ROW(42) INTO @v;", "WITH w AS (SELECT 42 AS v) SELECT v FROM w INTO @v;",
        "DELIMITER //\nDO 0; SELECT 42 INTO @v; DO 0 //\nDELIMITER ;", "DO keep_it(42);", "CALL hold(42);",
        "INSERT INTO noted VALUES (keep_it(42));", "UPDATE one SET v = keep_it(v);",
        "CREATE TABLE made AS SELECT @v := v FROM one;", "CREATE TABLE made AS SELECT keep_it(v) AS v FROM one;",
    ]

    @Test(arguments: TestServer.all, assignments)
    func aVariableIsBroughtBack(server: TestServer, assignment: String) throws {
        if server.flavor == .mariaDB, assignment.contains(/^(TABLE|VALUES)/) { return }
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            CREATE TABLE one AS SELECT 42 AS v;
            CREATE TABLE noted (v INT);
            DELIMITER //
            CREATE FUNCTION keep_it(n INT) RETURNS INT DETERMINISTIC NO SQL BEGIN SET @v = n; RETURN n; END //
            CREATE PROCEDURE hold(n INT) SET @v = n //
            DELIMITER ;
            \(assignment)
            ALTER TABLE noted COMMENT = 'a';
            """, "INSERT INTO noted SELECT @v + 1;")
        #expect(try project.rows("SELECT v FROM noted WHERE v IS NULL OR v <> 42") == ["43"])
    }

    /// The records of commits are beside the table locks, and know of no value that a variable got meanwhile.
    @Test(
        arguments: TestServer.all,
        [
            "SET @v = 44; COMMIT; INSERT INTO one VALUES (43); COMMIT;",
            "SET @v = 44; COMMIT; INSERT INTO one VALUES (43); ALTER TABLE one COMMENT = 'a';",
            "SET @v = 44; COMMIT; INSERT INTO one VALUES (43); UNLOCK TABLES;",
            "COMMIT; SET @v = 44; CALL add_one(43); COMMIT;",
        ])
    func aVariableIsBroughtBackBehindTableLocks(server: TestServer, commits: String) throws {
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            CREATE TABLE one AS SELECT 42 AS v;
            CREATE PROCEDURE add_one(n INT) INSERT INTO one VALUES (n);
            SET autocommit = 0;
            LOCK TABLES one WRITE;
            \(commits)
            """, "INSERT INTO one VALUES (@v);\nCOMMIT;")
        #expect(try project.rows("SELECT v FROM one ORDER BY v") == ["42", "43", "44"])
    }

    /// Any that the script sets, and not only those that are looked at for every script.
    static let settings = [
        (name: "div_precision_increment", value: "9"), (name: "default_week_format", value: "3"),
        (name: "cte_max_recursion_depth", value: "77"), (name: "max_recursive_iterations", value: "77"),
        (name: "block_encryption_mode", value: "'aes-256-ecb'"), (name: "max_sort_length", value: "100"),
        (name: "explicit_defaults_for_timestamp", value: "0"), (name: "wsrep_osu_method", value: "'RSU'"),
        (name: "optimizer_switch", value: "'index_merge=off'"), (name: "long_query_time", value: "0.5"),
        (name: "max_statement_time", value: "3600.25"), (name: "max_join_size", value: "18446744073709551614"),
    ]

    @Test(arguments: TestServer.all, settings)
    func aSystemVariableIsBroughtBack(server: TestServer, setting: (name: String, value: String)) throws {
        let (name, value) = setting
        guard try !server.query("SHOW VARIABLES LIKE '\(name)'").isEmpty else { return }
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            SET @@session.\(name.uppercased()) = \(value);
            CREATE TABLE first AS SELECT @@\(name) AS v, @@GLOBAL.\(name) AS g;
            """, "CREATE TABLE second AS SELECT @@\(name) AS v;")
        #expect(try project.rows("SELECT COUNT(*) FROM first WHERE v <> g") == ["1"])
        #expect(try project.rows("SELECT v FROM second") == project.rows("SELECT v FROM first"))
    }

    @Test(arguments: TestServer.all)
    func aRoleIsTakenAgain(server: TestServer) throws {
        let role = "role_\(server.databaseName())"
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            CREATE ROLE \(role); GRANT \(role) TO CURRENT_USER;
            SET ROLE \(role);
            CREATE TABLE first AS SELECT CURRENT_ROLE() AS v;
            """, "CREATE TABLE second AS SELECT CURRENT_ROLE() AS v; SET ROLE NONE; DROP ROLE \(role);")
        #expect(try project.rows("SELECT v LIKE '%\(role)%' FROM first") == ["1"])
        #expect(try project.rows("SELECT v FROM second") == project.rows("SELECT v FROM first"))
    }

    @Test(arguments: TestServer.all)
    func aVariableThatIsSetBackIsNotInTheWay(server: TestServer) throws {
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            SET timestamp = 1000000000; SET timestamp = DEFAULT;
            CREATE TABLE first AS SELECT 1 AS v;
            """, "CREATE TABLE second AS SELECT YEAR(NOW()) > 2020 AS v;")
        #expect(try project.rows("SELECT v FROM second") == ["1"])
    }

    /// What a comment for another server sets is not set here.
    @Test(arguments: TestServer.all)
    func aVariableThatTheServerDoesNotKnowIsNotInTheWay(server: TestServer) throws {
        let project = try resumed(
            server,
            """
            -- databasedeploy: on-failure=keep
            /*!999999 SET no_such_variable = 1 */;
            CREATE TABLE first AS SELECT 1 AS v;
            """, "CREATE TABLE second AS SELECT 2 AS v;")
        #expect(try project.rows("SELECT v FROM second") == ["2"])
    }

    /// What a new session would have instead is not known, so nothing goes on with it in silence.
    @Test(arguments: TestServer.all)
    func aVariableWithoutAGlobalValueIsAskedAbout(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        func write(_ last: String) throws {
            try project.write(
                "Modifications/1.sql", "SET timestamp = 1000000000; CREATE TABLE t (i INT); \(last)")
        }
        let message = try refusal(project, write)
        #expect(message.contains("the script set timestamp"), "\(message)")
    }
}
