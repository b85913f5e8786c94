import Deployment
import MySQLDriver
import PrivateServer
import TestServers
import Testing

/// Which script, which folder and which server is meant: what is another one is never taken for the same.
@Suite struct IdentityTests {
    private static let composed = "Modifications/002.caf\u{e9}.sql"
    private static let decomposed = "Modifications/002.cafe\u{301}.sql"

    private func applied(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT)")
        try project.write("Modifications/001.A.sql", "INSERT INTO t VALUES (1)")
        try project.write(Self.composed, "INSERT INTO t VALUES (2)")
        #expect(try project.deploy().kind == .succeeded)
        return project
    }

    /// `é` is one character or two, and looks the same.
    @Test(arguments: TestServer.all)
    func aNameOfOtherBytesIsAnotherName(server: TestServer) throws {
        let project = try applied(server)
        try project.rename(Self.composed, to: Self.decomposed)
        #expect(try project.plan().errors == ["renamed"])
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        try project.write(Self.composed, "INSERT INTO t VALUES (3)")
        #expect(try project.deploy { $0.outOfOrder = .run }.applied.count == 1)
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "2", "3"])
    }

    @Test(arguments: TestServer.all)
    func aScriptThatGoesOnUnderANameOfOtherBytesRunsNothingTwice(server: TestServer) throws {
        let project = try applied(server)
        try project.write(
            "Modifications/003.caf\u{e9}.sql", "INSERT INTO t VALUES (3); CREATE TABLE u (i INT); SELECT wrong;")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        try project.rename("Modifications/003.caf\u{e9}.sql", to: "Modifications/003.cafe\u{301}.sql")
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT COUNT(*) FROM t WHERE id = 3") == ["1"])
    }

    @Test(arguments: TestServer.all)
    func aFolderOfAnotherNameDoesNotRunAgain(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/003.C.sql", "INSERT INTO t VALUES (3)")
        func changes(_ configuration: inout Configuration) {
            configuration.folders = [
                Folder(name: "Schema", rule: .fresh),
                Folder(name: "Changes", directory: "Modifications", rule: .always),
            ]
        }
        let problem = try #require(try project.plan(changes).problems.first { $0.severity == .error })
        #expect(problem.code == .folderUnknown)
        #expect(problem.message.contains("of the folder Modifications, which is not configured"), "\(problem.message)")
        #expect(throws: DeploymentError.self) { try project.deploy(changes) }
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["2"])
        // A folder that is just gone keeps nothing from running, and is told each time.
        for _ in 0..<2 {
            let plan = try project.plan { $0.folders = [Folder(name: "Schema", rule: .fresh)] }
            #expect(plan.problems.map(\.code) == [.folderUnknown])
            #expect(plan.errors.isEmpty)
            #expect(try project.deploy { $0.folders = [Folder(name: "Schema", rule: .fresh)] }.kind == .nothingToDo)
        }
    }

    /// A trailing space makes it another name only for us: the old program's server passed over it.
    @Test(arguments: TestServer.all, ["Modifications ", "Modification", ""])
    func aRowOfAFolderThatIsNotKnownStopsTheTakeOver(server: TestServer, folder: String) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.execute(
            """
            CREATE TABLE t (id INT);
            CREATE TABLE DatabaseTrack (Id BIGINT AUTO_INCREMENT PRIMARY KEY, FolderName VARCHAR(100) NOT NULL,
                LastExecutedFile VARCHAR(255) NOT NULL, LastExecutedOn DATETIME NOT NULL, UNIQUE KEY (FolderName));
            INSERT INTO DatabaseTrack (FolderName, LastExecutedFile, LastExecutedOn) VALUES
                ('Schema', '001.CreateSchema.sql', NOW()), ('\(folder)', '002.m.sql', NOW())
            """, in: project.database)
        try project.writeSchema()
        for number in 1...3 { try project.write("Modifications/00\(number).m.sql", "INSERT INTO t VALUES (\(number))") }
        #expect(try project.plan().problems.contains { $0.code == .folderUnknown && $0.severity == .error })
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
        try project.execute(
            "UPDATE DatabaseTrack SET FolderName = 'Modifications' WHERE LastExecutedFile = '002.m.sql'",
            in: project.database)
        #expect(try project.deploy().names == ["Modifications/003.m.sql"])
    }

    @Test(arguments: TestServer.all)
    func aBaselineMovesNoCheckpointBack(server: TestServer) throws {
        let project = try applied(server)
        let error = try #require(throws: DeploymentError.self) {
            try Baseline(
                configuration: project.configuration, driver: MySQLDriver(),
                at: ScriptIdentity(folder: "Modifications", file: "001.A.sql"))
        }
        #expect(error.code == .refused)
        #expect(try project.deploy().kind == .nothingToDo)
    }

    /// The plan is made on one server, and would be carried out on the other.
    @Test(arguments: TestServer.all)
    func aBootstrapOnAnotherServerIsRefused(server: TestServer) throws {
        let other = try server.fresh(arguments: []).start()
        var project = try TestProject(server)
        try project.write("Schema/001.CreateSchema.sql", "CREATE DATABASE IF NOT EXISTS `\(project.database)`")
        try project.write("Schema/002.T.sql", "DROP TABLE IF EXISTS t; CREATE TABLE t (id INT)")
        let here = try project.endpoint
        let there = Endpoint(address: .socket(other.socket), user: server.user, tls: .init(mode: .disabled))
        project.configuration.server = .existing(bootstrap: there, database: there)
        #expect(try project.deploy().kind == .succeeded)
        let session = try MySQLDriver().connect(to: there, database: project.database)
        defer { session.close() }
        try session.execute("INSERT INTO t VALUES (7)")
        // Neither is the database on the one server built on the other; nor is that dropped.
        for isThere in [false, true] {
            if isThere { try project.execute("CREATE DATABASE `\(project.database)`") }
            project.configuration.server = .existing(bootstrap: there, database: here)
            let error = try #require(throws: DeploymentError.self) { try project.deploy() }
            #expect(error.code == .badConfiguration, "\(error.message)")
            let second = try #require(throws: DeploymentError.self) { try project.deploy { $0.recreate = true } }
            #expect(second.code == .badConfiguration, "\(second.message)")
            #expect(try session.value("SELECT id FROM t") == "7")
        }
        // Two ways to one server are one.
        let link = project.directory.appending("socket")
        try linkFile(link, to: server.socket.string)
        var linked = here
        linked.address = .socket(link)
        project.configuration.server = .existing(bootstrap: linked, database: here)
        #expect(try project.deploy().kind == .succeeded)
    }
}
