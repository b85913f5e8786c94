import Deployment
import PrivateServer
import Synchronization
import SystemPackage
import TestServers

/// A server that never waits for the disk: thousands of tables are made on it, and none of them is to last.
final class ProductServer: Sendable, CustomStringConvertible {
    static let all = TestServer.all.map(ProductServer.init)

    let kind: TestServer
    private let started = Mutex<RunningServer?>(nil)

    var description: String { kind.name }

    private init(_ kind: TestServer) { self.kind = kind }

    /// The socket of the server, which is started now if it does not run yet.
    var socket: FilePath {
        get throws {
            try started.withLock { started in
                if let started { return started.socket }
                let server = try kind.fresh(arguments: [
                    "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0",
                    "--skip-log-bin", "--innodb-stats-persistent=0",
                ]).start()
                started = server
                return server.socket
            }
        }
    }

    var endpoint: Endpoint {
        get throws { Endpoint(address: .socket(try socket), user: kind.user, tls: .init(mode: .disabled)) }
    }

    func query(_ sql: String) throws { try kind.query(sql, on: try socket) }
}
