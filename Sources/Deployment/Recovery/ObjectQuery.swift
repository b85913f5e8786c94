import SQLScript

/// Asks a server which objects there are.
struct ObjectQuery {
    let session: any Session

    /// Whether an object is there; nil for a kind that is not known here.
    func exists(_ object: ObjectName) throws(DatabaseError) -> Bool? {
        guard let source = Self.source(object) else { return nil }
        return try session.value("SELECT COUNT(*) FROM \(source.table) WHERE \(source.condition)") != "0"
    }

    /// The names of all objects of a kind in a database; nil for a kind that is not listed.
    func names(_ kind: ObjectName.Kind, in database: String) throws(DatabaseError) -> Set<String>? {
        guard let list = Self.list(kind) else { return nil }
        let rows = try session.query(
            """
            SELECT \(list.name) FROM information_schema.\(list.table)
            WHERE \(list.schema) = \(quoted(literal: database))\(list.type.map { " AND ROUTINE_TYPE = '\($0)'" } ?? "")
            """)
        return Set(rows.compactMap { $0[0] })
    }

    private struct List {
        let table: String
        let schema: String
        let name: String
        var type: String?
    }

    private static func list(_ kind: ObjectName.Kind) -> List? {
        func routines(_ type: String) -> List {
            List(table: "ROUTINES", schema: "ROUTINE_SCHEMA", name: "ROUTINE_NAME", type: type)
        }
        switch kind {
        case .table, .view, .sequence: return List(table: "TABLES", schema: "TABLE_SCHEMA", name: "TABLE_NAME")
        case .procedure: return routines("PROCEDURE")
        case .function: return routines("FUNCTION")
        case .package: return routines("PACKAGE")
        case .trigger: return List(table: "TRIGGERS", schema: "TRIGGER_SCHEMA", name: "TRIGGER_NAME")
        case .event: return List(table: "EVENTS", schema: "EVENT_SCHEMA", name: "EVENT_NAME")
        case .index, .database, .user, .role, .server, .tablespace, .plugin, .other: return nil
        }
    }

    private static func source(_ object: ObjectName) -> (table: String, condition: String)? {
        if let list = list(object.kind) {
            guard let database = object.database else { return nil }
            return (
                "information_schema.\(list.table)",
                """
                \(list.schema) = \(quoted(literal: database)) AND \(list.name) = \(quoted(literal: object.name))\
                \(list.type.map { " AND ROUTINE_TYPE = '\($0)'" } ?? "")
                """
            )
        }
        switch object.kind {
        case .database: return ("information_schema.SCHEMATA", "SCHEMA_NAME = \(quoted(literal: object.name))")
        case .user, .role:
            // MariaDB's roles have no host; a user without one has all.
            let account = Account(object)
            let hosts = account.host.map { quoted(literal: $0) } ?? "'%', ''"
            return ("mysql.user", "User = \(quoted(literal: account.user)) AND Host IN (\(hosts))")
        case .server: return ("mysql.servers", "Server_name = \(quoted(literal: object.name))")
        default: return nil
        }
    }
}
