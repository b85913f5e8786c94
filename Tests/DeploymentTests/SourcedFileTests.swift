import Deployment
import MySQLDriver
import SystemPackage
import TestServers
import Testing

/// Files that a script reads by `source` are part of it.
@Suite struct SourcedFileTests {
    private func applied(_ server: TestServer, _ script: String = "source parts/a.txt\n") throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT);\n")
        try project.write("Modifications/parts/a.txt", "INSERT INTO t VALUES (1);\n")
        try project.write("Modifications/1.sql", script)
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        return project
    }

    @Test(
        arguments: TestServer.all,
        [
            "source parts/a.txt\n", "SOURCE Modifications/parts/a.txt;\n", "\\. parts/a.txt\n",
            "DO 0;\n  source parts/a.txt",
        ])
    func anEditIsAChangeOfTheScript(server: TestServer, script: String) throws {
        let project = try applied(server, script)
        try project.write("Modifications/parts/a.txt", "INSERT INTO t VALUES (2);\n")
        let problem = try #require(try project.plan().problems.first { $0.code == .changed })
        #expect(problem.message.contains("a.txt, which it reads, was changed on 2"), "\(problem.message)")
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        try project.write("Modifications/parts/a.txt", "INSERT INTO t VALUES (2);\r\n")
        #expect(try project.deploy().kind == .nothingToDo, "line ends don't count")
        try project.remove("Modifications/parts/a.txt")
        #expect(try project.plan().errors == ["changed"])
    }

    /// As with the client.
    @Test(arguments: TestServer.all)
    func delimiterAndModesGoOnBehindSource(server: TestServer) throws {
        let project = try applied(server)
        try project.write(
            "Modifications/parts/b.txt", "INSERT INTO t VALUES (2) //\nDO '\\' //\ndelimiter ;\nSET sql_mode = '';\n")
        try project.write(
            "Modifications/2.sql",
            "SET sql_mode = 'NO_BACKSLASH_ESCAPES';\ndelimiter //\nsource parts/b.txt\nDO '\\';'; INSERT INTO t VALUES (3);\n"
        )
        let outcome = try project.deploy()
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "2", "3"])
        #expect(try project.rows("SELECT Position FROM DatabaseTrackScript WHERE FileName = '2.sql'") == ["6"])
    }

    @Test(arguments: TestServer.all)
    func anEditIsSeenThoughChecksumsAreKept(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/2.sql", "source parts/b.txt\n")
        try project.write("Modifications/parts/b.txt", "source c.txt\n")
        try project.write("Modifications/parts/c.txt", "INSERT INTO t VALUES (3);\n")
        let kept = project.directory.appending(".databasedeploy").appending("checksums")
        try waitUntil {
            try project.deploy()
            return try readFile(kept).contains("Modifications/2.sql")
        }
        #expect(try readFile(kept).contains("c.txt"))
        #expect(try project.deploy().kind == .nothingToDo)
        let file = project.directory.appending("Modifications").appending("parts").appending("a.txt")
        let time = try modificationTime(file)
        try project.write("Modifications/parts/a.txt", "INSERT INTO t VALUES (4);\n")
        try setModificationTime(file, time)
        #expect(try project.plan().errors == ["changed"])
        try project.remove("Modifications/parts/c.txt")
        #expect(try project.plan().errors == ["changed", "changed"])
    }

    @Test(arguments: TestServer.all)
    func anEditIsSeenInAFolderWhoseNameHasASlash(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.folders = [
            Folder(name: "Schema", rule: .fresh), Folder(name: "sql/Modifications", rule: .always),
        ]
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT);\n")
        try project.write("sql/Modifications/parts/a.txt", "INSERT INTO t VALUES (1);\n")
        try project.write("sql/Modifications/1.sql", "source parts/a.txt\n")
        let kept = project.directory.appending(".databasedeploy").appending("checksums")
        try waitUntil {
            try project.deploy()
            return try readFile(kept).contains("a.txt")
        }
        try project.write("sql/Modifications/parts/a.txt", "INSERT INTO t VALUES (2);\n")
        #expect(try project.plan().errors == ["changed"])
    }

    /// The directory of the script comes before the project's.
    @Test(arguments: TestServer.all)
    func aNewFileThatComesFirstIsSeenThoughChecksumsAreKept(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/2.sql", "source parts/b.txt\n")
        try project.write("parts/b.txt", "INSERT INTO t VALUES (2);\n")
        let kept = project.directory.appending(".databasedeploy").appending("checksums")
        try waitUntil {
            try project.deploy()
            return try readFile(kept).contains("Modifications/2.sql")
        }
        let lines = try readFile(kept).split(separator: "\n")
        #expect(try project.deploy().kind == .nothingToDo)
        try project.write("Modifications/parts/b.txt", "INSERT INTO t VALUES (3);\n")
        #expect(try project.plan().errors == ["changed"])
        // As earlier versions kept it: they did not say what was looked for first.
        let earlier = lines.dropFirst().filter { !$0.hasPrefix("absent ") }.joined(separator: "\n") + "\n"
        try writeBytes(earlier.utf8, to: kept)
        #expect(try project.plan().errors == ["changed"])
        try project.remove("Modifications/parts/b.txt")
        #expect(try project.plan().errors == [])
    }

    /// An edit of the file, and a new one that comes first.
    @Test(arguments: TestServer.all, ["Modifications/parts/b.txt", "parts/b.txt"])
    func anEditBetweenPlanAndRunStopsTheScript(server: TestServer, file: String) throws {
        let project = try applied(server)
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: nil)
        defer { holder.close() }
        try holder.execute("DO GET_LOCK('\(project.database)', 0)")
        try project.write("Modifications/2.sql", "DO GET_LOCK('\(project.database)', 3600);\n")
        try project.write("Modifications/3.sql", "source parts/b.txt\n")
        try project.write(file, "INSERT INTO t VALUES (2);\n")
        let deployer = try Background {
            let outcome = try project.deploy { $0.statementTimeout = 0 }
            guard outcome.failure?.script.file == "3.sql" else { throw Missing(what: "a failure of 3.sql: \(outcome)") }
        }
        let find =
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%DO GET_LOCK(%' AND INFO NOT LIKE '%PROCESSLIST%'"
        try deployer.waitUntil { try project.rows(find).count == 1 }
        try project.write("Modifications/parts/b.txt", "INSERT INTO t VALUES (3);\n")
        try holder.execute("DO RELEASE_LOCK('\(project.database)')")
        try deployer.join()
        #expect(try project.rows("SELECT id FROM t") == ["1"])
    }

    @Test(arguments: TestServer.all)
    func withoutSourceTheChecksumIsThatOfTheText(server: TestServer) throws {
        let project = try applied(server)
        try project.write("Modifications/2.sql", "INSERT INTO t VALUES (5); -- source\r\n")
        try project.deploy()
        let sums = try project.rows(
            """
            SELECT FileName, Checksum = SHA2('INSERT INTO t VALUES (5); -- source\n', 256),
                Checksum = SHA2(CONCAT(SHA2('source parts/a.txt\n', 256), '\n', SHA2('INSERT INTO t VALUES (1);\n', 256), '\n'), 256)
            FROM DatabaseTrackScript WHERE FolderName = 'Modifications' ORDER BY FileName
            """)
        #expect(sums == ["1.sql\t0\t1", "2.sql\t1\t0"])
    }
}
