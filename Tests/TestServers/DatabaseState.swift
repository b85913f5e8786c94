import Deployment

/// What a database holds: every definition as the server shows it, and the rows of every table by count and checksum.
public struct DatabaseState: Equatable {
    /// By kind and name.
    public private(set) var definitions: [String: String] = [:]
    /// By table.
    public private(set) var rows: [String: String] = [:]

    /// - Parameters:
    ///   - session: Has the database selected.
    ///   - clocks: Columns that do not count, such as `version.installed_at`.
    public init(of session: any Session, database: String, clocks: Set<String> = []) throws {
        let tables = try session.query(
            """
            SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = '\(database)' AND TABLE_NAME NOT LIKE 'DatabaseTrack%'
            """)
        for table in tables {
            guard let name = table[0] else { continue }
            if table[1] == "VIEW" {
                try add("VIEW", name, from: session)
                continue
            }
            try add("TABLE", name, from: session)
            rows[name] = try Self.content(of: name, in: session, clocks)
        }
        try addAll(
            "SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA", database, session
        )
        try addAll(
            "SELECT 'TRIGGER', TRIGGER_NAME FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA", database, session)
        try addAll("SELECT 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA", database, session)
        definitions["DATABASE"] = try session.query("SHOW CREATE DATABASE `\(database)`").first?[1]
    }

    /// What differs, a line each.
    public func differences(from other: DatabaseState, onlyDefinitions: Bool = false) -> [String] {
        var lines = Self.compare(definitions, other.definitions)
        if !onlyDefinitions { lines += Self.compare(rows, other.rows) }
        return lines
    }

    /// The same without `AUTO_INCREMENT=…`, which the server does not let go back everywhere.
    public var withoutCounters: DatabaseState {
        var state = self
        state.definitions = definitions.mapValues { definition in
            definition.split(separator: " ", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("AUTO_INCREMENT=") }.joined(separator: " ")
        }
        return state
    }

    /// Such as `12 tables, 3 triggers, 4711 rows`.
    public var summary: String {
        let kinds = Dictionary(grouping: definitions.keys) { $0.split(separator: " ")[0].lowercased() }
        let total = rows.values.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } }.reduce(0, +)
        let parts = kinds.filter { $0.key != "database" }.sorted { $0.key < $1.key }.map {
            "\($0.value.count) \($0.key)s"
        }
        return (parts + ["\(total) rows"]).joined(separator: ", ")
    }

    /// The number of rows and a checksum over them.
    private static func content(of table: String, in session: any Session, _ clocks: Set<String>) throws -> String {
        let columns = try session.query("SHOW COLUMNS FROM `\(table)`").compactMap(\.[0])
        let steady = columns.filter { !clocks.contains("\(table).\($0)") }
        let count = try session.value("SELECT COUNT(*) FROM `\(table)`") ?? ""
        if steady.count == columns.count {
            return "\(count) rows, checksum \(try session.query("CHECKSUM TABLE `\(table)`").first?[1] ?? "")"
        }
        let values = steady.map { "IFNULL(HEX(`\($0)`), '-')" }.joined(separator: ", ")
        let sum = try session.value("SELECT SUM(CRC32(CONCAT_WS(' ', \(values)))) FROM `\(table)`") ?? ""
        return "\(count) rows, checksum of all but the time \(sum)"
    }

    private mutating func addAll(_ query: String, _ database: String, _ session: any Session) throws {
        for row in try session.query("\(query) = '\(database)'") {
            guard let kind = row[0], let name = row[1] else { continue }
            try add(kind, name, from: session)
        }
    }

    private mutating func add(_ kind: String, _ name: String, from session: any Session) throws {
        var row = try session.query("SHOW CREATE \(kind) `\(name)`").first ?? []
        // The moment at which a trigger was made ("SHOW CREATE TRIGGER Statement").
        if kind == "TRIGGER" { row.removeLast() }
        definitions["\(kind) \(name)"] = row.map { $0 ?? "NULL" }.joined(separator: "\n")
    }

    private static func compare(_ left: [String: String], _ right: [String: String]) -> [String] {
        Set(left.keys).union(right.keys).sorted().filter { left[$0] != right[$0] }.map {
            "\($0): \(left[$0] ?? "nothing") — with the client: \(right[$0] ?? "nothing")"
        }
    }
}
