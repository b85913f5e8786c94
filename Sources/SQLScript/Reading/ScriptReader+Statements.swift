/// The statement's own text, and its end.
extension ScriptReader {
    func readStatement() throws -> ScriptElement? {
        let table = pending.versionedAt < 0 ? rules.statement : rules.conditional
        let first = rules.delimiter[0]
        while true {
            cursor = min(OrdinaryText.skip(window.bytes, from: cursor, rules: rules, table), max(cursor, window.end))
            if cursor >= window.end {
                if window.isAtEndOfFile { return try finishFile() }
                try fill()
                continue
            }
            let byte = window.bytes[cursor]
            if byte == first, byte != Self.escape, try isDelimiter(at: cursor) {
                if try continuesRoutine() {
                    cursor += 1
                    continue
                }
                return try finishStatement(at: cursor, endedBy: .delimiter)
            }
            switch byte {
            case UInt8(ascii: "'"):
                open(.single, at: cursor)
                cursor += 1
                _ = try readQuoted(by: byte, rules.single)
            case UInt8(ascii: "\""):
                open(.double, at: cursor)
                cursor += 1
                _ = try readQuoted(by: byte, rules.double)
            case UInt8(ascii: "`"):
                open(.backtick, at: cursor)
                cursor += 1
                _ = try readQuoted(by: byte, rules.backtick)
            case Self.escape:
                return try readShortCommand()
            case UInt8(ascii: "-"), UInt8(ascii: "#"), UInt8(ascii: "/"):
                if try readCommentStart(byte) { return nil }
                if byte == UInt8(ascii: "/") && window.bytes[cursor + 1] == UInt8(ascii: "*") {
                    let isPlain = window.bytes[cursor + 2] == UInt8(ascii: "!")
                    if isPlain { conditionalAt = cursor }
                    pending.versionedAt = cursor
                    // Past the mark, so that the `*` is not taken for an end.
                    cursor += isPlain ? 3 : 4
                    return nil
                }
                cursor += 1
            case UInt8(ascii: "*"):
                try ensure(2, from: cursor)
                cursor += 1
                if pending.versionedAt >= 0 && window.bytes[cursor] == UInt8(ascii: "/") {
                    pending.versionedAt = -1
                    conditionalAt = -1
                    return nil
                }
            case UInt8(ascii: "@"):
                pending.hasVariables = true
                cursor += 1
            case 0:
                throw nulByte()
            default:
                // The first byte of a longer character, or of what might have been a delimiter.
                if byte < 0x80 {
                    cursor += 1
                } else {
                    try ensure(4, from: cursor)
                    cursor += rules.encoding.characterLength(window.bytes + cursor)
                }
            }
        }
    }

    /// Ends the statement whose text stops at `end`; nil where there is nothing to send.
    func finishStatement(at end: Int, endedBy: Statement.Terminator) throws -> ScriptElement? {
        var textEnd = end
        switch endedBy {
        case .delimiter:
            cursor = end + rules.delimiter.count
            if try skipTrailingComment(behind: end) { textEnd = cursor }
        case .go, .goVertically: cursor = end + 2
        case .endOfFile: cursor = end
        }
        let owesSpace = endedBy == .delimiter && owesSpaceAt == end && textEnd == end
        guard !pending.isEmpty else {
            pending = PendingStatement(start: cursor)
            if owesSpace { try putSpace() }
            return nil
        }
        let position = pending.position ?? self.position(of: pending.significant)
        let text = makeText(upTo: textEnd)
        let statement = Statement(
            text: text.bytes, length: text.length, leadingLength: text.leading, index: count, position: position,
            range: pending.start..<cursor, endedBy: endedBy, isTooLong: text.isTooLong,
            maybeSeveral: rules.delimiter != [UInt8(ascii: ";")], hasVariables: pending.hasVariables,
            sqlMode: rules.modes, encoding: rules.encoding)
        count += 1
        followModes(statement)
        pending = PendingStatement(start: cursor)
        if owesSpace { try putSpace() }
        return .statement(statement)
    }

    /// What is left at the end of the file is a statement too, as long as nothing in it is open.
    func finishFile() throws -> ScriptElement? {
        isFinished = true
        if pending.versionedAt >= 0 { throw failure(.unterminatedComment, at: pending.versionedAt) }
        if let opened = openBlock() { throw failure(.unterminatedBlock, at: opened) }
        return try finishStatement(at: window.end, endedBy: .endOfFile)
    }

    /// Sets the rules that the statement's `SET sql_mode` asks for.
    private func followModes(_ statement: Statement) {
        guard statement.leadingLength < statement.text.count else { return }
        switch statement.text[statement.leadingLength] {
        case UInt8(ascii: "s"), UInt8(ascii: "S"), UInt8(ascii: "/"): break
        default: return
        }
        modes.follow(statement)
        if modes.current != rules.modes {
            rules = LexicalRules(delimiter: rules.delimiter, modes: modes.current, encoding: rules.encoding)
        }
    }
}
