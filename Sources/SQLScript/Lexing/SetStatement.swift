/// One assignment of a SET statement.
struct Assignment {
    enum Target: Sendable, Equatable {
        case user, session, global
    }

    let target: Target
    /// In lower case for system variables, as written for user variables.
    let name: String
    /// The tokens of the value, without the comma behind it.
    let value: [SQLToken]
}

/// The assignments of `SET a = 1, @b := 2, GLOBAL c = 3` ("SET Syntax for Variable Assignment").
struct SetStatement {
    private(set) var assignments: [Assignment] = []

    /// - Parameter tokens: stand behind the word SET.
    init(_ text: UnsafeBufferPointer<UInt8>, _ tokens: SQLTokens) {
        var tokens = tokens
        var group: [SQLToken] = []
        var depth = 0
        while let token = tokens.next() {
            if token.kind == .symbol {
                if token.byte == UInt8(ascii: "(") { depth += 1 }
                if token.byte == UInt8(ascii: ")") { depth -= 1 }
                if token.byte == UInt8(ascii: ";") { break }
                if token.byte == UInt8(ascii: ",") && depth == 0 {
                    add(group, text, tokens)
                    group = []
                    continue
                }
            }
            group.append(token)
        }
        add(group, text, tokens)
    }

    private mutating func add(_ group: [SQLToken], _ text: UnsafeBufferPointer<UInt8>, _ tokens: SQLTokens) {
        guard let equals = group.firstIndex(where: { $0.kind == .symbol && $0.byte == UInt8(ascii: "=") }) else {
            return
        }
        var left = group[..<equals]
        // `:=` is two symbols here.
        if left.last?.byte == UInt8(ascii: ":") { left = left.dropLast() }
        var target = Assignment.Target.session
        if left.first?.byte == UInt8(ascii: "@"), left.dropFirst().first?.byte != UInt8(ascii: "@") {
            target = .user
            left = left.dropFirst()
        } else {
            while let token = left.first {
                let globals: [StaticString] = ["GLOBAL", "PERSIST", "PERSIST_ONLY"]
                if globals.contains(where: { tokens.matches(token, $0) }) {
                    target = .global
                } else if tokens.matches(token, "SESSION") || tokens.matches(token, "LOCAL") {
                    target = .session
                } else if token.kind != .symbol {
                    break
                }
                left = left.dropFirst()
            }
        }
        guard !left.isEmpty else { return }
        let spelled = left.map { ObjectName.unquoted(text, $0) }.joined()
        assignments.append(
            Assignment(
                target: target, name: target == .user ? spelled : spelled.lowercased(),
                value: Array(group[(equals + 1)...])))
    }
}
