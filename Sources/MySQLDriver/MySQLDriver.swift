import CMariaDB
import Deployment

/// Connects to MySQL and MariaDB through MariaDB Connector/C.
public struct MySQLDriver: Driver {
    public init() {}

    /// Whether the client library can verify a certificate's chain without the host's name, for the mode `verify-ca`:
    /// Connector/C 3.3 does where it is given an authority (`ma_tls_connect`); 3.4 verifies both or nothing.
    public static var canVerifyChainAlone: Bool { (30_300..<30_400).contains(mysql_get_client_version()) }

    public func connect(to endpoint: Endpoint, database: String?) throws(DatabaseError) -> any Session {
        try MySQLSession(connection: Connection(endpoint: endpoint, database: database), endpoint: endpoint)
    }
}
