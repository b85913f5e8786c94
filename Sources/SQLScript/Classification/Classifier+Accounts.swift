/// Users, roles and their rights.
extension Classifier {
    /// The accounts of a list, past what is said of each.
    mutating func accounts(_ kind: ObjectName.Kind) {
        while !cursor.isAtEnd {
            add(cursor.account(kind))
            if cursor.isSymbol("(") { cursor.skipParentheses() }
            while !cursor.isAtEnd && !cursor.isSymbol(",") {
                if cursor.isWord(among: ["REQUIRE", "WITH", "COMMENT", "ATTRIBUTE", "DEFAULT"]) { return }
                if cursor.isSymbol("(") { cursor.skipParentheses() } else { cursor.advance() }
            }
            guard cursor.skip(symbol: ",") else { return }
        }
    }

    mutating func classifyAccount() -> Bool {
        if cursor.skip("GRANT") {
            set(.grant, .commitsImplicitly)
            grantees(behind: "TO")
        } else if cursor.skip("REVOKE") {
            set(.revoke, .commitsImplicitly)
            grantees(behind: "FROM")
        } else {
            return false
        }
        return true
    }

    private mutating func grantees(behind word: StaticString) {
        guard cursor.skip(upTo: [word]) else { return }
        cursor.advance()
        accounts(.user)
    }
}
