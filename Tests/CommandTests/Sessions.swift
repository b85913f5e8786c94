import Deployment
import MySQLDriver
import SystemPackage
import TestServers

extension TestServer {
    /// A session of the test's own.
    ///
    /// - Parameter socket: Of another server of that kind than the shared one.
    func session(_ database: String?, on socket: FilePath? = nil) throws -> any Session {
        let endpoint = Endpoint(address: .socket(try socket ?? self.socket), user: user, tls: .init(mode: .disabled))
        return try MySQLDriver().connect(to: endpoint, database: database)
    }
}
