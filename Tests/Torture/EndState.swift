import Deployment
import Foundation
import MySQLDriver
import SystemPackage

/// Everything that a deployment leaves on a server: definitions, rows, accounts, and what the journal says of scripts.
struct EndState: Equatable {
    /// By what it is of, such as `TABLE Torture.T1` or `ROWS Torture.T1`.
    private(set) var entries: [String: String] = [:]

    /// - Parameter withJournal: Whether what the journal says of scripts belongs to it.
    init(of session: any Session, withJournal: Bool = true) throws {
        let databases = quotedList(Workshop.databases)
        let lists = try session.results(
            """
            SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME IN (\(databases));
            SELECT TABLE_SCHEMA, TABLE_TYPE, TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_SCHEMA IN (\(databases)) AND TABLE_NAME NOT LIKE 'DatabaseTrack%';
            SELECT ROUTINE_SCHEMA, ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES
            WHERE ROUTINE_SCHEMA IN (\(databases));
            SELECT TRIGGER_SCHEMA, 'TRIGGER', TRIGGER_NAME FROM information_schema.TRIGGERS
            WHERE TRIGGER_SCHEMA IN (\(databases));
            SELECT EVENT_SCHEMA, 'EVENT', EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA IN (\(databases));
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS
            WHERE TABLE_SCHEMA IN (\(databases)) ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
            """)
        var columns: [String: [String]] = [:]
        for row in lists[5] { columns["`\(row[0] ?? "")`.`\(row[1] ?? "")`", default: []].append(row[2] ?? "") }
        try session.execute("SET SESSION group_concat_max_len = 1000000")
        var steady = lists[0].map { Shown(kind: "DATABASE", name: "`\($0[0] ?? "")`") }
        for object in lists[1...4].joined() {
            let kind = object[1] == "BASE TABLE" ? "TABLE" : object[1] ?? ""
            let name = "`\(object[0] ?? "")`.`\(object[2] ?? "")`"
            var both = [Shown(kind: kind, name: name)]
            if ["TABLE", "VIEW", "SEQUENCE"].contains(kind) {
                both.append(Shown(kind: "ROWS", name: name, columns: columns[name] ?? []))
            }
            // A view that fits its tables no more is an error, which would end a packet.
            if kind == "VIEW" { try both.forEach { try add($0, session) } } else { steady += both }
        }
        try add(steady, session)
        try addAccounts(session)
        if withJournal, !lists[0].isEmpty { try addJournal(session) }
    }

    /// What differs, in full.
    func differences(from expected: EndState, names: (String, String) = ("it is", "undisturbed")) -> [String] {
        Set(entries.keys).union(expected.entries.keys).sorted().filter { entries[$0] != expected.entries[$0] }.map {
            "\($0)\n  \(names.0): \(entries[$0] ?? "nothing")\n  \(names.1): \(expected.entries[$0] ?? "nothing")"
        }
    }

    /// Something that the server shows in answer to one statement.
    private struct Shown {
        var kind: String
        var name: String
        var columns: [String] = []

        var key: String { "\(kind) \(name)" }

        /// Of rows, themselves where they are few, and otherwise their number and a checksum.
        var query: String {
            guard kind == "ROWS" else { return "SHOW CREATE \(kind) \(name)" }
            let steady = columns.filter { !serverNumbered.contains($0) }
            let texts = steady.map { "IFNULL(CONVERT(`\($0)` USING utf8mb4), 'NULL')" }.joined(separator: ", ")
            let line = "CONCAT_WS('|', \(texts.isEmpty ? "1" : texts))"
            return """
                SELECT COUNT(*), SUM(CRC32(\(line))), IF(COUNT(*) <= 60, GROUP_CONCAT(\(line) ORDER BY 1 SEPARATOR ' / '), '')
                FROM \(name)
                """
        }

