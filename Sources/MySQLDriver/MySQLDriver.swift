import CMariaDB
import Deployment

/// Connects to MySQL and MariaDB through MariaDB Connector/C.
public struct MySQLDriver: Driver {
    public init() {}

    public func connect(to endpoint: Endpoint, database: String?) throws(DatabaseError) -> any Session {
        try MySQLSession(connection: Connection(endpoint: endpoint, database: database), endpoint: endpoint)
    }
}
