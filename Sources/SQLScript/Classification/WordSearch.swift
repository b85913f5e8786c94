/// Whether a text has one of the words outside of strings, quoted names and comments.
/// - Parameter words: in upper case.
public func mentions(_ words: [StaticString], in text: [UInt8], sqlMode: LexicalModes = []) -> Bool {
    text.withUnsafeBufferPointer { bytes in
        var cursor = StatementCursor(bytes, SQLTokens(bytes, modes: sqlMode))
        while !cursor.isAtEnd {
            if cursor.isWord(among: words) { return true }
            cursor.advance()
        }
        return false
    }
}
