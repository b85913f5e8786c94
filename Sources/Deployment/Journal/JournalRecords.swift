/// What is to be written about scripts: rows of `DatabaseTrackScript`, which go into one statement, and other statements.
struct JournalRecords: Sendable {
    /// Values in the order of `columns`, as SQL. A later row of a script replaces an earlier one.
    var rows: [[String]] = []
    var statements: [String] = []

    static let columns = [
        "Position", "FolderName", "FileName", "State", "Checksum", "PositionDigest", "SessionState", "Intent",
        "IntentDigest", "IntentFingerprint", "DeploymentId", "StartedOn", "FinishedOn", "Error",
    ]

    /// The columns in which some row has a value, with the rows' values; the others are `NULL` by default.
    var filled: (columns: [String], rows: [[String]]) {
        let places = Self.columns.indices.filter { place in rows.contains { $0[place] != "NULL" } }
        return (places.map { Self.columns[$0] }, rows.map { row in places.map { row[$0] } })
    }

    var isEmpty: Bool { rows.isEmpty && statements.isEmpty }

    static func + (left: Self, right: Self) -> Self {
        Self(rows: left.rows + right.rows, statements: left.statements + right.statements)
    }
}
