/// The tables that DML may write to.
extension Classifier {
    private static let modifiers: [StaticString] = ["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "QUICK", "IGNORE"]

    mutating func insertTarget() {
        cursor.skipAny(of: Self.modifiers)
        _ = cursor.skip("INTO")
        add(cursor.name(.table))
    }

    /// All tables that are joined: which of them are set is known only with their columns.
    mutating func updateTargets() {
        cursor.skipAny(of: Self.modifiers)
        // MariaDB's `FOR PORTION OF` changes the columns of the period, too, and adds rows.
        var portion = cursor
        let isWhole = portion.skip(upTo: ["FOR", "SET"]) && portion.isWord("SET")
        tableReferences(upTo: ["SET"])
        if isWhole, result.objects.count == 1, cursor.skip("SET") { result.setColumns = setColumns() }
    }

    /// The columns of `a = …, t.b = …`, in lower case.
    private mutating func setColumns() -> Set<String>? {
        var columns: Set<String> = []
        repeat {
            guard var name = cursor.namePart() else { return nil }
            while cursor.skip(symbol: ".") {
                guard let part = cursor.namePart() else { return nil }
                name = part
            }
            guard cursor.isSymbol("=") || cursor.isSymbol(":") else { return nil }
            columns.insert(name.lowercased())
            while !cursor.isAtEnd && !cursor.isSymbol(",") {
                if cursor.isWord(among: ["WHERE", "ORDER", "LIMIT"]) { return columns }
                if cursor.isSymbol("(") { cursor.skipParentheses() } else { cursor.advance() }
            }
        } while cursor.skip(symbol: ",")
        return columns
    }

    mutating func deleteTargets() {
        cursor.skipAny(of: Self.modifiers)
        if cursor.skip("FROM") {
            var listed = cursor
            add(listed.name(.table))
            // `DELETE FROM t1, t2 USING …` names them again, perhaps by their aliases, in its references.
            if cursor.skip(upTo: ["USING", "WHERE", "ORDER", "LIMIT", "RETURNING"]), cursor.skip("USING") {
                result.objects = []
                tableReferences(upTo: ["WHERE"])
            }
        } else if cursor.skip(upTo: ["FROM"]) {
            cursor.advance()
            tableReferences(upTo: ["WHERE"])
        }
    }

    /// Every table of `a JOIN b ON … , (c, d)`, not those of subqueries.
    private mutating func tableReferences(upTo ends: [StaticString]) {
        var expectsTable = true
        while !cursor.isAtEnd && !cursor.isWord(among: ends) {
            if cursor.isSymbol(".") || cursor.isSymbol("{") {
                // Behind a dot is a name, whatever word it is; and `{ OJ a LEFT JOIN b … }` is a join.
                cursor.advance()
                if !cursor.isAtEnd { cursor.advance() }
            } else if cursor.isSymbol("(") {
                var inner = cursor
                inner.advance()
                if expectsTable && !inner.isWord(among: ["SELECT", "WITH", "VALUES", "TABLE"]) {
                    cursor.advance()
                } else {
                    cursor.skipParentheses()
                    expectsTable = false
                }
            } else if cursor.isSymbol(",") || cursor.isWord("JOIN") || cursor.isWord("STRAIGHT_JOIN") {
                cursor.advance()
                expectsTable = true
            } else if expectsTable, cursor.current?.kind != .symbol {
                if cursor.skip("LATERAL") { continue }
                let table = cursor.name(.table)
                // JSON_TABLE(…) and the like.
                if !cursor.isSymbol("(") { add(table) }
                expectsTable = false
            } else {
                cursor.advance()
            }
        }
    }
}
