import Deployment
import Foundation
import PrivateServer
import TestServers
import Testing

/// Deployers that are killed with `kill -9`, and what the next one makes of it.
@Suite struct RecoveryTests {
    /// Starts a deployment, and kills it while the server waits with a statement.
    private func kill(_ project: CommandProject, _ arguments: [String] = []) throws {
        let running = try project.command.start(arguments)
        try waitUntil { try waiting(project) == "1" }
        running.kill()
    }

    /// A statement that waits for rows: the server does not end it when its client is gone.
    private static let script = """
        SET SESSION innodb_lock_wait_timeout = 600;
        INSERT INTO u VALUES (1);
        CREATE TABLE w AS SELECT * FROM t LOCK IN SHARE MODE;
        INSERT INTO u VALUES (2);
        """

    private func project(_ server: TestServer, _ script: String) throws -> CommandProject {
        let project = try CommandProject(server)
        try project.write("Modifications/001.M.sql", "CREATE TABLE u (i INT); CREATE TABLE v (i INT);\n")
        #expect(try project.command().status == 0)
        try project.write("Modifications/002.R.sql", script)
        return project
    }

    /// What it waits for is told, and a signal ends that at once.
    @Test(arguments: TestServer.all)
    func aSignalEndsAPause(server: TestServer) throws {
        let project = try project(server, "INSERT INTO u VALUES (1); ALTER TABLE v ADD c INT;")
        let holder = try Holder(project, "v")
        let running = try project.command.start(["--set", "lock_wait_timeout=1"])
        try waitUntil { try running.output().contains("KILL \(holder.session.connectionID) ends that session") }
        #expect(try running.output().contains("Waiting for the lock of `\(project.database)`.`v`"))
        #expect(Foundation.kill(running.process.id, SIGINT) == 0)
        #expect(running.process.ending(by: .now + .seconds(20)) == .exited(2))
        #expect(try running.output().contains("Statement 1 is committed"))
        let json = try project.command.start(["--set", "lock_wait_timeout=1", "--format", "json"])
        try waitUntil { try json.output().contains("\"event\":\"lock_wait\"") }
        let line = try #require(try json.output().split(separator: "\n").first { $0.contains("\"lock_wait\"") })
        #expect(line.contains("\"session\":\(holder.session.connectionID)"))
        try holder.letGo()
        #expect(json.process.ending(by: .now + .seconds(60)) == .exited(0))
        #expect(try count(project, "SELECT COUNT(*) FROM u") == "1")
    }

