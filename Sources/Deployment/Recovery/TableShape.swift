import SQLScript

/// What has to be known of a table to copy its rows and to put them back.
struct TableShape {
    let table: ObjectName
    let traits: TableTraits
    /// Those that hold values of their own, in order.
    let columns: [String]
    let key: [String]
    /// The key's columns as `CREATE TABLE` takes them, without what says where their values come from.
    let keyDefinitions: [String]
    /// The key's columns as `PRIMARY KEY (…)` takes them: of some perhaps only the first characters or bytes.
    let keyParts: [String]
    let triggers: [ObjectName]
    /// Columns that a change of others changes (`ON UPDATE CURRENT_TIMESTAMP`).
    let selfUpdating: [String]
    /// Columns of which the text has fewer digits than the value.
    private let singles: Set<String>

    /// Reads it.
    ///
    /// - Returns: Nil if there is no such table.
    init?(_ table: ObjectName, on session: any Session) throws(DatabaseError) {
        let database = quoted(literal: table.database ?? "")
        let name = quoted(literal: table.name)
        let place = "TABLE_SCHEMA = \(database) AND TABLE_NAME = \(name)"
        func read(_ cascadeCount: String) throws(DatabaseError) -> [[Row]] {
            try session.resultsWithoutWaiting(
                """
                \(TableTraits.listing(database, name, session.dialect));
                SELECT COLUMN_NAME, EXTRA, COALESCE(GENERATION_EXPRESSION, '') = '', COLUMN_TYPE, CHARACTER_SET_NAME,
                COLLATION_NAME FROM information_schema.COLUMNS WHERE \(place) ORDER BY ORDINAL_POSITION;
                SELECT COLUMN_NAME, SUB_PART FROM information_schema.STATISTICS WHERE \(place) AND INDEX_NAME = 'PRIMARY'
                ORDER BY SEQ_IN_INDEX;
                SELECT TRIGGER_NAME FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = \(database)
                AND EVENT_OBJECT_TABLE = \(name) ORDER BY ACTION_ORDER;
                \(cascadeCount)
                """)
        }
        let results: [[Row]]
        do throws(DatabaseError) {
            results = try read(session.dialect.cascadeCount(table))
        } catch {
            // The faster question wants a right that not every deployer has.
            guard error.isAccessDenied else { throw error }
            results = try read(table.standardCascadeCount)
        }
        guard results.count == 5, let row = results[0].first else { return nil }
        self.table = table
        selfUpdating = results[1].filter { $0[1]?.lowercased().contains("on update") == true }.compactMap { $0[0] }
        singles = Set(results[1].filter { $0[3]?.lowercased().hasPrefix("float") == true }.compactMap { $0[0] })
        columns = results[1].filter { $0[2] == "1" }.compactMap { $0[0] }
        key = results[2].compactMap { $0[0] }
        keyParts = results[2].map { row in quoted(identifier: row[0] ?? "") + (row[1].map { "(\($0))" } ?? "") }
        keyDefinitions = key.compactMap { name in
            results[1].first { $0[0] == name }.map { column in
                let set = column[4].map { " CHARACTER SET \($0)" } ?? ""
                let collation = column[5].map { " COLLATE \($0)" } ?? ""
                return "\(quoted(identifier: name)) \(column[3] ?? "")\(set)\(collation) NOT NULL"
            }
        }
        triggers = results[3].compactMap { $0[0] }.map {
            ObjectName(kind: .trigger, database: table.database, name: $0)
        }
        traits = TableTraits(
            name: table.name, row: row, hasTriggers: !triggers.isEmpty,
            showsTriggers: try session.rights.showTriggers(of: table.database ?? ""), hasKey: !key.isEmpty,
            updatesItself: !selfUpdating.isEmpty,
            cascades: results[4].first?[0] != "0")
    }

    /// `t`.`a` = `c`.`a` AND … for the primary key.
    func keyMatch(_ left: String, _ right: String) -> String {
        key.map { "\(left).\(quoted(identifier: $0)) = \(right).\(quoted(identifier: $0))" }.joined(separator: " AND ")
    }

    /// Whether all values of two rows are the same, byte for byte.
    func sameValues(_ left: String, _ right: String, _ columns: [String]) -> String {
        let compared = columns.map { column in
            let (one, other) = ("\(left).\(quoted(identifier: column))", "\(right).\(quoted(identifier: column))")
            return "CAST(\(one) AS BINARY) <=> CAST(\(other) AS BINARY)"
                + (singles.contains(column) ? " AND \(one) <=> \(other)" : "")
        }
        return compared.isEmpty ? "TRUE" : compared.joined(separator: " AND ")
    }

    static func list(_ columns: [String], of table: String? = nil) -> String {
        columns.map { (table.map { $0 + "." } ?? "") + quoted(identifier: $0) }.joined(separator: ", ")
    }
}
