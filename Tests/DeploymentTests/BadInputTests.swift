import Deployment
import MySQLDriver
import TestServers
import Testing

/// What goes wrong in the night, and what is said about it.
@Suite struct BadInputTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        return project
    }

    @Test(arguments: TestServer.all)
    func noServer(server: TestServer) throws {
        var project = try project(server)
        let endpoint = Endpoint(address: .socket("/nowhere/mysql.sock"), user: "root")
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .serverUnreachable)
        #expect(error.code.exitStatus == 69)
        #expect(error.message.contains("/nowhere/mysql.sock"))
    }

    @Test(arguments: TestServer.all)
    func wrongPassword(server: TestServer) throws {
        var project = try project(server)
        var endpoint = try project.endpoint
        endpoint.password = Secret("Wrong-1")
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .accessDenied)
        #expect(error.code.exitStatus == 77)
        #expect(!error.description.contains("Wrong-1"))
    }

    @Test(arguments: TestServer.all)
    func noRightToCreateTheDatabase(server: TestServer) throws {
        var project = try TestProject(server)
        try project.write("Modifications/001.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        let user = project.database
        try project.execute("CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1'")
        var endpoint = try project.endpoint
        endpoint.user = user
        endpoint.password = Secret("Secret-1")
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .accessDenied)
        #expect(error.advice?.contains("GRANT CREATE ON `\(project.database)`.*") == true)
        project.configuration.server = try TestProject.target(server)
        try project.execute("DROP USER '\(user)'@'localhost'")
    }

    @Test(arguments: TestServer.all)
    func aScriptThatMayNotCreateTheDatabaseNamesTheRight(server: TestServer) throws {
        var project = try TestProject(server)
        try project.writeSchema()
        let user = project.database
        try project.execute("CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1'")
        var endpoint = try project.endpoint
        endpoint.user = user
        endpoint.password = Secret("Secret-1")
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1044)
        #expect(failure.advice.contains("CREATE"))
        project.configuration.server = try TestProject.target(server)
        try project.execute("DROP USER '\(user)'@'localhost'")
    }

    @Test(
        arguments: TestServer.all,
        [
            ("SELECT 1;\n  INSERT INTO t VALUES ('open);\n", "Modifications/1.sql:2:25"),
            ("SELECT 1;\n/* open\nSELECT 2;\n", "Modifications/1.sql:2:1"),
            ("SELECT `open;\n", "Modifications/1.sql:1:8"),
            ("DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END\n", "Modifications/1.sql:2:1"),
        ])
    func whatIsNotEndedIsReportedWhereItBegan(server: TestServer, sample: (script: String, place: String)) throws {
        let project = try project(server)
        try project.deploy()
        try project.write("Modifications/1.sql", sample.script)
        if sample.script.hasPrefix("DELIMITER") {
            // As in the client, a last statement without its delimiter still runs.
            #expect(try project.deploy().kind == .succeeded)
            return
        }
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .badScript)
        #expect(error.place?.description == sample.place)
    }

    @Test(arguments: TestServer.all)
    func aBadScriptStopsEverythingBeforeAnythingRuns(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1);")
        try project.write("Modifications/2.sql", "SELECT 'open")
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(throws: DatabaseError.self) { try project.rows("SELECT 1") }
    }

    @Test(arguments: TestServer.all)
    func filesWithoutStatementsCountAsApplied(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "")
        try project.write("Modifications/2.sql", "-- nothing here\n/* nor here */\n")
        #expect(try project.deploy().applied.count == 4)
        #expect(try project.checkpoints().last == "Modifications\t2.sql")
    }

    @Test(arguments: TestServer.all)
    func aDirectoryOrDanglingLinkIsNoScript(server: TestServer) throws {
        let project = try project(server)
        try createDirectory(project.directory.appending("Modifications").appending("1.sql"))
        let directory = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(directory.place?.file == "Modifications/1.sql")
        #expect(directory.message.contains("directory"))
        let other = try self.project(server)
        try createDirectory(other.directory.appending("Modifications"))
        try linkFile(other.directory.appending("Modifications").appending("1.sql"), to: "nowhere.sql")
        let dangling = try #require(throws: DeploymentError.self) { try other.deploy() }
        #expect(dangling.advice?.contains("link") == true)
    }

    @Test(arguments: TestServer.all)
    func namesMayHaveSpacesQuotesAndAnyLetters(server: TestServer) throws {
        let project = try project(server)
        let names = ["001.It's a \"name\".sql", "002.Größe `x`.sql", "003.日本語 🪨.sql", "004.back\\slash;.sql"]
        for name in names { try project.write("Modifications/\(name)", "SELECT 1;") }
        #expect(try project.deploy().applied.suffix(4).map(\.file) == names)
        #expect(try project.checkpoints().last == "Modifications\t004.back\\slash;.sql")
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func aNameOf255CharactersIsTheLimit(server: TestServer) throws {
        let project = try project(server)
        let longest = String(repeating: "x", count: 251) + ".sql"
        try project.write("Modifications/\(longest)", "SELECT 1;")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.checkpoints().last == "Modifications\t\(longest)")
    }

    @Test(arguments: TestServer.all)
    func aStatementLargerThanAPacketSaysSo(server: TestServer) throws {
        var project = try project(server)
        let small = try server.fresh(arguments: ["--max-allowed-packet=1M"]).start()
        project.configuration.server = try TestProject.target(server, on: small.socket)
        let statement = "SELECT LENGTH('\(String(repeating: "x", count: 2 << 20))')"
        try project.write("Modifications/1.sql", statement)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.message.contains("\(statement.utf8.count) bytes"))
        #expect(failure.message.contains("1048576"))
        #expect(failure.message.contains("max_allowed_packet"))
    }

    @Test(arguments: TestServer.all)
    func aDatabaseNameMayHaveABacktick(server: TestServer) throws {
        let project = try TestProject(server, database: server.databaseName() + "`; DROP TABLE x; -- '\"")
        try project.write("Modifications/1.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
    }

    @Test(arguments: TestServer.all)
    func passwordsOfScriptsAreNotShown(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "CREATE USER 'u_\(project.database)'@'localhost' IDENTIFIED BY 'Hidden-1' NONSENSE 'Hidden-1'")
        let (outcome, events) = try project.recorded()
        let failure = try #require(outcome.failure)
        #expect(failure.statement?.text.contains("•••") == true)
        #expect(!"\(failure)\(events)".contains("Hidden-1"))
        #expect(try !project.rows("SELECT * FROM DatabaseTrackScript").joined().contains("Hidden-1"))
        #expect(try !project.rows("SELECT * FROM DatabaseTrackDeployment").joined().contains("Hidden-1"))
    }

    @Test(arguments: TestServer.all)
    func clientCommandsThatMakeNoSenseAreErrorsWithTheirPlace(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "SELECT 1;\n\\! rm -rf /\n")
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.place?.description == "Modifications/1.sql:2:1")
    }

    @Test(arguments: TestServer.all)
    func sourceRunsFilesOfTheProjectOnly(server: TestServer) throws {
        let project = try project(server)
        try project.write("Parts/rows.inc", "INSERT INTO t VALUES (1);\nINSERT INTO t VALUES (2);\n")
        try project.write("Modifications/1.sql", "source Parts/rows.inc\nINSERT INTO t VALUES (3);\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["3"])
        try project.write("Modifications/2.sql", "source ../../../../etc/hostname\n")
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.place?.description == "Modifications/2.sql:1:1")
    }
}