    /// It has put its intent down, and waits to try once more.
    @Test(arguments: TestServer.all)
    func aDeployerThatIsKilledWhileItStepsAsideHasDoneNothing(server: TestServer) throws {
        let project = try project(
            server, "INSERT INTO u VALUES (1); ALTER TABLE v ADD c INT; INSERT INTO u VALUES (2);")
        let holder = try Holder(project, "v")
        let running = try project.command.start(["--set", "lock_wait_timeout=1"])
        try waitUntil { try waiting(project) == "1" }
        try waitUntil { try waiting(project) == "0" }
        running.kill()
        try holder.letGo()
        #expect(
            try count(
                project,
                "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'v'")
                == "1")
        let result = try project.command()
        #expect(result.status == 0, "\(result.output)")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1,2")
        #expect(
            try count(
                project,
                "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'v'")
                == "2")
    }

    @Test(arguments: TestServer.all)
    func aStatementThatStillRunsIsWaitedForAndCounts(server: TestServer) throws {
        let project = try project(server, Self.script)
        let holder = try Holder(project, "t", rows: true)
        try killDeployer(within: "CREATE TABLE w AS", project)
        let next = try project.command.start([])
        try waitUntil { try next.output().contains("its last statement still runs on the server") }
        try holder.letGo()
        try expectSuccess(next, "cut off behind statement 3, which took effect")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1,2")
        #expect(try count(project, "SELECT COUNT(*) FROM w") == "1")
    }

    /// The process list shows one's own connections only, without the right PROCESS.
    @Test(arguments: TestServer.all)
    func aStatementOfAnotherAccountIsWaitedForToo(server: TestServer) throws {
        let project = try project(server, Self.script)
        for account in ["a", "b"] {
            let name = "\(account)_\(project.database.suffix(12))"
            _ = try ask(
                project,
                """
                CREATE USER '\(name)'@'%' IDENTIFIED BY 'Secret-1'; GRANT ALL ON `\(project.database)`.* TO '\(name)'@'%'
                """)
            try project.write(
                "\(account).toml",
                """
                url = "mysql://\(name):Secret-1@localhost/\(project.database)?socket=\(try project.server.socket)"
                """)
        }
        let holder = try Holder(project, "t", rows: true)
        try killDeployer(within: "CREATE TABLE w AS", project, ["--config", "a.toml"])
        let stopped = try project.command("--config", "b.toml", "--set", "orphan=kill")
        #expect(stopped.status == 77, "\(stopped.output)")
        #expect(stopped.errors.contains("belongs to another account"), "\(stopped.errors)")
        let next = try project.command.start(["--config", "b.toml"])
        try waitUntil { try next.output().contains("its last statement still runs on the server") }
        try holder.letGo()
        try expectSuccess(next, "cut off behind statement 3, which took effect")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1,2")
        #expect(try count(project, "SELECT COUNT(*) FROM w") == "1")
    }

    @Test(arguments: TestServer.all)
    func aStatementThatIsEndedRunsAgain(server: TestServer) throws {
        let project = try project(server, Self.script)
        let holder = try Holder(project, "t", rows: true)
        try killDeployer(within: "CREATE TABLE w AS", project)
        let next = try project.command.start(["--set", "orphan=kill"])
        try waitUntil { try next.output().contains("cut off before statement 3 took effect; it runs now") }
        try holder.letGo()
        try expectSuccess(next, "its last statement still runs on the server")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1,2")
        #expect(try count(project, "SELECT COUNT(*) FROM w") == "1")
    }

    /// What a variable got is gone with the session, and nobody wrote it down.
    @Test(arguments: TestServer.all)
    func aStatementThatSetAVariableIsNotGoneOnBehind(server: TestServer) throws {
        let script = Self.script.replacing("SELECT * FROM t", with: "SELECT @v := 5 AS v FROM t").replacing(
            "(2)", with: "(@v)")
        let project = try project(server, "-- databasedeploy: on-failure=keep\n\(script)")
        let holder = try Holder(project, "t", rows: true)
        try killDeployer(within: "CREATE TABLE w AS", project)
        try holder.letGo()
        let next = try project.command()
        #expect(next.status == 2, "\(next.output)")
        #expect(next.output.contains("a variable got its value in statement 3"), "\(next.output)")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1")
    }

    /// MariaDB has dropped the old table by then, and makes no new one.
    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func aReplacementThatIsEndedInTheMiddleDoesNotCountAsDone(server: TestServer) throws {
        let project = try project(
            server, Self.script.replacing("CREATE TABLE w", with: "CREATE OR REPLACE TABLE v"))
        let holder = try Holder(project, "t", rows: true)
        try killDeployer(within: "CREATE OR REPLACE TABLE v", project)
        let next = try project.command.start(["--set", "orphan=kill"])
        #expect(next.process.ending(by: .now + .seconds(100)) == .exited(2))
        #expect(try !next.output().contains("which took effect"))
        #expect(try next.output().contains("statement 3"))
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1")
        try holder.letGo()
    }

    private func expectSuccess(_ running: Command.Running, _ words: String) throws {
        guard case .exited(let status)? = running.process.ending(by: .now + .seconds(100)) else { throw TooLate() }
        let said = try running.output() + running.errors()
        #expect(status == 0, "\(said)")
        #expect(said.contains(words), "\(said)")
    }

    @Test(arguments: TestServer.all)
    func aFirstStatementThatDidNotHappenRuns(server: TestServer) throws {
        let project = try project(server, "ALTER TABLE t ADD c INT; INSERT INTO u VALUES (2);\n")
        let holder = try Holder(project, "t")
        try kill(project)
        let next = try project.command.start(["--set", "orphan=kill"])
        try waitUntil { try next.output().contains("cut off before statement 1 took effect") }
        try holder.letGo()
        try expectSuccess(next, "1 script applied")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "2")
    }

    @Test(arguments: TestServer.all)
    func whatTheFirstRunDroppedComesBackWhenTheSecondFails(server: TestServer) throws {
        let project = try project(
            server,
            """
            DROP TABLE IF EXISTS kept;
            INSERT INTO u SELECT id FROM t LOCK IN SHARE MODE;
            INSERT INTO nowhere VALUES (1);
            """)
        _ = try ask(
            project,
            "USE `\(project.database)`; CREATE TABLE kept (id INT PRIMARY KEY); INSERT INTO kept VALUES (7)")
        let holder = try Holder(project, "t", rows: true)
        let running = try project.command.start([])
        try waitUntilRuns("INSERT INTO u SELECT", project)
        running.kill()
        try holder.letGo()
        let result = try project.command()
        #expect(result.status == 2, "\(result.output) \(result.errors)")
        #expect(try count(project, "SELECT GROUP_CONCAT(id) FROM kept") == "7")
        #expect(try count(project, "SELECT COUNT(*) FROM u") == "0")
    }

    @Test(arguments: TestServer.all)
    func aProcedureThatEndsAfterItsDeployerCountsAsDone(server: TestServer) throws {
        let project = try project(
            server,
            """
            DELIMITER //
            CREATE PROCEDURE p() BEGIN
                DECLARE n INT;
                START TRANSACTION; INSERT INTO u VALUES (1); COMMIT;
                SELECT COUNT(*) INTO n FROM t LOCK IN SHARE MODE;
                START TRANSACTION; INSERT INTO u VALUES (2); COMMIT;
            END //
            DELIMITER ;
            CALL p();
            INSERT INTO u VALUES (3);
            """)
        let holder = try Holder(project, "t", rows: true)
        let running = try project.command.start([])
        try waitUntil { try count(project, "SELECT COUNT(*) FROM u") == "1" }
        running.kill()
        try holder.letGo()
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1,2,3")
    }

    /// Statements that wait for `t`, with what shows that each ran once.
    static let statements: [(String, String, String)] = [
        (
            "CREATE INDEX i ON t (id)",
            "SELECT COUNT(*) FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND INDEX_NAME = 'i'",
            "1"
        ),
        ("RENAME TABLE t TO t2", "SELECT COUNT(*) FROM t2", "1"),
        ("RENAME TABLE t TO x, v TO t, x TO v", "SELECT COUNT(*) FROM v", "1"),
        ("RENAME TABLE t TO t_old, v TO t", "SELECT COUNT(*) FROM t_old", "1"),
        ("TRUNCATE t", "SELECT COUNT(*) FROM t", "0"),
        (
            "DROP TABLE t",
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 't'", "0"
        ),
        (
            "DROP TABLE IF EXISTS t",
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 't'", "0"
        ),
        (
            "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @x = 1",
            "SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()", "1"
        ),
        ("SET @s = 'ALTER TABLE t ADD c INT'; PREPARE s FROM @s; EXECUTE s", "SELECT COUNT(c) FROM t", "0"),
    ]

    @Test(arguments: TestServer.all, statements.map(\.0))
    func theServersStateTells(server: TestServer, statement: String) throws {
        for happens in [true, false] { try kill(server, within: statement, happens: happens) }
    }

    private func kill(_ server: TestServer, within statement: String, happens: Bool) throws {
        let (_, query, expected) = try #require(Self.statements.first { $0.0 == statement })
        let project = try project(server, "INSERT INTO u VALUES (1); \(statement); INSERT INTO u VALUES (2);\n")
        let holder = try Holder(project, "t")
        try kill(project)
        if happens {
            try holder.letGo()
        } else {
            try endWaiting(project)
            try holder.letGo()
        }
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(result.output.contains("Recovered: "))
        #expect(try count(project, query) == expected)
        #expect(try count(project, "SELECT GROUP_CONCAT(i ORDER BY i) FROM u") == "1,2")
    }

    /// A run that was killed had kept a copy for a statement that did nothing; others have written since.
    @Test(arguments: TestServer.all, ["DROP TABLE t; INSERT INTO nowhere VALUES (1)", "DROP TABLE t, nowhere"])
    func whatOthersWroteBetweenTheRunsComesBack(server: TestServer, script: String) throws {
        let project = try project(server, script + ";\n")
        let holder = try Holder(project, "t")
        try kill(project)
        try endWaiting(project)
        try holder.letGo()
        try project.server.query("INSERT INTO t VALUES (99)", database: project.database)
        let result = try project.command()
        #expect(
            result.output.contains("Nothing of this script is in the database"), "\(result.output) \(result.errors)")
        #expect(try count(project, "SELECT COUNT(*) FROM t WHERE id = 99") == "1")
    }

    /// The first Ctrl-C ends the script, which is then taken back; a second one ends that, and nothing is lost.
    @Test(arguments: TestServer.all)
    func aSecondSignalEndsTakingBack(server: TestServer) throws {
        let project = try project(server, "ALTER TABLE t ADD c INT; SELECT SLEEP(3600) FROM v; DO SLEEP(3600);\n")
        let running = try project.command.start([])
        try waitUntilRuns("DO SLEEP(3600)", project)
        let holder = try Holder(project, "t")
        #expect(Foundation.kill(running.process.id, SIGINT) == 0)
        try waitUntil { try waiting(project) == "1" }
        #expect(Foundation.kill(running.process.id, SIGINT) == 0)
        guard case .exited(let status)? = running.process.ending(by: .now + .seconds(30)) else { throw TooLate() }
        let said = try running.output() + running.errors()
        #expect(status != 0)
        #expect(said.contains("a signal stopped it"), "\(said)")
        #expect(said.contains("To finish taking it back, type: databasedeploy"), "\(said)")
        #expect(try waiting(project) == "0")
        #expect(
            try count(project, "SELECT State FROM DatabaseTrackScript WHERE FileName = '002.R.sql'") == "undoing")
        try holder.letGo()
        try project.write("Modifications/002.R.sql", "SELECT 1;\n")
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(result.output.contains("taken back: bring the definition of"), "\(result.output)")
        #expect(
            try count(
                project,
                "SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 't'")
                == "1")
    }

    private func columns(_ project: CommandProject, _ table: String) throws -> String {
        try count(
            project,
            """
            SELECT GROUP_CONCAT(DISTINCT NAME ORDER BY NAME) FROM (
            SELECT COLUMN_NAME NAME FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '\(table)' UNION
            SELECT INDEX_NAME FROM information_schema.STATISTICS
            WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '\(table)') n
            """)
    }

    /// What somebody adds to a table while the script lies half done outlives that it is taken back: where the journal knows
    /// what the script left, and where its deployer was killed too early for that.
    @Test(arguments: TestServer.all, [false, true])
    func whatOthersAddWhileAScriptLiesHalfDoneStays(server: TestServer, isCutOffWithin: Bool) throws {
        let project = try project(
            server,
            """
            ALTER TABLE t ADD c INT, ADD INDEX (c, id), ADD d INT;
            CREATE TABLE x (i INT); CREATE TABLE y (i INT); DO SLEEP(3600); SELECT 1;

            """)
        if isCutOffWithin {
            let holder = try Holder(project, "t")
            try kill(project)
            try holder.letGo()
            try waitUntil { try columns(project, "t").contains("c,d") }
        } else {
            let running = try project.command.start([])
            try waitUntilRuns("DO SLEEP(3600)", project)
            running.kill()
        }
        _ = try ask(
            project,
            "USE `\(project.database)`; ALTER TABLE t ADD theirs INT AFTER id, ADD UNIQUE KEY by_theirs (theirs), ADD KEY (id, theirs)"
        )
        try project.write("Modifications/002.R.sql", "SELECT 1;\n")
        let next = try project.command.start(["--set", "orphan=kill"])
        try expectSuccess(next, "others made the column theirs")
        #expect(try columns(project, "t") == "by_theirs,id,PRIMARY,theirs")
    }

    private static let base = """
        CREATE TABLE a (id INT PRIMARY KEY, v VARCHAR(20), n INT); CREATE TABLE b (id INT PRIMARY KEY, w TEXT);
        CREATE TABLE c (id INT PRIMARY KEY, x INT); CREATE VIEW w AS SELECT id FROM a;
        INSERT INTO a VALUES (1, 'one', 1), (2, 'two', 2), (3, NULL, NULL); INSERT INTO b VALUES (1, 'b'), (2, 'bb');
        INSERT INTO c VALUES (1, 1), (2, 4);
        CREATE TRIGGER g BEFORE INSERT ON c FOR EACH ROW SET NEW.x = NEW.id * NEW.id;

        """

    /// Every kind of step of the undo log, and a failure at the end.
    private static let failing = """
        CREATE TABLE new (i INT); INSERT INTO new VALUES (1);
        UPDATE a SET v = 'changed' WHERE id < 3; DELETE FROM a WHERE id = 3; INSERT INTO a VALUES (9, 'nine', 9);
        ALTER TABLE a DROP COLUMN n, ADD COLUMN m INT;
        RENAME TABLE a TO x, b TO a, x TO b;
        DROP TABLE c; CREATE OR REPLACE VIEW w AS SELECT 1 AS one; TRUNCATE a;
        ALTER TABLE b ADD INDEX by_v (v); DROP PROCEDURE IF EXISTS nothing;
        INSERT INTO nowhere VALUES (1);

        """

    /// Kills a deployment whose script fails, at the edges of packets all over it, in the middle of its undo, too.
    @Test(arguments: TestServer.all)
    func takingBackSurvivesBeingKilled(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write("Modifications/001.M.sql", Self.base)
        #expect(try project.command().status == 0)
        let before = try state(project)
        try project.write("Modifications/002.F.sql", Self.failing)
        var kills = 0
        var edge = 20
        while true {
            var command = project.command
            command.variables["DATABASEDEPLOY_KILL_AT"] = "\(edge)"
            let killed = try command()
            edge += 11
            guard killed.status != 2 else { break }
            kills += 1
            let result = try project.command()
            #expect(result.status == 2, "\(result.output) \(result.errors)")
            let differences = try state(project).differences(from: before)
            #expect(differences.isEmpty, "edge \(edge - 11): \(differences.joined(separator: "\n")) \(result.output)")
            if !differences.isEmpty { break }
        }
        #expect(kills > 8)
    }

    /// Columns that traded their names, step by step, get them back once, wherever an undo is cut off; also where others have
    /// added rows, by which the definition differs for good.
    @Test(arguments: TestServer.all)
    func namesAreTradedBackOnce(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write(
            "Modifications/001.M.sql",
            "CREATE TABLE pair (id INT AUTO_INCREMENT PRIMARY KEY, a INT, b INT); INSERT INTO pair (a, b) VALUES (1, 2);"
        )
        #expect(try project.command().status == 0)
        try project.write(
            "Modifications/002.F.sql",
            """
            ALTER TABLE pair RENAME COLUMN a TO x; ALTER TABLE pair RENAME COLUMN b TO a; ALTER TABLE pair RENAME COLUMN x TO b;
            INSERT INTO nowhere VALUES (1);
            """)
        var undone = 0
        for edge in 60..<400 {
            var command = project.command
            command.variables["DATABASEDEPLOY_KILL_AT"] = "\(edge)"
            guard try command().status != 2 else { break }
            let state = try count(project, "SELECT State FROM DatabaseTrackScript WHERE FileName = '002.F.sql'")
            if state == "undoing" {
                undone += 1
                try count(project, "INSERT INTO pair VALUES (NULL, NULL, NULL)")
            }
            #expect(try project.command().status == 2)
            let row = try count(project, "SELECT CONCAT(a, ' ', b) FROM pair WHERE id = 1")
            try #require(row == "1 2", "edge \(edge), \(state)")
        }
        #expect(undone > 2)
    }

    private func state(_ project: CommandProject) throws -> DatabaseState {
        let session = try project.server.session(project.database)
        defer { session.close() }
        return try DatabaseState(of: session, database: project.database).withoutCounters
    }
}
