import SQLScript

/// Copies of tables in the target database, from which rows are put back.
struct TableCopy {
    let tables: JournalTables
    /// The lock's session.
    let session: any Session

    /// Readies a session for copying: rows travel as they are, and reading takes no locks from the script's transaction.
    static func prepare(_ session: any Session, _ tables: JournalTables) throws(DatabaseError) {
        // Some statements want a selected database, whatever database their names have.
        try session.execute(
            """
            USE \(quoted(identifier: tables.database));
            SET SESSION \(session.dialect.restoringSettings), foreign_key_checks = 0;
            SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED
            """)
    }

    /// Copies a table's committed rows.
    func make(_ name: String, of shape: TableShape) throws(DatabaseError) {
        let copy = tables.name(name)
        let columns = TableShape.list(shape.columns)
        _ = try session.resultsWithoutWaiting(
            """
            CREATE TABLE \(copy) LIKE \(shape.table.spelled);
            INSERT INTO \(copy) (\(columns)) SELECT \(columns) FROM \(shape.table.spelled)
            """)
    }

    /// Makes an empty table for keys of rows.
    ///
    /// `CREATE TABLE … SELECT` would be shorter. In a Galera cluster it is a transaction and makes the table before that is in
    /// the order of writes: a node that takes its state in between has the table, gets the statement once more, and ends.
    func makeKeys(_ name: String, of shape: TableShape) throws(DatabaseError) {
        let columns = shape.keyDefinitions.joined(separator: ", ")
        try session.execute(
            """
            CREATE TABLE \(tables.name(name)) (\(columns), PRIMARY KEY (\(shape.keyParts.joined(separator: ", ")))) ENGINE = InnoDB
            """)
    }

    /// The statements with which the script's own transaction leaves in the copy what it changed and deleted, and in the table
    /// of keys what it added.
    func reduce(_ name: String, _ keys: String, of shape: TableShape, _ dialect: any Dialect) -> [String] {
        let (table, copy) = (shape.table.spelled, tables.name(name))
        let key = TableShape.list(shape.key, of: "t")
        // The key, too: what is another text may be the same key.
        let columns = shape.columns
        return [
            dialect.unlimited(
                "INSERT",
                """
                INTO \(tables.name(keys)) SELECT \(key) FROM \(table) t LEFT JOIN \(copy) c ON \(shape.keyMatch("t", "c"))
                WHERE c.\(quoted(identifier: shape.key[0])) IS NULL
                """),
            dialect.unlimited(
                "DELETE",
                "c FROM \(copy) c JOIN \(table) t ON \(shape.keyMatch("t", "c")) WHERE \(shape.sameValues("t", "c", columns))"
            ),
        ]
    }

    /// The statements that put back what a script changed, deleted and added.
    ///
    /// - Parameter columns: Those that the table and the copy have.
    func putBack(_ name: String, of shape: TableShape, _ columns: [String]) -> [String] {
        let (table, copy, keys) = (shape.table.spelled, tables.name(name), tables.name(name + "k"))
        let columns = TableShape.list(columns)
        return [
            "DELETE t FROM \(table) t JOIN \(keys) k ON \(shape.keyMatch("t", "k"))",
            "DELETE t FROM \(table) t JOIN \(copy) c ON \(shape.keyMatch("t", "c"))",
            "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM \(copy)",
        ]
    }

    /// The statements that put back values that a change of the definition may have lost. Other columns are left as they are:
    /// somebody may have written to them since.
    ///
    /// - Parameters:
    ///   - columns: Their names, in lower case.
    ///   - converted: A table with what the values of some columns become on the way into their new type and back. A value
    ///     that is the same there was not lost.
    func putBackValues(
        _ name: String, of shape: TableShape, _ columns: Set<String>, converted: (name: String, columns: Set<String>)?
    ) -> [String] {
        let others = shape.columns.filter { !shape.key.contains($0) && columns.contains($0.lowercased()) }
        guard !others.isEmpty else { return [] }
        let assignments = others.map { name in
            let (column, now) = ("c.\(quoted(identifier: name))", "t.\(quoted(identifier: name))")
            let isTold = converted?.columns.contains(name) == true
            return isTold
                ? "\(now) = IF(\(shape.sameValues("v", "c", [name])), \(now), \(column))" : "\(now) = \(column)"
        }
        // A time that moves with every change is to stay.
        let kept = shape.selfUpdating.filter { !others.contains($0) }.map(quoted(identifier:)).map {
            "t.\($0) = t.\($0)"
        }
        let join = converted.map { " JOIN \(tables.name($0.name)) v ON \(shape.keyMatch("v", "c"))" } ?? ""
        return [
            """
            UPDATE \(shape.table.spelled) t JOIN \(tables.name(name)) c ON \(shape.keyMatch("t", "c"))\(join)
            SET \((assignments + kept).joined(separator: ", ")) WHERE NOT (\(shape.sameValues("t", "c", others)))
            """
        ]
    }

    /// The statement that puts back the rows of a table that was emptied.
    func refill(_ table: String, _ name: String, _ columns: [String]) -> String {
        let columns = TableShape.list(columns)
        return "INSERT IGNORE INTO \(table) (\(columns)) SELECT \(columns) FROM \(tables.name(name))"
    }
}

extension Dialect {
    /// A statement of ours that works in a script's session whatever that has limited.
    ///
    /// - Parameters:
    ///   - verb: Its first word.
    ///   - rest: What is behind that.
    func unlimited(_ verb: String, _ rest: String) -> String {
        product == "MariaDB"
            ? "SET STATEMENT sql_safe_updates = 0, sql_select_limit = 18446744073709551615, sql_big_selects = 1 FOR \(verb) \(rest)"
            : """
            \(verb) /*+ SET_VAR(sql_safe_updates = 0) SET_VAR(sql_select_limit = 18446744073709551615) \
            SET_VAR(sql_big_selects = 1) */ \(rest)
            """
    }
}
