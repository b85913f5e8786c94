import SQLScript

/// What the server is asked about a statement before it runs.
extension ScriptRunner {
    /// What a statement that commits by itself is about to change; nil where that cannot tell whether it happened.
    func fingerprint(of statement: ScriptStatement) throws -> Fingerprint? {
        guard journal.writer != nil else { return nil }
        let rule = SettlementRule(statement.effective, database: try selectedDatabase())
        return try Fingerprint.take(rule, known: target.known, on: target.own)
    }

    /// The selected database, as far as it is known without asking.
    var knownDatabase: String? {
        if case .known(let database) = selected { return database }
        return nil
    }

    func selectedDatabase() throws -> String? {
        if case .known(let database) = selected { return database }
        let database = try target.selectedByScript()
        selected = .known(database)
        return database
    }

    /// The body of the procedure that a statement calls; hidden for one that calls none.
    func routineBody(of statement: ScriptStatement) throws -> RoutineBody {
        guard statement.effective.verb == .call, let named = statement.effective.objects.first else { return .hidden }
        let selected = try selectedDatabase()
        guard let procedure = named.placed(in: selected), let database = procedure.database else {
            return .missing
        }
        // What stands before a dot may be a package ("CREATE PACKAGE" in the MariaDB documentation). Who may call its procedures
        // sees it.
        let package =
            named.database == nil
            ? ""
            : """
            OR ROUTINE_SCHEMA = \(quoted(literal: selected)) AND ROUTINE_NAME = \(quoted(literal: database))
            AND ROUTINE_TYPE LIKE 'PACKAGE%'
            """
        let rows = try target.own.query(
            """
            SELECT ROUTINE_TYPE, ROUTINE_DEFINITION FROM information_schema.ROUTINES
            WHERE ROUTINE_SCHEMA = \(quoted(literal: database)) AND ROUTINE_NAME = \(quoted(literal: procedure.name))
            AND ROUTINE_TYPE <> 'FUNCTION' \(package)
            """)
        guard let row = rows.first else { return .missing }
        guard rows.allSatisfy({ $0[0] == "PROCEDURE" }) else { return .hidden }
        return row[1].map(RoutineBody.known) ?? .hidden
    }

    /// Locks every row of a table for reading, and the gaps between them.
    ///
    /// - Returns: Whether the gaps are locked, too, which depends on the isolation level ("InnoDB Locking").
    func lockRows(of table: ObjectName) throws -> Bool {
        let watched = WatchedSession(
            session, target.watch, at: target.place, timeout: target.configuration.statementTimeout)
        let row = try watched.ask(
            """
            SELECT @@SESSION.\(session.dialect.isolationVariable), COUNT(*) FROM \(table.spelled) FORCE INDEX (PRIMARY)
            LOCK IN SHARE MODE
            """)?.rows.first
        return row?[0] == "REPEATABLE-READ" || row?[0] == "SERIALIZABLE"
    }

    /// The value of a user variable, as text.
    func userVariable(_ name: String) throws -> String? {
        try session.ask("SELECT @\(quoted(identifier: name)) LIMIT 1")?.rows.first?.first ?? nil
    }
}
