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
        /// `IF`, `LOOP` and the like, where the body is one of these.
        case flow
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
            let word = reader.skipHeader()
            phase = reader.tokens.matches(word, "BEGIN") ? .body : .plain
            if phase == .plain { return false }
            open = [.begin]
        }
        // Behind another delimiter there may be several.
        repeat { readBody(&reader) } while reader.peek() != nil
        cursor = end + 1
        return !open.isEmpty
    }

    /// Reads up to a `;`, or the end.
    private mutating func readBody(_ reader: inout RoutineTokens) {
        while let token = reader.next(), !token.isSemicolon {
            if open.last == .flow, reader.isFlow(token), reader.previousEndsStatement {
                open.append(.flow)
            } else if reader.tokens.matches(token, "BEGIN") {
                if !reader.previousIsPartOfExpression { open.append(.begin) }
            } else if reader.tokens.matches(token, "CASE") {
                if !reader.previousIsPartOfName { open.append(.case) }
            } else if reader.tokens.matches(token, "END"), !reader.previousIsPartOfName {
                // It is no reserved word in MySQL: elsewhere it may be a name.
                let next = reader.peek()
                let endsFlow = open.last == .flow && next.map { reader.isFlow($0) } == true
                if open.last == .case || endsFlow || reader.previousEndsStatement { close(&reader) }
            }
        }
    }

    private mutating func close(_ reader: inout RoutineTokens) {
        let tokens = reader.tokens
        let next = reader.peek()
        if let next, open.last == .flow, reader.isFlow(next) {
            _ = reader.next()
            open.removeLast()
            return
        }
        let closesOther: [StaticString] = ["IF", "LOOP", "WHILE", "REPEAT", "FOR"]
        if closesOther.contains(where: { tokens.matches(next, $0) }) && open.last == .begin { return }
        if tokens.matches(next, "CASE") {
            _ = reader.next()
            if open.last == .case { open.removeLast() }
            return
        }
        if open.last == .begin {
            // The END of a block stands before `;`, or before its label and `;`.
            if reader.isAtStatementEnd {
                open.removeLast()
            } else if let next, next.kind == .word || next.kind == .quotedName {
                _ = reader.next()
                if reader.isAtStatementEnd { open.removeLast() }
            }
        } else if open.last == .case {
            open.removeLast()
        }
    }
}

extension RoutineBody {
    /// Whether something follows the routine, trigger, event or block with which a text begins, behind the `;` at its end.
    static func isFollowed(_ tokens: SQLTokens) -> Bool {
        var reader = RoutineTokens(tokens)
        var body = RoutineBody()
        if reader.skipBlockStart() {
            body.open = [.begin]
        } else if let word = reader.skipHeader() {
            if tokens.matches(word, "BEGIN") {
                body.open = [.begin]
            } else if reader.isFlow(word) {
                body.open = [.flow]
            } else if reader.begins(declarations: word), reader.peek()?.kind != .string {
                // What has no block behind them is in another language, and cannot be told.
                guard reader.skipDeclarations() else { return false }
                body.open = [.begin]
            }
        }
        repeat { body.readBody(&reader) } while !body.open.isEmpty && reader.peek() != nil
        return reader.peek() != nil
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
        before = current?.isSemicolon == true ? nil : current
        current = ahead ?? tokens.next()
        ahead = nil
        return current
    }

    mutating func peek() -> SQLToken? {
        if ahead == nil { ahead = tokens.next() }
        return ahead
    }

    var isAtStatementEnd: Bool { mutating get { peek()?.isSemicolon ?? true } }

    /// Whether a token opens what `END` and the same word close.
    func isFlow(_ token: SQLToken) -> Bool {
        let words: [StaticString] = ["IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR"]
        return words.contains { tokens.matches(token, $0) }
    }

    /// Whether a statement of a body begins with the current token.
    var previousEndsStatement: Bool {
        guard let before, before.byte != UInt8(ascii: ":") else { return true }
        let words: [StaticString] = ["BEGIN", "THEN", "ELSE", "DO", "LOOP", "REPEAT"]
        return words.contains { tokens.matches(before, $0) }
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

    /// Passes over the `BEGIN` of a block that is a statement by itself, which in MariaDB's mode `ORACLE` has no other mark.
    mutating func skipBlockStart() -> Bool {
        guard tokens.matches(peek(), "BEGIN") else { return false }
        let start = self
        _ = next()
        if !isAtStatementEnd, !tokens.matches(peek(), "WORK") { return true }
        self = start
        return false
    }

    /// Whether declarations stand behind a token, as in a body in MariaDB's mode `ORACLE`.
    func begins(declarations token: SQLToken) -> Bool {
        let words: [StaticString] = ["AS", "IS", "DECLARE"]
        return words.contains { tokens.matches(token, $0) }
    }

    /// Passes over all up to the `BEGIN` behind the declarations.
    mutating func skipDeclarations() -> Bool {
        guard peek()?.byte != UInt8(ascii: "$") else { return false }
        while let token = next() {
            if tokens.matches(token, "BEGIN") { return true }
        }
        return false
    }

    /// Passes over all up to the body, and the word that tells what that is.
    ///
    /// - Returns: That word; nil where the statement has no body, or one that begins with another word.
    mutating func skipHeader() -> SQLToken? {
        if tokens.matches(peek(), "BEGIN") {
            let begin = next()
            return skip("NOT") && skip("ATOMIC") ? begin : nil
        }
        guard skip("CREATE") || skip("ALTER") else { return nil }
        if skip("OR") { guard skip("REPLACE") else { return nil } }
        if skip("DEFINER") {
            // An account name: words, strings, @ and parentheses, up to the kind.
            while let token = peek(), !isKind(token) { _ = next() }
        }
        _ = skip("AGGREGATE")
        if skip("PROCEDURE") || skip("FUNCTION") { return skipName() ? skipToBody(of: nil) : nil }
        if skip("TRIGGER") { return skipName() ? skipToBody(of: "ROW") : nil }
        if skip("EVENT") { return skipName() ? skipToBody(of: "DO") : nil }
        return nil
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
    private mutating func skipToBody(of marker: StaticString?) -> SQLToken? {
        var depth = 0
        var isBehindMarker = marker == nil
        let first: [StaticString] = [
            "BEGIN", "SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "SET", "CALL", "DO", "ALTER", "CREATE", "DROP",
            "IF", "CASE", "LOOP", "WHILE", "REPEAT", "FOR", "WITH", "TRUNCATE", "EXECUTE", "PREPARE", "SIGNAL", "AS",
            "IS", "DECLARE",
        ]
        var hasType = false
        while !isAtStatementEnd, let token = next() {
            if token.byte == UInt8(ascii: "(") && token.kind == .symbol {
                depth += 1
            } else if token.byte == UInt8(ascii: ")") && token.kind == .symbol {
                depth -= 1
            } else if depth == 0 {
                if !isBehindMarker {
                    if let marker, tokens.matches(token, marker) { isBehindMarker = true }
                } else if tokens.matches(token, "RETURNS") {
                    hasType = true
                } else if first.contains(where: { tokens.matches(token, $0) }) {
                    return token
                } else if hasType, tokens.matches(token, "RETURN") {
                    // In the mode `ORACLE` it is the type that stands behind this word.
                    return token
                }
            }
        }
        return nil
    }
}
