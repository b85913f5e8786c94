/// Checks that a table named `DatabaseTrack` is the old program's.
struct CheckpointShape: Sendable {
    /// One row of `SHOW COLUMNS`: field, type, null, key, default, extra.
    private let columns: [String: Row]

    init(showColumns rows: [Row]) {
        columns = Dictionary(rows.map { (($0[0] ?? "").lowercased(), $0) }) { first, _ in first }
    }

    /// What is wrong, in words; nil if the table can be used by the old program and by us.
    var problem: String? {
        if let missing = Self.types.keys.sorted().first(where: { columns[$0.lowercased()] == nil }) {
            return "it has no column \(missing)"
        }
        for (name, types) in Self.types.sorted(by: { $0.key < $1.key }) {
            let type = columns[name.lowercased()]?[1]?.lowercased() ?? ""
            if !types.contains(where: type.hasPrefix) { return "its column \(name) is \(type), not \(types[0])" }
        }
        if !["UNI", "PRI"].contains(columns["foldername"]?[3]) { return "it has no unique key on FolderName" }
        let known = Set(Self.types.keys.map { $0.lowercased() })
        let filled = columns.first { name, row in
            !known.contains(name) && row[2] == "NO" && row[4] == nil && row[5]?.isEmpty != false
        }
        return filled.map { "its column \($0.value[0] ?? $0.key) needs a value that nobody gives it" }
    }

    /// - Throws: `DeploymentError` if the table is not the old program's.
    func check(database: String) throws(DeploymentError) {
        guard let problem else { return }
        throw DeploymentError(
            .problems, "\(database) has a table \(JournalTables.checkpoint) of another shape: \(problem).",
            advice: "If it belongs to something else, rename it.")
    }

    /// A name that the table cannot hold, among those that a plan would write into it.
    func misfit(_ plan: Plan, in tables: JournalTables, on session: any Session) throws(DatabaseError) -> Problem? {
        let files = plan.steps.map(\.script.identity.file)
        let folders = plan.steps.map(\.script.identity.folder) + plan.adoptions.map(\.folder)
        for (column, names, width) in [("FolderName", folders, 100), ("LastExecutedFile", files, 255)] {
            var seen: Set<String> = []
            let names = names.filter { seen.insert($0).inserted }
            if let name = longName(names, column) {
                return Self.problem(
                    tables, column, width, "is \(type(of: column)), too short for the name \(name)")
            }
            if let (name, characterSet) = try strangeName(names, column, tables, session) {
                return Self.problem(
                    tables, column, width, "is in \(characterSet), which cannot spell the name \(name)")
            }
        }
        return nil
    }

    private func type(of column: String) -> String { columns[column.lowercased()]?[1]?.lowercased() ?? "" }

    /// One with more characters than the column has.
    private func longName(_ names: [String], _ column: String) -> String? {
        let digits = type(of: column).drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
        guard let width = Int(digits) else { return nil }
        return names.first { $0.unicodeScalars.count > width }
    }

    /// One that does not come back from the column's character set as it went in; the server is asked only for names that
    /// are not ASCII.
    private func strangeName(
        _ names: [String], _ column: String, _ tables: JournalTables, _ session: any Session
    ) throws(DatabaseError) -> (name: String, characterSet: String)? {
        let names = names.filter { name in !name.utf8.allSatisfy { $0 < 0x80 } }
        guard !names.isEmpty else { return nil }
        let characterSet = try session.value(
            """
            SELECT CHARACTER_SET_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = \(quoted(literal: tables.database))
            AND TABLE_NAME = \(quoted(literal: JournalTables.checkpoint)) AND COLUMN_NAME = \(quoted(literal: column))
            """)
        guard let characterSet, characterSet != "utf8mb4" else { return nil }
        for name in names {
            let literal = "CONVERT(\(quoted(literal: name)) USING utf8mb4)"
            let back = "CONVERT(CONVERT(\(literal) USING \(characterSet)) USING utf8mb4)"
            if try session.value("SELECT BINARY \(back) = BINARY \(literal)") != "1" { return (name, characterSet) }
        }
        return nil
    }

    private static func problem(_ tables: JournalTables, _ column: String, _ width: Int, _ what: String) -> Problem {
        Problem(
            .checkpointShape, .error, "\(JournalTables.checkpoint)'s column \(column) \(what).",
            advice: """
                To make it fit: ALTER TABLE \(tables.name(JournalTables.checkpoint)) MODIFY \(column) VARCHAR(\(width)) \
                CHARACTER SET utf8mb4 NOT NULL
                """)
    }

    /// What a column's type may start with; the first is what the old program makes.
    private static let types = [
        "Id": ["bigint", "int"],
        "FolderName": ["varchar"],
        "LastExecutedFile": ["varchar"],
        "LastExecutedOn": ["datetime", "timestamp"],
    ]
}
