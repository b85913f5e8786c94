/// What an `ALTER TABLE` does to what is in its table.
public struct Alteration: Sendable, Equatable {
    /// Whether something that was in the table may be gone: a column, its type, its character set.
    public internal(set) var isLossy = false
    /// Whether it moves data between partitions, tables and tablespaces, which the definition does not show.
    public internal(set) var movesData = false
    /// Columns that it adds, which were not there before.
    public internal(set) var addedColumns: Set<String> = []
    /// Whether it does nothing but turn keys off or on, as dumps do around their rows.
    public internal(set) var isOnlyKeys = false
}

/// The clauses of `ALTER TABLE`. What is not known to keep everything counts as lossy.
extension Classifier {
    /// Reads the clauses behind the table's name.
    mutating func alterations() {
        // The result is kept apart from the cursor, which goes on for the names.
        var clauses = self
        clauses.result.alteration.isOnlyKeys = true
        while !clauses.cursor.isAtEnd {
            clauses.alteration()
            while !clauses.cursor.isAtEnd && !clauses.cursor.isSymbol(",") {
                if clauses.cursor.isWord(among: ["PARTITION", "PARTITIONING", "TABLESPACE"]) {
                    clauses.result.alteration.movesData = true
                }
                if clauses.cursor.isSymbol("(") { clauses.cursor.skipParentheses() } else { clauses.cursor.advance() }
            }
            _ = clauses.cursor.skip(symbol: ",")
        }
        result.alteration.isLossy = result.alteration.isLossy || clauses.result.alteration.isLossy
        result.alteration.movesData = clauses.result.alteration.movesData
        result.alteration.addedColumns = clauses.result.alteration.addedColumns
        result.alteration.isOnlyKeys = clauses.result.alteration.isOnlyKeys
    }

    /// Behind `ADD`. Of a column that may be there already, or that stands in a list, nothing is known.
    private mutating func addedColumn() {
        let isColumn = cursor.skip("COLUMN")
        let isOther = cursor.isWord(among: [
            "INDEX", "KEY", "UNIQUE", "FULLTEXT", "SPATIAL", "PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK", "PARTITION",
            "PERIOD", "SYSTEM", "IF",
        ])
        if isColumn || !isOther, !cursor.isWord("IF"), let name = cursor.namePart() {
            result.alteration.addedColumns.insert(name.lowercased())
        }
    }

    private mutating func alteration() {
        if !cursor.isWord(among: ["DISABLE", "ENABLE"]) { result.alteration.isOnlyKeys = false }
        if cursor.skip("ADD") {
            if cursor.isWord(among: ["PARTITION", "PERIOD", "SYSTEM"]) { result.alteration.isLossy = true }
            addedColumn()
        } else if cursor.skip("DROP") {
            let keeps = cursor.isWord(among: ["INDEX", "KEY", "FOREIGN", "PRIMARY", "CONSTRAINT", "CHECK"])
            if !keeps { result.alteration.isLossy = true }
        } else if cursor.skip("RENAME") {
            // What a column was called before is not in the definition after it.
            if cursor.isWord("COLUMN") { result.alteration.isLossy = true }
        } else if !cursor.isWord(among: [
            "ALTER", "COMMENT", "AUTO_INCREMENT", "ALGORITHM", "LOCK", "DISABLE", "ENABLE", "FORCE", "WAIT",
            "NOWAIT",
        ]) {
            result.alteration.isLossy = true
        }
    }
}
