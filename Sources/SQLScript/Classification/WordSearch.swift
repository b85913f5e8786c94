/// Whether a text has a user or system variable with its `@` outside of strings and comments.
public func mentionsVariables(in text: [UInt8], sqlMode: LexicalModes, encoding: ScriptEncoding = .utf8) -> Bool {
    text.withUnsafeBufferPointer { bytes in
        var cursor = StatementCursor(bytes, SQLTokens(bytes, modes: sqlMode, encoding: encoding))
        while !cursor.isAtEnd {
            if cursor.isSymbol("@") { return true }
            cursor.advance()
        }
        return false
    }
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

/// Every run of letters, digits and `_` in a text, in lower case, those in strings and comments among them: for a text of which
/// nobody tells how its strings are written. MySQL gives the body of a routine with the strings' values instead of their literals.
public func everyWord(in text: String) -> Set<String> {
    let runs = text.utf8.split { byte in
        byte < 0x80 && !(0x30...0x39).contains(byte) && !(0x61...0x7A).contains(byte | 0x20)
            && byte != UInt8(ascii: "_")
    }
    return Set(runs.map { String(decoding: $0, as: UTF8.self).lowercased() })
}
