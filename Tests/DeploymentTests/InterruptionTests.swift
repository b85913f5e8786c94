import MySQLDriver
import Synchronization
import TestServers
import Testing

@testable import Deployment

/// Limits of time, other deployers, and servers that go away.
@Suite struct InterruptionTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY)")
        return project
    }

    @Test(arguments: TestServer.all)
    func aStatementThatTakesTooLongIsStoppedOnTheServer(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1); SELECT SLEEP(3600) FROM t; ")
        let outcome = try project.deploy { $0.statementTimeout = 1 }
        let failure = try #require(outcome.failure)
        #expect(failure.message.contains("longer than 1 s"))
        #expect(failure.milliseconds < 30_000)
        let running = try project.rows(
            "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
        )
        #expect(running == ["0"])
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
    }

    /// A server that cannot even be told to end the statement is not waited for.
    @Test(arguments: TestServer.all)
    func aServerThatIsFrozenIsGivenUp(server: TestServer) throws {
        let proxy = try Proxy(target: server.socket)
        let endpoint = try Endpoint(
            address: .tcp(host: "127.0.0.1", port: proxy.port), user: server.user, tls: .init(mode: .disabled),
            connectTimeout: 1)
        let project = try project(server)
        try project.deploy()
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1);\nSELECT SLEEP(3600) FROM t;\n")
        let message = Mutex<String?>(nil)
        let deployer = try Background {
            do {
                let outcome = try project.deploy {
                    $0.server = .existing(bootstrap: endpoint, database: endpoint)
                    $0.statementTimeout = 3
                }
                message.withLock { $0 = outcome.failure?.message ?? "no failure" }
            } catch {
                message.withLock { $0 = "\(error)" }
            }
        }
        let sleeping =
            "information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
        try deployer.waitUntil { try project.rows("SELECT COUNT(*) FROM \(sleeping)") == ["1"] }
        proxy.freeze(true)
        try deployer.join()
        #expect(message.withLock { $0 }?.contains("Lost connection") == true, "\(message.withLock { $0 } ?? "")")
        proxy.freeze(false)
        // What it left behind is found out by the next run.
        try project.execute("KILL CONNECTION \(try project.rows("SELECT ID FROM \(sleeping)").first ?? "0")")
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1);\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT id FROM t") == ["1"])
    }

    /// A replica that is frozen says nothing about the target's server.
    @Test(arguments: TestServer.all)
    func aFrozenServerElsewhereLeavesLongStatementsAlone(server: TestServer) throws {
        let proxy = try Proxy(target: server.socket)
        let frozen = try MySQLDriver().connect(
            to: Endpoint(
                address: .tcp(host: "127.0.0.1", port: proxy.port), user: server.user, tls: .init(mode: .disabled),
                connectTimeout: 1), database: nil)
        let session = try MySQLDriver().connect(
            to: Endpoint(address: .socket(server.socket), user: server.user, tls: .init(mode: .disabled)), database: nil
        )
        defer { session.close() }
        let watch = try Watch {}
        defer { watch.stop() }
        proxy.freeze(true)
        #expect(throws: DatabaseError.self) {
            _ = try watch.during(frozen.interrupter, at: Watch.elsewhere, timeout: 1, isOurs: true) {
                try frozen.execute("DO 0")
            }
        }
        frozen.close()
        proxy.freeze(false)
        let wasEnded = try watch.during(session.interrupter, timeout: 0) { try session.execute("SELECT SLEEP(3)") }
        #expect(!wasEnded)
    }

    @Test(arguments: TestServer.all)
    func zeroMeansNoLimit(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "SELECT SLEEP(1.5);")
        #expect(try project.deploy { $0.statementTimeout = 0 }.kind == .succeeded)
    }

    @Test(arguments: TestServer.all)
    func aSecondDeployerSaysWhoHoldsTheLockAndGivesUp(server: TestServer) throws {
        let project = try project(server)
        try project.deploy()
        try project.write("Modifications/1.sql", "SELECT SLEEP(3600);")
        try project.write("Modifications/2.sql", "SELECT 1;")
        let first = Mutex<Outcome?>(nil)
        let done = Mutex(false)
        let holder = try Background {
            let outcome = try project.deploy { $0.statementTimeout = 20 }
            first.withLock { $0 = outcome }
            done.withLock { $0 = true }
        }
        try waitUntil {
            try project.rows(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
            )
                == ["1"]
        }
        let events = Recorder()
        var second = project.configuration
        second.lockTimeout = 1
        let error = try #require(throws: DeploymentError.self) {
            try Deploy(configuration: second, driver: MySQLDriver(), reader: events).run()
        }
        #expect(error.code == .locked)
        #expect(error.code.exitStatus == 75)
        #expect(error.message.contains("process "))
        #expect(
            events.all.contains { if case .waiting(let holder) = $0 { holder.contains("process ") } else { false } })
        // The first one goes on: its statement is ended from outside.
        let id = try project.rows(
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
        )
        try project.execute("KILL QUERY \(try #require(id.first))")
        try holder.join()
    }

    @Test(arguments: TestServer.all)
    func aDeployerThatWaitsGoesOnWhenTheLockIsFree(server: TestServer) throws {
        let project = try project(server)
        try project.deploy()
        try project.write("Modifications/1.sql", "SELECT SLEEP(1.5); INSERT INTO t VALUES (1);")
        let outcomes = Mutex<[Outcome]>([])
        let deployers = try (0..<3).map { _ in
            try Background {
                let outcome = try project.deploy { $0.lockTimeout = 60 }
                outcomes.withLock { $0.append(outcome) }
            }
        }
        for deployer in deployers { try deployer.join() }
        let kinds = outcomes.withLock { $0.map(\.kind.rawValue).sorted() }
        #expect(kinds == ["nothing_to_do", "nothing_to_do", "succeeded"])
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["1"])
    }

    @Test(arguments: TestServer.all)
    func aConnectionThatIsKilledLeavesNothingHalfDone(server: TestServer) throws {
        let project = try project(server)
        try project.deploy()
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1); DO SLEEP(0.1); SELECT SLEEP(3600);")
        let outcome = Mutex<Outcome?>(nil)
        let deployer = try Background {
            let result = try project.deploy()
            outcome.withLock { $0 = result }
        }
        let find =
            "SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
        try deployer.waitUntil { try project.rows(find).count == 1 }
        try project.execute("KILL CONNECTION \(try #require(try project.rows(find).first))")
        try deployer.join()
        let failure = try #require(outcome.withLock { $0?.failure })
        #expect(failure.message.contains("connection to the server was lost"))
        #expect(failure.advice.contains("databasedeploy"))
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1);")
        #expect(try project.deploy().names == ["Modifications/1.sql"])
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["1"])
    }

    /// A statement that looks at a table twice is a deadlock for some servers where the tables are flushed in between.
    @Test(arguments: TestServer.all)
    func tablesThatAreFlushedAllTheTimeHinderNothing(server: TestServer) throws {
        var project = try project(server)
        // Not the server that the other tests use.
        let own = try server.fresh()
        let running = try own.start()
        let endpoint = Endpoint(address: .socket(running.socket), user: running.user, tls: .init(mode: .disabled))
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        try project.deploy()
        let isDone = Mutex(false)
        let flusher = try Background {
            let session = try MySQLDriver().connect(to: endpoint, database: nil)
            defer { session.close() }
            while !isDone.withLock({ $0 }) { try session.execute("FLUSH TABLES") }
        }
        for id in 1...40 {
            try project.write("Modifications/\(id).sql", "INSERT INTO t VALUES (\(id)); FLUSH STATUS;")
            #expect(try project.deploy().kind == .succeeded)
        }
        isDone.withLock { $0 = true }
        try flusher.join()
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["40"])
        try own.stop()
    }

    @Test(arguments: TestServer.all)
    func aServerThatDiesIsReported(server: TestServer) throws {
        var project = try project(server)
        let own = try server.fresh()
        let running = try own.start()
        let endpoint = Endpoint(address: .socket(running.socket), user: running.user, tls: .init(mode: .disabled))
        project.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        try project.deploy()
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1); SELECT SLEEP(3600);")
        let outcome = Mutex<Outcome?>(nil)
        let target = project
        let deployer = try Background {
            let result = try target.deploy()
            outcome.withLock { $0 = result }
        }
        try waitUntil {
            try target.rows(
                "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND INFO LIKE '%SLEEP(3600)%' AND INFO NOT LIKE '%PROCESSLIST%'"
            )
                == ["1"]
        }
        killProcess(running.id)
        try deployer.join()
        let failure = try #require(outcome.withLock { $0?.failure })
        #expect(failure.state.contains("The server is gone"))
        let again = try own.start()
        #expect(again.socket == running.socket)
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1);")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["1"])
        try own.stop()
    }
}
