import SQLScript

/// What has to be known of a table to copy its rows and to put them back.
struct TableShape {
    let table: ObjectName
    let engine: String?
    let isBaseTable: Bool
    /// Bytes, as the server estimates.
    let size: Int
    /// Those that hold values of their own, in order.
    let columns: [String]
    let key: [String]
    /// The key's columns as `CREATE TABLE` takes them, without what says where their values come from.
    let keyDefinitions: [String]
    let triggers: [ObjectName]
    /// Whether an update changes columns that it does not name (`ON UPDATE CURRENT_TIMESTAMP`).
    let updatesItself: Bool
    /// Whether other tables change with it, by `ON DELETE CASCADE` and its like.
    let cascades: Bool

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
                SELECT ENGINE, TABLE_TYPE, DATA_LENGTH FROM information_schema.TABLES WHERE \(place);
                SELECT COLUMN_NAME, EXTRA, COALESCE(GENERATION_EXPRESSION, '') = '', COLUMN_TYPE, CHARACTER_SET_NAME,
                COLLATION_NAME FROM information_schema.COLUMNS WHERE \(place) ORDER BY ORDINAL_POSITION;
                SELECT COLUMN_NAME FROM information_schema.STATISTICS WHERE \(place) AND INDEX_NAME = 'PRIMARY'
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
        engine = row[0]
        isBaseTable = row[1] == "BASE TABLE"
        size = row[2].flatMap(Int.init) ?? 0
        columns = results[1].filter { $0[2] == "1" }.compactMap { $0[0] }
        key = results[2].compactMap { $0[0] }
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
        updatesItself = results[1].contains { $0[1]?.lowercased().contains("on update") == true }
        cascades = results[4].first?[0] != "0"
    }

    /// What is done with the table.
    enum Use: Sendable {
        /// Rows are changed.
        case changes
        /// Values may be lost with a change of the definition.
        case values
        /// It is emptied.
        case emptying
        /// It is dropped.
        case removal
    }

    /// Why its rows could not be put back; nil if they can.
    ///
    /// - Parameter limit: Bytes.
    func obstacle(_ use: Use, limit: Int) -> String? {
        let name = table.name
        guard isBaseTable else { return "\(name) is no table of its own" }
        guard engine == "InnoDB" else {
            return "\(name) is in \(engine ?? "an unknown engine"), which has no transactions"
        }
        if size > limit {
            return "\(name) has \(ByteCount(bytes: size)), over undo.limit = \(ByteCount(bytes: limit))"
        }
        guard use != .removal else { return nil }
        if !triggers.isEmpty { return "\(name) has triggers, which may write elsewhere" }
        if use == .changes, cascades { return "other tables change with \(name) (ON DELETE or ON UPDATE)" }
        if key.isEmpty { return "\(name) has no primary key" }
        return nil
    }

    /// Whether an update changes nothing but the columns that it names.
    var changesOnlyWhatIsNamed: Bool { triggers.isEmpty && !updatesItself && isBaseTable && engine == "InnoDB" }

    /// `t`.`a` = `c`.`a` AND … for the primary key.
    func keyMatch(_ left: String, _ right: String) -> String {
        key.map { "\(left).\(quoted(identifier: $0)) = \(right).\(quoted(identifier: $0))" }.joined(separator: " AND ")
    }

    /// Whether all values of two rows are the same, byte for byte.
    func sameValues(_ left: String, _ right: String, _ columns: [String]) -> String {
        let compared = columns.map {
            "CAST(\(left).\(quoted(identifier: $0)) AS BINARY) <=> CAST(\(right).\(quoted(identifier: $0)) AS BINARY)"
        }
        return compared.isEmpty ? "TRUE" : compared.joined(separator: " AND ")
    }

    static func list(_ columns: [String], of table: String? = nil) -> String {
        columns.map { (table.map { $0 + "." } ?? "") + quoted(identifier: $0) }.joined(separator: ", ")
    }
}
