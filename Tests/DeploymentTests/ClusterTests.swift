import Deployment
import MySQLDriver
import TestServers
import Testing

/// What is another matter in a Galera cluster. `make torture` has the rest.
@Suite struct ClusterTests {
    /// Each node counts its connections for itself, and nodes may have started in the same second.
    @Test(.enabled(if: GaleraCluster.obstacle == nil))
    func onlyAConnectionOfTheSameNodeCanBeOfADeadDeployer() throws {
        let cluster = try GaleraCluster()
        defer { for number in cluster.sockets.indices { cluster.kill(number) } }
        let nodes = cluster.sockets.map {
            Endpoint(address: .socket($0), user: cluster.kind.user, tls: .init(mode: .disabled))
        }
        var project = try TestProject(cluster.kind)
        func deploy(_ number: Int, through node: Endpoint) throws -> Outcome {
            project.configuration.server = .existing(bootstrap: node, database: node)
            try project.write("Modifications/\(number).Make.sql", "CREATE TABLE t\(number) (i INT)")
            return try project.deploy {
                $0.lease = 1
                $0.statementTimeout = 1
            }
        }
        let start = "SELECT FLOOR(UNIX_TIMESTAMP() - VARIABLE_VALUE) FROM information_schema.GLOBAL_STATUS"
        /// Has the last deployment look as if it had died, with the number of our connection to the second node, and the second in
        /// which that started.
        func confuse(_ session: any Session) throws {
            try session.execute("SET SESSION wsrep_sync_wait = 15")
            try session.execute(
                """
                UPDATE `\(project.database)`.DatabaseTrackDeployment SET Outcome = NULL, Connections = CONNECTION_ID(), ServerStart =
                REGEXP_REPLACE(ServerStart, '^[0-9]+', (\(start) WHERE VARIABLE_NAME = 'UPTIME')) ORDER BY Id DESC LIMIT 1
                """)
        }
        try project.writeSchema()
        #expect(try deploy(1, through: nodes[0]).kind == .succeeded)
        let session = try MySQLDriver().connect(to: nodes[1], database: nil)
        defer { session.close() }
        try confuse(session)
        #expect(try deploy(2, through: nodes[1]).kind == .succeeded)
        try confuse(session)
        #expect(throws: DeploymentError.self) { try deploy(3, through: nodes[1]) }
    }

    /// However short the time that somebody waits for one that lives.
    @Test(.enabled(if: GaleraCluster.obstacle == nil))
    func aDeadHolderOnAnotherNodeNeedsNobody() throws {
        let cluster = try GaleraCluster()
        defer { for number in cluster.sockets.indices { cluster.kill(number) } }
        let node = Endpoint(address: .socket(cluster.sockets[0]), user: cluster.kind.user, tls: .init(mode: .disabled))
        var project = try TestProject(cluster.kind)
        project.configuration.server = .existing(bootstrap: node, database: node)
        project.configuration.lease = 3
        project.configuration.lockTimeout = 0
        try project.writeSchema()
        #expect(try project.deploy().kind == .succeeded)
        let session = try MySQLDriver().connect(to: node, database: project.database)
        defer { session.close() }
        func hold(since seconds: Int) throws {
            try session.execute(
                """
                UPDATE DatabaseTrackLock SET Holder = 'somebody', Node = 'elsewhere',
                RenewedOn = UTC_TIMESTAMP(6) - INTERVAL \(seconds) SECOND
                """)
        }
        try project.write("Modifications/1.sql", "CREATE TABLE t (i INT);")
        try hold(since: 0)
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .locked, "\(error)")
        try hold(since: 60)
        #expect(try project.deploy().kind == .succeeded)
    }

    /// Who began before there was a database has a plan of that time.
    @Test(.enabled(if: GaleraCluster.obstacle == nil))
    func whoWasOvertakenWhileItMadeTheDatabaseStops() throws {
        let cluster = try GaleraCluster()
        defer { for number in cluster.sockets.indices { cluster.kill(number) } }
        let nodes = cluster.sockets.map {
            Endpoint(address: .socket($0), user: cluster.kind.user, tls: .init(mode: .disabled))
        }
        var project = try TestProject(cluster.kind)
        project.configuration.server = .existing(bootstrap: nodes[0], database: nodes[0])
        project.configuration.lease = 1
        // A whole deployment, for the definition of its table.
        try project.writeSchema()
        #expect(try project.deploy().kind == .succeeded)
        let model = "`\(project.database)`.DatabaseTrackLock"
        // From the beginning again, which needs a lease as well.
        #expect(try project.deploy { $0.recreate = true }.kind == .succeeded)
        let name = cluster.kind.databaseName()
        project.configuration.database = name
        try project.write(
            "Schema/001.CreateSchema.sql", "CREATE DATABASE IF NOT EXISTS `\(name)`; CREATE TABLE `\(name)`.t (i INT);")
        let other = OtherDeployer(
            nodes[1],
            """
            CREATE DATABASE `\(name)`; CREATE TABLE `\(name)`.DatabaseTrackLock LIKE \(model);
            INSERT INTO `\(name)`.DatabaseTrackLock SELECT * FROM \(model)
            """)
        let outcome = try Deploy(configuration: project.configuration, driver: MySQLDriver(), reader: other).run()
        #expect(outcome.failure?.message.contains("taken over the lock") == true, "\(outcome)")
        #expect(try project.rows("SHOW TABLES LIKE 't'").isEmpty)
    }
}

/// Does on another node, as soon as the first script begins, what another deployer leaves there.
private final class OtherDeployer: EventReader {
    private let node: Endpoint
    private let statements: String

    init(_ node: Endpoint, _ statements: String) {
        self.node = node
        self.statements = statements
    }

    func read(_ event: Event) {
        guard case .scriptStarted = event else { return }
        do {
            let session = try MySQLDriver().connect(to: node, database: nil)
            defer { session.close() }
            try session.execute(statements)
        } catch {
            Issue.record(error)
        }
    }
}
