import Deployment
import TestServers
import Testing

/// Statements that change rows travel together; each counts by itself all the same.
struct BatchTests {
    private func project(_ server: TestServer, _ script: String) throws -> TestProject {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write("Modifications/1.T.sql", "CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(50));")
        try project.write("Modifications/2.Rows.sql", script)
        return project
    }

    @Test(arguments: TestServer.all)
    func manyRowsArriveInOrder(server: TestServer) throws {
        // Comments at the ends, client commands in between, and more than a packet holds.
        let inserts = (1...20_000).map { number in
            switch number % 5000 {
            case 1: "INSERT INTO t VALUES (\(number), 'a;b') -- to the line's end\n;"
            case 2: "INSERT INTO t VALUES (\(number), 'e@x') # and this\n;\nDELIMITER ;;\nSELECT 1;;\nDELIMITER ;"
            default: "INSERT INTO t VALUES (\(number), CONCAT('row ', \(number)));"
            }
        }
        let project = try project(
            server, inserts.joined(separator: "\n") + "\nUPDATE t SET name = 'last' WHERE id = 20000")
        try project.deploy()
        #expect(
            try project.rows("SELECT COUNT(*), SUM(id), MAX(name) FROM t WHERE id % 5000 <> 0") == [
                "19996\t199960000\trow 9999"
            ])
        #expect(try project.rows("SELECT name FROM t WHERE id IN (1, 2, 20000) ORDER BY id") == ["a;b", "e@x", "last"])
    }

    @Test(arguments: TestServer.all)
    func anErrorIsThatOfItsStatement(server: TestServer) throws {
        var lines = (1...300).map { "INSERT INTO t VALUES (\($0), 'x');" }
        lines[199] = "INSERT INTO t VALUES (7, 'twice');"
        let project = try project(server, lines.joined(separator: "\n"))
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1062)
        #expect(failure.statement?.index == 199)
        #expect(failure.statement?.place.line == 200)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
    }

    @Test(arguments: TestServer.all)
    func eachStatementHasItsOwnTime(server: TestServer) throws {
        let lines = (1...5).map { "INSERT INTO t SELECT \($0), SLEEP(0.6);" }
        let project = try project(server, lines.joined(separator: "\n"))
        #expect(try project.deploy { $0.statementTimeout = 2 }.kind == .succeeded)
        try project.write(
            "Modifications/3.Slow.sql",
            "INSERT INTO t VALUES (8, 8); INSERT INTO t VALUES (9, 9);\nINSERT INTO t SELECT 10, SLEEP(30);")
        let failure = try #require(try project.deploy { $0.statementTimeout = 1 }.failure)
        #expect(failure.statement?.place.line == 2)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["5"])
    }

    @Test(arguments: TestServer.all)
    func aSmallPacketLimitIsKept(server: TestServer) throws {
        let small = try server.fresh(arguments: ["--max-allowed-packet=16384"])
        let running = try small.start()
        defer { #expect(throws: Never.self) { try small.stop() } }
        let project = try TestProject(server, on: running.socket)
        try project.execute("CREATE DATABASE `\(project.database)`")
        let rows = (1...200).map { "INSERT INTO t VALUES (\($0), '\(String(repeating: "x", count: $0 * 70))');" }
        try project.write(
            "Modifications/1.T.sql",
            "CREATE TABLE t (id INT PRIMARY KEY, name TEXT);\n"
                + "CREATE TABLE steps (id INT AUTO_INCREMENT PRIMARY KEY, n INT, filler TEXT);\n"
                + rows.joined(separator: "\n"))
        try project.write(
            "Modifications/2.T.sql", rows.joined(separator: "\n").replacing("INTO t", with: "IGNORE INTO t"))
        let steps = (1...210).map { number in
            let insert =
                "INSERT INTO steps (n, filler) VALUES (\(number), '\(String(repeating: "y", count: number * 50))');"
            return number % 30 == 0 ? "SET @x = \(number);\n\(insert)\nCOMMIT;" : insert
        }
        try project.write(
            "Modifications/3.Steps.sql", "SET autocommit = 0;\n" + steps.joined(separator: "\n") + "\nCOMMIT;")
        let failure = try project.deploy().failure
        #expect(failure == nil, "\(failure?.message ?? "")")
        // In their order, across the ends of packets and what does not travel with others.
        #expect(try project.rows("SELECT COUNT(*) FROM steps WHERE n <> id") == ["0"])
        #expect(try project.rows("SELECT COUNT(*) FROM steps") == ["210"])
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["200"])
    }

    /// The end travels with the last rows, and says when that was.
    @Test(arguments: TestServer.all)
    func anEndHasItsOwnTime(server: TestServer) throws {
        let project = try project(server, "INSERT INTO t VALUES (1, 'a');")
        try project.write(
            "Modifications/2a.Trigger.sql",
            "CREATE TRIGGER slow BEFORE INSERT ON t FOR EACH ROW SET NEW.name = SLEEP(1.2);")
        try project.write("Modifications/3.Slow.sql", "INSERT INTO t (id) VALUES (2);")
        #expect(try project.deploy().failure?.message == nil)
        #expect(
            try project.rows(
                """
                SELECT TIMESTAMPDIFF(MICROSECOND, StartedOn, FinishedOn) > 1000000, State FROM DatabaseTrackScript
                WHERE FileName = '3.Slow.sql'
                """) == ["1\tapplied"])
        #expect(try project.checkpoints() == ["Modifications\t3.Slow.sql"])
    }

    /// Nothing stands behind what may be no statement at all.
    @Test(arguments: TestServer.all)
    func rowsForOtherVersionsAreLeftOut(server: TestServer) throws {
        let rows =
            server.flavor == .mariaDB
            ? "/*!80000 INSERT INTO t VALUES (1, 'a') */;" : "/*M! INSERT INTO t VALUES (1, 'a') */;"
        for script in [
            rows, rows + "INSERT INTO t VALUES (2, 'b');", "INSERT INTO t VALUES (2, 'b');\n-- and\n" + rows,
        ] {
            let project = try project(server, script)
            #expect(try project.deploy().failure?.message == nil)
            #expect(try project.rows("SELECT id FROM t") == (script == rows ? [] : ["2"]))
        }
    }

    /// MariaDB may say that a `DELETE IGNORE` went well which it was told to end, and has deleted some of the rows: what follows
    /// must not be on its way already.
    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func noCommitTravelsWithWhatMayStopInTheMiddle(server: TestServer) throws {
        let own = try server.fresh(arguments: Self.logging)
        let running = try own.start()
        defer { #expect(throws: Never.self) { try own.stop() } }
        let project = try TestProject(server, on: running.socket)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write("Modifications/1.T.sql", "CREATE TABLE t (id INT PRIMARY KEY);")
        let deletions = [
            "DELETE FROM t WHERE id = 1", "DELETE IGNORE FROM t WHERE id = 2", "DELETE FROM t WHERE id = SLEEP(0)",
        ]
        for (number, deletion) in deletions.enumerated() {
            try project.write("Modifications/\(number + 2).sql", deletion + ";")
        }
        try project.deploy()
        let committing = try deletions.filter { try packets($0, project).contains { $0.contains("COMMIT") } }
        #expect(committing == [deletions[0]])
    }

    /// What a dump under table locks has in its rows is no reason to ask what became of the session.
    @Test(arguments: TestServer.all)
    func anAddressInARowIsNoVariable(server: TestServer) throws {
        let own = try server.fresh(arguments: Self.logging)
        let running = try own.start()
        defer { #expect(throws: Never.self) { try own.stop() } }
        let project = try TestProject(server, on: running.socket)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write("Modifications/1.T.sql", "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v TEXT);")
        /// Questions about the session for a script with two rows.
        func questions(_ first: String, _ second: String) throws -> Int {
            let before = try packets("LAST_INSERT_ID()", project).count
            try project.write(
                "Modifications/2_\(before).sql",
                """
                LOCK TABLES t WRITE;
                INSERT INTO t (v) VALUES (\(first));
                INSERT INTO t (v) VALUES (\(second));
                UNLOCK TABLES;
                """)
            try project.deploy()
            return try packets("LAST_INSERT_ID()", project).count - before
        }
        let least = try questions("'a'", "'b'")
        #expect(try questions("'a@example.com'", "'b@example.com'") == least)
        #expect(try questions("@a := 'a@example.com'", "'b'") == least + 1)
        #expect(try questions("@a := 'a@example.com'", "@a") == least + 2)
        #expect(try project.rows("SELECT COUNT(*) FROM t WHERE v = 'a@example.com'") == ["4"])
    }

    private static let logging = ["--general-log=1", "--log-output=TABLE"]

    /// What was sent with a text in it.
    private func packets(_ text: String, _ project: TestProject) throws -> [String] {
        try project.rows(
            "SELECT REPLACE(CONVERT(argument USING utf8mb4), '\\n', ' ') FROM mysql.general_log WHERE argument LIKE '%\(text)%' AND argument NOT LIKE '%general_log%'"
        )
    }
}
