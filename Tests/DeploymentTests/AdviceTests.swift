import Deployment
import MySQLDriver
import TestServers
import Testing

/// What a failure advises where the script is not at fault, and what it says of the database.
@Suite struct AdviceTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        return project
    }

    private func failure(_ project: TestProject, _ script: String) throws -> Failure {
        try project.deploy()
        try project.write("Modifications/5.sql", script)
        return try #require(try project.deploy { $0.statementTimeout = 1 }.failure)
    }

    @Test(arguments: TestServer.all)
    func aLocalFileThatMayNotBeReadNamesTheSetting(server: TestServer) throws {
        let project = try project(server)
        try project.write("rows.csv", "1\n")
        let failure = try failure(project, "LOAD DATA LOCAL INFILE 'rows.csv' INTO TABLE t;\n")
        #expect(failure.advice.contains("local_infile"), "\(failure)")
        #expect(!failure.advice.contains("Mend the script"), "\(failure)")
    }

    @Test(arguments: TestServer.all)
    func aStatementThatTakesTooLongSaysHowToGiveItMore(server: TestServer) throws {
        let failure = try failure(try project(server), "SELECT SLEEP(30);\n")
        #expect(failure.message.contains("statement_timeout"))
        #expect(failure.advice.contains("--set statement_timeout="), "\(failure)")
    }

    @Test(
        arguments: TestServer.all, ["DROP TABLE DatabaseTrack;\n", "DROP TABLE t;\nDROP TABLE DatabaseTrackScript;\n"])
    func aScriptThatDropsTheJournalIsToldToLeaveIt(server: TestServer, script: String) throws {
        for mode in [Configuration.OnFailure.undo, .keep] {
            let project = try project(server)
            try project.deploy()
            try project.write("Modifications/5.sql", script)
            let failure = try #require(try project.deploy { $0.onFailure = mode }.failure)
            #expect(failure.advice.contains("journal"), "\(failure)")
            #expect(!failure.advice.contains("  "), "\(failure)")
        }
    }

    @Test(arguments: TestServer.all)
    func aDeployerThatWasOvertakenBlamesNoScript(server: TestServer) throws {
        let project = try project(server)
        let failure = try failure(
            project, "UPDATE DatabaseTrackLock SET Fence = Fence + 1;\nCREATE TABLE more (i INT);\n")
        #expect(failure.message.contains("has taken over the lock"))
        #expect(!failure.advice.contains("Mend"), "\(failure)")
        #expect(failure.advice.contains("databasedeploy"))
    }

    /// The undo log's table is made when the first script needs it.
    @Test(arguments: TestServer.all)
    func aRightThatTheJournalLacksInTheMiddleBlamesNoScript(server: TestServer) throws {
        var project = try project(server)
        try project.deploy()
        let user = project.database
        try project.execute("DROP TABLE IF EXISTS DatabaseTrackUndo", in: project.database)
        try project.execute(
            """
            CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1';
            GRANT SELECT, INSERT, UPDATE, DELETE, ALTER ON `\(project.database)`.* TO '\(user)'@'localhost'
            """)
        var endpoint = try project.endpoint
        endpoint.user = user
        endpoint.password = Secret("Secret-1")
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        try project.write("Modifications/5.sql", "ALTER TABLE t ADD a INT;\nALTER TABLE t ADD b INT;\n")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.message.contains("CREATE command denied"), "\(failure)")
        #expect(failure.advice.contains("GRANT") && !failure.advice.contains("Mend"), "\(failure)")
        project.configuration.server = try TestProject.target(server)
        try project.execute("DROP USER '\(user)'@'localhost'")
    }

    // MARK: Places

    @Test(
        arguments: TestServer.all,
        [
            ("SELECT 1;\nuse nodb\nSELECT 2;\n", "Modifications/5.sql:2:1"),
            ("SELECT 1;\n  charset nosuch\nSELECT 2;\n", "Modifications/5.sql:2:3"),
            ("charset a'b\n", "Modifications/5.sql:1:1"),
        ])
    func aClientCommandThatFailsHasItsPlace(server: TestServer, sample: (script: String, place: String)) throws {
        let failure = try failure(try project(server), sample.script)
        #expect(failure.place?.description == sample.place, "\(failure)")
        #expect(failure.advice.contains("at line \(failure.place?.line ?? 0)"), "\(failure)")
    }

    // MARK: The old program's table

    /// Whether names of tables differ by their letters' case.
    private func isCaseSensitive(_ project: TestProject) throws -> Bool {
        let session = try MySQLDriver().connect(to: try project.endpoint, database: nil)
        defer { session.close() }
        return try session.value("SELECT @@lower_case_table_names") == "0"
    }

    @Test(arguments: TestServer.all)
    func anotherSpellingOfTheTablesNameIsAnotherTable(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        guard try isCaseSensitive(project) else { return }
        try project.write("Schema/2.sql", "create table if not exists databasetrack (id int);\n")
        try project.write("Modifications/1.sql", "insert into databasetrack values (1);\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id FROM databasetrack") == ["1"])
        #expect(try project.checkpoints() == ["Schema\t2.sql", "Modifications\t1.sql"])
    }

    /// As the old program has it, but for the columns of the names.
    private func table(_ folder: String = "VARCHAR(100)", _ file: String = "VARCHAR(255)") -> String {
        """
        CREATE TABLE DatabaseTrack (Id BIGINT AUTO_INCREMENT PRIMARY KEY, FolderName \(folder) NOT NULL,
            LastExecutedFile \(file) NOT NULL, LastExecutedOn DATETIME NOT NULL,
            UNIQUE KEY uk_foldername (FolderName));

        """
    }

    /// - Returns: What is wrong.
    private func refusal(_ server: TestServer, _ table: String, file: String = "004.N.sql") throws -> String {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute(table, in: project.database)
        try project.write("Modifications/\(file)", "CREATE TABLE t (id INT PRIMARY KEY)")
        let plan = try project.plan()
        guard plan.isBlocked else {
            #expect(try project.deploy().kind == .succeeded)
            return ""
        }
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .problems)
        #expect(try project.rows("SHOW TABLES") == ["DatabaseTrack"])
        return plan.problems.map(\.message).joined()
    }

    @Test(arguments: TestServer.all)
    func aTableTooNarrowForTheNamesIsRefused(server: TestServer) throws {
        let folder = try refusal(server, table("VARCHAR(10)"))
        #expect(folder.contains("FolderName") && folder.contains("Modifications") && folder.contains("10"), "\(folder)")
        let file = try refusal(server, table("VARCHAR(100)", "VARCHAR(8)"), file: "004.Long.sql")
        #expect(file.contains("LastExecutedFile") && file.contains("004.Long.sql"), "\(file)")
        #expect(try refusal(server, table("VARCHAR(13)", "VARCHAR(9)")) == "")
        // Nobody's table yet: its maker is the script.
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.Track.sql", table("VARCHAR(10)"))
        try project.write("Modifications/1.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.script.file == "002.Track.sql")
        #expect(failure.message.contains("FolderName"), "\(failure)")
        #expect(failure.place?.line == 1, "\(failure)")
        let isThere = try !project.rows("SHOW TABLES LIKE 'DatabaseTrack'").isEmpty
        #expect(failure.state.contains("Nothing of this script") != isThere, "\(failure)")
    }

    @Test(arguments: TestServer.all)
    func aTableThatCannotSpellTheNamesIsRefused(server: TestServer) throws {
        let latin = "VARCHAR(255) CHARACTER SET latin1"
        let japanese = try refusal(server, table("VARCHAR(100)", latin), file: "004.日本.sql")
        #expect(japanese.contains("LastExecutedFile") && japanese.contains("004.日本.sql"), "\(japanese)")
        #expect(japanese.contains("latin1"), "\(japanese)")
        #expect(try refusal(server, table("VARCHAR(100)", latin), file: "004.Größe.sql") == "")
        #expect(try refusal(server, table("VARCHAR(100)", latin)) == "")
        let cyrillic = "VARCHAR(255) CHARACTER SET koi8r"
        #expect(try refusal(server, table("VARCHAR(100)", cyrillic), file: "004.цена.sql") == "")
        #expect(try refusal(server, table("VARCHAR(100)", cyrillic), file: "004.日本.sql").contains("koi8r"))
    }
}
