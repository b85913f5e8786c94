import Deployment
import MySQLDriver
import Synchronization
import TestServers
import Testing

/// Taking back, and what prepares it, waits no longer than a statement may.
@Suite struct UndoInterruptionTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            "CREATE TABLE t (id INT PRIMARY KEY, v INT); INSERT INTO t VALUES (1, 1), (2, 2); CREATE TABLE u (i INT);")
        try project.deploy()
        return project
    }

    @Test(arguments: TestServer.all)
    func aStepThatWaitsTooLongIsStoppedAndTheNextRunGoesOn(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "ALTER TABLE u ADD c INT; ALTER TABLE t DROP COLUMN v; SELECT SLEEP(3600) FROM t; SELECT 1;")
        let outcome = Mutex<Outcome?>(nil)
        let deployer = try Background {
            let result = try project.deploy { $0.statementTimeout = 2 }
            outcome.withLock { $0 = result }
        }
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        try deployer.waitUntil {
            try project.rows(
                """
                SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%'
                AND INFO NOT LIKE '%PROCESSLIST%'
                """
            ).count == 1
        }
        try holder.execute("START TRANSACTION")
        _ = try holder.query("SELECT * FROM t")
        try deployer.join()
        let failure = try #require(outcome.withLock { $0?.failure })
        #expect(failure.state.contains("it took longer than 2 s"), "\(failure.state)")
        #expect(failure.state.contains("bring the definition of"), "\(failure.state)")
        #expect(failure.advice.contains("To finish taking it back, type: databasedeploy"), "\(failure.advice)")
        #expect(
            try project.rows("SELECT State FROM DatabaseTrackScript WHERE FolderName = 'Modifications'") == ["undoing"])
        #expect(try project.rows("SHOW COLUMNS FROM u").count == 2)
        let waiting = """
            SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE LIKE '%metadata lock%'
            """
        #expect(try project.rows(waiting) == ["0"])
        try holder.execute("COMMIT")
        try project.write("Modifications/1.sql", "SELECT 1;")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id, v FROM t ORDER BY id") == ["1\t1", "2\t2"])
        #expect(try project.rows("SHOW COLUMNS FROM u").count == 1)
    }

    @Test(arguments: TestServer.all)
    func lockingRowsBeforeTheyAreComparedIsStopped(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql", "UPDATE t SET v = 7 WHERE id = 1; ALTER TABLE u ADD c INT; SELECT 1;")
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        try holder.execute("START TRANSACTION")
        try holder.execute("UPDATE t SET v = 3 WHERE id = 2")
        let failure = try #require(try project.deploy { $0.statementTimeout = 2 }.failure)
        #expect(failure.message.contains("longer than 2 s"), "\(failure.message)")
        #expect(failure.milliseconds < 20_000)
        try holder.execute("COMMIT")
        #expect(try project.rows("SELECT id, v FROM t ORDER BY id") == ["1\t1", "2\t3"])
        #expect(try project.rows("SHOW COLUMNS FROM u").count == 1)
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
        #expect(try project.deploy().kind == .succeeded)
    }

    /// What others write while the rows are compared waits, and so does not count as the script's.
    @Test(arguments: TestServer.all)
    func rowsAreLockedFromTheCopyToTheCommit(server: TestServer) throws {
        let project = try project(server)
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        // The script waits for its commit: the statement that commits needs `u`.
        try holder.execute("START TRANSACTION")
        _ = try holder.query("SELECT * FROM u")
        try project.write(
            "Modifications/1.sql",
            "UPDATE t SET v = 7 WHERE id = 1; ALTER TABLE u ADD c INT; INSERT INTO nowhere VALUES (1);")
        let outcome = Mutex<Outcome?>(nil)
        let deployer = try Background {
            let result = try project.deploy()
            outcome.withLock { $0 = result }
        }
        try deployer.waitUntil { try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").count == 2 }
        let writer = try Background {
            try project.execute("UPDATE t SET v = 3 WHERE id = 2", in: project.database)
            try project.execute("INSERT INTO t VALUES (9, 9)", in: project.database)
        }
        try deployer.waitUntil {
            try project.rows(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE 'ALTER TABLE u%'"
            ) == ["1"]
        }
        try holder.execute("COMMIT")
        try deployer.join()
        try writer.join()
        #expect(outcome.withLock { $0?.failure?.number } == 1146)
        #expect(try project.rows("SELECT id, v FROM t ORDER BY id") == ["1\t1", "2\t3", "9\t9"])
    }
}
