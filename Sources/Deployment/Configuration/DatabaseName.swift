/// What may be the name of a database.
enum DatabaseName {
    /// Whether a database is the server's own: nobody deploys to it.
    static func isOfTheServer(_ name: String) -> Bool {
        ["information_schema", "mysql", "performance_schema", "sys"].contains(name.lowercased())
    }

    /// - Throws: `DeploymentError` for a database that is the server's own.
    static func refuseOfTheServer(_ name: String) throws(DeploymentError) {
        guard isOfTheServer(name) else { return }
        throw DeploymentError(
            .refused, "\(name) is the server's own database; nothing is deployed to it.",
            advice: "Look at the name of the database in the configuration.")
    }

    /// Why not, as the end of a sentence; nil if it may.
    ///
    /// MySQL manual, "Identifier Length Limits" and "Schema Object Names": 64 characters of the Basic Multilingual
    /// Plane but NUL, and no space at the end. Everything else is a matter of quoting.
    static func obstacle(_ name: String) -> String? {
        if name.isEmpty { return "is empty" }
        if name.unicodeScalars.count > 64 { return "is longer than the 64 characters that a server allows" }
        if name.hasSuffix(" ") { return "ends with a space, which a server does not allow" }
        if name.unicodeScalars.contains(where: { $0 == "\0" || $0.value > 0xFFFF }) {
            return "has a character that a server does not allow"
        }
        return nil
    }
}
