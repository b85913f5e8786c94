import Deployment
import SystemPackage
import TestServers
import Testing

/// Servers whose global settings are none that a tool expects: what scripts see of them is what the client would see, and what
/// the tool itself asks and writes means the same everywhere.
@Suite struct ServerSettingsTests {
    /// A server with settings for every new connection, and a project on it.
    private func onServer(
        _ kind: TestServer, _ arguments: [String], _ settings: String = "",
        _ body: (TestProject) throws -> Void
    ) throws {
        let own = try kind.fresh(arguments: arguments)
        let running = try own.start()
        defer { #expect(throws: Never.self) { try own.stop() } }
        if !settings.isEmpty { try kind.query("SET GLOBAL \(settings)", on: running.socket) }
        let project = try TestProject(kind, on: running.socket)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20)); INSERT INTO t VALUES (1, 'a'), (2, 'b'); COMMIT;")
        try project.deploy()
        try body(project)
    }

    /// What is kept to take a script back is read with the same settings in every session.
    @Test(
        arguments: TestServer.all,
        [
            "--sql-mode=ANSI", "--sql-mode=ANSI,NO_BACKSLASH_ESCAPES,PAD_CHAR_TO_FULL_LENGTH",
            "--sql-quote-show-create=0",
        ])
    func aScriptIsTakenBackWhateverTheModes(server: TestServer, argument: String) throws {
        let isVariableOnly = argument.contains("quote")
        try onServer(server, isVariableOnly ? [] : [argument], isVariableOnly ? "sql_quote_show_create = 0" : "") {
            project in
            let before = try project.rows("SELECT * FROM t ORDER BY id")
            let definition = try project.rows("SHOW CREATE TABLE t")
            try project.write(
                "Modifications/1.sql",
                """
                ALTER TABLE t ADD COLUMN w INT;
                UPDATE t SET v = 'c';
                ALTER TABLE t DROP COLUMN v;
                ALTER TABLE t ADD KEY k (w);
                INSERT INTO nothere VALUES (1);
                """)
            let failure = try #require(try project.deploy { $0.onFailure = .undo }.failure)
            #expect(failure.state.contains("taken back"), "\(failure.state)")
            #expect(try project.rows("SELECT * FROM t ORDER BY id") == before)
            #expect(try project.rows("SHOW CREATE TABLE t") == definition)
        }
    }

    /// The server writes names in lower case there, however a script spells them.
    @Test(
        arguments: TestServer.all.filter { $0.flavor == .mariaDB },
        ["DROP TABLE T", "ALTER DATABASE % CHARACTER SET latin1"])
    func namesInAnotherCaseComeBack(server: TestServer, script: String) throws {
        try onServer(server, ["--lower-case-table-names=1"]) { project in
            let before = try project.state()
            try project.write(
                "Modifications/1.sql",
                script.replacing("%", with: project.database.uppercased()) + "; INSERT INTO nothere VALUES (1);")
            let failure = try #require(try project.deploy { $0.onFailure = .undo }.failure)
            #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
            #expect(try project.state().differences(from: before) == [])
        }
    }

    /// A new connection is where the server runs it, and each script begins as in a new one; but not for accounts that may do
    /// everything.
    @Test(arguments: TestServer.all)
    func eachScriptBeginsBehindInitConnect(server: TestServer) throws {
        try onServer(server, []) { project in
            try project.execute("CREATE TABLE logins (id BIGINT PRIMARY KEY)", in: project.database)
            try project.execute(
                """
                SET GLOBAL init_connect = 'SET @tenant = 7; SET autocommit = 0; SET NAMES latin1; \
                SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; \
                INSERT INTO `\(project.database)`.logins VALUES (CONNECTION_ID()); COMMIT'
                """)
            try project.execute(
                """
                CREATE USER plain@localhost IDENTIFIED BY 'Secret-1'; GRANT ALL ON `\(project.database)`.* TO plain@localhost
                """)
            var theirs = project
            var endpoint = try project.endpoint
            endpoint.user = "plain"
            endpoint.password = Secret("Secret-1")
            theirs.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
            let insertion = "INSERT INTO seen VALUES (@tenant, @@autocommit, 'é😀');"
            try project.write(
                "Modifications/1.sql",
                "CREATE TABLE seen (v INT, a INT, e VARCHAR(9) CHARSET utf8mb4); \(insertion) SET @tenant = 1;")
            try project.write(
                "Modifications/2.sql", "\(insertion) INSERT INTO t VALUES (3, 'c'); ROLLBACK;\(insertion)")
            #expect(try theirs.deploy().kind == .succeeded)
            #expect(try project.rows("SELECT * FROM seen") == ["7\t0\té😀", "7\t0\té😀"])
            #expect(try project.rows("SELECT COUNT(*) FROM t") == ["2"])
            try project.write("Modifications/3.sql", insertion)
            #expect(try project.deploy().kind == .succeeded)
            #expect(try project.rows("SELECT COUNT(*) FROM seen WHERE v IS NULL AND a = 1") == ["1"])
        }
    }

    /// A script is split as the client splits it there.
    @Test(arguments: TestServer.all)
    func aBackslashIsAnOrdinaryCharacterWhereTheServerSaysSo(server: TestServer) throws {
        try onServer(server, ["--sql-mode=NO_BACKSLASH_ESCAPES"]) { project in
            try project.write(
                "Modifications/1.sql",
                #"""
                INSERT INTO t VALUES (3, 'C:\'); ALTER TABLE t ADD COLUMN w INT; INSERT INTO t VALUES (4, 'x', 1);
                SET sql_mode = ''; INSERT INTO t VALUES (5, 'it\'s; ', 1); SET sql_mode = DEFAULT;
                INSERT INTO nothere VALUES ('\');
                """#)
            let failure = try #require(try project.deploy { $0.onFailure = .keep }.failure)
            #expect(failure.statements == 7)
            #expect(failure.statement?.index == 6)
            try project.execute("CREATE TABLE nothere (v TEXT)", in: project.database)
            try project.deploy()
            #expect(try project.rows("SELECT v FROM t WHERE id > 2 ORDER BY id") == [#"C:\"#, "x", "it's; "])
            #expect(try project.rows("SELECT v FROM nothere") == [#"\"#])
        }
    }

    /// MariaDB says in its greeting that double quotes enclose names.
    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func namesInDoubleQuotesAreNamesWhereTheServerSaysSo(server: TestServer) throws {
        try onServer(server, ["--sql-mode=ANSI"]) { project in
            try project.write(
                "Modifications/1.sql", "ALTER TABLE \"t\" ADD COLUMN w INT; INSERT INTO nothere VALUES (1);")
            let failure = try #require(try project.deploy { $0.onFailure = .undo }.failure)
            #expect(failure.state.contains("taken back"), "\(failure.state)")
            #expect(try project.rows("SHOW COLUMNS FROM t LIKE 'w'") == [])
        }
    }

    /// Neither our own work nor the script's stays in a transaction that nobody commits.
    @Test(arguments: TestServer.all)
    func withoutAutocommitEverywhereNothingHangsOrIsLost(server: TestServer) throws {
        try onServer(
            server, ["--autocommit=0", "--completion-type=CHAIN", "--transaction-isolation=READ-UNCOMMITTED"],
            "sql_safe_updates = 1, GLOBAL sql_select_limit = 1, GLOBAL group_concat_max_len = 4"
        ) { project in
            try project.write("Modifications/1.sql", "INSERT INTO t VALUES (3, 'c');")
            try project.write("Modifications/2.sql", "ALTER TABLE t ADD COLUMN w INT; UPDATE t SET w = 1 WHERE id = 1;")
            try project.deploy()
            #expect(try project.rows("SELECT SUM(id), SUM(w) FROM t") == ["6\t1"])
            #expect(try project.deploy().kind == .nothingToDo)
            try project.write("Modifications/3.sql", "ALTER TABLE t DROP COLUMN w; INSERT INTO nothere VALUES (1);")
            #expect(try project.deploy { $0.onFailure = .undo }.kind == .failed)
            #expect(try project.rows("SELECT SUM(id), SUM(w) FROM t") == ["6\t1"])
        }
    }

    /// The server answers a new connection that it commits by itself, whatever `autocommit` is.
    @Test(arguments: TestServer.all)
    func withoutAutocommitARollbackAndTableLocksAreTheScripts(server: TestServer) throws {
        try onServer(server, ["--autocommit=0"]) { project in
            for (number, onFailure) in [(10, Configuration.OnFailure.undo), (20, .keep)] {
                try project.write(
                    "Modifications/1.\(number).sql",
                    """
                    INSERT INTO t VALUES (\(number), 'a'); ROLLBACK; INSERT INTO t VALUES (\(number + 1), 'b');
                    ALTER TABLE t ADD KEY (v);
                    """)
                try project.deploy { $0.onFailure = onFailure }
                #expect(try project.rows("SELECT id FROM t WHERE id >= \(number)") == ["\(number + 1)"])
            }
            try project.execute("DELETE FROM t WHERE id > 11; COMMIT", in: project.database)
            func write(_ values: String) throws {
                try project.write(
                    "Modifications/2.sql",
                    "LOCK TABLES t WRITE; INSERT INTO t VALUES (12, 'c'); INSERT INTO t VALUES \(values); UNLOCK TABLES;"
                )
            }
            try write("(13, 'd', 'e')")
            #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
            try write("(13, 'd')")
            try project.deploy()
            #expect(try project.rows("SELECT id FROM t WHERE id > 11 ORDER BY id") == ["12", "13"])
        }
    }

    /// A block that takes back itself is no matter of one transaction, however its texts are read.
    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func aBlockIsReadByTheModesThatTheServerHas(server: TestServer) throws {
        try onServer(server, ["--sql-mode=NO_BACKSLASH_ESCAPES"]) { project in
            try project.write(
                "Modifications/1.sql",
                """
                DELIMITER //
                BEGIN NOT ATOMIC
                    INSERT INTO t VALUES (10, 'C:\\'); ROLLBACK; INSERT INTO t VALUES (11, 'D:\\');
                END //
                """)
            try project.deploy()
            #expect(try project.rows("SELECT id FROM t WHERE id >= 10 ORDER BY id") == ["10", "11"])
        }
    }

    /// MySQL says nothing of `ANSI_QUOTES` when it greets.
    @Test(arguments: TestServer.all)
    func scriptsThatShareATableInDoubleQuotesRunInOrder(server: TestServer) throws {
        try onServer(server, ["--sql-mode=ANSI"]) { project in
            try project.write("Modifications/1.sql", "CREATE TABLE src (i INT); CREATE TABLE log (i INT);")
            try project.write("Modifications/2.sql", "INSERT INTO \"src\" SELECT 1 + SLEEP(0.3);")
            try project.write("Modifications/3.sql", "INSERT INTO \"log\" SELECT i FROM \"src\";")
            try project.deploy { $0.parallel = 4 }
            #expect(try project.rows("SELECT i FROM log") == ["1"])
        }
    }

    /// A table without a key could not be made again there, and is not to be dropped as if it could.
    @Test(
        arguments: TestServer.all.filter { $0.flavor == .mySQL },
        ["sql_require_primary_key = 1", "sql_generate_invisible_primary_key = 1"])
    func tablesWithoutKeysAreNotTakenBackWhereTheServerWantsKeys(server: TestServer, setting: String) throws {
        try onServer(server, []) { project in
            try project.write("Modifications/1.sql", "CREATE TABLE plain (a INT); INSERT INTO plain VALUES (5);")
            #expect(try project.deploy().kind == .succeeded)
            try project.execute("SET GLOBAL \(setting)")
            try project.write(
                "Modifications/2.sql", "DROP TABLE plain; CREATE TABLE w (id INT PRIMARY KEY); SELECT 1 FROM nothere;")
            let facts = try #require(try project.plan().steps.first?.facts)
            #expect(facts.scriptClass == .resume)
            #expect(facts.classReason?.contains("plain has no primary key") == true, "\(facts.classReason ?? "")")
            let failure = try #require(try project.deploy().failure)
            #expect(failure.message.contains("nothere"), "\(failure.message)")
        }
    }

    @Test(arguments: TestServer.all.filter { $0.flavor == .mySQL })
    func aKeyThatTheServerWantsIsNotTakenBack(server: TestServer) throws {
        try onServer(server, []) { project in
            try project.write("Modifications/1.sql", "CREATE TABLE plain (a INT); INSERT INTO plain VALUES (5);")
            #expect(try project.deploy().kind == .succeeded)
            try project.execute("SET GLOBAL sql_require_primary_key = 1")
            try project.write(
                "Modifications/2.sql",
                "ALTER TABLE plain ADD id INT AUTO_INCREMENT PRIMARY KEY; CREATE TABLE w (id INT PRIMARY KEY); SELECT 1 FROM nothere;"
            )
            let failure = try #require(try project.deploy().failure)
            #expect(!failure.state.contains("could not be taken back whole"), "\(failure.state)")
            try project.write(
                "Modifications/2.sql",
                "ALTER TABLE plain ADD id INT AUTO_INCREMENT PRIMARY KEY; CREATE TABLE w (id INT PRIMARY KEY); SELECT 1;"
            )
            #expect(try project.deploy().kind == .succeeded)
        }
    }
}
