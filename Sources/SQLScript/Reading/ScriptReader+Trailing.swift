/// What stands behind a delimiter on its line.
extension ScriptReader {
    /// Passes over spaces behind the delimiter, and over a one-line comment that follows them: the client takes it to the
    /// statement. The cursor is behind the delimiter; it comes to stand at the line's end, or at the next statement.
    /// - Parameter end: where the delimiter begins.
    /// - Returns: whether there is a comment.
    @discardableResult
    func skipTrailingComment(behind end: Int) throws -> Bool {
        let begin = cursor
        isBehindStatement = true
        defer { isBehindStatement = false }
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
        isBehindStatement = false
        pending.cut(end..<begin)
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

    /// The client puts a space behind a comment `/* … */`, before the next byte on the line that it looks at by itself. (It does
    /// so behind bytes that it does not look at, too, such as those of `é`; we do not, as that takes names apart.)
    func putSpace() throws {
        owesSpaceAt = -1
        try ensure(4, from: cursor)
        if try lineEnd(at: cursor).isLineEnd { return }
        if try isDelimiter(at: cursor) {
            owesSpaceAt = cursor
            return
        }
        let bytes = window.bytes + cursor
        let star = UInt8(ascii: "*")
        if Self.isSpace(bytes[0]) || bytes[0] >= 0x80 || bytes[0] == Self.escape { return }
        if try isLineComment(at: cursor) { return }
        let isVersioned =
            bytes[2] == UInt8(ascii: "!") || (bytes[2] == UInt8(ascii: "M") && bytes[3] == UInt8(ascii: "!"))
        if bytes[0] == UInt8(ascii: "/") && bytes[1] == star && !isVersioned {
            // It comes to stand within the next comment.
            let isSpaced = Self.isSpace(bytes[2]) || (bytes[2] == star && bytes[3] == UInt8(ascii: "/"))
            if !isSpaced { pending.insertSpace(at: cursor + 2) }
        } else {
            pending.insertSpace(at: cursor)
        }
    }
}
