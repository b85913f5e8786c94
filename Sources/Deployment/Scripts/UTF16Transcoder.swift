/// Turns UTF-16 that comes in pieces of bytes into UTF-8.
struct UTF16Transcoder {
    /// The first code unit that is half a surrogate pair, or a byte left over at the end.
    struct Failure: Error {
        /// From the start of the file.
        var offset: Int
    }

    let isBigEndian: Bool
    /// Where the next byte is in the file.
    var offset: Int
    private var firstByte: UInt8?
    private var highSurrogate: UInt16?

    init(isBigEndian: Bool, offset: Int) {
        self.isBigEndian = isBigEndian
        self.offset = offset
    }

    /// The UTF-8 of a piece; what a piece cuts off comes with the next.
    mutating func transcode(_ piece: some Sequence<UInt8>) throws(Failure) -> [UInt8] {
        var text: [UInt8] = []
        for byte in piece {
            offset += 1
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            let unit = isBigEndian ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            if let scalar = try scalar(unit) { text.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
        }
        return text
    }

    /// Checks that the text does not end within a character.
    func finish() throws(Failure) {
        if firstByte != nil { throw Failure(offset: offset - 1) }
        if highSurrogate != nil { throw Failure(offset: offset - 2) }
    }

    private mutating func scalar(_ unit: UInt16) throws(Failure) -> Unicode.Scalar? {
        if let high = highSurrogate {
            highSurrogate = nil
            guard UTF16.isTrailSurrogate(unit) else { throw Failure(offset: offset - 4) }
            return Unicode.Scalar(0x10000 + (UInt32(high & 0x3FF) << 10) + UInt32(unit & 0x3FF))
        }
        if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
            return nil
        }
        guard let scalar = Unicode.Scalar(unit) else { throw Failure(offset: offset - 2) }
        return scalar
    }
}
