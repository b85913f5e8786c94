/// The words of a statement that may name something, in their order: words and quoted names in lower case, with a `.` between
/// the parts of a name. Strings, numbers and comments are left out.
///
/// - Returns: Nil if a word goes beyond ASCII: which of those are one name is a matter of collations.
public func statementWords(
    _ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8
) -> [String]? {
    text.withUnsafeBufferPointer { bytes in
        var tokens = SQLTokens(bytes, modes: sqlMode, encoding: encoding)
        var words: [String] = []
        while let token = tokens.next() {
            switch token.kind {
            case .word, .quotedName:
                guard bytes[token.range].allSatisfy({ $0 < 0x80 }) else { return nil }
                words.append(ObjectName.unquoted(bytes, token).lowercased())
            case .symbol where token.byte == UInt8(ascii: "."): words.append(".")
            case .symbol, .string, .number: break
            }
        }
        return words
    }
}

/// The names in front of a parenthesis: of functions, and of much else.
///
/// - Returns: The parts of each, the last one in lower case: `["f"]` of `F(1)`, `["Other", "f"]` of `Other.F(1)`.
public func calledNames(
    _ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8
) -> Set<[String]> {
    text.withUnsafeBufferPointer { bytes in
        var tokens = SQLTokens(bytes, modes: sqlMode, encoding: encoding)
        var names: Set<[String]> = []
        var parts: [SQLToken] = []
        var isBehindDot = false
        while let token = tokens.next() {
            switch token.kind {
            case .word, .quotedName:
                parts = (isBehindDot ? parts : []) + [token]
                isBehindDot = false
            case .symbol where token.byte == UInt8(ascii: ".") && !parts.isEmpty && !isBehindDot: isBehindDot = true
            default:
                if token.kind == .symbol, token.byte == UInt8(ascii: "("), !isBehindDot, let last = parts.last {
                    names.insert(
                        parts.dropLast().map { ObjectName.unquoted(bytes, $0) }
                            + [ObjectName.unquoted(bytes, last).lowercased()])
                }
                parts = []
                isBehindDot = false
            }
        }
        return names
    }
}
