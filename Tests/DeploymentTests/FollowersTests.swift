import MySQLDriver
import Synchronization
import TestServers
import Testing

@testable import Deployment

/// Scripts wait for replicas.
@Suite struct FollowersTests {
    /// A server and one that follows it.
    private struct Pair {
        let project: TestProject
        let source: Endpoint
        let replica: Endpoint

        init(_ server: TestServer) throws {
            let source = try NetworkServer.start(server, arguments: ["--server-id=1", "--log-bin=binlog"])
            let replica = try server.fresh(arguments: ["--server-id=2"]).start()
            self.source = Endpoint(
                address: .socket(source.server.socket), user: source.server.user, tls: .init(mode: .disabled))
            self.replica = Endpoint(address: .socket(replica.socket), user: replica.user, tls: .init(mode: .disabled))
            try Self.execute(
                "CREATE USER rep@'%' IDENTIFIED BY 'rep'; GRANT REPLICATION SLAVE ON *.* TO rep@'%'", on: self.source)
            let session = try MySQLDriver().connect(to: self.source, database: nil)
            defer { session.close() }
            let isMariaDB = server.flavor == .mariaDB
            let position = try #require(
                try session.query(isMariaDB ? "SHOW MASTER STATUS" : "SHOW BINARY LOG STATUS").first)
            let (file, offset) = (try #require(position[0]), try #require(position[1]))
            try Self.execute(
                isMariaDB
                    ? """
                    CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = \(source.port), MASTER_USER = 'rep',
                    MASTER_PASSWORD = 'rep', MASTER_LOG_FILE = '\(file)', MASTER_LOG_POS = \(offset); START SLAVE
                    """
                    : """
                    CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = \(source.port),
                    SOURCE_USER = 'rep', SOURCE_PASSWORD = 'rep', SOURCE_LOG_FILE = '\(file)',
                    SOURCE_LOG_POS = \(offset), GET_SOURCE_PUBLIC_KEY = 1; START REPLICA
                    """, on: self.replica)
            var project = try TestProject(server)
            project.configuration.server = .existing(bootstrap: self.source, database: self.source)
            project.configuration.replicas = [self.replica]
            project.configuration.maxReplicaLag = 1
            self.project = project
            try project.writeSchema()
            try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT PRIMARY KEY);")
            // It connects to its source in its own time.
            try waitUntil { try lag() != nil }
        }

        static func execute(_ sql: String, on endpoint: Endpoint) throws {
            let session = try MySQLDriver().connect(to: endpoint, database: nil)
            defer { session.close() }
            try session.execute(sql)
        }

        /// Rows on the replica; nil if the table is not there yet.
        func rows(_ sql: String) throws -> [String]? {
            let session = try MySQLDriver().connect(to: replica, database: nil)
            defer { session.close() }
            let found: [Row]
            do throws(DatabaseError) {
                found = try session.query(sql)
            } catch {
                guard error.isUnknownDatabase || error.isNoSuchTable else { throw error }
                return nil
            }
            return found.map { $0[0] ?? "NULL" }
        }

