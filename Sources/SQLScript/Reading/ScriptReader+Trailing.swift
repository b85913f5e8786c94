/// What stands behind a delimiter on its line.
extension ScriptReader {
    /// Passes over spaces behind the delimiter, and over a one-line comment that follows them. The cursor is behind the
    /// delimiter; it comes to stand at the line's end, or at the next statement.
    /// - Returns: whether there is a comment.
    @discardableResult
    func skipTrailingComment() throws -> Bool {
        while try !lineEnd(at: cursor).isLineEnd, Self.isSpace(window.bytes[cursor]) { cursor += 1 }
        try ensure(4, from: cursor)
        let bytes = window.bytes + cursor
        let dash = UInt8(ascii: "-")
        var isComment = cursor < window.end && bytes[0] == UInt8(ascii: "#")
        if bytes[0] == dash && bytes[1] == dash && Self.isSpace(bytes[2]) {
            // A bare `--` at the line's end is a comment of its own to the client.
            isComment = try !lineEnd(at: cursor + 2).isLineEnd
        }
        guard isComment else { return false }
        while true {
            cursor = rules.line.first(window.bytes, from: cursor, to: window.end)
            if cursor < window.end {
                if window.bytes[cursor] == 0 { throw nulByte() }
                return true
            }
            if window.isAtEndOfFile { return true }
            try fill()
        }
    }
}
