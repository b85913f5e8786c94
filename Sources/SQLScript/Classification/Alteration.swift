/// What an `ALTER TABLE` does to what is in its table.
public struct Alteration: Sendable, Equatable {
    /// Whether something that was in the table may be gone: a column, its type, its character set.
    public internal(set) var isLossy = false
    /// Whether it moves data between partitions, tables and tablespaces, which the definition does not show.
    public internal(set) var movesData = false
    /// Columns that it adds, which were not there before.
    public internal(set) var addedColumns: Set<String> = []
    /// Keys that it adds by a name, in lower case.
    public internal(set) var addedKeys: Set<String> = []
    /// Foreign keys that it adds by a name, in lower case.
    public internal(set) var addedForeignKeys: Set<String> = []
    /// Columns that it drops, and with them what is in them.
    public internal(set) var droppedColumns: Set<String> = []
    /// Columns that it gives another name, by the old one.
    public internal(set) var renamedColumns: [String: String] = [:]
    /// Whether it gives a column the name of another one that it drops or renames, so that the table may look the same before and
    /// behind it.
    public internal(set) var reusesNames = false
    /// Whether it says `IF EXISTS` or `IF NOT EXISTS` of something.
    public internal(set) var isConditional = false
    /// Whether it gives the table another name.
    var renamesTable = false
    /// Columns of which it says the whole definition anew, so that saying it twice is the same as once; empty if it does something
    /// else, too.
    public internal(set) var redefinedColumns: Set<String> = []
    /// Whether it does nothing but turn keys off or on, as dumps do around their rows.
    public internal(set) var isOnlyKeys = false
    /// What it does of which the definitions before and behind it do not tell the way back, in words; nil for nothing.
    public internal(set) var obstacle: String?
}

/// The clauses of `ALTER TABLE`. What is not known to keep everything counts as lossy.
extension Classifier {
    /// Reads the clauses behind the table's name.
    mutating func alterations() {
        // The result is kept apart from the cursor, which goes on for the names.
        var clauses = self
        var words = cursor
        while !words.isAtEnd {
            if words.isWord("IF") { result.alteration.isConditional = true }
            words.advance()
        }
        clauses.result.alteration.isOnlyKeys = true
        var redefined: Set<String>? = []
        var count = 0
        while !clauses.cursor.isAtEnd {
            count += 1
            let column = clauses.redefinedColumn()
            if column == nil { redefined = nil }
            let isOption = clauses.alteration()
            while !clauses.cursor.isAtEnd && !clauses.cursor.isSymbol(",") {
                if clauses.cursor.isWord(among: ["PARTITION", "PARTITIONING", "TABLESPACE"]) {
                    clauses.result.alteration.movesData = true
                    redefined = nil
                }
                // It makes a key or a constraint, each time another one.
                if clauses.cursor.isWord(among: Self.makeKeys) { redefined = nil }
                // Options stand side by side, with or without a comma.
                if isOption, clauses.cursor.isWord(among: ["ENGINE", "TYPE", "UNION"]) {
                    clauses.result.alteration.isLossy = true
                }
                if clauses.cursor.isSymbol("(") { clauses.cursor.skipParentheses() } else { clauses.cursor.advance() }
            }
            if let column { redefined?.insert(column) }
            _ = clauses.cursor.skip(symbol: ",")
        }
        result.alteration.redefinedColumns = redefined ?? []
        result.alteration.isLossy = result.alteration.isLossy || clauses.result.alteration.isLossy
        result.alteration.movesData = clauses.result.alteration.movesData
        result.alteration.addedColumns = clauses.result.alteration.addedColumns
        result.alteration.addedKeys = clauses.result.alteration.addedKeys
        result.alteration.addedForeignKeys = clauses.result.alteration.addedForeignKeys
        result.alteration.droppedColumns = clauses.result.alteration.droppedColumns
        result.alteration.renamedColumns = clauses.result.alteration.renamedColumns
        let renames = clauses.result.alteration.renamedColumns
        let gone = result.alteration.droppedColumns.union(renames.keys.map { $0.lowercased() })
        let new = result.alteration.addedColumns.union(renames.values.map { $0.lowercased() })
        result.alteration.reusesNames = !gone.isDisjoint(with: new)
        // Where columns change places, a name alone does not tell which one it is.
        if !Set(result.alteration.renamedColumns.keys).isDisjoint(with: result.alteration.renamedColumns.values) {
            result.alteration.renamedColumns = [:]
            result.alteration.isLossy = true
            result.alteration.obstacle = "gives a column the name of another one"
        }
        if clauses.result.alteration.renamesTable, count > 1 {
            result.alteration.obstacle = "renames the table and changes it at once"
        }
        result.alteration.renamesTable = clauses.result.alteration.renamesTable
        result.alteration.obstacle = result.alteration.obstacle ?? clauses.result.alteration.obstacle
        result.alteration.isOnlyKeys = clauses.result.alteration.isOnlyKeys
    }

    private static let makeKeys: [StaticString] = [
        "UNIQUE", "KEY", "PRIMARY", "CHECK", "CONSTRAINT", "REFERENCES", "SERIAL",
    ]

