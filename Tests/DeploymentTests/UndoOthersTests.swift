import Deployment
import MySQLDriver
import Synchronization
import TestServers
import Testing

/// What others do to the database while a script is under way outlives that it is taken back.
@Suite struct UndoOthersTests {
    private static let base = """
        CREATE TABLE parent (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) NOT NULL DEFAULT 'x', n INT NULL,
            KEY by_name (name));
        CREATE TABLE plain (id INT PRIMARY KEY, v VARCHAR(20), d DECIMAL(10, 2), KEY by_v (v));
        INSERT INTO parent (name, n) VALUES ('one', 1);
        INSERT INTO plain VALUES (1, 'first value', 1.50), (2, NULL, NULL), (3, 'third', -0.01);

        """

    private func project(_ server: TestServer) throws -> TestProject {
        try TestProject(server, base: Self.base)
    }

    /// Runs a script up to its end, does something, and lets it fail there.
    private func fail(_ project: TestProject, _ script: String, meanwhile: () throws -> Void) throws -> Failure {
        try project.write(
            "Modifications/002.Fails.sql",
            script + "; SELECT 1 FROM parent; SELECT SLEEP(3600) FROM parent; SELECT 1;\n"
        )
        #expect(try project.plan().steps.first?.facts?.scriptClass == .undo)
        let outcome = Mutex<Outcome?>(nil)
        let deployer = try Background {
            let result = try project.deploy()
            outcome.withLock { $0 = result }
        }
        let find = """
            SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%'
            AND INFO NOT LIKE '%PROCESSLIST%'
            """
        try deployer.waitUntil { try project.rows(find).count == 1 }
        // The statement before it has ended, and with it the look at the definitions.
        try meanwhile()
        try project.execute("KILL QUERY \(try #require(try project.rows(find).first))")
        try deployer.join()
        return try #require(outcome.withLock { $0?.failure })
    }

    private func definition(_ project: TestProject, _ table: String) throws -> String {
        try #require(try project.rows("SHOW CREATE TABLE \(table)").first)
    }

