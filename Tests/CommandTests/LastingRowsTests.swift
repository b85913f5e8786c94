import Foundation
import TestServers
import Testing

/// Rows of tables without transactions: nothing can be committed with them, so what was cut off is asked about, and never done twice.
@Suite struct LastingRowsTests {
    private static let script = "UPDATE m SET n = n + 1; SELECT 1; UPDATE m SET n = n + 10; SELECT 2;\n"

    private func project(_ server: TestServer) throws -> CommandProject {
        let project = try CommandProject(server)
        try project.write(
            "Modifications/001.M.sql",
            "CREATE TABLE m (id INT PRIMARY KEY, n INT) ENGINE=MyISAM; INSERT INTO m VALUES (1, 100);\n")
        return project
    }

    private func value(_ project: CommandProject) throws -> String {
        try project.server.query("SELECT n FROM `\(project.database)`.m").trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    /// Whether the table is there before the deployment, or made by it.
    @Test(arguments: TestServer.all, [true, false])
    func noKillDoesAStatementTwice(server: TestServer, isThere: Bool) throws {
        var (kills, questions) = (0, 0)
        var edge = isThere ? 20 : 76
        while true {
            let project = try project(server)
            if isThere { #expect(try project.command().status == 0) }
            try project.write("Modifications/002.U.sql", Self.script)
            var command = project.command
            command.variables["DATABASEDEPLOY_KILL_AT"] = "\(edge)"
            edge += isThere ? 2 : 5
            guard try command().status != 0 else { break }
            kills += 1
            var result = try project.command()
            for _ in 0..<4 where result.status == 2 {
                guard (result.output + result.errors).contains("--resume-at") else { break }
                questions += 1
                try answer(project, result.output + result.errors)
                result = try project.command()
            }
            #expect(result.status == 0, "edge \(edge): \(result.output) \(result.errors)")
            #expect(try value(project) == "111", "edge \(edge)")
        }
        #expect(kills > 4)
        #expect(questions > 0)
    }

    /// What a person does who looks.
    private func answer(_ project: CommandProject, _ question: String, next given: Int? = nil) throws {
        let value = try value(project)
        let isFirst = question.contains("--script Modifications/001.M.sql")
        let next = given ?? (isFirst ? (value.isEmpty ? 2 : 3) : ["100": 1, "101": 2, "111": 4][value] ?? 0)
        let answer = try project.command(
            "repair", "--script", "Modifications/00\(isFirst ? "1.M" : "2.U").sql", "--resume-at", "\(next)", "--yes")
        #expect(answer.status == 0, "\(answer.output) \(answer.errors)")
    }

    /// However a table came to its engine, its rows are changed once.
    @Test(
        arguments: TestServer.all,
        [
            "CREATE TABLE n (i INT) ENGINE='MyISAM'", "CREATE TABLE n LIKE m; ALTER TABLE n DROP PRIMARY KEY",
            "CREATE TABLE n (LIKE m); ALTER TABLE n DROP PRIMARY KEY",
            "CREATE TABLE o (i INT) ENGINE MyISAM; RENAME TABLE o TO n",
            "SET default_storage_engine = 'MyISAM'; CREATE TABLE n (i INT)",
            "PREPARE s FROM 'CREATE TABLE n (i INT) ENGINE=MyISAM'; EXECUTE s",
        ])
    func whatWasAddedToANewTableIsAddedOnce(server: TestServer, making: String) throws {
        let project = try project(server)
        #expect(try project.command().status == 0)
        let start = "\(making); INSERT INTO n VALUES (\(making.contains("LIKE") ? "1, 1" : "1"));"
        try project.write("Modifications/002.N.sql", start + " DO SLEEP(30);\n")
        try killAsleep(project)
        try project.write("Modifications/002.N.sql", start + " DO SLEEP(0);\n")
        var result = try project.command("--set", "orphan=kill")
        let statements = start.split(separator: ";").count
        if result.status == 2, result.output.contains("--resume-at") {
            let answer = try project.command(
                "repair", "--script", "Modifications/002.N.sql", "--resume-at", "\(statements + 1)", "--yes")
            #expect(answer.status == 0, "\(answer.output) \(answer.errors)")
            result = try project.command()
        }
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(try server.query("SELECT COUNT(*) FROM `\(project.database)`.n") == "1\n")
    }

    /// The intent of a change that stays commits what was changed before it, which is taken back all the same.
    @Test(
        arguments: TestServer.all,
        ["CREATE TABLE n LIKE m", "CREATE TABLE n (id INT PRIMARY KEY, n INT) ENGINE=MyISAM"])
    func whatWasChangedBeforeItIsTakenBack(server: TestServer, making: String) throws {
        let project = try project(server)
        #expect(try project.command().status == 0)
        let start = "\(making); UPDATE t SET id = id + 10 WHERE id = 1; INSERT INTO n VALUES (1, 1);"
        try project.write("Modifications/002.N.sql", start + " SELECT * FROM nosuch;\n")
        let failed = try project.command()
        #expect(failed.output.contains("Nothing of this script is in the database"), "\(failed.output)")
        #expect(try ids(project) == "1")
        try project.write("Modifications/002.N.sql", start + " DO SLEEP(30);\n")
        try killAsleep(project)
        try project.write("Modifications/002.N.sql", start + " DO SLEEP(0);\n")
        let result = try project.command("--set", "orphan=kill")
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(try ids(project) == "11")
        #expect(try server.query("SELECT COUNT(*) FROM `\(project.database)`.n") == "1\n")
    }

    private func ids(_ project: CommandProject) throws -> String {
        try project.server.query("SELECT GROUP_CONCAT(id ORDER BY id) FROM `\(project.database)`.t")
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Deploys until `DO SLEEP(30)` runs, and is killed then.
    private func killAsleep(_ project: CommandProject) throws {
        let running = try project.command.start(["deploy"])
        try waitUntil {
            try project.server.query(
                """
                SELECT COUNT(*) FROM information_schema.PROCESSLIST
                WHERE INFO = 'DO SLEEP(30)' AND DB = '\(project.database)'
                """
            ).contains("1")
        }
        kill(running.process.id, SIGKILL)
        _ = running.process.ending(by: .now + .seconds(60))
    }

    /// The plan says of a script that a table of an earlier one has no transactions, though nobody named its engine.
    @Test(arguments: TestServer.all)
    func theServersDefaultEngineIsSeen(server: TestServer) throws {
        let own = try server.fresh(arguments: ["--default-storage-engine=MyISAM"])
        defer { #expect(throws: Never.self) { try own.stop() } }
        let socket = try own.start().socket
        let project = try CommandProject(server)
        let url = "mysql://root@localhost/?socket=\(socket)"
        try project.write("Modifications/001.M.sql", "CREATE TABLE m (i INT);\n")
        try project.write("Modifications/002.U.sql", "INSERT INTO m VALUES (1); SELECT 1;\n")
        let plan = try project.command("plan", "--url", url).output
        #expect(plan.contains("changes rows of a table without transactions, m"), "\(plan)")
        #expect(try project.command("--url", url).status == 0)
        #expect(try server.query("SELECT COUNT(*) FROM `\(project.database)`.m", on: socket) == "1\n")
    }

    /// Only rows without transactions have intents of their own, and what is executed as prepared has them, too.
    @Test(arguments: TestServer.all)
    func aKillInAPreparedChangeIsAskedAbout(server: TestServer) throws {
        let project = try project(server)
        #expect(try project.command().status == 0)
        try project.write(
            "Modifications/002.U.sql",
            "PREPARE s FROM 'UPDATE m SET n = n + 1'; EXECUTE s; INSERT INTO t VALUES (7); DO SLEEP(30);\n")
        try killAsleep(project)
        #expect(try value(project) == "101")
        try project.write(
            "Modifications/002.U.sql",
            "PREPARE s FROM 'UPDATE m SET n = n + 1'; EXECUTE s; INSERT INTO t VALUES (7); DO SLEEP(0);\n")
        // That it is done would have been committed with the rows behind it.
        let question = try project.command("--set", "orphan=kill")
        #expect(question.status == 2)
        #expect(question.output.contains("--resume-at 3"), "\(question.output) \(question.errors)")
        try answer(project, question.output + question.errors, next: 3)
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(try value(project) == "101")
    }

    @Test(arguments: TestServer.all)
    func theAdviceGoesOnAtTheStatementThatFailed(server: TestServer) throws {
        let project = try project(server)
        #expect(try project.command().status == 0)
        try project.write("Modifications/002.U.sql", "UPDATE m SET n = n + 1; SELECT * FROM nosuch;\n")
        let plan = try project.command("plan").output
        #expect(plan.contains("changes rows of a table without transactions, m"), "\(plan)")
        #expect(try project.command().status == 2)
        #expect(try value(project) == "101")
        try project.write("Modifications/002.U.sql", "UPDATE m SET n = n + 1; SELECT 1;\n")
        let result = try project.command()
        #expect(result.status == 0, "\(result.output) \(result.errors)")
        #expect(try value(project) == "101")
    }
}
