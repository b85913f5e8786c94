/// The user variables that a text names outside of strings and comments.
public func variableNames(in text: [UInt8], sqlMode: LexicalModes, encoding: ScriptEncoding = .utf8) -> Set<String> {
    text.withUnsafeBufferPointer { bytes in
        var names: Set<String> = []
        var tokens = SQLTokens(bytes, modes: sqlMode, encoding: encoding)
        while let token = tokens.next() {
            guard token.kind == .symbol, token.byte == UInt8(ascii: "@") else { continue }
            if let variable = VariableName(text, at: token.range.lowerBound) {
                names.insert(variable.name)
                tokens = tokens.restarted(at: variable.end)
            } else {
                // The second one of a system variable's.
                _ = tokens.next()
            }
        }
        return names
    }
}

/// The name of a user variable as in "User-Defined Variables": letters, digits, `.`, `_`, `$`, or quoted in any way.
public struct VariableName {
    public let name: String
    /// The place behind it.
    public let end: Int

    /// - Parameter at: The place of an `@`.
    /// - Returns: Nil where that begins a system variable, or nothing.
    public init?(_ text: [UInt8], at: Int) {
        let start = at + 1
        guard start < text.count else { return nil }
        let quote = text[start]
        if quote == UInt8(ascii: "`") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            guard let last = text[(start + 1)...].firstIndex(of: quote), last - start <= Self.limit + 1 else {
                return nil
            }
            name = String(decoding: text[(start + 1)..<last], as: UTF8.self)
            end = last + 1
        } else {
            let word = text[start...].prefix { SQLTokens.isWord($0) || $0 == UInt8(ascii: ".") }
            guard !word.isEmpty, word.count <= Self.limit else { return nil }
            name = String(decoding: word, as: UTF8.self)
            end = word.endIndex
        }
    }

    /// Bytes.
    private static let limit = 64
}

/// Whether a text has one of the words outside of strings, quoted names and comments.
/// - Parameter words: in upper case.
public func mentions(
    _ words: [StaticString], in text: [UInt8], sqlMode: LexicalModes, encoding: ScriptEncoding = .utf8
) -> Bool {
    text.withUnsafeBufferPointer { bytes in
        var cursor = StatementCursor(bytes, SQLTokens(bytes, modes: sqlMode, encoding: encoding))
        while !cursor.isAtEnd {
            if cursor.isWord(among: words) { return true }
            cursor.advance()
        }
        return false
    }
}

/// The words, names and strings that stand behind one of the words in a text, with or without a `=` between them, in lower case
/// and without quotes: such as the values of an option.
///
/// - Parameter words: In upper case.
public func values(
    behind words: [StaticString], in text: [UInt8], sqlMode: LexicalModes, encoding: ScriptEncoding = .utf8
) -> [String] {
    text.withUnsafeBufferPointer { bytes in
        var cursor = StatementCursor(bytes, SQLTokens(bytes, modes: sqlMode, encoding: encoding))
        var values: [String] = []
        while !cursor.isAtEnd {
            let isOption = cursor.isWord(among: words)
            cursor.advance()
            guard isOption else { continue }
            _ = cursor.skip(symbol: ":")
            _ = cursor.skip(symbol: "=")
            if let token = cursor.current, [.word, .quotedName, .string].contains(token.kind) {
                values.append(ObjectName.unquoted(bytes, token).lowercased())
            }
        }
        return values
    }
}

/// Every run of letters, digits and `_` in a text, in lower case, those in strings and comments among them: for a text of which
/// nobody tells how its strings are written. MySQL gives the body of a routine with the strings' values instead of their literals.
public func everyWord(in text: String) -> Set<String> {
    let runs = text.utf8.split { byte in
        byte < 0x80 && !(0x30...0x39).contains(byte) && !(0x61...0x7A).contains(byte | 0x20)
            && byte != UInt8(ascii: "_")
    }
    return Set(runs.map { String(decoding: $0, as: UTF8.self).lowercased() })
}
