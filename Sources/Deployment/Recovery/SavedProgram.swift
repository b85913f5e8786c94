import SQLScript

/// A view, routine, trigger or event as the server has it, in a form in which it can be made again.
enum SavedProgram {
    /// Reads it.
    ///
    /// - Returns: The settings under which it was made, on the first line, and its `CREATE` behind that; nil if it is not
    ///   there.
    /// - Throws: `UndoObstacle` for one that could not be made again as it is; `DatabaseError`.
    static func read(_ object: ObjectName, on session: any Session) throws -> String? {
        guard let found = try look(object, on: session) else { return nil }
        if let obstacle = found.obstacle { throw UndoObstacle(obstacle) }
        return found.text
    }

    /// The same of one that is not to be made again.
    static func current(_ object: ObjectName, on session: any Session) throws -> String? {
        try look(object, on: session)?.text
    }

    private static func look(
        _ object: ObjectName, on session: any Session
    ) throws -> (text: String, obstacle: String?)? {
        let words = word(object.kind)
        let row: Row
        let collation: String?
        do throws(DatabaseError) {
            // For a view the server opens its tables, which somebody may be changing.
            let found = try session.resultsWithoutWaiting(
                """
                SHOW CREATE \(words) \(object.spelled);
                SELECT DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA
                WHERE SCHEMA_NAME = \(quoted(literal: object.database ?? ""))
                """)
            guard let first = found.first?.first else { return nil }
            row = first
            collation = found.last?.first?[0]
        } catch {
            if error.isLockWaitTimeout { throw UndoObstacle("\(object.name) is locked", isPassing: true) }
            // "… does not exist": table, routine, trigger, event; "… is not VIEW".
            guard [1146, 1305, 1360, 1539, 1347].contains(error.number) else { throw error }
            return nil
        }
        // View: name, text, client, connection. Routine: name, mode, text, … Trigger: name, mode, text, … Event: name, mode,
        // zone, text, …
        var settings: [String] = []
        let at = object.kind == .view ? 1 : object.kind == .event ? 3 : 2
        guard row.count > at + 2, let text = row[at] else {
            throw UndoObstacle("its definition may not be read by this user")
        }
        if object.kind != .view { settings.append("sql_mode = \(quoted(literal: row[1] ?? ""))") }
        if object.kind == .event { settings.append("time_zone = \(quoted(literal: row[2] ?? ""))") }
        let client = row[at + 1] ?? "utf8mb4"
        guard text.utf8.allSatisfy({ $0 < 0x80 }) || client.hasPrefix("utf8") else {
            throw UndoObstacle("its definition is in the character set \(client)")
        }
        settings.append("character_set_client = \(quoted(literal: client))")
        settings.append("collation_connection = \(quoted(literal: row[at + 2] ?? "utf8mb4_general_ci"))")
        var obstacle: String?
        // The database's, when it was made.
        if row.count > at + 3, let own = row[at + 3], let now = collation, own != now {
            obstacle = "it was made when the database had the collation \(own), which is \(now) now"
        }
        return ("SET SESSION " + settings.joined(separator: ", ") + "\n" + text, obstacle)
    }

    /// As in `DROP …` and `SHOW CREATE …`.
    static func word(_ kind: ObjectName.Kind) -> String {
        switch kind {
        case .view: "VIEW"
        case .procedure: "PROCEDURE"
        case .function: "FUNCTION"
        case .trigger: "TRIGGER"
        case .event: "EVENT"
        case .database: "DATABASE"
        case .user: "USER"
        case .role: "ROLE"
        case .server: "SERVER"
        case .table, .index, .package, .sequence, .tablespace, .plugin, .other: "TABLE"
        }
    }
}

/// Why a statement cannot be taken back.
struct UndoObstacle: Error {
    let reason: String
    /// Whether it may be gone in a moment.
    let isPassing: Bool

    init(_ reason: String, isPassing: Bool = false) {
        self.reason = reason
        self.isPassing = isPassing
    }
}
