import Deployment
import TestServers

/// Holds a table's definition, so that a statement that changes it waits.
struct Holder {
    let session: any Session

    /// - Parameter rows: Holds the rows, too.
    init(_ project: CommandProject, _ table: String, rows: Bool = false) throws {
        session = try project.server.session(project.database)
        try session.execute("START TRANSACTION")
        _ = try session.query("SELECT * FROM \(table)\(rows ? " FOR UPDATE" : "")")
    }

    func letGo() throws { try session.execute("COMMIT") }
}