    /// Behind `ADD`. Of a column that may be there already, or that stands in a list, nothing is known.
    private mutating func addedColumn() {
        let isColumn = cursor.skip("COLUMN")
        let isOther = cursor.isWord(among: [
            "INDEX", "KEY", "UNIQUE", "FULLTEXT", "SPATIAL", "PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK", "PARTITION",
            "PERIOD", "SYSTEM", "IF", "VECTOR",
        ])
        if isColumn || !isOther, !cursor.isWord("IF"), let name = cursor.namePart() {
            result.alteration.addedColumns.insert(name.lowercased())
        } else {
            addedKey()
        }
    }

    /// Looks ahead, behind `ADD`, for a key that has a name. The name of a constraint that is a key counts for less than the key's
    /// own.
    private mutating func addedKey() {
        var clause = self
        if clause.cursor.skip("CONSTRAINT") {
            guard !clause.cursor.isWord(among: ["FOREIGN", "UNIQUE", "PRIMARY", "CHECK", "IF"]),
                let name = clause.cursor.namePart(), clause.cursor.skip("FOREIGN", "KEY"), !clause.cursor.isWord("IF")
            else { return }
            result.alteration.addedForeignKeys.insert(name.lowercased())
            return
        }
        let isUnique = clause.cursor.skip("UNIQUE") || clause.cursor.skip("FULLTEXT") || clause.cursor.skip("SPATIAL")
        guard clause.cursor.skip("INDEX") || clause.cursor.skip("KEY") || isUnique,
            !clause.cursor.isWord(among: ["IF", "USING"]), !clause.cursor.isSymbol("("),
            let name = clause.cursor.namePart()
        else { return }
        result.alteration.addedKeys.insert(name.lowercased())
    }

    /// - Returns: Whether what follows is the table's options.
    private mutating func alteration() -> Bool {
        if !cursor.isWord(among: ["DISABLE", "ENABLE"]) { result.alteration.isOnlyKeys = false }
        if cursor.skip("ADD") {
            if cursor.isWord(among: ["PARTITION", "PERIOD", "SYSTEM"]) { result.alteration.isLossy = true }
            noteTimes()
            addedColumn()
        } else if cursor.skip("DROP") {
            if cursor.isWord(among: ["INDEX", "KEY", "FOREIGN", "PRIMARY", "CONSTRAINT", "CHECK"]) { return false }
            result.alteration.isLossy = true
            noteTimes()
            if !cursor.isWord(among: ["PARTITION", "PERIOD", "SYSTEM"]), let name = columnName() {
                result.alteration.droppedColumns.insert(name.lowercased())
            }
        } else if cursor.skip("RENAME") {
            if cursor.skip("COLUMN") {
                renamedColumn { $0.skip("TO") }
            } else if !cursor.isWord(among: ["INDEX", "KEY"]) {
                result.alteration.renamesTable = true
            }
        } else if cursor.skip("CHANGE") {
            result.alteration.isLossy = true
            renamedColumn { _ in true }
        } else if cursor.isWord(among: Self.options) {
            return true
        } else if !cursor.isWord(among: ["ALTER", "ALGORITHM", "LOCK", "DISABLE", "ENABLE", "FORCE", "WAIT", "NOWAIT"])
        {
            result.alteration.isLossy = true
        }
        return false
    }

    /// Behind `ADD` or `DROP`: `SYSTEM VERSIONING` and `PERIOD FOR`.
    private mutating func noteTimes() {
        if cursor.isWord(among: ["PERIOD", "SYSTEM"]) {
            result.alteration.obstacle = "changes which times the table keeps"
        }
    }

    /// Looks ahead for a column that a clause redefines; nil for another clause.
    private func redefinedColumn() -> String? {
        var clause = self
        return clause.cursor.skip("MODIFY") ? clause.columnName()?.lowercased() : nil
    }

    /// A column's name, behind `COLUMN` and `IF EXISTS`, which may be there or not.
    private mutating func columnName() -> String? {
        _ = cursor.skip("COLUMN")
        _ = cursor.skip("IF", "EXISTS")
        return cursor.namePart()
    }

    /// The old name and the new one.
    private mutating func renamedColumn(_ between: (inout StatementCursor) -> Bool) {
        guard let old = columnName(), between(&cursor), let new = cursor.namePart() else {
            result.alteration.isLossy = true
            return
        }
        if old.lowercased() != new.lowercased() { result.alteration.renamedColumns[old] = new }
    }

    /// First words of options that keep every value: "CREATE TABLE Statement". A default character set is one for columns
    /// to come.
    private static let options: [StaticString] = [
        "COMMENT", "AUTO_INCREMENT", "ROW_FORMAT", "DEFAULT", "CHARACTER", "CHARSET", "COLLATE", "KEY_BLOCK_SIZE",
        "AVG_ROW_LENGTH", "MAX_ROWS", "MIN_ROWS", "CHECKSUM", "DELAY_KEY_WRITE", "PACK_KEYS", "STATS_AUTO_RECALC",
        "STATS_PERSISTENT", "STATS_SAMPLE_PAGES",
    ]
}
