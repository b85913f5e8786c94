import Deployment
import Foundation
import SystemPackage
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
            "CREATE EVENT IF NOT EXISTS e ON SCHEDULE AT CURRENT_TIMESTAMP DO INSERT INTO u VALUES (9)",
            "CREATE USER one@h IDENTIFIED BY 'x', two@h IDENTIFIED BY 'y'; RENAME USER one@h TO tmp@h, two@h TO one@h, tmp@h TO two@h",
        ])
    func whatLeavesNoTraceIsAskedAbout(server: TestServer, statement: String) throws {
        // MariaDB runs no events unless it is told to.
        if statement.contains("EVENT"), server.flavor == .mariaDB { return }
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

    /// Without the numbers under which the server keeps a table, here for its name, nothing tells whether it was emptied.
    @Test(arguments: TestServer.all)
    func aTableThatMayHaveBeenEmptiedIsAskedAbout(server: TestServer) throws {
        let project = try project(server, "CREATE TABLE x (i INT);\nTRUNCATE `pa-ir`")
        try count(project, "CREATE TABLE `pa-ir` (id INT PRIMARY KEY); INSERT INTO `pa-ir` VALUES (1), (2)")
        try killDeployer(within: "DO SLEEP", project)
        let result = try project.command()
        #expect("\(result.output) \(result.errors)".contains("Whether it took effect is not known"), "\(result)")
        #expect(try count(project, "SELECT COUNT(*) FROM `pa-ir`") == "0")
        let repair = try project.command("repair", "--script", "Modifications/002.R.sql", "--resume-at", "3", "--yes")
        #expect(repair.status == 0, "\(repair.output) \(repair.errors)")
        let last = try project.command()
        #expect(last.status == 0, "\(last.output) \(last.errors)")
        #expect(try count(project, "SELECT COUNT(*) FROM `pa-ir`") == "0")
        #expect(try count(project, "SELECT GROUP_CONCAT(i) FROM u") == "7")
    }

    /// A replica that took the primary's place keeps the same tables under other numbers: they do not tell whether a table was
    /// emptied.
    @Test(arguments: TestServer.all)
    func numbersOfAnotherServerTellNothing(server: TestServer) throws {
        let project = try project(server, "TRUNCATE pair")
        let holder = try Holder(project, "pair")
        try killDeployer(within: "TRUNCATE", project)
        try endWaiting(project)
        try holder.letGo()
        let other = try server.fresh(arguments: ["--server-id=77"]).start()
        try copyDatabase(project.database, of: server, to: other.socket)
        let url = "mysql://root@localhost/?socket=\(other.socket)"
        let result = try project.command("--url", url)
        #expect("\(result.output) \(result.errors)".contains("Whether it took effect is not known"), "\(result)")
        let rows = try server.query("SELECT COUNT(*) FROM pair", database: project.database, on: other.socket)
        #expect(rows == "2\n")
        // The first one tells still.
        let last = try project.command()
        #expect(last.status == 0 && last.output.contains("Recovered: "), "\(last.output) \(last.errors)")
        #expect(try count(project, "SELECT COUNT(*) FROM pair") == "0")
    }

    /// Copies tables and rows, as a dump does; the numbers of the tables are others behind it.
    private func copyDatabase(_ database: String, of server: TestServer, to socket: FilePath) throws {
        let source = try server.session(database)
        defer { source.close() }
        let copy = try server.session(nil, on: socket)
        defer { copy.close() }
        try copy.execute("CREATE DATABASE padding; CREATE TABLE padding.p (id INT PRIMARY KEY)")
        try copy.execute("CREATE DATABASE `\(database)`; USE `\(database)`")
        for table in try source.query("SHOW TABLES").compactMap({ $0[0] }) {
            let definition = try #require(try source.query("SHOW CREATE TABLE `\(table)`").first?[1])
            try copy.execute(definition)
            for row in try source.query("SELECT * FROM `\(table)`") {
                let values = row.map { quoted(literal: $0) }.joined(separator: ", ")
                try copy.execute("INSERT INTO `\(table)` VALUES (\(values))")
            }
        }
    }

    /// Also where its file was away in between.
    @Test(arguments: TestServer.all)
    func whatIsInDoubtStaysSoWithoutTheFile(server: TestServer) throws {
        let project = try project(server, "ALTER TABLE pair CHANGE a b INT, CHANGE b a INT AFTER id")
        try killDeployer(within: "DO SLEEP", project)
        let script = try project.read("Modifications/002.R.sql")
        try FileManager.default.removeItem(
            atPath: project.directory.appending("Modifications/002.R.sql").string)
        let removal = try project.command("repair", "--yes")
        #expect(removal.status == 0, "\(removal.output) \(removal.errors)")
        try project.write("Modifications/002.R.sql", script)
        let result = try project.command()
        #expect(result.status != 0)
        #expect("\(result.output) \(result.errors)".contains("Whether it took effect is not known"), "\(result)")
        let repair = try project.command("repair", "--script", "Modifications/002.R.sql", "--resume-at", "2", "--yes")
        #expect(repair.status == 0, "\(repair.output) \(repair.errors)")
        let last = try project.command()
        #expect(last.status == 0, "\(last.output) \(last.errors)")
        #expect(try rows(project) == "1:20:10,2:40:30")
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

    /// `IF NOT EXISTS` leaves the same, whoever made the table: it is not dropped by a guess.
    @Test(arguments: TestServer.all)
    func aTableOfUnknownOriginIsNotDropped(server: TestServer) throws {
        let project = try project(
            server, "CREATE TABLE x (i INT);\nCREATE TABLE IF NOT EXISTS w (id INT PRIMARY KEY)")
        try killDeployer(within: "DO SLEEP", project)
        try project.server.query("INSERT INTO `\(project.database)`.w VALUES (9)")
        try project.write(
            "Modifications/002.R.sql",
            "CREATE TABLE x (i INT);\nCREATE TABLE IF NOT EXISTS w (id INT PRIMARY KEY);\nSELECT bad FROM u;\n")
        let failed = try project.command()
        #expect(failed.status != 0)
        #expect(failed.output.contains("or others did, is not known"), "\(failed.output) \(failed.errors)")
        #expect(try count(project, "SELECT id FROM w").hasSuffix("9"))
        try project.server.query("RENAME TABLE `\(project.database)`.w TO `\(project.database)`.kept")
        try project.write("Modifications/002.R.sql", "CREATE TABLE IF NOT EXISTS w (id INT PRIMARY KEY);\nSELECT 1;\n")
        let last = try project.command()
        #expect(last.status == 0, "\(last.output) \(last.errors)")
        #expect(try count(project, "SELECT COUNT(*) FROM kept") == "1")
    }

    /// Nothing is kept for the last statement of a script, and it is not to run twice all the same.
    @Test(arguments: TestServer.all)
    func theLastStatementIsAskedAbout(server: TestServer) throws {
        let project = try project(server, "SELECT 1")
        let statement = "ALTER TABLE pair DROP COLUMN a, RENAME COLUMN b TO a, ADD COLUMN b INT"
        try project.write("Modifications/002.R.sql", "CREATE TABLE x (i INT);\n\(statement);\n")
        let holder = try Holder(project, "pair")
        try killDeployer(within: statement, project)
        try holder.letGo()
        try waitUntil { try rows(project) == "1:20:-,2:40:-" }
        let result = try project.command()
        #expect(result.status != 0, "\(result.output)")
        #expect(result.errors.contains("Whether it took effect is not known"), "\(result.output) \(result.errors)")
        #expect(try rows(project) == "1:20:-,2:40:-")
        let repair = try project.command("repair", "--script", "Modifications/002.R.sql", "--resume-at", "3", "--yes")
        #expect(repair.status == 0, "\(repair.output) \(repair.errors)")
        #expect(try project.command().status == 0)
        #expect(try rows(project) == "1:20:-,2:40:-")
    }

    /// What was to be dropped and was not is still the script's.
    @Test(arguments: TestServer.all)
    func whatTheScriptMadeGoesThoughItsDropWasCutOff(server: TestServer) throws {
        let project = try project(server, "SELECT 1")
        try project.write(
            "Modifications/002.R.sql",
            "CREATE TABLE w (i INT);\nDO SLEEP(3);\nDROP TABLE w;\nSELECT bad FROM u;\n")
        let running = try project.command.start([])
        try waitUntil { try count(project, "SHOW TABLES LIKE 'w'") != "" }
        let holder = try Holder(project, "w")
        try waitUntil { try waiting(project) == "1" }
        running.kill()
        try endWaiting(project)
        try holder.letGo()
        let result = try project.command()
        #expect(result.status != 0)
        #expect(
            result.output.contains("Nothing of this script is in the database"), "\(result.output) \(result.errors)")
        #expect(try count(project, "SHOW TABLES LIKE 'w'") == "")
    }

    /// The same where the drop stepped aside for a lock, and happened then.
    @Test(arguments: TestServer.all)
    func whatOthersMakeBehindADropThatWaitedStays(server: TestServer) throws {
        let project = try project(server, "SELECT 1")
        try project.write(
            "Modifications/002.R.sql",
            "CREATE TABLE w (i INT);\nDO SLEEP(3);\nDROP TABLE w;\nDO SLEEP(3);\nSELECT bad FROM u;\n")
        let running = try project.command.start(["--set", "lock_wait_timeout=1"])
        try waitUntil { try count(project, "SHOW TABLES LIKE 'w'") != "" }
        let holder = try Holder(project, "w")
        try waitUntil { try waiting(project) == "1" }
        try waitUntil { try waiting(project) == "0" }
        try holder.letGo()
        try waitUntil { try count(project, "SHOW TABLES LIKE 'w'") == "" }
        try count(project, "CREATE TABLE w (i INT); INSERT INTO w VALUES (9)")
        _ = running.process.ending(by: .now + .seconds(60))
        let output = try running.output()
        #expect(output.contains("Nothing of this script is in the database"), "\(output)")
        #expect(try count(project, "SELECT i FROM w").hasSuffix("9"))
    }
}
