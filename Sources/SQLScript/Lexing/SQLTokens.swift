/// One token of a statement; `range` is in the bytes that were given.
struct SQLToken {
    enum Kind {
        case word, quotedName, string, number, symbol
    }

    let kind: Kind
    let range: Range<Int>
    /// The first byte.
    let byte: UInt8

    var isSemicolon: Bool { kind == .symbol && byte == UInt8(ascii: ";") }
}

/// The tokens of a statement, without spaces and comments. Executable comments are looked through: `/*!40101` and its `*/`
/// are passed over, and what is between them counts. Versions that no server has (`/*!999999`) stay comments.
struct SQLTokens {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let modes: LexicalModes
    private let encoding: ScriptEncoding
    private(set) var index: Int

    init(
        _ bytes: UnsafeBufferPointer<UInt8>, from index: Int = 0, modes: LexicalModes, encoding: ScriptEncoding = .utf8
    ) {
        self.bytes = bytes
        self.index = index
        self.modes = modes
        self.encoding = encoding
    }

    /// Whether a backslash in a string escapes what follows.
    var hasEscapes: Bool { !modes.contains(.noBackslashEscapes) }

    /// The same tokens from `index` on.
    func restarted(at index: Int) -> SQLTokens {
        SQLTokens(bytes, from: index, modes: modes, encoding: encoding)
    }

    private func at(_ index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    mutating func next() -> SQLToken? {
        skipSpace()
        guard index < bytes.count else { return nil }
        let begin = index
        let byte = bytes[begin]
        let kind: SQLToken.Kind
        switch byte {
        case UInt8(ascii: "'"):
            kind = .string
            skipQuoted(byte, escapes: !modes.contains(.noBackslashEscapes))
        case UInt8(ascii: "\""):
            let isName = modes.contains(.ansiQuotes)
            kind = isName ? .quotedName : .string
            skipQuoted(byte, escapes: !isName && !modes.contains(.noBackslashEscapes))
        case UInt8(ascii: "`"):
            kind = .quotedName
            skipQuoted(byte, escapes: false)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            // A name may begin with digits (`1a`), so a word in which a letter stands is no number; nor is one behind the dot
            // of a name (`a.2020`): "Schema Object Names".
            var isNumber = !isBehindName(begin)
            while Self.isWord(at(index)) {
                if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[index]) { isNumber = false }
                index += 1
            }
            kind = isNumber ? .number : .word
        case let byte where Self.isWord(byte):
            while Self.isWord(at(index)) { index += characterLength(at: index) }
            kind = .word
        default:
            index += 1
            kind = .symbol
        }
        index = min(index, bytes.count)
        return SQLToken(kind: kind, range: begin..<index, byte: byte)
    }

    /// Whether there is a dot, and before that a word that is no number.
    private func isBehindName(_ index: Int) -> Bool {
        guard index > 1, bytes[index - 1] == UInt8(ascii: ".") else { return false }
        var place = index - 2
        while place >= 0, Self.isWord(bytes[place]) {
            if !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) { return true }
            place -= 1
        }
        return false
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "$") || byte >= 0x80
    }

    private func characterLength(at index: Int) -> Int {
        guard encoding.hasDeceptiveTrails, index + 4 <= bytes.count, let base = bytes.baseAddress else { return 1 }
        return encoding.characterLength(base + index)
    }

    private mutating func skipQuoted(_ quote: UInt8, escapes: Bool) {
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\\") && escapes {
                index += 2
            } else if byte == quote {
                index += 1
                if at(index) != quote { return }
                index += 1
            } else {
                index += byte < 0x80 ? 1 : characterLength(at: index)
            }
        }
    }

    private mutating func skipSpace() {
        while index < bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 {
                index += 1
            } else if byte == UInt8(ascii: "#") {
                skipLine()
            } else if byte == UInt8(ascii: "-") && at(index + 1) == byte && at(index + 2) <= 0x20 {
                skipLine()
            } else if byte == UInt8(ascii: "/") && at(index + 1) == UInt8(ascii: "*") {
                if !skipVersion() { skipComment() }
            } else if byte == UInt8(ascii: "*") && at(index + 1) == UInt8(ascii: "/") {
                index += 2
            } else {
                return
            }
        }
    }

    private mutating func skipLine() {
        while index < bytes.count && bytes[index] != 0x0A { index += 1 }
    }

    private mutating func skipComment() {
        index += 2
        while index < bytes.count && !(bytes[index] == UInt8(ascii: "*") && at(index + 1) == UInt8(ascii: "/")) {
            index += 1
        }
        index += 2
    }

    /// Past `/*!40101`, if the comment's content runs.
    private mutating func skipVersion() -> Bool {
        var next = index + 2
        if at(next) == UInt8(ascii: "M") { next += 1 }
        guard at(next) == UInt8(ascii: "!") else { return false }
        next += 1
        var version = 0
        var digits = 0
        while digits < 6, (0x30...0x39).contains(at(next)) {
            version = version * 10 + Int(at(next) - 0x30)
            digits += 1
            next += 1
        }
        guard version < 990_000 else { return false }
        index = next
        return true
    }

    /// Whether a token is this word, in any case of letters.
    func matches(_ token: SQLToken?, _ word: StaticString) -> Bool {
        guard let token, token.kind == .word, token.range.count == word.utf8CodeUnitCount else { return false }
        let expected = word.utf8Start
        for offset in 0..<token.range.count {
            let byte = bytes[token.range.lowerBound + offset]
            let upper = (0x61...0x7A).contains(byte) ? byte - 0x20 : byte
            if upper != expected[offset] { return false }
        }
        return true
    }
}
