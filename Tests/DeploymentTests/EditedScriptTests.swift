import Deployment
import MySQLDriver
import TestServers
import Testing

/// A half-done script whose done statements were edited: nothing runs until somebody decides, and each decision holds.
@Suite struct EditedScriptTests {
    private static let script = ScriptIdentity(folder: "Modifications", file: "1.sql")

    /// Two statements ran, and the first of them was edited since.
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (i INT);")
        try project.deploy()
        try project.write(
            "Modifications/1.sql",
            "CREATE TABLE a (i INT); DROP USER IF EXISTS nobody@localhost; INSERT INTO nowhere VALUES (1); INSERT INTO t VALUES (4);"
        )
        #expect(try project.plan().steps.first?.facts?.scriptClass == .resume)
        #expect(try project.deploy().failure?.number == 1146)
        try project.write(
            "Modifications/1.sql",
            "CREATE TABLE b (i INT); DROP USER IF EXISTS nobody@localhost; INSERT INTO t VALUES (3); INSERT INTO t VALUES (4);"
        )
        return project
    }

    private func decide(_ project: TestProject, _ action: RepairAction) throws {
        let plan = try project.plan()
        #expect(plan.errors == ["edited"])
        let advice = try #require(plan.problems.first { $0.code == .edited }?.advice)
        for choice in ["--resume-at 1\n", "--resume-at 3", "--applied", "--restart"] {
            #expect(advice.contains(choice), "\(advice)")
        }
        #expect(throws: DeploymentError.self) { try project.deploy() }
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        #expect(repair.actions.isEmpty)
        try repair.apply([try repair.check(action)])
    }

    @Test(arguments: TestServer.all)
    func itMayRunFromTheEditedStatement(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "CREATE TABLE a (i INT); INSERT INTO t VALUES (2); INSERT INTO t VALUES (3); INSERT INTO t VALUES (4);")
        let advice = try #require(try project.plan().problems.first { $0.code == .edited }?.advice)
        #expect(advice.contains("--resume-at 2"), "\(advice)")
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        try repair.apply([try repair.check(.resume(Self.script, at: 1))])
        #expect(try project.deploy().names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT i FROM t ORDER BY i") == ["2", "3", "4"])
        #expect(
            try project.rows("SELECT COUNT(*) FROM DatabaseTrackScript WHERE StatementDigests IS NOT NULL") == ["0"])
    }

    @Test(arguments: TestServer.all)
    func itMayGoOnAtAStatement(server: TestServer) throws {
        let project = try project(server)
        try decide(project, .resume(Self.script, at: 2))
        #expect(try project.deploy().names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT i FROM t ORDER BY i") == ["3", "4"])
        #expect(try project.rows("SHOW TABLES LIKE 'b'").isEmpty)
    }

    @Test(arguments: TestServer.all)
    func itMayCountAsApplied(server: TestServer) throws {
        let project = try project(server)
        try decide(project, .markApplied(Self.script))
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try project.rows("SELECT i FROM t").isEmpty)
        #expect(try project.checkpoints().contains("Modifications\t1.sql"))
    }

    @Test(arguments: TestServer.all)
    func itMayRunAsNew(server: TestServer) throws {
        let project = try project(server)
        try decide(project, .restart(Self.script))
        #expect(try project.deploy().names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT i FROM t ORDER BY i") == ["3", "4"])
        #expect(try project.rows("SHOW TABLES LIKE 'b'") == ["b"])
    }
}
