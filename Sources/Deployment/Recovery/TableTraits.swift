import SQLScript

/// What decides whether a table's rows could be put back.
struct TableTraits {
    private let name: String
    private let engine: String?
    private let isBaseTable: Bool
    /// Bytes, as the server estimates.
    private let size: Int
    let hasTriggers: Bool
    /// Whether this user would see them.
    let showsTriggers: Bool
    private let hasKey: Bool
    /// Whether the server wants a primary key in every table that is made, or makes one.
    private let demandsKey: Bool
    /// Whether an update changes columns that it does not name (`ON UPDATE CURRENT_TIMESTAMP`).
    private let updatesItself: Bool
    /// Whether other tables change with it, by `ON DELETE CASCADE` and its like.
    private let cascades: Bool

    /// The question for what the server lists of a table. Both names are literals.
    static func listing(_ database: String, _ name: String, _ dialect: any Dialect) -> String {
        """
        SELECT ENGINE, TABLE_TYPE, DATA_LENGTH, \(dialect.keyDemand) FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = \(database) AND TABLE_NAME = \(name)
        """
    }

    /// - Parameter row: Of `listing`.
    init(
        name: String, row: Row, hasTriggers: Bool, showsTriggers: Bool, hasKey: Bool, updatesItself: Bool,
        cascades: Bool
    ) {
        self.name = name
        engine = row[0]
        isBaseTable = row[1] == "BASE TABLE"
        size = row[2].flatMap(Int.init) ?? 0
        demandsKey = row[3] == "1"
        self.hasTriggers = hasTriggers
        self.showsTriggers = showsTriggers
        self.hasKey = hasKey
        self.updatesItself = updatesItself
        self.cascades = cascades
    }

    /// Reads them from the table's definition: what MariaDB has to say of columns and triggers otherwise goes through a temporary
    /// table on its disk.
    ///
    /// - Parameter mayHaveTriggers: Whether the server is to be asked for them.
    /// - Returns: Nil if there is no such table.
    static func read(
        _ table: ObjectName, mayHaveTriggers: Bool, on session: any Session
    ) throws(DatabaseError) -> TableTraits? {
        let (database, name) = (quoted(literal: table.database ?? ""), quoted(literal: table.name))
        let triggers = """
            SELECT COUNT(*) FROM information_schema.TRIGGERS WHERE EVENT_OBJECT_SCHEMA = \(database)
            AND EVENT_OBJECT_TABLE = \(name);
            """
        let results: [[Row]]
        do throws(DatabaseError) {
            results = try session.resultsWithoutWaiting(
                """
                \(listing(database, name, session.dialect));
                SHOW CREATE TABLE \(table.spelled);
                \(mayHaveTriggers ? triggers : "SELECT 0;")
                \(session.dialect.cascadeCount(table))
                """)
        } catch {
            if error.isNoSuchTable || error.isUnknownDatabase { return nil }
            if error.isLockWaitTimeout || error.isConnectionLost || error.isInterrupted { throw error }
            // A view whose tables are gone, or a right that is missing.
            return try TableShape(table, on: session)?.traits
        }
        guard results.count == 4, let row = results[0].first, let text = results[1].first?.dropFirst().first ?? nil
        else {
            return nil
        }
        let lines = DefinitionLines(text)
        return TableTraits(
            name: table.name, row: row, hasTriggers: results[2].first?[0] != "0",
            showsTriggers: mayHaveTriggers ? try session.rights.showTriggers(of: table.database ?? "") : true,
            hasKey: lines.hasPrimaryKey,
            updatesItself: lines.updatesItself,
            cascades: results[3].first?[0] != "0")
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

    /// In lower case. "Storage Engines" of both products.
    static let enginesWithoutTransactions: Set<String> = [
        "myisam", "aria", "memory", "heap", "csv", "archive", "blackhole", "mrg_myisam", "merge", "federated",
    ]

    static func keyDemand(_ table: String) -> String {
        "\(table) has no primary key, and the server wants one in every table that is made, or makes one"
    }

    /// Why its rows could not be put back; nil if they can.
    ///
    /// - Parameter limit: Bytes.
    func obstacle(_ use: Use, limit: Int) -> String? {
        guard isBaseTable else { return "\(name) is no table of its own" }
        guard engine == "InnoDB" else {
            return "\(name) is in \(engine ?? "an unknown engine"), which has no transactions"
        }
        if size > limit {
            return "\(name) has \(ByteCount(bytes: size)), over undo.limit = \(ByteCount(bytes: limit))"
        }
        if !hasKey, demandsKey {
            return Self.keyDemand(name)
        }
        if !showsTriggers { return "\(name) may have triggers, which this user does not see (the right TRIGGER)" }
        guard use != .removal else { return nil }
        if hasTriggers { return "\(name) has triggers, which may write elsewhere" }
        if use == .changes, cascades { return "other tables change with \(name) (ON DELETE or ON UPDATE)" }
        if !hasKey { return "\(name) has no primary key" }
        return nil
    }

    /// Whether an update changes nothing but the columns that it names.
    var changesOnlyWhatIsNamed: Bool {
        !hasTriggers && showsTriggers && !updatesItself && isBaseTable && engine == "InnoDB"
    }

    /// The same, of a table without triggers.
    ///
    /// - Parameter definition: As `SHOW CREATE TABLE` says it.
    static func changesOnlyWhatIsNamed(_ definition: String) -> Bool {
        let lines = DefinitionLines(definition)
        return !lines.updatesItself && lines.options.contains("ENGINE=InnoDB")
    }
}
