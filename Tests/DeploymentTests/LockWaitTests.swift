import Deployment
import MySQLDriver
import Synchronization
import TestServers
import Testing

/// Definitions on a database that an application uses, while that holds locks.
@Suite struct LockWaitTests {
    private func project(_ server: TestServer) throws -> TestProject {
        var project = try TestProject(server)
        project.configuration.lockWaitTimeout = 1
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql",
            "CREATE TABLE Customer (Id INT PRIMARY KEY); INSERT INTO Customer VALUES (1); CREATE TABLE Other (Id INT PRIMARY KEY);"
        )
        try project.deploy()
        return project
    }

    private static let alteration = "ALTER TABLE Customer ADD COLUMN City INT;"

    /// An application that has read a table in a transaction, and forgotten about it.
    private final class Application {
        let session: any Session

        init(_ project: TestProject, reading table: String = "Customer") throws {
            session = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
            try session.execute("START TRANSACTION")
            _ = try session.query("SELECT * FROM \(table)")
        }

        func end() throws {
            try session.commit()
            session.close()
        }
    }

    /// A deployment on a thread of its own.
    private final class Running: Sendable {
        let events = Recorder()
        private let result = Mutex<Outcome?>(nil)
        private let thread = Mutex<Background?>(nil)

        init(_ project: TestProject, _ change: @escaping @Sendable (inout Configuration) -> Void = { _ in }) throws {
            let background = try Background { [self] in
                var configuration = project.configuration
                change(&configuration)
                let outcome = try Deploy(configuration: configuration, driver: MySQLDriver(), reader: events).run()
                result.withLock { $0 = outcome }
            }
            thread.withLock { $0 = background }
        }

        var waits: [LockWait] {
            events.all.compactMap { if case .lockWait(_, let wait) = $0 { wait } else { nil } }
        }

        func waitUntil(_ condition: () throws -> Bool) throws {
            try thread.withLock { $0 }?.waitUntil(condition)
        }

        func outcome() throws -> Outcome {
            try thread.withLock { $0 }?.join()
            guard let outcome = result.withLock({ $0 }) else { throw Missing(what: "an outcome") }
            return outcome
        }
    }

    @Test(arguments: TestServer.all)
    func anAlterationStepsAsideUntilTheApplicationIsDone(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql", "INSERT INTO Other VALUES (1); \(Self.alteration) INSERT INTO Other VALUES (2);")
        let application = try Application(project)
        let running = try Running(project)
        try running.waitUntil { running.waits.count >= 1 }
        // Behind the first one that waits: it gets through, and long before the deployment does.
        #expect(try project.rows("SELECT Id FROM Customer") == ["1"])
        try running.waitUntil { running.waits.count >= 2 }
        #expect(try project.rows("SELECT Id FROM Customer") == ["1"])
        try application.end()
        let outcome = try running.outcome()
        #expect(outcome.names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT Id, City FROM Customer") == ["1\tNULL"])
        #expect(try project.rows("SELECT Id FROM Other ORDER BY Id") == ["1", "2"])
        #expect(try project.plan().isEmpty)
        #expect(running.waits.allSatisfy { $0.lock == nil || $0.lock?.contains("Customer") == true })
        #expect(running.waits[0].text.contains("session \(application.session.connectionID) ("))
        #expect(running.waits[0].statement?.text == String(Self.alteration.dropLast()))
    }

    @Test(arguments: TestServer.all)
    func whoHoldsARowIsNamed(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "UPDATE Customer SET Id = Id + 1;")
        let application = try Application(project)
        try application.session.execute("UPDATE Customer SET Id = 7 WHERE 'a secret' <> \"it's\"")
        let running = try Running(project)
        try running.waitUntil { running.waits.count >= 1 }
        #expect(!"\(running.waits[0])".contains("a secret"))
        let id = application.session.connectionID
        #expect(
            running.waits[0].text.hasPrefix(
                "Waiting for rows of `\(project.database)`.`Customer`, held by session \(id) ("))
        #expect(running.waits[0].isGuess == false)
        #expect(running.waits[0].remedy?.hasPrefix("KILL \(id)") == true)
        try application.end()
        #expect(try running.outcome().kind == .succeeded)
        #expect(try project.rows("SELECT Id FROM Customer") == ["8"])
    }

    @Test(arguments: TestServer.all)
    func aLockThatIsNeverFreedIsAFailureThatNamesItsHolder(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "INSERT INTO Other VALUES (1); \(Self.alteration)")
        let application = try Application(project)
        let outcome = try project.deploy { $0.statementTimeout = 4 }
        let failure = try #require(outcome.failure)
        let id = application.session.connectionID
        #expect(failure.number == 1205)
        #expect(failure.message.contains("session \(id) ("))
        #expect(failure.message.contains("in a transaction for"))
        #expect(failure.advice.contains("KILL \(id)"))
        #expect(failure.advice.contains("databasedeploy"))
        #expect(failure.state.contains("Nothing of this script"))
        #expect(try project.rows("SELECT COUNT(*) FROM Other") == ["0"])
        try application.end()
        #expect(try project.deploy().names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT City FROM Customer") == ["NULL"])
        #expect(try project.rows("SELECT COUNT(*) FROM Other") == ["1"])
    }

    @Test(arguments: TestServer.all)
    func withoutTheSettingTheServersOwnValueCounts(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", Self.alteration)
        let application = try Application(project)
        let outcome = try project.deploy {
            $0.lockWaitTimeout = 0
            $0.statementTimeout = 3
        }
        let failure = try #require(outcome.failure)
        #expect(failure.message.contains("longer than 3 s"))
        #expect(failure.message.contains("session \(application.session.connectionID) ("))
        try application.end()
    }

    /// What a script sets is in force for each of its tries, and it sees nothing of ours.
    @Test(arguments: TestServer.all)
    func aScriptsOwnValueWins(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            """
            CREATE TABLE Seen (Id INT PRIMARY KEY, Value BIGINT);
            INSERT INTO Seen VALUES (1, @@SESSION.lock_wait_timeout);
            SET SESSION lock_wait_timeout = 2;
            CREATE TABLE Next (Id INT);
            INSERT INTO Seen VALUES (2, @@SESSION.lock_wait_timeout);
            \(Self.alteration)
            INSERT INTO Seen VALUES (3, @@SESSION.lock_wait_timeout);
            """)
        try project.write("Modifications/2.sql", "CREATE TABLE Last AS SELECT @@SESSION.lock_wait_timeout AS Value;")
        let application = try Application(project)
        let running = try Running(project) { $0.lockWaitTimeout = 3600 }
        // With ours it would not be tried again.
        try running.waitUntil { running.waits.count >= 2 }
        try application.end()
        #expect(try running.outcome().kind == .succeeded)
        let common = try #require(try project.rows("SELECT @@GLOBAL.lock_wait_timeout").first)
        #expect(try project.rows("SELECT Value FROM Seen ORDER BY Id") == [common, "2", "2"])
        // The next script starts as the client would.
        #expect(try project.rows("SELECT Value FROM Last") == ["3600"])
    }

    /// It is brought back with the rest of the session.
    @Test(arguments: TestServer.all)
    func aScriptsOwnValueOutlastsAFailure(server: TestServer) throws {
        let project = try project(server)
        let head = "SET SESSION lock_wait_timeout = 77; CREATE TABLE a (id INT); CREATE TABLE b (id INT);"
        try project.write("Modifications/1.sql", "\(head) CREATE TABLE Other (id INT);")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .failed)
        try project.write(
            "Modifications/1.sql", "\(head) CREATE TABLE c AS SELECT @@SESSION.lock_wait_timeout AS Value;")
        #expect(try project.deploy { $0.onFailure = .keep }.kind == .succeeded)
        #expect(try project.rows("SELECT Value FROM c") == ["77"])
    }

    @Test(arguments: TestServer.all)
    func aFreshDatabaseIsNotTouched(server: TestServer) throws {
        var project = try TestProject(server)
        project.configuration.lockWaitTimeout = 1
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t AS SELECT @@SESSION.lock_wait_timeout AS Value;")
        try project.deploy()
        #expect(try project.rows("SELECT Value = @@GLOBAL.lock_wait_timeout FROM t") == ["1"])
        try project.write("Modifications/1.sql", "CREATE TABLE u AS SELECT @@SESSION.lock_wait_timeout AS Value;")
        try project.deploy()
        #expect(try project.rows("SELECT Value FROM u") == ["1"])
    }

    /// Scripts that run beside the one that waits go on, and it is not tried once more from its start.
    @Test(arguments: TestServer.all)
    func scriptsBesideTheOneThatWaitsGoOn(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", Self.alteration)
        for number in 2...6 {
            try project.write("Modifications/\(number).sql", "CREATE TABLE T\(number) (Id INT);")
        }
        let application = try Application(project)
        let failed = try project.deploy {
            $0.parallel = 3
            $0.statementTimeout = 4
        }
        #expect(failed.failure?.number == 1205)
        #expect(failed.failure?.milliseconds ?? 0 < 20_000)
        let running = try Running(project) { $0.parallel = 3 }
        try running.waitUntil { running.waits.count >= 1 }
        try running.waitUntil {
            try project.rows(
                "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME LIKE 'T_'"
            )
                == ["5"]
        }
        try application.end()
        #expect(try running.outcome().kind == .succeeded)
        #expect(try project.rows("SELECT City FROM Customer") == ["NULL"])
        #expect(try project.plan().isEmpty)
    }

    @Test(arguments: TestServer.all)
    func whatOthersRunIsShownWithoutPasswords(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", Self.alteration)
        let id = Mutex<UInt64>(0)
        let busy = try Background {
            let session = try MySQLDriver().connect(to: try project.endpoint, database: project.database)
            defer { session.close() }
            try session.execute("START TRANSACTION")
            _ = try session.query("SELECT * FROM Customer")
            id.withLock { $0 = session.connectionID }
            do {
                _ = try session.query("SELECT SLEEP(3600), AES_ENCRYPT('x', 's3cret')")
            } catch let error as DatabaseError {
                // MySQL's SLEEP() returns.
                guard error.isInterrupted else { throw error }
            }
        }
        try busy.waitUntil { id.withLock { $0 } != 0 }
        let running = try Running(project)
        try running.waitUntil { running.waits.contains { $0.text.contains("SLEEP(3600)") } }
        let wait = try #require(running.waits.first { $0.text.contains("SLEEP(3600)") })
        #expect(wait.text.contains("busy for"))
        #expect(!wait.text.contains("s3cret"))
        try project.execute("KILL QUERY \(id.withLock { $0 })")
        try busy.join()
        #expect(try running.outcome().kind == .succeeded)
    }

    private static let waiting = """
        SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE '%metadata lock%' AND INFO LIKE 'ALTER%Customer%'
        AND DB = DATABASE()
        """

    /// A script that is half done, and sleeps in its second statement, whose connection the third value asks for.
    private func halfDone(
        _ server: TestServer, statementTimeout: Int
    ) throws -> (project: TestProject, running: Running, sleeping: String) {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql",
            "ALTER TABLE Customer ADD COLUMN Early INT; SELECT SLEEP(3600) FROM Other; CREATE TABLE Customer (Id INT);")
        try project.execute("INSERT INTO Other VALUES (1)", in: project.database)
        let running = try Running(project) { $0.statementTimeout = statementTimeout }
        let sleeping =
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE 'SELECT SLEEP(3600)%'"
        try running.waitUntil { try project.rows(sleeping).count == 1 }
        return (project, running, sleeping)
    }

    @Test(arguments: TestServer.all)
    func takingBackStepsAsideToo(server: TestServer) throws {
        let (project, running, sleeping) = try halfDone(server, statementTimeout: 60)
        let application = try Application(project)
        try project.execute("KILL QUERY \(try #require(try project.rows(sleeping).first))")
        try running.waitUntil { running.waits.count >= 2 }
        #expect(try project.rows("SELECT Id FROM Customer") == ["1"])
        #expect(running.waits[0].statement == nil)
        #expect(running.waits[0].text.contains("session \(application.session.connectionID) ("))
        try application.end()
        let failure = try #require(try running.outcome().failure)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try project.rows("SHOW COLUMNS FROM Customer").count == 1)
    }

    @Test(arguments: TestServer.all)
    func takingBackThatGetsNoLockSaysWhoHoldsIt(server: TestServer) throws {
        let (project, running, _) = try halfDone(server, statementTimeout: 4)
        let application = try Application(project)
        let failure = try #require(try running.outcome().failure)
        #expect(failure.state.contains("session \(application.session.connectionID) ("), "\(failure.state)")
        try application.end()
        try project.write("Modifications/1.sql", "SELECT 1;")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SHOW COLUMNS FROM Customer").count == 1)
    }

    /// What others did to the table meanwhile is neither the script's nor taken back as such.
    @Test(arguments: TestServer.all)
    func whatOthersChangeDuringAPauseIsNotTakenBack(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql", "\(Self.alteration) CREATE TABLE Next (Id INT); CREATE TABLE Other (Id INT);")
        let application = try Application(project)
        let running = try Running(project)
        // The third pause has four seconds.
        try running.waitUntil {
            guard running.waits.count == 3 else { return false }
            return try project.rows(Self.waiting) == ["0"]
        }
        try application.session.execute("ALTER TABLE Customer ADD COLUMN Theirs INT")
        try application.end()
        let failure = try #require(try running.outcome().failure)
        #expect(failure.number == 1050)
        #expect(failure.state.contains("Statements 1 to 2 are committed"), "\(failure.state)")
        #expect(
            running.events.all.contains {
                if case .notice(let problem) = $0 { problem.message.contains("somebody else changed") } else { false }
            })
        #expect(try project.rows("SELECT Theirs, City FROM Customer") == ["NULL\tNULL"])
    }

    /// Rows that others write during the pauses are not lost when the table is made again.
    @Test(
        arguments: TestServer.all,
        ["DROP TABLE Customer", "TRUNCATE Customer", "ALTER TABLE Customer MODIFY COLUMN Name VARCHAR(3)"])
    func whatOthersWriteDuringAPauseComesBack(server: TestServer, statement: String) throws {
        let project = try project(server)
        try project.write("Modifications/0.sql", "ALTER TABLE Customer ADD COLUMN Name VARCHAR(9) DEFAULT 'abc';")
        try project.deploy()
        try project.write("Modifications/1.sql", "\(statement); CREATE TABLE Other (Id INT);")
        let application = try Application(project)
        let running = try Running(project)
        try running.waitUntil { running.waits.count >= 1 }
        try project.execute("INSERT INTO Customer VALUES (2, 'two')", in: project.database)
        try running.waitUntil { running.waits.count >= 2 }
        try project.execute("INSERT INTO Customer VALUES (3, 'xyz')", in: project.database)
        try running.waitUntil { running.waits.count >= 3 }
        try application.end()
        let failure = try #require(try running.outcome().failure)
        #expect(failure.number == 1050)
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        #expect(try project.rows("SELECT Id, Name FROM Customer ORDER BY Id") == ["1\tabc", "2\ttwo", "3\txyz"])
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
    }

    /// Who holds locks without a transaction: `performance_schema` tells, or the plugin.
    @Test(arguments: TestServer.all)
    func aServerThatTellsWhoHoldsALockIsAsked(server: TestServer) throws {
        let own = try server.fresh()
        let running = try own.start()
        defer { #expect(throws: Never.self) { try own.stop() } }
        var project = try TestProject(server)
        let endpoint = Endpoint(address: .socket(running.socket), user: running.user, tls: .init(mode: .disabled))
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        project.configuration.lockWaitTimeout = 1
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE Customer (Id INT PRIMARY KEY);")
        try project.deploy()
        try project.write("Modifications/1.sql", Self.alteration)
        let holder = try MySQLDriver().connect(to: endpoint, database: project.database)
        try holder.execute("LOCK TABLES Customer READ")
        if server.flavor == .mariaDB {
            let unsaid = try #require(try project.deploy { $0.statementTimeout = 1 }.failure)
            #expect(unsaid.message.contains("does not tell"), "\(unsaid.message)")
            #expect(unsaid.advice.contains("INSTALL SONAME 'metadata_lock_info'"), "\(unsaid.advice)")
            try project.execute("INSTALL SONAME 'metadata_lock_info'")
        }
        let deployment = try Running(project)
        try deployment.waitUntil { !deployment.waits.isEmpty }
        #expect(deployment.waits[0].isGuess == false)
        #expect(deployment.waits[0].holders.map(\.session) == [holder.connectionID])
        #expect(deployment.waits[0].text.contains("`Customer`"))
        try holder.execute("UNLOCK TABLES")
        holder.close()
        #expect(try deployment.outcome().kind == .succeeded)
    }
}
