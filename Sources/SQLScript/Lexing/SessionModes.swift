/// What a script makes of `sql_mode`, as far as it says so in literal text.
struct SessionModes {
    let initial: LexicalModes
    private(set) var current: LexicalModes
    /// User variables that hold modes, as dumps save them (`SET @OLD_SQL_MODE = @@SQL_MODE`).
    private var saved: [String: LexicalModes] = [:]

    init(initial: LexicalModes) {
        self.initial = initial
        current = initial
    }

    /// Follows a statement, if it is a SET.
    mutating func follow(_ statement: Statement) {
        statement.text.withUnsafeBufferPointer { bytes in
            var tokens = SQLTokens(bytes, modes: statement.sqlMode, encoding: statement.encoding)
            guard tokens.matches(tokens.next(), "SET") else { return }
            for assignment in SetStatement(bytes, tokens).assignments {
                let reader = ModeExpression(bytes: bytes, tokens: tokens, known: self)
                switch assignment.target {
                case .user:
                    saved[assignment.name.lowercased()] = reader.value(of: assignment.value)
                case .session:
                    guard assignment.name == "sql_mode" else { continue }
                    if let value = reader.value(of: assignment.value) { current = value }
                case .global: break
                }
            }
        }
    }

    func saved(_ name: String) -> LexicalModes? {
        saved[name.lowercased()]
    }
}

/// The value of an expression that makes modes; nil where it is not literal.
struct ModeExpression {
    let bytes: UnsafeBufferPointer<UInt8>
    let tokens: SQLTokens
    let known: SessionModes

    func value(of expression: [SQLToken]) -> LexicalModes? {
        guard let first = expression.first else { return nil }
        if expression.count == 1 {
            switch first.kind {
            case .string: return Self.modes(named: ObjectName.unquoted(bytes, first))
            case .number: return Self.modes(numbered: ObjectName.unquoted(bytes, first))
            case .word:
                if tokens.matches(first, "DEFAULT") { return known.initial }
                return Self.modes(named: ObjectName.unquoted(bytes, first))
            // A name is as good as a text.
            case .quotedName: return Self.modes(named: ObjectName.unquoted(bytes, first))
            case .symbol: return nil
            }
        }
        if first.byte == UInt8(ascii: "@") { return variable(expression) }
        if tokens.matches(first, "CONCAT") {
            let parts = arguments(of: expression).map { value(of: $0) }
            // Text that only joins the others, such as ',', has no modes.
            return parts.contains(nil) ? nil : parts.reduce([]) { $0.union($1 ?? []) }
        }
        if tokens.matches(first, "REPLACE") {
            let parts = arguments(of: expression)
            guard parts.count == 3, let whole = value(of: parts[0]), let taken = value(of: parts[1]) else { return nil }
            return whole.subtracting(taken).union(value(of: parts[2]) ?? [])
        }
        return nil
    }

    private func variable(_ expression: [SQLToken]) -> LexicalModes? {
        let isSystem = expression.count > 2 && expression[1].byte == UInt8(ascii: "@")
        guard let last = expression.last else { return nil }
        let name = ObjectName.unquoted(bytes, last)
        if !isSystem { return expression.count == 2 ? known.saved(name) : nil }
        guard name.lowercased() == "sql_mode", expression.count <= 5 else { return nil }
        return expression.contains { tokens.matches($0, "GLOBAL") } ? known.initial : known.current
    }

    private func arguments(of call: [SQLToken]) -> [[SQLToken]] {
        var depth = 0
        var parts: [[SQLToken]] = [[]]
        for token in call.dropFirst() {
            if token.kind == .symbol && token.byte == UInt8(ascii: "(") {
                depth += 1
                if depth == 1 { continue }
            }
            if token.kind == .symbol && token.byte == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { break }
            }
            if token.kind == .symbol && token.byte == UInt8(ascii: ",") && depth == 1 {
                parts.append([])
            } else {
                parts[parts.count - 1].append(token)
            }
        }
        return parts
    }

    /// "Server SQL Modes": the combined modes that hold ANSI_QUOTES.
    private static let ansi: Set<String> = [
        "ANSI_QUOTES", "ANSI", "ORACLE", "DB2", "MSSQL", "MAXDB", "POSTGRESQL",
    ]

    static func modes(named text: String) -> LexicalModes {
        var modes: LexicalModes = []
        for name in text.uppercased().split(whereSeparator: { $0 == "," || $0 == " " }) {
            if ansi.contains(String(name)) { modes.insert(.ansiQuotes) }
            if name == "NO_BACKSLASH_ESCAPES" { modes.insert(.noBackslashEscapes) }
        }
        return modes
    }

    /// `sql_mode` as a number: 4 is ANSI_QUOTES, 2^20 NO_BACKSLASH_ESCAPES.
    static func modes(numbered text: String) -> LexicalModes? {
        guard let number = Int(text) else { return nil }
        var modes: LexicalModes = []
        if number & 4 != 0 { modes.insert(.ansiQuotes) }
        if number & (1 << 20) != 0 { modes.insert(.noBackslashEscapes) }
        return modes
    }
}
