/// The states outside of a statement's own text are few: the leading part, quotes and comments.
extension ScriptReader {
    static let escape = UInt8(ascii: "\\")

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// Before the first byte that means something: spaces, comments, and the client's commands.
    func readLeading() throws -> ScriptElement? {
        while pending.significant < 0 && state == .statement {
            if try isAtEnd() { return try finishFile() }
            let byte = window.bytes[cursor]
            if pending.start == cursor {
                let line = try lineEnd(at: cursor)
                if line.isLineEnd {
                    skip(to: cursor + line.length)
                    continue
                }
            }
            if byte == Self.escape {
                if let element = try readShortCommand() { return element }
            } else if try isDelimiter(at: cursor) {
                if let element = try finishStatement(at: cursor, endedBy: .delimiter) { return element }
            } else if Self.isSpace(byte) {
                cursor += 1
            } else if byte == 0 {
                throw nulByte()
            } else if try !readCommentStart(byte) {
                pending.significant = cursor
                if let command = try commandWord() { return try runCommand(command) }
            }
        }
        return nil
    }

    /// Gives up what stands before `offset`: it belongs to no statement.
    func skip(to offset: Int) {
        cursor = offset
        pending = PendingStatement(start: offset)
    }

    /// Enters a comment at the cursor, if one begins there. `/*!` and `/*M!` begin none: their content runs.
    func readCommentStart(_ byte: UInt8) throws -> Bool {
        switch byte {
        case UInt8(ascii: "#"):
            open(.lineComment, at: cursor)
            return true
        case UInt8(ascii: "-"):
            try ensure(4, from: cursor)
            let bytes = window.bytes
            guard bytes[cursor + 1] == byte else { return false }
            let third = bytes[cursor + 2]
            if cursor + 2 >= window.end || Self.isSpace(third) {
                open(.lineComment, at: cursor)
                return true
            }
            guard pending.isEmpty else { return false }
            // Only the client takes this for a comment; the server would not, so nothing of it is sent.
            skip(to: cursor)
            open(.lineComment, at: cursor)
            return true
        case UInt8(ascii: "/"):
            try ensure(4, from: cursor)
            let bytes = window.bytes
            guard bytes[cursor + 1] == UInt8(ascii: "*") else { return false }
            let mark = UInt8(ascii: "!")
            if bytes[cursor + 2] == mark || (bytes[cursor + 2] == UInt8(ascii: "M") && bytes[cursor + 3] == mark) {
                return false
            }
            open(.blockComment, at: cursor)
            cursor += 2
            return true
        default:
            return false
        }
    }

    func readLineComment() throws -> ScriptElement? {
        let isDropped = pending.start == openedAt && pending.isEmpty
        while true {
            cursor = rules.line.first(window.bytes, from: cursor, to: window.end)
            if cursor < window.end { break }
            if window.isAtEndOfFile {
                if isDropped { skip(to: cursor) }
                state = .statement
                return nil
            }
            if isDropped {
                pending = PendingStatement(start: cursor)
                openedAt = cursor
            }
            try fill()
        }
        if window.bytes[cursor] == 0 { throw nulByte() }
        state = .statement
        if isDropped { skip(to: cursor + 1) }
        return nil
    }

    func readBlockComment() throws -> ScriptElement? {
        while true {
            cursor = rules.block.first(window.bytes, from: cursor, to: window.end)
            if cursor >= window.end {
                if window.isAtEndOfFile { throw failure(.unterminatedComment, at: openedAt) }
                try fill()
                continue
            }
            try ensure(4, from: cursor)
            let bytes = window.bytes + cursor
            switch bytes[0] {
            case 0: throw nulByte()
            case UInt8(ascii: "*"):
                guard bytes[1] == UInt8(ascii: "/") else {
                    cursor += 1
                    continue
                }
                if isConditional() {
                    // The client takes this for the end of the `/*!` on the same line, and stays in the comment.
                    conditionalAt = -1
                    cursor += 1
                    continue
                }
                cursor += 2
                state = .statement
                try putSpace()
                return nil
            case UInt8(ascii: "/"):
                // The client takes up `/*` whole within a comment too, so that `/*/` does not end it.
                let mark = UInt8(ascii: "!")
                guard bytes[1] == UInt8(ascii: "*") else {
                    cursor += 1
                    continue
                }
                if bytes[2] == mark { conditionalAt = cursor }
                let isVersioned = bytes[2] == mark || (bytes[2] == UInt8(ascii: "M") && bytes[3] == mark)
                cursor += isVersioned ? 1 : 2
            default: cursor += rules.encoding.characterLength(bytes)
            }
        }
    }

    /// Whether a `/*!` stands on the cursor's line, as far as the client remembers.
    func isConditional() -> Bool {
        guard conditionalAt >= 0 else { return false }
        // Where no line has ended, the mark may as well stand here: no byte is looked at twice.
        let hasLineEnd = cursor > conditionalAt && window.slice(conditionalAt..<cursor).contains(0x0A)
        conditionalAt = hasLineEnd ? -1 : max(cursor, conditionalAt)
        return !hasLineEnd
    }

    func readQuoted(by quote: UInt8, _ table: ByteTable) throws -> ScriptElement? {
        while true {
            let found = table.first(window.bytes, from: cursor, to: window.end)
            cursor = found
            if found >= window.end {
                if window.isAtEndOfFile {
                    throw failure(.unterminatedQuote(Character(UnicodeScalar(quote))), at: openedAt)
                }
                try fill()
                continue
            }
            let byte = window.bytes[found]
            if byte == quote {
                cursor = found + 1
                state = .statement
                return nil
            }
            if byte == Self.escape {
                try readEscape()
            } else if byte == 0 {
                throw nulByte()
            } else {
                try ensure(4, from: cursor)
                cursor += rules.encoding.characterLength(window.bytes + cursor)
            }
        }
    }

    /// A backslash in a string: the byte behind it stands for itself. At a line's end the client drops the backslash.
    @inline(__always)
    private func readEscape() throws {
        if cursor + 2 < window.end {
            let next = window.bytes[cursor + 1]
            if next != 0x0A && next != 0x0D && next != 0 {
                cursor += 2
                return
            }
        }
        let line = try lineEnd(at: cursor + 1)
        if line.isLineEnd {
            pending.cut(cursor..<cursor + 1)
            cursor += 1 + line.length
        } else if window.bytes[cursor + 1] == 0 {
            cursor += 1
        } else {
            cursor += 2
        }
    }
}