        func text(_ rows: [Row]) -> String {
            guard var row = rows.first else { return "nothing" }
            if kind == "ROWS" {
                let few = (row[2] ?? "").split(separator: " / ").sorted().joined(separator: " / ")
                return "\(row[0] ?? "") rows, checksum \(row[1] ?? "NULL"): \(few)"
            }
            // The moment at which a trigger was made ("SHOW CREATE TRIGGER Statement").
            if kind == "TRIGGER" { row.removeLast() }
            // A cluster enables an event on the node that made it only, whichever that was.
            if kind == "EVENT", row.count > 3 { row[3] = row[3]?.replacingOccurrences(of: " ON SLAVE", with: "") }
            return row.map { $0 ?? "NULL" }.joined(separator: "\n")
                .split(separator: " ", omittingEmptySubsequences: false)
                .filter { !$0.hasPrefix("AUTO_INCREMENT=") }.joined(separator: " ")
        }
    }

    /// In few packets, since this is done thousands of times.
    private mutating func add(_ shown: [Shown], _ session: any Session) throws {
        for start in stride(from: 0, to: shown.count, by: 100) {
            let part = shown[start..<min(start + 100, shown.count)]
            for (one, rows) in zip(part, try session.results(part.map(\.query).joined(separator: ";\n"))) {
                entries[one.key] = one.text(rows)
            }
        }
    }

    private mutating func add(_ shown: Shown, _ session: any Session) throws {
        do throws(DatabaseError) {
            entries[shown.key] = shown.text(try session.query(shown.query))
        } catch {
            entries[shown.key] = "cannot be shown: \(error.message)"
        }
    }

    private mutating func addAccounts(_ session: any Session) throws {
        let accounts = try session.query(
            "SELECT User, Host FROM mysql.user WHERE User LIKE '\(Workshop.accountPrefix)%' ORDER BY User")
        for account in accounts {
            let user = account[0] ?? ""
            // A role of MariaDB has no host.
            let name = (account[1] ?? "").isEmpty ? "'\(user)'" : "'\(user)'@'\(account[1] ?? "")'"
            let grants = try session.query("SHOW GRANTS FOR \(name)").compactMap(\.[0])
            entries["ACCOUNT \(name)"] = Self.withoutHash(grants.sorted().joined(separator: "\n"))
            if name.contains("@") {
                let shown = try session.query("SHOW CREATE USER \(name)").first?[0] ?? ""
                entries["USER \(name)"] = Self.withoutHash(shown)
            }
        }
    }

    /// MySQL salts its hashes.
    private static func withoutHash(_ text: String) -> String {
        guard let start = text.range(of: " AS '"),
            let end = text.range(of: "' REQUIRE", range: start.upperBound..<text.endIndex)
        else { return text }
        return text[..<start.upperBound] + "…" + text[end.lowerBound...]
    }

    private mutating func addJournal(_ session: any Session) throws {
        let tables = try session.query(
            """
            SELECT TABLE_NAME FROM information_schema.TABLES
            WHERE TABLE_SCHEMA = '\(Workshop.database)' AND TABLE_NAME LIKE 'DatabaseTrack%'
            """
        ).compactMap(\.[0])
        // Copies of rows, and what a script is taken back by, go when they are needed no more.
        entries["JOURNAL"] = tables.sorted().joined(separator: ", ")
        if tables.contains("DatabaseTrackUndo") {
            entries["UNDO"] = try session.value("SELECT COUNT(*) FROM \(Workshop.database).DatabaseTrackUndo")
        }
        if tables.contains("DatabaseTrackScript") {
            for row in try session.query(
                """
                SELECT FolderName, FileName, State, Checksum, Position, Intent FROM \(Workshop.database).DatabaseTrackScript
                """)
            {
                entries["SCRIPT \(row[0] ?? "")/\(row[1] ?? "")"] =
                    "\(row[2] ?? ""), checksum \(row[3] ?? "NULL"), position \(row[4] ?? ""), intent \(row[5] ?? "none")"
            }
        }
        if tables.contains("DatabaseTrack") {
            for row in try session.query("SELECT FolderName, LastExecutedFile FROM \(Workshop.database).DatabaseTrack")
            {
                entries["CHECKPOINT \(row[0] ?? "")"] = row[1]
            }
        }
    }
}

/// Columns with numbers that the server gives, and that have gaps where a transaction was taken back.
private let serverNumbered: Set<String> = ["AutoId", "ParentAutoId"]

/// As SQL literals with commas between.
func quotedList(_ names: [String]) -> String { names.map { "'\($0)'" }.joined(separator: ", ") }
