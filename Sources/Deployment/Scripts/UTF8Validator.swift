/// Checks that bytes which come in pieces are UTF-8.
struct UTF8Validator {
    /// The first byte that is not UTF-8.
    struct Failure: Error {
        /// From the start of the file.
        var offset: Int
        var byte: UInt8
    }

    /// Where the next piece starts in the file.
    var offset: Int
    /// The first bytes of a character whose rest is in the next piece.
    private var pending: [UInt8] = []

    init(offset: Int) {
        self.offset = offset
    }

    /// Checks a piece; a character that it cuts off is checked with the next one.
    mutating func check(_ piece: ArraySlice<UInt8>) throws(Failure) {
        var rest = piece
        if let first = pending.first {
            let missing = rest.prefix(Self.length(first) - pending.count)
            pending += missing
            rest = rest.dropFirst(missing.count)
            offset += missing.count
            guard pending.count == Self.length(first) else { return }
            guard Self.isValid(pending) else { throw Failure(offset: offset - pending.count, byte: first) }
            pending = []
        }
        let cut = Self.incompleteTail(rest)
        pending = Array(rest.suffix(cut))
        let whole = rest.dropLast(cut)
        if String(validating: whole, as: UTF8.self) == nil { throw Self.firstFailure(in: whole, at: offset) }
        offset += rest.count
    }

    /// Checks that the text does not end within a character.
    func finish() throws(Failure) {
        if let first = pending.first { throw Failure(offset: offset - pending.count, byte: first) }
    }

    private static func isValid(_ bytes: some Sequence<UInt8>) -> Bool {
        String(validating: Array(bytes), as: UTF8.self) != nil
    }

    /// The length of the character that a byte starts; 1 for a byte that starts none.
    private static func length(_ byte: UInt8) -> Int {
        switch byte {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }

    /// How many bytes at the end start a character that does not end there.
    private static func incompleteTail(_ bytes: ArraySlice<UInt8>) -> Int {
        for back in 1...3 where back <= bytes.count {
            let byte = bytes[bytes.endIndex - back]
            if byte & 0xC0 != 0x80 { return length(byte) > back ? back : 0 }
        }
        return 0
    }

    private static func firstFailure(in bytes: ArraySlice<UInt8>, at start: Int) -> Failure {
        var rest = bytes
        while let first = rest.first, isValid(rest.prefix(length(first))) { rest = rest.dropFirst(length(first)) }
        return Failure(offset: start + rest.startIndex - bytes.startIndex, byte: rest.first ?? 0)
    }
}
