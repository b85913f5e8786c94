import Deployment
import MySQLDriver
import TestServers
import Testing

/// Files and journal that do not agree: never in silence.
@Suite struct ProblemTests {
    /// A project with two applied modifications.
    private func applied(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.A.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write("Modifications/003.C.sql", "INSERT INTO t VALUES (3)")
        try project.deploy()
        return project
    }

    @Test(arguments: TestServer.all)
    func anEditedScriptIsAProblemUntilItIsAccepted(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/003.C.sql", "INSERT INTO t VALUES (33)")
        let plan = try project.plan()
        #expect(plan.errors == ["changed"])
        let problem = try #require(plan.problems.first { $0.code == .changed })
        #expect(problem.script?.file == "003.C.sql")
        // Both dates: when it ran, and when it was edited.
        #expect(problem.message.contains("applied on 2"))
        #expect(problem.message.contains("changed on 2"))
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT id FROM t") == ["3"])
    }

    @Test(arguments: TestServer.all)
    func aDecisionAboutAJournalThatChangedMeanwhileIsRefused(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/004.D.sql", "INSERT INTO t VALUES (4); SELECT wrong;")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        let baseline = try Baseline(
            configuration: project.configuration, driver: MySQLDriver(),
            at: ScriptIdentity(folder: "Modifications", file: "004.D.sql"))
        let script = ScriptIdentity(folder: "Modifications", file: "004.D.sql")
        let action = try repair.check(.restart(script))
        // Meanwhile somebody else mends the script, and it runs.
        try project.write("Modifications/004.D.sql", "INSERT INTO t VALUES (4); SELECT 1;")
        #expect(try project.deploy().kind == .succeeded)
        #expect(throws: DeploymentError.self) { try repair.apply([action]) }
        #expect(throws: DeploymentError.self) { try baseline.apply() }
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT id FROM t") == ["3", "4"])
    }

    @Test(arguments: TestServer.all)
    func anEditOfTheSameLengthAndTimeIsSeenThoughChecksumsAreKept(server: TestServer) throws {
        let project = try applied(server)
        let script = project.directory.appending("Modifications").appending("003.C.sql")
        // Checksums are kept only of files that are older than the grain of the file system's clock.
        let kept = project.directory.appending(".databasedeploy").appending("checksums")
        try waitUntil {
            try project.deploy()
            return try readFile(kept).contains("003.C.sql")
        }
        let time = try modificationTime(script)
        try project.write("Modifications/003.C.sql", "INSERT INTO t VALUES (4)")
        try setModificationTime(script, time)
        #expect(try project.plan().errors == ["changed"])
    }

    @Test(arguments: TestServer.all)
    func lineEndsAndByteOrderMarkAreNoEdit(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.A.sql", "CREATE TABLE t (\n  id INT PRIMARY KEY\n);\n")
        try project.deploy()
        try project.write(
            "Modifications/001.A.sql",
            bytes: [0xEF, 0xBB, 0xBF] + Array("CREATE TABLE t (\r\n  id INT PRIMARY KEY\r\n);\r\n".utf8))
        #expect(try project.plan().problems.filter { $0.code == .changed }.isEmpty)
        try project.write("Modifications/001.A.sql", "CREATE TABLE t (\r  id INT PRIMARY KEY\n);\n")
        #expect(try project.plan().errors == ["changed"], "a lone carriage return is an edit")
    }

    @Test(arguments: TestServer.all)
    func aLateScriptStopsEverythingByDefault(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/002.B.sql", "INSERT INTO t VALUES (2)")
        try project.write("Modifications/004.D.sql", "INSERT INTO t VALUES (4)")
        let plan = try project.plan()
        #expect(plan.errors == ["late"])
        #expect(plan.problems.first { $0.code == .late }?.script?.file == "002.B.sql")
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT id FROM t") == ["3"])
    }

    @Test(arguments: TestServer.all)
    func aLateScriptRunsInOrderIfSet(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/002.B.sql", "INSERT INTO t VALUES (2)")
        try project.write("Modifications/004.D.sql", "INSERT INTO t VALUES (4)")
        let outcome = try project.deploy { $0.outOfOrder = .run }
        #expect(outcome.names == ["Modifications/002.B.sql", "Modifications/004.D.sql"])
        #expect(try project.checkpoints().last == "Modifications\t004.D.sql")
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func aLateScriptAloneLeavesTheCheckpointWhereItIs(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/002.B.sql", "INSERT INTO t VALUES (2)")
        try project.deploy { $0.outOfOrder = .run }
        #expect(try project.checkpoints().last == "Modifications\t003.C.sql")
    }

    @Test(arguments: TestServer.all)
    func aLateScriptIsPassedOverAndNamedIfSet(server: TestServer) throws {
        var project = try applied(server)
        project.configuration.outOfOrder = .skip
        try project.write("Modifications/002.B.sql", "INSERT INTO t VALUES (2)")
        try project.write("Modifications/004.D.sql", "INSERT INTO t VALUES (4)")
        #expect(try project.deploy().names == ["Modifications/004.D.sql"])
        let plan = try project.plan()
        #expect(plan.problems.contains { $0.code == .late && $0.severity == .warning })
        #expect(plan.scripts.first { $0.identity.file == "002.B.sql" }?.state == .late)
    }

    @Test(arguments: TestServer.all)
    func aRenamedScriptIsRecognised(server: TestServer) throws {
        let project = try applied(server)
        try project.rename("Modifications/003.C.sql", to: "Modifications/003.Insert_C.sql")
        #expect(try project.plan().errors.contains("renamed"))
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.checkpoints().last == "Modifications\t003.Insert_C.sql")
        #expect(try project.rows("SELECT id FROM t") == ["3"])
    }

    @Test(arguments: TestServer.all)
    func aDeletedScriptIsAProblemUntilItIsAccepted(server: TestServer) throws {
        let project = try applied(server)
        try project.remove("Modifications/003.C.sql")
        try project.write("Modifications/004.D.sql", "INSERT INTO t VALUES (4)")
        #expect(try project.plan().errors.contains("missing"))
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.repair()
        #expect(try project.checkpoints().last == "Modifications\t001.A.sql")
        #expect(try project.deploy().names == ["Modifications/004.D.sql"])
    }

    @Test(arguments: TestServer.all)
    func twoFilesWithOneNumberRunInAStableOrderWithAWarning(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/007.b.sql", "INSERT INTO t VALUES (2)")
        try project.write("Modifications/007.a.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        let (outcome, events) = try project.recorded()
        #expect(outcome.names.suffix(2) == ["Modifications/007.a.sql", "Modifications/007.b.sql"])
        #expect(events.problems.contains("duplicate"))
    }

    // MARK: The old program's table

    /// The old program's database: its table, and no journal of ours.
    private func old(_ server: TestServer, checkpoint: String) throws -> TestProject {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute(
            """
            CREATE TABLE t (id INT PRIMARY KEY);
            CREATE TABLE DatabaseTrack (Id BIGINT AUTO_INCREMENT PRIMARY KEY, FolderName VARCHAR(100) NOT NULL,
                LastExecutedFile VARCHAR(255) NOT NULL, LastExecutedOn DATETIME NOT NULL,
                UNIQUE KEY uk_foldername (FolderName));
            INSERT INTO DatabaseTrack (FolderName, LastExecutedFile, LastExecutedOn)
                VALUES ('Modifications', '\(checkpoint)', '2024-01-20 14:15:35')
            """, in: project.database)
        try project.writeSchema()
        for number in 1...4 {
            try project.write("Modifications/00\(number).N.sql", "INSERT INTO t VALUES (\(number))")
        }
        return project
    }

    @Test(arguments: TestServer.all)
    func theOldProgramsDatabaseIsTakenOver(server: TestServer) throws {
        let project = try old(server, checkpoint: "002.N.sql")
        #expect(try project.deploy().names == ["Modifications/003.N.sql", "Modifications/004.N.sql"])
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["3", "4"])
        #expect(try project.checkpoints().first == "Modifications\t004.N.sql")
        // From now on each script is remembered by itself: a late one is seen.
        try project.write("Modifications/001_1.Late.sql", "INSERT INTO t VALUES (11)")
        #expect(try project.plan().errors == ["late"])
    }

    @Test(arguments: TestServer.all)
    func takingOverWithNothingToDoStillRemembers(server: TestServer) throws {
        let project = try old(server, checkpoint: "004.N.sql")
        #expect(try project.deploy().kind == .nothingToDo)
        try project.write("Modifications/001_1.Late.sql", "INSERT INTO t VALUES (11)")
        #expect(try project.plan().errors == ["late"])
    }

    @Test(arguments: TestServer.all)
    func aCheckpointWhoseFileIsGoneStopsEverything(server: TestServer) throws {
        let project = try old(server, checkpoint: "002.Renamed.sql")
        let plan = try project.plan()
        #expect(plan.errors == ["checkpoint_missing"])
        #expect(plan.problems.contains { $0.message.contains("002.Renamed.sql") })
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
        // A file with the same number is there: repair takes it.
        try project.repair()
        #expect(try project.deploy().names == ["Modifications/003.N.sql", "Modifications/004.N.sql"])
    }

    @Test(arguments: TestServer.all)
    func aCheckpointMovedBackIsObeyedWithANotice(server: TestServer) throws {
        let project = try old(server, checkpoint: "000")
        try project.execute("UPDATE DatabaseTrack SET LastExecutedFile = '001.N.sql'", in: project.database)
        try project.deploy()
        try project.execute(
            "DELETE FROM t; UPDATE DatabaseTrack SET LastExecutedFile = '002.N.sql' WHERE FolderName = 'Modifications'",
            in: project.database)
        let (outcome, events) = try project.recorded()
        #expect(outcome.names == ["Modifications/003.N.sql", "Modifications/004.N.sql"])
        #expect(events.problems.contains("checkpoint_moved"))
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func aCheckpointMovedForwardIsObeyedWithANotice(server: TestServer) throws {
        let project = try applied(server)
        for number in 4...6 { try project.write("Modifications/00\(number).N.sql", "INSERT INTO t VALUES (\(number))") }
        try project.execute(
            "UPDATE DatabaseTrack SET LastExecutedFile = '005.N.sql' WHERE FolderName = 'Modifications'",
            in: project.database)
        let (outcome, events) = try project.recorded()
        #expect(outcome.names == ["Modifications/006.N.sql"])
        #expect(events.problems.contains("checkpoint_moved"))
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["3", "6"])
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func aCheckpointRowThatIsGoneStopsEverythingUntilRepair(server: TestServer) throws {
        let project = try applied(server)
        try project.execute("DELETE FROM DatabaseTrack WHERE FolderName = 'Modifications'", in: project.database)
        #expect(try project.plan().errors == ["checkpoint_removed"])
        try project.repair()
        #expect(try project.checkpoints().contains("Modifications\t003.C.sql"))
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func aCheckpointTableThatIsGoneIsMadeAgain(server: TestServer) throws {
        let project = try applied(server)
        try project.execute("DROP TABLE DatabaseTrack", in: project.database)
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.checkpoints() == ["Modifications\t003.C.sql", "Schema\t001.CreateSchema.sql"])
    }

    @Test(arguments: TestServer.all)
    func aCheckpointTableOfAnotherShapeIsRefused(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute("CREATE TABLE DatabaseTrack (Id INT PRIMARY KEY, Name TEXT)", in: project.database)
        try project.write("Modifications/001.A.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.message.contains("has no column FolderName"))
        #expect(try project.rows("SHOW TABLES") == ["DatabaseTrack"])
    }

    @Test(arguments: TestServer.all)
    func baselineAdoptsADatabase(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute("CREATE TABLE t (id INT PRIMARY KEY)", in: project.database)
        try project.writeSchema()
        for number in 1...3 { try project.write("Modifications/00\(number).N.sql", "INSERT INTO t VALUES (\(number))") }
        try Baseline(
            configuration: project.configuration, driver: MySQLDriver(),
            at: .init(folder: "Modifications", file: "002.N.sql")
        ).apply()
        #expect(try project.checkpoints().sorted() == ["Modifications\t002.N.sql", "Schema\t001.CreateSchema.sql"])
        #expect(try project.deploy().names == ["Modifications/003.N.sql"])
        #expect(try project.rows("SELECT id FROM t") == ["3"])
    }
}
