import Deployment
import Foundation
import MySQLDriver
import TestServers
import Testing

/// Scripts that run at the same time: with the result of running them in order.
struct ParallelTests {
    /// `PARALLEL_HISTORIES=1000` for many, `PARALLEL_SEED=325` for where they begin.
    private static let first = ProcessInfo.processInfo.environment["PARALLEL_SEED"].flatMap(Int.init) ?? 1
    private static let histories =
        ProcessInfo.processInfo.environment["PARALLEL_HISTORIES"].flatMap(Int.init) ?? 12

    @Test(arguments: TestServer.all)
    func aHistoryEndsAsInOrder(server: TestServer) throws {
        for seed in Self.first..<Self.first + Self.histories {
            let history = RandomHistory(seed: UInt64(seed), scripts: 40)
            var project = try TestProject(server)
            try project.execute("CREATE DATABASE `\(project.database)`")
            for (index, script) in history.scripts.enumerated() {
                try project.write("Modifications/\(index + 1).S.sql", script)
            }
            // Half of them in one deployment, half of it in a later one, on what is there.
            let half = history.scripts.count / 2
            var states: [DatabaseState] = []
            for parallel in [1, 4] {
                project.configuration.parallel = parallel
                for index in half..<history.scripts.count {
                    try project.rename("Modifications/\(index + 1).S.sql", to: "\(index + 1).later")
                }
                let first = try project.deploy()
                for index in half..<history.scripts.count {
                    try project.rename("\(index + 1).later", to: "Modifications/\(index + 1).S.sql")
                }
                let second = try project.deploy()
                #expect(
                    first.failure == nil && second.failure == nil,
                    "seed \(seed), \(parallel): \(first.failure?.message ?? second.failure?.message ?? "")")
                let session = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
                defer { session.close() }
                states.append(try DatabaseState(of: session, database: project.database))
                #expect(try project.checkpoints() == ["Modifications\t\(history.scripts.count).S.sql"])
                try project.execute("DROP DATABASE `\(project.database)`; CREATE DATABASE `\(project.database)`")
            }
            #expect(states[1].differences(from: states[0]) == [], "seed \(seed), parallel and in order")
        }
    }

    @Test(arguments: TestServer.all)
    func theExampleProjectEndsAsInOrder(server: TestServer) throws {
        var project = try TestProject(server, database: "Makalu")
        for folder in ["Schema", "Data", "Modifications"] {
            try linkFile(
                project.directory.appending(folder),
                to: #filePath.components(separatedBy: "/Tests/")[0] + "/Examples/Makalu/" + folder)
        }
        var states: [DatabaseState] = []
        for parallel in [1, 4] {
            project.configuration.parallel = parallel
            #expect(try project.deploy { $0.recreate = true }.kind == .succeeded)
            let session = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
            defer { session.close() }
            let clocks = try session.query(
                """
                SELECT CONCAT(TABLE_NAME, '.', COLUMN_NAME) FROM information_schema.COLUMNS
                WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE IN ('datetime', 'timestamp')
                """
            ).compactMap(\.[0])
            let identifiers = ["Estimate.PublicId", "Invoice.PublicId"]  // UUIDs
            states.append(try DatabaseState(of: session, database: project.database, clocks: Set(clocks + identifiers)))
        }
        // An event without STARTS starts when it is made.
        let differences = states[1].differences(from: states[0]).filter {
            !$0.hasPrefix("EVENT ev_CleanPortalSessions")
        }
        #expect(differences == [])
        try project.execute("DROP DATABASE Makalu")
    }

    @Test(arguments: TestServer.all)
    func scriptsThatTouchNothingInCommonRunAtTheSameTime(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        for name in ["a", "b"] {
            try project.write("Modifications/\(name).sql", "CREATE TABLE \(name) (id INT); SELECT SLEEP(0.5);")
        }
        try project.write("Modifications/c.sql", "INSERT INTO a VALUES (1);")
        let events = try project.recorded { $0.parallel = 2 }.events.compactMap(\.scriptEvent)
        #expect(events.prefix(2).sorted() == ["start a.sql", "start b.sql"])
        let firstEnd = try #require(events.firstIndex(of: "end a.sql"))
        #expect(try #require(events.firstIndex(of: "start c.sql")) > firstEnd)
    }

    /// What each script costs more beside others is more than it saves, where most of them wait for the one before.
    @Test(arguments: TestServer.all)
    func scriptsThatMostlyWaitForEachOtherRunOneAfterTheOther(server: TestServer) throws {
        let project = try TestProject(server)
        for number in 1...60 {
            let isRepeated = number > 1 && number % 10 != 0
            try project.write(
                "Modifications/\(number).sql",
                isRepeated
                    ? "ALTER TABLE t ADD COLUMN c\(number) INT;"
                    : "CREATE TABLE t\(number == 1 ? "" : "\(number)") (id INT);")
        }
        func together(_ parallel: Int?) throws -> Int {
            try project.recorded {
                $0.parallel = parallel
                $0.recreate = true
            }.events.count { if case .scriptStarted(let start) = $0 { start.isBesideOthers } else { false } }
        }
        #expect(try together(nil) == 0)
        #expect(try together(4) > 0)
        for number in 1...60 {
            try project.write("Modifications/\(number).sql", "CREATE TABLE t\(number) (id INT);")
        }
        #expect(try together(nil) > 0)
        // A few cost less than the connections; unless they are large.
        for number in 11...60 { try project.remove("Modifications/\(number).sql") }
        #expect(try together(nil) == 0)
        let rows = (1...4000).map { "(\($0))" }.joined(separator: ",\n")
        for number in 1...10 {
            try project.write(
                "Modifications/\(number).sql",
                "CREATE TABLE t\(number) (id INT);\nINSERT INTO t\(number) VALUES \(rows);")
        }
        #expect(try together(nil) > 0)
    }

    @Test(arguments: TestServer.all)
    func aFailureLetsRunningScriptsEndAndTheNextRunDoesTheRest(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write(
            "Modifications/1.Fails.sql", "CREATE TABLE a (id INT PRIMARY KEY); SELECT SLEEP(0.5); SELECT wrong;")
        try project.write("Modifications/2.Ends.sql", "CREATE TABLE b (id INT PRIMARY KEY); SELECT SLEEP(1);")
        try project.write("Modifications/3.Waits.sql", "INSERT INTO b SELECT 1 FROM DUAL; INSERT INTO a VALUES (1);")
        let outcome = try project.deploy { $0.parallel = 2 }
        #expect(outcome.kind == .failed)
        #expect(outcome.failure?.script.file == "1.Fails.sql")
        #expect(outcome.names == ["Modifications/2.Ends.sql"])
        // What ran ahead is remembered, and the checkpoint, which the old program reads, is not past what failed.
        #expect(try project.checkpoints().isEmpty)
        #expect(try project.rows("SELECT State FROM DatabaseTrackScript WHERE FileName = '2.Ends.sql'") == ["ahead"])
        #expect(try project.rows("SHOW TABLES LIKE 'a'").isEmpty)
        let plan = try project.plan()
        #expect(plan.names == ["Modifications/1.Fails.sql", "Modifications/3.Waits.sql"])
        #expect(plan.problems.filter { $0.severity != .notice }.isEmpty)

        try project.write("Modifications/1.Fails.sql", "CREATE TABLE a (id INT PRIMARY KEY);")
        #expect(try project.deploy().names == ["Modifications/1.Fails.sql", "Modifications/3.Waits.sql"])
        #expect(try project.checkpoints() == ["Modifications\t3.Waits.sql"])
        #expect(try project.rows("SELECT DISTINCT State FROM DatabaseTrackScript") == ["applied"])
    }

    @Test(arguments: TestServer.all)
    func whatRanAheadIsReachedAlsoIfNothingIsLeftToRun(server: TestServer) throws {
        let project = try TestProject(server)
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write("Modifications/1.Fails.sql", "SELECT SLEEP(0.3); SELECT wrong;")
        try project.write("Modifications/2.Ends.sql", "CREATE TABLE b (id INT PRIMARY KEY);")
        #expect(try project.deploy { $0.parallel = 2 }.kind == .failed)
        // The old program's user decides that the first is not needed.
        try project.remove("Modifications/1.Fails.sql")
        try project.deploy()
        #expect(try project.checkpoints() == ["Modifications\t2.Ends.sql"])
    }

    @Test(arguments: TestServer.all)
    func aTriggerAndAViewTieScriptsOnWhatIsThere(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.parallel = 4
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write(
            "Modifications/1.Base.sql",
            """
            CREATE TABLE t (id INT PRIMARY KEY); CREATE TABLE log (id INT AUTO_INCREMENT PRIMARY KEY, what INT);
            CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW INSERT INTO log (what) VALUES (NEW.id + SLEEP(0.3));
            CREATE VIEW v AS SELECT what FROM log; CREATE TABLE seen (n INT);
            """)
        try project.deploy()
        try project.write("Modifications/2.Insert.sql", "INSERT INTO t VALUES (7);")
        try project.write("Modifications/3.Read.sql", "INSERT INTO seen SELECT COUNT(*) FROM v;")
        try project.deploy()
        #expect(try project.rows("SELECT n FROM seen") == ["1"])
    }

    /// Names of constraints are one for the whole database, and the exchange of a partition changes two tables.
    @Test(arguments: TestServer.all)
    func namesThatAreNoTablesTieScripts(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.parallel = 4
        try project.execute("CREATE DATABASE `\(project.database)`")
        let tables = (1...2).map { number in
            """
            CREATE TABLE p\(number) (id INT PRIMARY KEY);
            CREATE TABLE c\(number) (id INT PRIMARY KEY, p INT, n INT,
                CONSTRAINT one\(number) FOREIGN KEY (p) REFERENCES p\(number) (id), CONSTRAINT two\(number) CHECK (n > 0));
            """
        }
        try project.write(
            "Modifications/1.Base.sql",
            tables.joined(separator: "\n") + """

                CREATE TABLE parts (id INT PRIMARY KEY) PARTITION BY RANGE (id) (PARTITION a VALUES LESS THAN (10));
                CREATE TABLE plain (id INT PRIMARY KEY);
                """)
        try project.deploy()
        try project.write(
            "Modifications/2.Free.sql",
            """
            SELECT SLEEP(0.5);
            ALTER TABLE c1 DROP FOREIGN KEY one1; ALTER TABLE c1 DROP CONSTRAINT two1;
            """)
        try project.write(
            "Modifications/3.Take.sql",
            """
            ALTER TABLE c2 ADD CONSTRAINT one1 FOREIGN KEY (p) REFERENCES p2 (id);
            ALTER TABLE c2 ADD CONSTRAINT two1 CHECK (n < 9);
            """)
        try project.write(
            "Modifications/4.Exchange.sql",
            "SELECT SLEEP(0.5); ALTER TABLE parts EXCHANGE PARTITION a WITH TABLE plain;")
        try project.write("Modifications/5.Behind.sql", "INSERT INTO plain VALUES (5);")
        let outcome = try project.deploy()
        #expect(outcome.failure == nil, "\(outcome.failure?.message ?? "")")
        #expect(try project.rows("SELECT id FROM plain") == ["5"])
    }

    @Test(arguments: TestServer.all)
    func whereConnectionsAreFewScriptsRunOneAfterTheOther(server: TestServer) throws {
        let few = try server.fresh(arguments: ["--max-connections=10"])
        let running = try few.start()
        defer { #expect(throws: Never.self) { try few.stop() } }
        var project = try TestProject(server, on: running.socket)
        project.configuration.parallel = 16
        try project.execute("CREATE DATABASE `\(project.database)`")
        for number in 1...40 { try project.write("Modifications/\(number).sql", "CREATE TABLE t\(number) (id INT);") }
        let (outcome, events) = try project.recorded()
        #expect(outcome.kind == .succeeded)
        #expect(try project.checkpoints() == ["Modifications\t40.sql"])
        #expect(events.count { $0.isNotice(.connections) } == 1)
    }

    @Test(arguments: TestServer.all)
    func aScriptThatRepairCallsAppliedStaysAheadOfOneThatIsNotDone(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.onFailure = .keep
        try project.execute("CREATE DATABASE `\(project.database)`")
        for number in 1...2 {
            try project.write(
                "Modifications/\(number).Fails.sql",
                "CREATE TABLE t\(number) (id INT); SELECT SLEEP(0.5); SELECT wrong;")
        }
        #expect(try project.deploy { $0.parallel = 2 }.kind == .failed)
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        let second = ScriptIdentity(folder: "Modifications", file: "2.Fails.sql")
        try repair.apply([try repair.check(.markApplied(second))])
        #expect(try project.checkpoints().isEmpty)
        #expect(try project.plan().names == ["Modifications/1.Fails.sql"])
        try project.write("Modifications/1.Fails.sql", "CREATE TABLE t1 (id INT); SELECT 1; SELECT 2;")
        try project.deploy()
        #expect(try project.checkpoints() == ["Modifications\t2.Fails.sql"])
        #expect(try project.rows("SELECT DISTINCT State FROM DatabaseTrackScript") == ["applied"])
    }

    @Test(arguments: TestServer.all)
    func aScriptThatMeetsALockRunsAgainAlone(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.parallel = 2
        try project.execute("CREATE DATABASE `\(project.database)`")
        try project.write("Modifications/0.T.sql", "CREATE TABLE t (id INT PRIMARY KEY); INSERT INTO t VALUES (1);")
        try project.deploy()
        let holder = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
        defer { holder.close() }
        try holder.execute("START TRANSACTION; UPDATE t SET id = 3")
        try project.write(
            "Modifications/1.Waits.sql", "SET innodb_lock_wait_timeout = 1; UPDATE t SET id = 2 WHERE id = 1;")
        try project.write("Modifications/2.Other.sql", "CREATE TABLE u (id INT);")
        let events = Recorder()
        let deployment = try Background { [project] in
            let outcome = try Deploy(
                configuration: project.configuration, driver: MySQLDriver(), reader: events
            ).run()
            guard outcome.kind == .succeeded else { throw Missing(what: "success: \(outcome)") }
        }
        try deployment.waitUntil { events.all.contains { $0.isNotice(.contention) } }
        try holder.execute("ROLLBACK")
        try deployment.join()
        #expect(try project.rows("SELECT id FROM t") == ["2"])
        #expect(try project.rows("SHOW TABLES LIKE 'u'") == ["u"])
    }
}

extension Event {
    /// Such as `start a.sql`.
    var scriptEvent: String? {
        switch self {
        case .scriptStarted(let start): "start \(start.script.file)"
        case .scriptFinished(let script, _, _): "end \(script.file)"
        default: nil
        }
    }

    fileprivate func isNotice(_ code: Problem.Code) -> Bool {
        if case .notice(let problem) = self { return problem.code == code }
        return false
    }
}
