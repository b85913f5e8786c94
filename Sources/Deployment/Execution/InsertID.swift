import SQLScript

extension ScriptStatement {
    /// Whether it may read or set `LAST_INSERT_ID()`: by that name or another in its own text, or in what it runs.
    var mayUseInsertID: Bool {
        isSeveral || classification.effect == .unbounded || mentions("_i", Self.functions)
            || mentions("@@", Self.variables)
    }

    /// Whether it may set `LAST_INSERT_ID()` without a word: the answer to a statement does not say so if it has rows
    /// ("INSERT...RETURNING" in the MariaDB documentation).
    var maySetInsertIDUnseen: Bool { [.insert, .replace].contains(effective.verb) && says(["RETURNING"]) }

    /// Whether it may ask how many rows the statement before it had, or what was wrong with it: `ROW_COUNT()`, `FOUND_ROWS()`, `@@warning_count`,
    /// `@@error_count`, `GET DIAGNOSTICS`, `SHOW`.
    var mayUseResult: Bool {
        isSeveral || classification.effect == .unbounded || [.show, .getDiagnostics].contains(effective.verb)
            || mentions("_c", ["ount"]) || mentions("_r", ["ows"])
    }

    /// What follows `_i` in `LAST_INSERT_ID`, and in `sql_auto_is_null`, with which `IS NULL` finds that row.
    private static let functions: [StaticString] = ["nsert_id", "s_null"]
    /// What follows `@@` in the variable's other name.
    private static let variables: [StaticString] = ["identity", "session.identity", "local.identity"]

    /// Whether two bytes stand somewhere with one of the ends behind them, in whatever case. Searched by the first of them,
    /// and the second keeps most of what is found away from the rest: the text may be thousands of rows.
    private func mentions(_ mark: StaticString, _ ends: [StaticString]) -> Bool {
        let (first, second) = (mark.utf8Start[0], mark.utf8Start[1])
        return text.withUnsafeBytes { bytes in
            var place = 0
            while let found = bytes.firstIndex(of: first, from: place) {
                place = found + 1
                guard place < bytes.count, Self.lower(bytes[place]) == second else { continue }
                place += 1
                if ends.contains(where: { Self.stands($0, at: place, in: bytes) }) { return true }
            }
            return false
        }
    }

    private static func stands(_ word: StaticString, at place: Int, in bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count - place >= word.utf8CodeUnitCount
            && (0..<word.utf8CodeUnitCount).allSatisfy { lower(bytes[place + $0]) == word.utf8Start[$0] }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