    @Test(
        arguments: TestServer.all,
        [
            "ALTER TABLE plain ROW_FORMAT = COMPACT, COMMENT 'new'", "ALTER TABLE plain DEFAULT CHARSET latin1",
            "ALTER TABLE plain COMMENT 'x' ROW_FORMAT DYNAMIC",
            "ALTER TABLE plain RENAME COLUMN d TO e, RENAME COLUMN v TO w",
            "ALTER TABLE plain STATS_PERSISTENT = 1 MAX_ROWS = 1000",
        ])
    func whatLosesNothingNeedsNoCopy(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try definition(project, "plain")
        let column = script.contains("RENAME") ? "w" : "v"
        let failure = try fail(project, script) {
            #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
            try project.execute("UPDATE plain SET \(column) = 'other' WHERE id < 3", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try definition(project, "plain") == before)
        #expect(try project.rows("SELECT v FROM plain ORDER BY id") == ["other", "other", "third"])
    }

    /// Their rows move the counter, which no definition brings back.
    @Test(
        arguments: TestServer.all,
        ["ALTER TABLE parent ADD c INT", "ALTER TABLE parent DROP COLUMN n", "ALTER TABLE parent COMMENT 'new'"])
    func theCounterGoesOnFromTheirRows(server: TestServer, script: String) throws {
        let project = try project(server)
        let failure = try fail(project, script) {
            try project.execute("INSERT INTO parent (name) VALUES ('a'), ('b'), ('c')", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(
            try project.rows("SELECT id, name, n FROM parent ORDER BY id")
                == ["1\tone\t1", "2\ta\tNULL", "3\tb\tNULL", "4\tc\tNULL"])
        try project.execute("INSERT INTO parent (name) VALUES ('d')", in: project.database)
        #expect(try project.rows("SELECT id FROM parent WHERE name = 'd'") == ["5"])
    }

    @Test(
        arguments: TestServer.all,
        [
            // Widened: everything that was there still is.
            "ALTER TABLE plain MODIFY v VARCHAR(200)",
            "ALTER TABLE plain DROP KEY by_v, CHANGE v w TEXT CHARACTER SET utf8mb4",
            "ALTER TABLE plain MODIFY id BIGINT", "ALTER TABLE plain MODIFY d DECIMAL(12, 4) COMMENT 'more'",
            // Others are changed.
            "ALTER TABLE plain MODIFY d INT", "ALTER TABLE plain DROP COLUMN d", "ALTER TABLE plain CHANGE d e TEXT",
        ])
    func onlyWhatMayBeLostIsPutBack(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try definition(project, "plain")
        let column = script.contains("v w") ? "w" : "v"
        let failure = try fail(project, script) {
            try project.execute("UPDATE plain SET \(column) = 'other' WHERE id < 3", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try definition(project, "plain") == before)
        #expect(
            try project.rows("SELECT v, d FROM plain ORDER BY id")
                == ["other\t1.50", "other\tNULL", "third\t-0.01"])
    }

    @Test(
        arguments: TestServer.all,
        [
            "SET sql_mode = ''; ALTER TABLE plain MODIFY v VARCHAR(3); ALTER TABLE plain MODIFY v VARCHAR(20)",
            "ALTER TABLE plain DROP COLUMN v; ALTER TABLE plain ADD v VARCHAR(20) AFTER id, ADD KEY by_v (v)",
            "ALTER TABLE plain DROP COLUMN v, DROP KEY by_v, ADD COLUMN v VARCHAR(20) AFTER id, ADD KEY by_v (v); SELECT 1",
        ])
    func valuesThatWereLostOnTheWayComeBack(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try definition(project, "plain")
        let failure = try fail(project, script) {}
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try definition(project, "plain") == before)
        #expect(try project.rows("SELECT v FROM plain ORDER BY id") == ["first value", "NULL", "third"])
    }

    @Test(
        arguments: TestServer.all,
        [
            "ALTER TABLE plain ADD c INT FIRST, ADD KEY by_c (c)", "ALTER TABLE plain DROP COLUMN d, COMMENT 'new'",
            "CREATE INDEX by_d ON plain (d); DROP INDEX by_v ON plain; ALTER TABLE plain MODIFY d INT",
            "ALTER TABLE plain RENAME COLUMN v TO w", "ALTER TABLE plain CHANGE v w CHAR(30)",
            "ALTER TABLE plain DEFAULT CHARSET latin1",
            "TRUNCATE plain; ALTER TABLE plain ADD c INT; UPDATE plain SET d = 7; ALTER TABLE plain ADD e INT",
            "UPDATE plain SET d = 7; ALTER TABLE plain ADD c INT",
        ])
    func whatOthersAddToATableStays(server: TestServer, script: String) throws {
        let project = try project(server)
        let failure = try fail(project, script) {
            try project.execute(
                "ALTER TABLE plain ADD theirs INT NULL AFTER id, ADD KEY by_theirs (theirs, id)", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(failure.state.contains("the column theirs") || script.hasPrefix("UPDATE"), "\(failure.state)")
        try project.execute("ALTER TABLE plain DROP KEY by_theirs, DROP COLUMN theirs", in: project.database)
        let second = try self.project(server)
        #expect(try definition(project, "plain") == definition(second, "plain"))
        #expect(
            try project.rows("SELECT v, d FROM plain ORDER BY id")
                == ["first value\t1.50", "NULL\tNULL", "third\t-0.01"])
    }

    /// Values that the change cannot have lost are newer where they are others now; those that it cut off come back.
    @Test(
        arguments: TestServer.all,
        [
            "SET sql_mode = ''; ALTER TABLE plain MODIFY v VARCHAR(6) NOT NULL",
            "SET sql_mode = ''; ALTER TABLE plain CHANGE v w VARCHAR(6), DROP COLUMN d",
            "ALTER TABLE plain CONVERT TO CHARACTER SET latin1, CHANGE v w VARCHAR(30)",
        ])
    func newerValuesStayWhereTheChangeLostNone(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try definition(project, "plain")
        let column = script.contains("v w") ? "w" : "v"
        let failure = try fail(project, script) {
            try project.execute("UPDATE plain SET \(column) = 'other' WHERE id = 3", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try definition(project, "plain") == before)
        #expect(
            try project.rows("SELECT v, d FROM plain ORDER BY id")
                == ["first value\t1.50", "NULL\tNULL", "other\t-0.01"])
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
    }

    @Test(arguments: TestServer.all)
    func whatOthersDropOrChangeStaysSo(server: TestServer) throws {
        let project = try project(server)
        let failure = try fail(project, "ALTER TABLE plain ADD c INT, COMMENT 'new'") {
            try project.execute("ALTER TABLE plain DROP KEY by_v, MODIFY v VARCHAR(99)", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(
            try project.rows(
                "SELECT COLUMN_NAME, COLUMN_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'plain' AND COLUMN_NAME IN ('v', 'c')"
            )
                == ["v\tvarchar(99)"])
        #expect(try !definition(project, "plain").contains("by_v"))
        #expect(try !definition(project, "plain").contains("COMMENT"))
    }

    @Test(arguments: TestServer.all)
    func whatBothChangedStopsEverythingUntilItIsClear(server: TestServer) throws {
        let project = try project(server)
        let before = try definition(project, "plain")
        let failure = try fail(project, "ALTER TABLE plain MODIFY d INT; ALTER TABLE plain ADD c INT") {
            try project.execute("ALTER TABLE plain MODIFY d BIGINT, ADD KEY theirs (c, id)", in: project.database)
        }
        #expect(failure.state.hasPrefix("It could not be taken back whole"), "\(failure.state)")
        #expect(failure.state.contains("the column d"), "\(failure.state)")
        #expect(try definition(project, "plain").contains("`d` bigint"))
        try project.execute("ALTER TABLE plain MODIFY d INT", in: project.database)
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.message.contains("the index theirs"), "\(error.message)")
        try project.execute("ALTER TABLE plain DROP KEY theirs", in: project.database)
        try project.write("Modifications/002.Fails.sql", "SELECT 1;\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try definition(project, "plain") == before)
        #expect(
            try project.rows("SELECT v, d FROM plain ORDER BY id")
                == ["first value\t1.50", "NULL\tNULL", "third\t-0.01"])
    }

    /// Neither is to be lost: a person decides. An ordinary account does not see the numbers of tables.
    @Test(arguments: TestServer.all, [false, true])
    func aTableThatOthersMakeInThePlaceOfADroppedOneStopsEverything(server: TestServer, isLimited: Bool) throws {
        var project = try project(server)
        if isLimited {
            let user = "u_" + project.database.suffix(12)
            try project.execute(
                "CREATE USER '\(user)'@'localhost'; GRANT ALL ON `\(project.database)`.* TO '\(user)'@'localhost'")
            let endpoint = try Endpoint(
                address: .socket(server.socket), user: user, tls: .init(mode: .disabled))
            project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        }
        let failure = try fail(project, "DROP TABLE plain") {
            try project.execute("CREATE TABLE plain (id INT); INSERT INTO plain VALUES (9)", in: project.database)
        }
        #expect(failure.state.hasPrefix("It could not be taken back whole"), "\(failure.state)")
        #expect(failure.state.contains("is there, and not as the script left it"), "\(failure.state)")
        #expect(try project.rows("SELECT id FROM plain") == ["9"])
        try project.write("Modifications/002.Fails.sql", "SELECT 1;\n")
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.execute("RENAME TABLE plain TO theirs", in: project.database)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id FROM theirs") == ["9"])
        #expect(try project.rows("SELECT v FROM plain ORDER BY id") == ["first value", "NULL", "third"])
    }

    /// The counter begins anew behind `TRUNCATE`, so that rows of others easily get the keys of those that were there.
    @Test(arguments: TestServer.all, ["(name) VALUES ('theirs')", "VALUES (7, 'one')"])
    func rowsWithTheKeysOfThoseThatWereEmptiedStopEverything(server: TestServer, theirs: String) throws {
        let project = try project(server)
        try project.write(
            "Modifications/001.Counted.sql",
            """
            CREATE TABLE counted (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50) UNIQUE);
            INSERT INTO counted (name) VALUES ('one'), ('two');
            """)
        #expect(try project.deploy().kind == .succeeded)
        let failure = try fail(project, "TRUNCATE TABLE counted") {
            try project.execute("INSERT INTO counted \(theirs)", in: project.database)
        }
        #expect(failure.state.hasPrefix("It could not be taken back whole"), "\(failure.state)")
        #expect(
            failure.state.contains("cannot be put back, as others have added rows with their keys"), "\(failure.state)")
        #expect(try project.rows("SELECT COUNT(*) FROM counted") == ["1"])
        try project.execute("DELETE FROM counted", in: project.database)
        try project.write("Modifications/002.Fails.sql", "SELECT 1;\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id, name FROM counted ORDER BY id") == ["1\tone", "2\ttwo"])
    }

    @Test(arguments: TestServer.all)
    func whatOthersMakeWhereTheScriptDroppedItsOwnStays(server: TestServer) throws {
        let project = try project(server)
        let failure = try fail(
            project, "CREATE TABLE w (id INT); CREATE TABLE x (id INT); DROP TABLE w; CREATE TABLE y (id INT)"
        ) {
            try project.execute("CREATE TABLE w (id INT); INSERT INTO w VALUES (9)", in: project.database)
        }
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try project.rows("SELECT id FROM w") == ["9"])
        #expect(try project.rows("SHOW TABLES LIKE 'x'").isEmpty)
    }

    /// One whose undo stopped, as there is a table in the way.
    private func stuck(_ server: TestServer) throws -> TestProject {
        let project = try project(server)
        let failure = try fail(project, "ALTER TABLE parent ADD k INT; DROP TABLE plain") {
            try project.execute("CREATE TABLE plain (id INT)", in: project.database)
        }
        #expect(failure.state.hasPrefix("It could not be taken back whole"), "\(failure.state)")
        return project
    }

    /// The only rows that are left are nothing that a repair may throw away.
    @Test(arguments: TestServer.all)
    func aRepairLeavesTheRowsOfAnUndo(server: TestServer) throws {
        let project = try stuck(server)
        #expect(try project.plan().problems.contains { $0.message.contains("still to be taken back") })
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        let script = ScriptIdentity(folder: "Modifications", file: "002.Fails.sql")
        #expect(throws: DeploymentError.self) { try repair.check(.resume(script, at: 2)) }
        let actions = [try repair.check(.restart(script))]
        let losses = try repair.losses(actions).joined(separator: "\n")
        #expect(losses.contains("bring the definition of `\(project.database)`.`parent` back"), "\(losses)")
        let copy = try #require(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").first)
        #expect(losses.contains("Rows as they were stay in \(copy) (of plain)"), "\(losses)")
        try repair.apply(actions)
        try project.write("Modifications/002.Fails.sql", "DROP TABLE parent;\nDROP TABLE plain;\nSELECT 1;\n")
        #expect(try project.deploy().kind == .succeeded)
        try project.write("Modifications/003.More.sql", "CREATE TABLE more (id INT);\nDROP TABLE more;\nSELECT 1;\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT v FROM \(copy) ORDER BY id") == ["first value", "NULL", "third"])
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'") == [copy])
    }

