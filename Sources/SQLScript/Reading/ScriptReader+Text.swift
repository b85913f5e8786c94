/// From the script's bytes to the statement's text.
extension ScriptReader {
    struct Text {
        var isTooLong = false
        var bytes: [UInt8] = []
        var length = 0
        var leading = 0
    }

    /// Spaces and control characters at the end are not sent.
    private static func isTrimmed(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F
    }

    func makeText(upTo end: Int) -> Text {
        if end - pending.start > options.maximumStatementLength {
            beginForgetting()
            countText(upTo: end)
            let forgotten = pending.forgotten ?? .init(upTo: end)
            return Text(isTooLong: true, length: forgotten.length - forgotten.trailing, leading: forgotten.leading)
        }
        let bytes = window.bytes
        let raw = window.slice(pending.start..<end)
        var text = Text()
        if pending.edits.isEmpty && !raw.contains(0x0D) {
            var last = end
            while last > pending.start && Self.isTrimmed(bytes[last - 1]) { last -= 1 }
            text.bytes = Array(window.slice(pending.start..<last))
            text.leading = pending.significant - pending.start
        } else {
            text.bytes.reserveCapacity(raw.count)
            forEachKept(from: pending.start, to: end) { index, byte in
                if index < pending.significant { text.leading += 1 }
                text.bytes.append(byte)
            }
            while let last = text.bytes.last, Self.isTrimmed(last) { text.bytes.removeLast() }
        }
        text.length = text.bytes.count
        return text
    }

    /// The text's bytes and where they stand: not what was cut, not the CR of a CRLF. A space that is put in counts as standing
    /// before the byte that follows it.
    private func forEachKept(from: Int, to: Int, _ body: (Int, UInt8) -> Void) {
        let bytes = window.bytes
        var edits = pending.edits[...]
        var index = from
        while index < to {
            if let edit = edits.first, index >= edit.range.lowerBound {
                if edit.isSpace { body(index - 1, 0x20) }
                index = max(index, edit.range.upperBound)
                edits.removeFirst()
                continue
            }
            let isLineEnd = bytes[index] == 0x0D && index + 1 < window.end && bytes[index + 1] == 0x0A
            if !isLineEnd { body(index, bytes[index]) }
            index += 1
        }
    }

    /// Gives up the text of a statement that is too long; from here on it is only counted.
    func forgetText() {
        beginForgetting()
        // A CR may be half of a line end, and what is cut is known only behind it.
        countText(upTo: max(pending.forgotten?.upTo ?? 0, cursor - 1))
    }

    private func beginForgetting() {
        settlePlaces()
        if pending.forgotten == nil { pending.forgotten = .init(upTo: pending.start) }
    }

    private func countText(upTo end: Int) {
        guard var forgotten = pending.forgotten, end > forgotten.upTo else { return }
        forEachKept(from: forgotten.upTo, to: end) { index, byte in
            forgotten.length += 1
            forgotten.trailing = Self.isTrimmed(byte) ? forgotten.trailing + 1 : 0
            if index < pending.significant { forgotten.leading += 1 }
        }
        if pending.significant < 0 { forgotten.leading = forgotten.length }
        forgotten.upTo = end
        pending.edits.removeAll { $0.range.upperBound < end || ($0.range.upperBound == end && !$0.isSpace) }
        pending.forgotten = forgotten
    }
}
