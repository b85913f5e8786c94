/// From the script's bytes to the statement's text.
extension ScriptReader {
    struct Text {
        var bytes: [UInt8] = []
        var length = 0
        var leading = 0
    }

    /// Spaces and control characters at the end are not sent.
    private static func isTrimmed(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == 0x7F
    }

    func makeText(upTo end: Int) -> Text {
        if pending.forgotten != nil {
            countText(upTo: end)
            let forgotten = pending.forgotten ?? .init(upTo: end)
            return Text(length: forgotten.length - forgotten.trailing, leading: forgotten.leading)
        }
        let bytes = window.bytes
        let raw = window.slice(pending.start..<end)
        var text = Text()
        if pending.cuts.isEmpty && !raw.contains(0x0D) {
            var last = end
            while last > pending.start && Self.isTrimmed(bytes[last - 1]) { last -= 1 }
            text.bytes = Array(window.slice(pending.start..<last))
            text.leading = pending.significant - pending.start
        } else {
            text.bytes.reserveCapacity(raw.count)
            forEachKept(from: pending.start, to: end) { index in
                if index < pending.significant { text.leading += 1 }
                text.bytes.append(bytes[index])
            }
            while let last = text.bytes.last, Self.isTrimmed(last) { text.bytes.removeLast() }
        }
        text.length = text.bytes.count
        return text
    }

    /// The bytes that the text keeps: not those that were cut, not the CR of a CRLF.
    private func forEachKept(from: Int, to: Int, _ body: (Int) -> Void) {
        let bytes = window.bytes
        var cuts = pending.cuts[...]
        var index = from
        while index < to {
            if let cut = cuts.first, index >= cut.lowerBound {
                index = max(index, cut.upperBound)
                cuts.removeFirst()
                continue
            }
            let isLineEnd = bytes[index] == 0x0D && index + 1 < window.end && bytes[index + 1] == 0x0A
            if !isLineEnd { body(index) }
            index += 1
        }
    }

    /// Gives up the text of a statement that is too long; from here on it is only counted.
    func forgetText() throws {
        if pending.significant >= 0 && pending.position == nil {
            pending.position = position(of: pending.significant)
        }
        if state != .statement && openedPosition == nil { openedPosition = position(of: openedAt) }
        if pending.forgotten == nil { pending.forgotten = .init(upTo: pending.start) }
        // A CR may be half of a line end, and what is cut is known only behind it.
        countText(upTo: max(pending.forgotten?.upTo ?? 0, cursor - 1))
    }

    private func countText(upTo end: Int) {
        guard var forgotten = pending.forgotten, end > forgotten.upTo else { return }
        let bytes = window.bytes
        forEachKept(from: forgotten.upTo, to: end) { index in
            forgotten.length += 1
            forgotten.trailing = Self.isTrimmed(bytes[index]) ? forgotten.trailing + 1 : 0
            if index < pending.significant { forgotten.leading += 1 }
        }
        if pending.significant < 0 { forgotten.leading = forgotten.length }
        forgotten.upTo = end
        pending.cuts.removeAll { $0.upperBound <= end }
        pending.forgotten = forgotten
    }
}
