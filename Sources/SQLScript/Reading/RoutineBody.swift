/// Follows the body of a routine that was written without `DELIMITER`, to find the `;` behind its last `END`.
///
/// The clients cut such a statement at its first `;`, and its pieces are errors; so nothing that works is read otherwise.
/// Only `BEGIN` and `CASE` are counted: `END IF`, `END LOOP` and the like close what only they can close.
struct RoutineBody {
    private enum Phase {
        /// No `;` was met yet.
        case unknown
        /// The statement is no routine, or its body is a single statement.
        case plain
        case body
    }

    private enum Block {
        case begin, `case`
    }

    private var phase = Phase.unknown
    private var open: [Block] = []
    /// The first byte that was not read yet, in the script.
    private(set) var cursor = 0

    var isCandidate: Bool { phase == .body }

    /// Reads the statement up to a `;` (or its end), and tells whether it goes on behind it.
    /// - Parameters:
    ///   - begin: where the statement's first word stands, in the script.
    mutating func isOpen(from begin: Int, to end: Int, in window: ScriptWindow, rules: LexicalRules) -> Bool {
        if phase == .plain { return false }
        let start = phase == .unknown ? begin : cursor
        guard start >= window.origin else {
            phase = .plain
            return false
        }
        let slice = window.slice(start..<end)
        var reader = RoutineTokens(SQLTokens(slice, modes: rules.modes, encoding: rules.encoding))
        if phase == .unknown {
            phase = reader.skipHeader() ? .body : .plain
            if phase == .plain { return false }
            open = [.begin]
        }
        readBody(&reader)
        cursor = end + 1
        return !open.isEmpty
    }

    private mutating func readBody(_ reader: inout RoutineTokens) {
        while let token = reader.next() {
            if reader.tokens.matches(token, "BEGIN") {
                if !reader.previousIsPartOfExpression { open.append(.begin) }
            } else if reader.tokens.matches(token, "CASE") {
                if !reader.previousIsPartOfName { open.append(.case) }
            } else if reader.tokens.matches(token, "END"), !reader.previousIsPartOfName {
                close(&reader)
            }
        }
    }

    private mutating func close(_ reader: inout RoutineTokens) {
        let tokens = reader.tokens
        let next = reader.peek()
        let closesOther: [StaticString] = ["IF", "LOOP", "WHILE", "REPEAT", "FOR"]
        if closesOther.contains(where: { tokens.matches(next, $0) }) && open.last == .begin { return }
        if tokens.matches(next, "CASE") {
            _ = reader.next()
            if open.last == .case { open.removeLast() }
            return
        }
        if open.last == .begin {
            // The END of a block stands before `;`, or before its label and `;`.
            if next == nil {
                open.removeLast()
            } else if let next, next.kind == .word || next.kind == .quotedName {
                _ = reader.next()
                if reader.peek() == nil { open.removeLast() }
            }
        } else if open.last == .case {
            open.removeLast()
        }
    }
}

/// Tokens with one behind and one ahead.
private struct RoutineTokens {
    var tokens: SQLTokens
    private var ahead: SQLToken?
    private var before: SQLToken?
    private var current: SQLToken?

    init(_ tokens: SQLTokens) {
        self.tokens = tokens
    }

    mutating func next() -> SQLToken? {
        before = current
        current = ahead ?? tokens.next()
        ahead = nil
        return current
    }

    mutating func peek() -> SQLToken? {
        if ahead == nil { ahead = tokens.next() }
        return ahead
    }

    var previousIsPartOfName: Bool {
        guard let before else { return false }
        return before.byte == UInt8(ascii: ".") || before.byte == UInt8(ascii: "@")
    }

    var previousIsPartOfExpression: Bool {
        guard let before, before.kind == .symbol else {
            return tokens.matches(before, "XA") || tokens.matches(before, "SELECT") || tokens.matches(before, "AS")
        }
        return before.byte != UInt8(ascii: ":")
    }

    private mutating func skip(_ word: StaticString) -> Bool {
        guard tokens.matches(peek(), word) else { return false }
        _ = next()
        return true
    }

    /// Passes over all up to the BEGIN of the body; false where the statement has no such body.
    mutating func skipHeader() -> Bool {
        if skip("BEGIN") { return skip("NOT") && skip("ATOMIC") }
        guard skip("CREATE") else { return false }
        if skip("OR") { guard skip("REPLACE") else { return false } }
        if skip("DEFINER") {
            // An account name: words, strings, @ and parentheses, up to the kind.
            while let token = peek(), !isKind(token) { _ = next() }
        }
        _ = skip("AGGREGATE")
        if skip("PROCEDURE") || skip("FUNCTION") { return skipName() && skipToBody(of: nil) }
        if skip("TRIGGER") { return skipName() && skipToBody(of: "ROW") }
        if skip("EVENT") { return skipName() && skipToBody(of: "DO") }
        return false
    }

    private func isKind(_ token: SQLToken) -> Bool {
        let kinds: [StaticString] = ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "AGGREGATE"]
        return kinds.contains { tokens.matches(token, $0) }
    }

    private mutating func skipName() -> Bool {
        if skip("IF") { guard skip("NOT"), skip("EXISTS") else { return false } }
        guard next() != nil else { return false }
        if peek()?.byte == UInt8(ascii: ".") {
            _ = next()
            guard next() != nil else { return false }
        }
        return true
    }

    /// Finds the first word that decides what the body is. `marker` is the word behind which the body stands.
    private mutating func skipToBody(of marker: StaticString?) -> Bool {
        var depth = 0
        var isBehindMarker = marker == nil
        let single: [StaticString] = [
            "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "SET", "CALL", "RETURN", "DO", "ALTER", "CREATE", "DROP",
            "IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "WITH", "TRUNCATE", "EXECUTE", "PREPARE", "SIGNAL", "AS",
            "IS",
        ]
        while let token = next() {
            if token.byte == UInt8(ascii: "(") && token.kind == .symbol {
                depth += 1
            } else if token.byte == UInt8(ascii: ")") && token.kind == .symbol {
                depth -= 1
            } else if depth == 0 {
                if !isBehindMarker {
                    if let marker, tokens.matches(token, marker) { isBehindMarker = true }
                } else if tokens.matches(token, "BEGIN") {
                    return true
                } else if single.contains(where: { tokens.matches(token, $0) }) {
                    return false
                }
            }
        }
        return false
    }
}
