import Deployment
import TestServers
import Testing

/// MariaDB does lists one by one: what fails at the second has done the first.
@Suite struct UndoListTests {
    private static let base = """
        CREATE TABLE t (id INT PRIMARY KEY, a INT);
        INSERT INTO t VALUES (1, 1), (2, 2);
        CREATE VIEW v AS SELECT a FROM t;
        CREATE SQL SECURITY INVOKER VIEW w AS SELECT id FROM t;

        """

    private func project(_ server: TestServer) throws -> TestProject {
        try TestProject(server, base: Self.base)
    }

    @Test(
        arguments: TestServer.all,
        ["DROP TABLE t, nosuch", "DROP VIEW v, w, nosuch", "CREATE TABLE z (i INT); DROP VIEW w, nosuch"])
    func whatAListDidBeforeItFailedIsTakenBack(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try project.state()
        try project.write("Modifications/002.Fails.sql", script + ";\n")
        #expect(try project.plan().steps.first?.facts?.scriptClass == .undo)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        let differences = try project.state().differences(from: before)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
    }

    /// What would need passwords, or is too large, is said before.
    @Test(arguments: TestServer.all, ["DROP USER 'x1', 'x2'", "DROP TABLE IF EXISTS t, u"])
    func thePlanTellsWhatIsNotTakenBack(server: TestServer, script: String) throws {
        let project = try project(server)
        try project.write("Modifications/002.List.sql", script + ";\n")
        let facts = try #require(try project.plan { $0.undoLimit = 100 }.steps.first?.facts)
        #expect(facts.scriptClass == (server.flavor == .mariaDB ? .resume : .undo), "\(facts.classReason ?? "")")
    }

    /// One account that gets another name is no list.
    @Test(arguments: TestServer.all)
    func oneAccountIsNoList(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/002.Rename.sql", "RENAME USER 'x1' TO 'x2';\n")
        #expect(try project.plan().steps.first?.facts?.scriptClass == .undo)
    }

    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func aDatabaseThatIsReplacedIsNotTakenBack(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/002.Replace.sql", "CREATE OR REPLACE DATABASE nowhere_else; SELECT 1;\n")
        let facts = try #require(try project.plan().steps.first?.facts)
        #expect(facts.scriptClass == .resume)
        #expect(
            facts.classReason?.contains("drops the database that it replaces") == true, "\(facts.classReason ?? "")")
    }
}
