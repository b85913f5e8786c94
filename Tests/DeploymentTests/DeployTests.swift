import Deployment
import MySQLDriver
import TestServers
import Testing

/// The main job: folders to database, in order, once.
@Suite struct DeployTests {
    @Test(arguments: TestServer.all)
    func aFreshDatabaseGetsEveryFolderInOrder(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.Tables.sql", "CREATE TABLE t (id INT PRIMARY KEY, v INT);")
        try project.write("Data/001.Rows.sql", "INSERT INTO t VALUES (1, 1); INSERT INTO t VALUES (2, 2);")
        try project.write("Modifications/001.Add.sql", "ALTER TABLE t ADD COLUMN w INT; UPDATE t SET w = v * 2;")
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded)
        #expect(
            outcome.names == [
                "Schema/001.CreateSchema.sql", "Schema/002.Tables.sql", "Data/001.Rows.sql",
                "Modifications/001.Add.sql",
            ])
        #expect(try project.rows("SELECT id, v, w FROM t ORDER BY id") == ["1\t1\t2", "2\t2\t4"])
        #expect(
            try project.checkpoints() == [
                "Schema\t002.Tables.sql", "Data\t001.Rows.sql", "Modifications\t001.Add.sql",
            ])
    }

    @Test(arguments: TestServer.all)
    func nothingToDoRunsNothing(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.Add.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.deploy()
        let before = try project.rows("SELECT * FROM DatabaseTrack")
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT * FROM DatabaseTrack") == before)
    }

    @Test(arguments: TestServer.all)
    func anEstablishedDatabaseGetsOnlyNewModifications(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.A.sql", "CREATE TABLE a (id INT PRIMARY KEY)")
        try project.deploy()
        try project.write("Data/001.Late.sql", "INSERT INTO a VALUES (1)")
        try project.write("Modifications/002.B.sql", "CREATE TABLE b (id INT PRIMARY KEY)")
        let (outcome, events) = try project.recorded()
        #expect(outcome.names == ["Modifications/002.B.sql"])
        #expect(try project.rows("SELECT COUNT(*) FROM a") == ["0"])
        #expect(events.problems.contains("skipped"))
    }

    @Test(arguments: TestServer.all)
    func theCheckpointTableIsTheOldPrograms(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.deploy()
        let columns = try project.rows(
            """
            SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, IS_NULLABLE, COLUMN_KEY, EXTRA
            FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'DatabaseTrack'
            ORDER BY ORDINAL_POSITION
            """)
        #expect(
            columns == [
                "Id\tbigint\tNULL\tNO\tPRI\tauto_increment", "FolderName\tvarchar\t100\tNO\tUNI\t",
                "LastExecutedFile\tvarchar\t255\tNO\t\t", "LastExecutedOn\tdatetime\tNULL\tNO\t\t",
            ])
        #expect(
            try project.rows(
                """
                SELECT INDEX_NAME FROM information_schema.STATISTICS
                WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'DatabaseTrack' AND COLUMN_NAME = 'FolderName'
                """) == ["uk_foldername"])
        #expect(
            try project.rows(
                "SELECT ABS(TIMESTAMPDIFF(SECOND, LastExecutedOn, UTC_TIMESTAMP())) < 60 FROM DatabaseTrack") == ["1"])
    }

    @Test(arguments: TestServer.all)
    func theCheckpointIsTrueAfterEveryScript(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.A.sql", "CREATE TABLE seen (file VARCHAR(255))")
        for number in 2...4 {
            // Each script copies what the checkpoint says while it runs: the script before it.
            try project.write(
                "Modifications/00\(number).N.sql",
                """
                INSERT INTO seen SELECT LastExecutedFile FROM DatabaseTrack WHERE FolderName = 'Modifications'
                """)
        }
        try project.deploy()
        #expect(try project.rows("SELECT file FROM seen ORDER BY file") == ["001.A.sql", "002.N.sql", "003.N.sql"])
    }

    @Test(arguments: TestServer.all)
    func aFailedScriptStopsEverythingAndARerunGoesOn(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.A.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write("Modifications/002.B.sql", "INSERT INTO t VALUES (1); INSERT INTO t VALUES (1);")
        try project.write("Modifications/003.C.sql", "INSERT INTO t VALUES (3)")
        let failed = try project.deploy()
        #expect(failed.kind == .failed)
        #expect(failed.failure?.script.file == "002.B.sql")
        #expect(failed.failure?.statement?.index == 1)
        #expect(failed.failure?.statement?.place.description == "Modifications/002.B.sql:1:27")
        #expect(failed.failure?.number == 1062)
        #expect(failed.remaining == 2)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"], "the first row must be rolled back")
        try project.write("Modifications/002.B.sql", "INSERT INTO t VALUES (1); INSERT INTO t VALUES (2);")
        #expect(try project.deploy().names == ["Modifications/002.B.sql", "Modifications/003.C.sql"])
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "2", "3"])
    }

    @Test(arguments: TestServer.all)
    func aScriptThatIsKeptGoesOnAtTheStatementThatFailed(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        let head = """
            SET @x = 41, @`a b` = 'it''s', @n = NULL, @d = 1.50;
            CREATE TABLE t (id INT PRIMARY KEY);
            INSERT INTO t VALUES (@x);
            SELECT COUNT(*) + 100 INTO @count FROM t;

            """
        try project.write(
            "Modifications/001.A.sql", head + "ALTER TABLE nowhere ADD c INT;\nINSERT INTO t VALUES (@x + 1);")
        let failure = try #require(try project.deploy { $0.onFailure = .keep }.failure)
        #expect(failure.statement?.index == 4)
        #expect(failure.state.contains("Statements 1 to 4 are committed"))
        // The done part stays as it is: only what comes after is mended.
        try project.write(
            "Modifications/001.A.sql",
            head
                + "ALTER TABLE t ADD c VARCHAR(50);\nINSERT INTO t VALUES (@x + 1, CONCAT_WS('|', @`a b`, @n, @d + 1 = 2.5, @count));"
        )
        #expect(try project.deploy().kind == .succeeded)
        let rows = try project.rows("SELECT id, c FROM t ORDER BY id")
        #expect(rows == ["41\tNULL", "42\tit's|1|101"])
    }

    @Test(arguments: TestServer.all)
    func editingTheDonePartOfAHalfDoneScriptStopsEverything(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/001.A.sql", "CREATE TABLE t (id INT PRIMARY KEY); SELECT nonsense;")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        try project.write("Modifications/001.A.sql", "CREATE TABLE u (id INT PRIMARY KEY); SELECT 1;")
        #expect(try project.plan().errors == ["edited"])
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SHOW TABLES LIKE 'u'").isEmpty)
    }

    @Test(arguments: TestServer.all)
    func anUnfinishedFreshDeploymentIsFinishedByTheNextRun(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write("Data/001.D.sql", "INSERT INTO missing VALUES (1)")
        try project.write("Data/002.D.sql", "INSERT INTO t VALUES (2)")
        try project.write("Modifications/001.M.sql", "INSERT INTO t VALUES (3)")
        #expect(try project.deploy { $0.parallel = 1 }.kind == .failed)
        try project.write("Data/001.D.sql", "INSERT INTO t VALUES (1)")
        #expect(
            try project.deploy { $0.parallel = 1 }.names == [
                "Data/001.D.sql", "Data/002.D.sql", "Modifications/001.M.sql",
            ])
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "2", "3"])
    }

    @Test(arguments: TestServer.all)
    func anEmptyDatabaseIsFresh(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write("Schema/001.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        #expect(try project.deploy().names == ["Schema/001.T.sql"])
    }

    @Test(arguments: TestServer.all)
    func anEmptyDatabaseIsFreshAlsoForAScriptThatCreatesIt(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        let (outcome, events) = try project.recorded()
        #expect(outcome.names == ["Schema/001.CreateSchema.sql", "Schema/002.T.sql"])
        #expect(events.problems.contains("database_exists"))
        // One that is in use is never passed over.
        try project.write("Modifications/1.sql", "CREATE DATABASE `\(project.database)`")
        #expect(try project.deploy().failure?.number == 1007)
    }

    @Test(arguments: TestServer.all)
    func aDatabaseThatNoScriptCreatesIsCreated(server: TestServer) throws {
        let project = try TestProject(server)
        try project.write("Modifications/001.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SHOW TABLES LIKE 't'") == ["t"])
    }

    @Test(arguments: TestServer.all)
    func aDatabaseWithTablesAndNoJournalIsRefused(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute("CREATE TABLE t (id INT)", in: project.database)
        try project.write("Modifications/001.T.sql", "CREATE TABLE u (id INT PRIMARY KEY)")
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .problems)
        let problem = try #require(try project.plan().problems.first { $0.code == .noJournal })
        #expect(problem.advice?.contains("databasedeploy baseline --at Modifications/001.T.sql") == true)
        #expect(try project.rows("SHOW TABLES") == ["t"], "nothing may be written")
    }

    @Test(arguments: TestServer.all)
    func recreateDropsAndRebuilds(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.deploy()
        try project.execute("INSERT INTO t VALUES (1)", in: project.database)
        #expect(try project.deploy { $0.recreate = true }.names == ["Schema/001.CreateSchema.sql", "Schema/002.T.sql"])
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
    }

    @Test(arguments: TestServer.all)
    func recreateDropsNothingThatItCannotBuild(server: TestServer) throws {
        var project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.deploy()
        try project.execute("INSERT INTO t VALUES (1)", in: project.database)
        try project.write("Modifications/1.sql", "SELECT 'open")
        #expect(throws: DeploymentError.self) { try project.deploy { $0.recreate = true } }
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["1"])
        try project.remove("Modifications/1.sql")
        guard case .existing(var bootstrap, let database) = project.configuration.server else { return }
        bootstrap.user = "nobody"
        project.configuration.server = .existing(bootstrap: bootstrap, database: database)
        #expect(throws: DeploymentError.self) { try project.deploy { $0.recreate = true } }
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["1"])
        project.configuration.server = .existing(bootstrap: database, database: database)
        let (outcome, events) = try project.recorded { $0.recreate = true }
        #expect(outcome.kind == .succeeded)
        #expect(events.problems.contains("recreate"), "it is told, also in the log")
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
    }

    @Test(arguments: TestServer.all)
    func bootstrapStatementsWork(server: TestServer) throws {
        let project = try TestProject(server)
        let user = project.database
        try project.writeSchema()
        try project.write(
            "Schema/002.User.sql",
            """
            SET @old = @@sql_mode;
            CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1';
            GRANT SELECT ON `\(project.database)`.* TO '\(user)'@'localhost';
            FLUSH PRIVILEGES;
            USE `\(project.database)`;
            CREATE TABLE t (id INT PRIMARY KEY);
            """)
        #expect(try project.deploy().kind == .succeeded)
        var endpoint = try project.endpoint
        endpoint.user = user
        endpoint.password = Secret("Secret-1")
        try project.execute("DROP USER IF EXISTS 'nobody_\(user)'@'localhost'")
        let session = try MySQLDriver().connect(to: endpoint, database: project.database)
        #expect(try session.value("SELECT COUNT(*) FROM t") == "0")
        session.close()
        try project.execute("DROP USER '\(user)'@'localhost'")
    }

    @Test(arguments: TestServer.all, ["", "IF NOT EXISTS "])
    func scriptsMayCreateTheCheckpointTableThemselves(server: TestServer, condition: String) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write(
            "Schema/003.Track.sql",
            """
            CREATE TABLE \(condition)DatabaseTrack (
                Id BIGINT AUTO_INCREMENT PRIMARY KEY, FolderName VARCHAR(100) NOT NULL,
                LastExecutedFile VARCHAR(255) NOT NULL, LastExecutedOn DATETIME NOT NULL,
                UNIQUE KEY uk_foldername (FolderName)) COMMENT 'theirs';
            """)
        try project.write("Modifications/001.M.sql", "INSERT INTO t VALUES (1)")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.checkpoints() == ["Schema\t003.Track.sql", "Modifications\t001.M.sql"])
        #expect(
            try project.rows(
                "SELECT TABLE_COMMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'DatabaseTrack'"
            ) == ["theirs"])
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func aMissingFolderIsReportedAndPassedOver(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        let (outcome, events) = try project.recorded()
        #expect(outcome.kind == .succeeded)
        #expect(events.problems.filter { $0 == "folder_missing" }.count == 2)
    }

    /// On Windows both were the same.
    @Test(arguments: TestServer.all)
    func aDirectoryBesideTheFoldersThatDiffersInCaseIsTold(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/1.sql", "CREATE TABLE t (id INT)")
        try project.write("modifications/2.sql", "CREATE TABLE u (id INT)")
        for isLater in [false, true] {
            let (outcome, events) = try project.recorded()
            #expect(outcome.kind == (isLater ? .nothingToDo : .succeeded))
            let told = events.compactMap { event in
                if case .notice(let problem) = event, problem.severity == .warning { problem.message } else { nil }
            }
            #expect(told.count == 1 && told[0].contains("The scripts in modifications are passed over"), "\(told)")
        }
    }

    @Test(arguments: TestServer.all)
    func folderNamesOrderAndRuleAreSettings(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.folders = [
            Folder(name: "Base", directory: "sql/base", rule: .fresh), Folder(name: "Views", rule: .always),
            // An absolute path of the project.
            Folder(name: "Last", directory: project.directory.appending("sql").appending("last").string, rule: .always),
        ]
        try project.write("sql/base/1.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        try project.write("Views/1.sql", "CREATE VIEW v AS SELECT * FROM t")
        try project.write("sql/last/1.sql", "INSERT INTO t VALUES (1)")
        #expect(try project.deploy().names == ["Base/1.sql", "Views/1.sql", "Last/1.sql"])
        #expect(try project.checkpoints() == ["Base\t1.sql", "Views\t1.sql", "Last\t1.sql"])
    }
}

extension [Event] {
    /// The codes of the problems that were told.
    var problems: [String] {
        compactMap { event in
            if case .notice(let problem) = event { problem.code.rawValue } else { nil }
        }
    }
}
