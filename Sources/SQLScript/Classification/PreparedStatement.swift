/// What a `PREPARE` or `EXECUTE` says about the statement that it is about.
public struct PreparedStatement: Sendable, Equatable {
    /// Where the statement's text comes from.
    public enum Source: Sendable, Equatable {
        /// A string in the statement.
        case literal(String)
        /// A user variable, without its `@`.
        case variable(String)
        /// An expression, or several strings.
        case expression
    }

    /// Under which the session knows it; nil for `EXECUTE IMMEDIATE`. Names are compared without regard to case.
    public let name: String?
    /// Nil for `EXECUTE name`.
    public let source: Source?
}

extension Classifier {
    /// Behind `PREPARE`.
    mutating func prepare() {
        guard let name = cursor.namePart(), cursor.skip("FROM") else { return }
        result.prepared = PreparedStatement(name: name.lowercased(), source: source())
    }

    /// Behind `EXECUTE`.
    mutating func execute() {
        if cursor.skip("IMMEDIATE") {
            result.prepared = PreparedStatement(name: nil, source: source())
        } else if let name = cursor.namePart() {
            result.prepared = PreparedStatement(name: name.lowercased(), source: nil)
        }
    }

    private mutating func source() -> PreparedStatement.Source {
        let isString = cursor.current?.kind == .string
        if isString, let token = cursor.current {
            let text = spelled(token)
            cursor.advance()
            return cursor.isAtEnd || cursor.isWord("USING") ? .literal(text) : .expression
        }
        guard cursor.skip(symbol: "@"), !cursor.isSymbol("@"), let name = cursor.namePart() else { return .expression }
        return cursor.isAtEnd || cursor.isWord("USING") ? .variable(name) : .expression
    }

    /// The value of a string ("String Literals").
    private func spelled(_ token: SQLToken) -> String {
        var value: [UInt8] = []
        var inner = cursor.text[token.range].dropFirst().dropLast()[...]
        while let byte = inner.popFirst() {
            if byte == token.byte, inner.first == token.byte {
                inner.removeFirst()
                value.append(byte)
            } else if byte == UInt8(ascii: "\\"), cursor.hasEscapes, let escaped = inner.popFirst() {
                value += Self.unescaped(escaped)
            } else {
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }

    private static func unescaped(_ byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: "n"): [0x0A]
        case UInt8(ascii: "t"): [0x09]
        case UInt8(ascii: "r"): [0x0D]
        case UInt8(ascii: "b"): [0x08]
        case UInt8(ascii: "0"): [0x00]
        case UInt8(ascii: "Z"): [0x1A]
        case UInt8(ascii: "%"), UInt8(ascii: "_"): [UInt8(ascii: "\\"), byte]
        default: [byte]
        }
    }
}
