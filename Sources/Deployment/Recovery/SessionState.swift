/// What a script has set in its session, as SQL that sets it again in a new one.
struct SessionState {
    /// Variables that scripts set, and that change what later statements mean. Each is numeric or text, and can be set
    /// at any time outside a transaction.
    private static let variables = [
        "sql_mode", "time_zone", "foreign_key_checks", "unique_checks", "sql_safe_updates", "sql_notes",
        "sql_auto_is_null", "auto_increment_increment", "auto_increment_offset", "group_concat_max_len",
        "character_set_client", "character_set_results", "character_set_connection", "collation_connection",
        "max_sp_recursion_depth", "lc_time_names", "autocommit",
    ]

    /// Reads the state of a session.
    ///
    /// - Parameter userVariables: Those that the script may have set.
    static func capture(_ session: any Session, _ userVariables: UserVariables) throws(DatabaseError) -> String {
        let columns = ["DATABASE()"] + variables.map { "@@SESSION.\($0)" } + userVariables.columns
        guard let row = try session.query("SELECT " + columns.joined(separator: ", ") + " LIMIT 1").first else { return "" }
        var statements: [String] = []
        if let database = row[0] { statements.append("USE \(quoted(identifier: database))") }
        let settings = zip(variables, row.dropFirst()).map { "\($0) = \(literal($1))" }
        statements += userVariables.assignments(row.dropFirst(1 + variables.count))
        // Last: the mode decides how the statements before it would be read.
        statements.append("SET SESSION " + settings.joined(separator: ", SESSION "))
        return statements.joined(separator: ";\n")
    }

    private static func literal(_ value: String?) -> String {
        guard let value else { return "NULL" }
        return Int(value) == nil ? quoted(literal: value) : value
    }
}
