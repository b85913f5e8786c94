/// Checks that a table named `DatabaseTrack` is the old program's.
struct CheckpointShape {
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

    /// What a column's type may start with; the first is what the old program makes.
    private static let types = [
        "Id": ["bigint", "int"],
        "FolderName": ["varchar"],
        "LastExecutedFile": ["varchar"],
        "LastExecutedOn": ["datetime", "timestamp"],
    ]
}
