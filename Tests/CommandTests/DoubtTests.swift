import Foundation
import TestServers
import Testing

/// Statements that are done, and of which the killed deployer could not write that down: the server's state may look the same
/// before and behind them.
@Suite struct DoubtTests {
    private func project(_ server: TestServer, _ script: String) throws -> CommandProject {
        let project = try CommandProject(server)
        try project.write(
            "Modifications/001.M.sql",
            """
            CREATE TABLE pair (id INT PRIMARY KEY, a INT, b INT);
            INSERT INTO pair VALUES (1, 10, 20), (2, 30, 40);
            CREATE TABLE u (i INT);

            """)
        #expect(try project.command().status == 0)
        try project.write("Modifications/002.R.sql", "\(script);\nDO SLEEP(2);\nINSERT INTO u VALUES (7);\n")
        return project
    }

    private func rows(_ project: CommandProject) throws -> String {
        try count(project, "SELECT GROUP_CONCAT(id, ':', IFNULL(a, '-'), ':', IFNULL(b, '-') ORDER BY id) FROM pair")
    }

    /// With an undo log it is taken back, and runs from its start.
    @Test(arguments: TestServer.all)
    func columnsThatTradeNamesLoseNothing(server: TestServer) throws {
        let project = try project(server, "ALTER TABLE pair DROP COLUMN a, RENAME COLUMN b TO a, ADD COLUMN b INT")
        try killDeployer(within: "DO SLEEP", project)
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        let rows = try rows(project)
        #expect(rows == "1:20:-,2:40:-", "\(rows) \(result.output)")
        #expect(try count(project, "SELECT GROUP_CONCAT(i) FROM u") == "7")
    }

    @Test(
        arguments: TestServer.all,
        [
            "ALTER TABLE pair CHANGE a b INT, CHANGE b a INT AFTER id",
            "CREATE EVENT e ON SCHEDULE AT CURRENT_TIMESTAMP DO INSERT INTO u VALUES (9)",
            "CREATE USER one@h IDENTIFIED BY 'x', two@h IDENTIFIED BY 'y'; RENAME USER one@h TO tmp@h, two@h TO one@h, tmp@h TO two@h",
        ])
    func whatLeavesNoTraceIsAskedAbout(server: TestServer, statement: String) throws {
        let project = try project(server, statement.replacing("@h", with: "@'\(server.databaseName()).invalid'"))
        try killDeployer(within: "DO SLEEP", project)
        let before = try rows(project)
        let result = try project.command()
        #expect(result.status != 0)
        #expect("\(result.output) \(result.errors)".contains("Whether it took effect is not known"), "\(result)")
        #expect(try rows(project) == before)
        #expect(try count(project, "SELECT COUNT(*) FROM u WHERE i = 7") == "0")
        let place = statement.hasPrefix("CREATE USER") ? 3 : 2
        let repair = try project.command(
            "repair", "--script", "Modifications/002.R.sql", "--resume-at", "\(place)", "--yes")
        #expect(repair.status == 0, "\(repair.output) \(repair.errors)")
        let last = try project.command()
        #expect(last.status == 0, "\(last.output) \(last.errors)")
        #expect(try rows(project) == before)
        #expect(try count(project, "SELECT COUNT(*) FROM u WHERE i = 7") == "1")
    }

    /// What others change in the same table between the runs is not what the statement would have done.
    @Test(
        arguments: TestServer.all,
        ["ALTER TABLE pair ADD c INT", "ALTER TABLE pair RENAME COLUMN b TO c", "CREATE INDEX c ON pair (a)"])
    func othersChangesDoNotCountAsTheStatement(server: TestServer, statement: String) throws {
        let project = try project(server, statement)
        let holder = try Holder(project, "pair")
        try killDeployer(within: statement, project)
        try endWaiting(project)
        try holder.letGo()
        try project.server.query("ALTER TABLE `\(project.database)`.pair ADD theirs INT, ADD KEY (theirs)")
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(result.output.contains("Recovered: "))
        let columns = try count(project, "SHOW CREATE TABLE pair")
        #expect(columns.contains("`c`") && columns.contains("`theirs`"), "\(columns)")
        #expect(try count(project, "SELECT GROUP_CONCAT(i) FROM u") == "7")
    }
}