        /// The seconds that it is behind.
        func lag() throws -> Int? {
            let session = try MySQLDriver().connect(to: replica, database: nil)
            defer { session.close() }
            let status = try session.results(session.dialect.replicaStatus, meanwhile: {}).first
            let column = status?.names.firstIndex { $0.lowercased().hasPrefix("seconds_behind") }
            return column.flatMap { status?.rows.first?[$0].flatMap(Int.init) }
        }
    }

    /// One that is frozen is not waited for longer than one that is behind.
    @Test(arguments: TestServer.all)
    func aReplicaThatIsFrozenIsGivenUp(server: TestServer) throws {
        let pair = try Pair(server)
        guard case .socket(let socket) = pair.replica.address else { return }
        let proxy = try Proxy(target: socket)
        let replica = Endpoint(
            address: .tcp(host: "127.0.0.1", port: proxy.port), user: pair.replica.user, tls: .init(mode: .disabled),
            connectTimeout: 1)
        let project = pair.project
        try project.write("Modifications/1.sql", "SELECT SLEEP(2);")
        try project.write("Modifications/2.sql", "INSERT INTO t VALUES (2);")
        let events = Recorder()
        var configuration = project.configuration
        configuration.replicas = [replica]
        configuration.statementTimeout = 5
        let outcome = Mutex<Outcome?>(nil)
        let deployer = try Background { [configuration] in
            let result = try Deploy(configuration: configuration, driver: MySQLDriver(), reader: events).run()
            outcome.withLock { $0 = result }
        }
        try deployer.waitUntil {
            events.all.contains {
                if case .scriptStarted(let start) = $0 { start.script.file == "1.sql" } else { false }
            }
        }
        proxy.freeze(true)
        try deployer.join()
        let failure = try #require(outcome.withLock { $0 }?.failure)
        #expect(failure.script.file == "2.sql")
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
    }

    @Test(arguments: TestServer.all)
    func aScriptWaitsForAReplicaThatIsBehind(server: TestServer) throws {
        let pair = try Pair(server)
        let project = pair.project
        #expect(try project.deploy().kind == .succeeded)
        try waitUntil { try pair.rows("SELECT COUNT(*) FROM `\(project.database)`.t") == ["0"] }
        // Somebody reads there, and the replica cannot go on.
        let reader = try MySQLDriver().connect(to: pair.replica, database: project.database)
        try reader.execute("LOCK TABLES t READ")
        try project.execute("INSERT INTO t VALUES (1)", in: project.database)
        try waitUntil { try pair.lag() ?? 0 > 1 }

        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (2);")
        let late = try #require(try project.deploy { $0.statementTimeout = 2 }.failure)
        #expect(late.message.contains("behind (max_replica_lag: 1 s)"), "\(late.message)")
        #expect(try project.rows("SELECT id FROM t") == ["1"])

        let events = Recorder()
        let outcome = Mutex<Outcome?>(nil)
        let deployer = try Background {
            let result = try Deploy(configuration: project.configuration, driver: MySQLDriver(), reader: events).run()
            outcome.withLock { $0 = result }
        }
        try deployer.waitUntil {
            events.all.contains { if case .holding(let reason) = $0 { reason.contains("behind") } else { false } }
        }
        #expect(try project.rows("SELECT id FROM t") == ["1"])
        try reader.execute("UNLOCK TABLES")
        reader.close()
        try deployer.join()
        #expect(outcome.withLock { $0?.kind } == .succeeded)
        #expect(try project.rows("SELECT id FROM t ORDER BY id") == ["1", "2"])
        try waitUntil { try pair.rows("SELECT COUNT(*) FROM `\(project.database)`.t") == ["2"] }
    }

    @Test(arguments: TestServer.all)
    func aReplicaThatDoesNotFollowStopsEverythingBeforeItBegins(server: TestServer) throws {
        let pair = try Pair(server)
        let project = pair.project
        #expect(try project.deploy().kind == .succeeded)
        try project.write("Modifications/1.sql", "INSERT INTO t VALUES (1);")
        try Pair.execute(server.flavor == .mariaDB ? "STOP SLAVE" : "STOP REPLICA", on: pair.replica)
        let broken = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(broken.message.contains("does not follow"), "\(broken.message)")
        let none = try #require(throws: DeploymentError.self) { try project.deploy { $0.replicas = [pair.source] } }
        #expect(none.message.contains("is no replica"), "\(none.message)")
        #expect(try project.rows("SELECT COUNT(*) FROM t") == ["0"])
        #expect(try project.deploy { $0.maxReplicaLag = 0 }.kind == .succeeded)
    }

    /// A node that stands still makes the cluster hold back writes. Whatever a script writes waits then by itself; it is its
    /// start that is to wait, too.
    @Test(.enabled(if: GaleraCluster.obstacle == nil))
    func aScriptWaitsForAClusterThatHoldsBackWrites() throws {
        let cluster = try GaleraCluster()
        let endpoints = cluster.sockets.map {
            Endpoint(address: .socket($0), user: "root", tls: .init(mode: .disabled))
        }
        let name = cluster.kind.databaseName()
        try Pair.execute(
            "CREATE DATABASE \(name); CREATE TABLE \(name).t (id INT AUTO_INCREMENT PRIMARY KEY, v INT)",
            on: endpoints[0])
        let slow = try MySQLDriver().connect(to: endpoints[1], database: name)
        try waitUntil {
            try slow.value("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = '\(name)'") == "1"
        }
        let configuration = Configuration(
            project: try RunDirectory.scratch("cluster"),
            server: .existing(bootstrap: endpoints[0], database: endpoints[0]),
            database: name)
        let events = Recorder()
        let isChecked = Mutex(false)
        let holds = Mutex(false)
        let follower = try Background {
            let node = try MySQLDriver().connect(to: endpoints[0], database: nil)
            let watch = try Watch {}
            defer {
                watch.stop()
                node.close()
            }
            let followers = Followers(
                configuration: configuration, driver: MySQLDriver(), node: node, watch: watch, emit: events.read)
            try followers.check()
            #expect(try followers.wait() == nil)
            isChecked.withLock { $0 = true }
            while !holds.withLock({ $0 }) { Thread.sleep(milliseconds: 10) }
            #expect(try followers.wait() == nil)
        }
        try follower.waitUntil { isChecked.withLock { $0 } }
        #expect(events.all.isEmpty)
        try slow.execute("LOCK TABLES t READ")
        let writer = try Background {
            let session = try MySQLDriver().connect(to: endpoints[0], database: name)
            defer { session.close() }
            for number in 0..<200 { try session.execute("INSERT INTO t (v) VALUES (\(number))") }
        }
        try writer.waitUntil {
            let node = try MySQLDriver().connect(to: endpoints[0], database: nil)
            defer { node.close() }
            return try node.value(
                """
                SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS
                WHERE VARIABLE_NAME = 'wsrep_flow_control_paused_ns'
                """) != "0"
        }
        holds.withLock { $0 = true }
        try follower.waitUntil {
            events.all.contains { if case .holding(let reason) = $0 { reason.contains("flow control") } else { false } }
        }
        try slow.execute("UNLOCK TABLES")
        slow.close()
        try writer.join()
        try follower.join()
    }
}
