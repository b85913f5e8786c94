import Deployment
import Foundation
import MySQLDriver
import PrivateServer
import SystemPackage
import TestServers

/// The server on which deployments are disturbed.
final class Ground {
    let kind: TestServer
    private let server: PrivateServer
    private(set) var running: RunningServer

    /// The disk is never waited for: the servers are killed, and not the machine, and what a process has written is
    /// safe then.
    init(_ kind: TestServer) throws {
        self.kind = kind
        server = try kind.fresh(arguments: [
            "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0",
            "--skip-log-bin", "--innodb-stats-persistent=0", "--max-connections=200",
        ])
        running = try server.start()
    }

    var name: String { kind.name }
    var url: String { Self.url(running.socket) }

    /// One for each node.
    var urls: [String] { [url] }

    static func url(_ socket: FilePath) -> String {
        "mysql://root@localhost/\(Workshop.database)?socket=\(socket)"
    }

    func session() throws -> any Session {
        try MySQLDriver().connect(
            to: Endpoint(address: .socket(running.socket), user: kind.user, tls: .init(mode: .disabled)), database: nil)
    }

    /// Ends the server as a crash would, and starts it again.
    func crash() throws {
        kill(running.id, SIGKILL)
        try restart()
    }

    /// Starts the server, which was killed.
    func restart() throws {
        // This process started it, so it is a zombie until it is asked for.
        while waitpid(running.id, nil, 0) == -1, errno == EINTR {}
        running = try server.start()
    }

    /// Ends every other connection, and takes away all that a deployment leaves.
    func clear() throws {
        let session = try session()
        defer { session.close() }
        try endOthers(session)
        for database in Workshop.databases { try session.execute("DROP DATABASE IF EXISTS `\(database)`") }
        let accounts = try session.query(
            "SELECT User, Host FROM mysql.user WHERE User LIKE '\(Workshop.accountPrefix)%'")
        for account in accounts {
            let user = account[0] ?? ""
            try session.execute(
                (account[1] ?? "").isEmpty ? "DROP ROLE '\(user)'" : "DROP USER '\(user)'@'\(account[1] ?? "")'")
        }
    }

    private func endOthers(_ session: any Session) throws {
        let others = "SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND USER = '\(kind.user)'"
        while true {
            let ids = try session.query(others).compactMap(\.[0])
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
        let session = try session()
        defer { session.close() }
        let others = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID() AND USER = '\(kind.user)'"
        while try session.value(others) != "0" { usleep(1000) }
    }

    func state(withJournal: Bool = true) throws -> EndState {
        let session = try session()
        defer { session.close() }
        return try EndState(of: session, withJournal: withJournal)
    }
}
