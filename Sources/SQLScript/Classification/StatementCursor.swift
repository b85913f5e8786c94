/// Reads a statement's tokens word by word.
struct StatementCursor {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var tokens: SQLTokens
    private(set) var current: SQLToken?

    init(_ text: UnsafeBufferPointer<UInt8>, _ tokens: SQLTokens) {
        self.text = text
        self.tokens = tokens
        current = self.tokens.next()
    }

    var isAtEnd: Bool { current == nil }

    /// Whether a backslash in a string escapes what follows.
    var hasEscapes: Bool { tokens.hasEscapes }

    mutating func advance() {
        current = tokens.next()
    }

    func isWord(_ word: StaticString) -> Bool {
        tokens.matches(current, word)
    }

    func isWord(among words: [StaticString]) -> Bool {
        words.contains { tokens.matches(current, $0) }
    }

    func isSymbol(_ symbol: Unicode.Scalar) -> Bool {
        guard let current, current.kind == .symbol else { return false }
        return UInt32(current.byte) == symbol.value
    }

    /// Passes over the words if all of them stand here.
    mutating func skip(_ words: StaticString...) -> Bool {
        let start = self
        for word in words {
            guard isWord(word) else {
                self = start
                return false
            }
            advance()
        }
        return true
    }

    mutating func skip(symbol: Unicode.Scalar) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func skipAny(of words: [StaticString]) {
        while isWord(among: words) { advance() }
    }

    /// Passes over what is in parentheses, with the parentheses.
    mutating func skipParentheses() {
        var depth = 0
        repeat {
            if isSymbol("(") { depth += 1 }
            if isSymbol(")") { depth -= 1 }
            advance()
        } while depth > 0 && !isAtEnd
    }

    /// Passes over all up to one of the words outside of parentheses; false at the end.
    mutating func skip(upTo words: [StaticString]) -> Bool {
        while !isAtEnd {
            if isWord(among: words) { return true }
            if isSymbol("(") { skipParentheses() } else { advance() }
        }
        return false
    }

    /// `name` or `database.name`, quoted or not.
    mutating func name(_ kind: ObjectName.Kind) -> ObjectName? {
        // A name that begins with a dot is one of the session's database.
        _ = skip(symbol: ".")
        guard let first = namePart() else { return nil }
        guard isSymbol(".") else { return ObjectName(kind: kind, name: first) }
        advance()
        guard let second = namePart() else { return ObjectName(kind: kind, name: first) }
        return ObjectName(kind: kind, database: first, name: second)
    }

    mutating func namePart() -> String? {
        guard let current, current.kind != .symbol else { return nil }
        let part = ObjectName.unquoted(text, current)
        advance()
        return part
    }

    /// An account: `user`, `user@host`, quoted or not. Its name is `user@host`.
    mutating func account(_ kind: ObjectName.Kind) -> ObjectName? {
        guard var name = namePart() else { return nil }
        if skip(symbol: "@") {
            var host = namePart() ?? ""
            while isSymbol(".") || isSymbol("%") || isSymbol("-") {
                guard let token = self.current else { break }
                host += ObjectName.unquoted(text, token)
                advance()
                host += namePart() ?? ""
            }
            name += "@" + host
        }
        return ObjectName(kind: kind, name: name)
    }
}
