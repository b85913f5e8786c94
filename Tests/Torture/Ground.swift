import Deployment
import Foundation
import MySQLDriver
import PrivateServer
import SystemPackage
import TestServers

/// Where deployments are disturbed: one server, or a cluster.
protocol Ground: AnyObject {
    /// Such as `MariaDB 10.11.14`.
    var name: String { get }
    var kind: TestServer { get }
    /// Where the nodes listen that live.
    var sockets: [FilePath] { get }
    /// Where the node in use listens.
    var socket: FilePath { get }

    /// Ends the node in use as a crash would. Afterwards one can go on, in a cluster on another node.
    func crash() throws
    /// Goes on through another node, if there is one.
    func moveOn(_ dice: inout Dice)
    /// Waits until every node is there.
    func settle() throws
    /// How often a node left by itself.
    var departures: Int { get }
}

extension Ground {
    var url: String { Self.url(socket) }
    /// One for each node.
    var urls: [String] { sockets.map(Self.url) }

    private static func url(_ socket: FilePath) -> String {
        "mysql://root@localhost/\(Workshop.database)?socket=\(socket)"
    }

    func session(_ socket: FilePath? = nil) throws -> any Session {
        let session = try MySQLDriver().connect(
            to: Endpoint(
                address: .socket(socket ?? self.socket), user: kind.user, tls: .init(mode: .disabled)), database: nil)
        // What a node shows must have everything that the others did before ("wsrep_sync_wait").
        if sockets.count > 1 { try session.execute("SET SESSION wsrep_sync_wait = 15") }
        return session
    }

    /// Ends every other connection, and takes away all that a deployment leaves.
    func clear() throws {
        try settle()
        for socket in sockets {
            let session = try session(socket)
            defer { session.close() }
            try endOthers(session)
        }
        let session = try session()
        defer { session.close() }
        for database in Workshop.databases { try session.execute("DROP DATABASE IF EXISTS `\(database)`") }
        let accounts = try session.query(
            "SELECT User, Host FROM mysql.user WHERE User LIKE '\(Workshop.accountPrefix)%'")
        for account in accounts {
            let user = account[0] ?? ""
            try session.execute(
                (account[1] ?? "").isEmpty ? "DROP ROLE '\(user)'" : "DROP USER '\(user)'@'\(account[1] ?? "")'")
        }
    }

    private var others: String {
        "FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND USER = '\(kind.user)'"
    }

    private func endOthers(_ session: any Session) throws {
        while true {
            let ids = try session.query("SELECT ID \(others)").compactMap(\.[0])
            if ids.isEmpty { return }
            for id in ids {
                do throws(DatabaseError) {
                    try session.execute("KILL \(id)")
                } catch {
                    // It ended by itself meanwhile: "Unknown thread id".
                    guard error.number == 1094 else { throw error }
                }
            }
            usleep(1000)
        }
    }

    /// Waits until the server has ended what tools that are gone left with it.
    func waitForOrphans() throws {
        for socket in sockets {
            let session = try session(socket)
            defer { session.close() }
            while try session.value("SELECT COUNT(*) \(others)") != "0" { usleep(1000) }
        }
    }

    func state(withJournal: Bool = true) throws -> EndState {
        let session = try session()
        defer { session.close() }
        return try EndState(of: session, withJournal: withJournal)
    }

    /// What the other nodes have otherwise than the one in use.
    func differencesBetweenNodes() throws -> [String] {
        try settle()
        guard sockets.count > 1 else { return [] }
        let here = try state()
        return try sockets.filter { $0 != socket }.flatMap { socket in
            let session = try session(socket)
            defer { session.close() }
            return try EndState(of: session).differences(from: here, names: ("another node", "the node in use"))
        }
    }
}

/// One server.
final class SingleServer: Ground {
    let kind: TestServer
    private let server: PrivateServer
    private var running: RunningServer

    /// The disk is never waited for: the servers are killed, and not the machine, and what a process has written is
    /// safe then. Half a page may be what it has written, as SIGKILL ends a write(2) between two pages of memory: so the
    /// doublewrite buffer stays.
    ///
    /// - Parameter arguments: Further ones of the server.
    init(_ kind: TestServer, arguments: [String]) throws {
        self.kind = kind
        server = try kind.fresh(
            arguments: [
                "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=2",
                "--skip-log-bin", "--innodb-stats-persistent=0", "--max-connections=200",
            ] + arguments)
        running = try server.start()
    }

    var name: String { kind.name }
    var socket: FilePath { running.socket }
    var sockets: [FilePath] { [running.socket] }

    func crash() throws {
        kill(running.id, SIGKILL)
        // This process started it, so it is a zombie until it is asked for.
        while waitpid(running.id, nil, 0) == -1, errno == EINTR {}
        running = try server.start()
    }

    func moveOn(_ dice: inout Dice) {}
    func settle() {}
    var departures: Int { 0 }
}

/// A Galera cluster of three.
final class ClusterGround: Ground {
    private let cluster: GaleraCluster
    private var current = 0
    /// The one that comes back after a crash.
    private var returning: Int?

    init() throws { cluster = try GaleraCluster() }

    var name: String { "Galera on \(cluster.kind.name)" }
    var kind: TestServer { cluster.kind }
    var socket: FilePath { cluster.sockets[current] }
    var sockets: [FilePath] { living.map { cluster.sockets[$0] } }

    private var living: [Int] { (0..<GaleraCluster.size).filter { $0 != returning } }

    func crash() throws {
        // Two of three must live.
        try settle()
        let victim = current
        let rest = living.filter { $0 != victim }
        cluster.kill(victim)
        returning = victim
        current = rest[0]
        cluster.restart(victim, donor: rest[1])
    }

    func moveOn(_ dice: inout Dice) { current = dice.pick(living) }
    var departures: Int { cluster.departures }

    func settle() throws {
        guard returning != nil else { return }
        try cluster.waitUntilReady()
        returning = nil
    }
}