    @Test(arguments: TestServer.all)
    func aHalfDoneScriptUnderAnotherNameIsTakenBack(server: TestServer) throws {
        let project = try stuck(server)
        try project.rename("Modifications/002.Fails.sql", to: "Modifications/002.Other.sql")
        let plan = try project.plan()
        let problem = try #require(plan.problems.first { $0.severity == .error })
        #expect(problem.message.contains("began to run and did not end; its file is now named"), "\(problem.message)")
        #expect(plan.scripts.first { $0.identity.file == "002.Other.sql" }?.state == .failed)
        try project.repair()
        try project.execute("DROP TABLE plain", in: project.database)
        try project.write("Modifications/002.Other.sql", "SELECT 1;\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT v FROM plain ORDER BY id") == ["first value", "NULL", "third"])
        #expect(try project.rows("SHOW COLUMNS FROM parent LIKE 'k'").isEmpty)
    }

    @Test(arguments: TestServer.all)
    func aHalfTakenBackScriptWhoseFileIsBackGoesOnNowhere(server: TestServer) throws {
        let project = try stuck(server)
        let text = try readFile(project.directory.appending("Modifications").appending("002.Fails.sql"))
        try project.remove("Modifications/002.Fails.sql")
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        try project.write("Modifications/002.Fails.sql", text)
        let problem = try #require(try project.plan().problems.first { $0.severity == .error })
        #expect(problem.message.contains("what it left is not known"), "\(problem.message)")
        #expect(problem.advice?.contains("--restart") == true)
        #expect(problem.advice?.contains("--resume-at") == false)
    }
}
