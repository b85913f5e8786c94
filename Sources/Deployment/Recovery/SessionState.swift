/// What a script has set in its session, as SQL that sets it again in a new one.
struct SessionState {
    /// Variables that scripts set, and that change what later statements mean. Each is numeric or text, and can be set
    /// at any time outside a transaction.
    static let variables = [
        "sql_mode", "time_zone", "foreign_key_checks", "unique_checks", "sql_safe_updates", "sql_notes",
        "sql_auto_is_null", "auto_increment_increment", "auto_increment_offset", "group_concat_max_len",
        "character_set_client", "character_set_results", "character_set_connection", "collation_connection",
        "max_sp_recursion_depth", "lc_time_names", "autocommit", "default_storage_engine", "sql_select_limit",
        "innodb_strict_mode", "lock_wait_timeout",
    ]

    /// Marks a state that cannot be brought back whole, and says why.
    private static let incomplete = "-- cannot be restored: "

    /// Reads the state of a session.
    ///
    /// - Parameters:
    ///   - userVariables: Those that the script may have set.
    ///   - prepared: What the script prepared.
    ///   - settings: What it set besides.
    ///   - hasTemporaryTables: Whether it made temporary tables.
    static func capture(
        _ session: any Session, _ userVariables: UserVariables, _ prepared: PreparedStatements,
        _ settings: SessionSettings, hasTemporaryTables: Bool
    ) throws(DatabaseError) -> String {
        let names = variables + [session.dialect.isolationVariable] + settings.variables
        // `sql_log_bin` has no global value in MySQL.
        let columns =
            [
                "DATABASE()", "@@SESSION.sql_log_bin", "LAST_INSERT_ID()", userVariables.secretColumn,
                settings.setsRole ? "CURRENT_ROLE()" : "NULL",
            ]
            + names.map(ownValue)
            + names.map(SessionSettings.common)
            + userVariables.columns
        let query = "SELECT " + columns.joined(separator: ", ") + " LIMIT 1"
        guard let result = try session.ask(query), let row = result.rows.first else {
            return ""
        }
        var statements: [String] = []
        if hasTemporaryTables { statements.append(marked(nil, "the script made temporary tables")) }
        if row[3] != "0" {
            statements.append(marked(nil, "a user variable seems to hold a password, which is not kept"))
        }
        for obstacle in [prepared.obstacle, settings.obstacle].compactMap({ $0 }) {
            statements.append(marked(nil, obstacle))
        }
        // First: what comes behind it may need its rights.
        if settings.setsRole { statements.append("SET ROLE \(session.dialect.spelled(roles: row[4]))") }
        if let database = row[0] { statements.append("USE \(quoted(identifier: database))") }
        let ends = [5, 5 + names.count, 5 + 2 * names.count]
        let (own, common, others) = (row[ends[0]..<ends[1]], row[ends[1]..<ends[2]], ends[2])
        // A prepared text with a password may have come out of a variable.
        if prepared.obstacle == nil {
            statements += userVariables.assignments(row.dropFirst(others), result.types.dropFirst(others))
        }
        if let id = row[2], id != "0" { statements.append("DO LAST_INSERT_ID(\(id))") }
        if row[1] == "0" { statements.append("SET SESSION sql_log_bin = 0") }
        // Only what differs: some variables may be set by few. Last: the mode decides how the rest would be read.
        let settings = zip(names, zip(own, common)).filter { $1.0 != $1.1 }.map {
            "\(SessionSettings.assigned($0)) = \(literal($1.0))"
        }
        if !settings.isEmpty { statements.append("SET " + settings.joined(separator: ", ")) }
        if prepared.obstacle == nil { statements += prepared.restoring }
        return statements.joined(separator: ";\n")
    }

    /// A state with which nothing can go on.
    static func marked(_ state: String?, _ reason: String) -> String {
        incomplete + reason + "\nDO 0" + (state.map { ";\n" + $0 } ?? "")
    }

    /// Why a state that `capture` gave cannot be brought back whole; nil if it can.
    static func obstacle(_ state: String) -> String? {
        state.split(separator: "\n").first { $0.hasPrefix(incomplete) }.map { String($0.dropFirst(incomplete.count)) }
    }

    /// The session's value of a variable; of those that are ours for a time, what the script knows.
    private static func ownValue(_ variable: String) -> String {
        switch variable {
        case "character_set_results": ScriptResults.variable
        case "lock_wait_timeout": LockWaitLimit.scriptsValue
        default: SessionSettings.own(variable)
        }
    }

    private static func literal(_ value: String?) -> String {
        guard let value else { return "NULL" }
        return value.wholeMatch(of: /-?\d+(\.\d+)?(e[+-]?\d+)?/) == nil ? quoted(literal: value) : value
    }
}
