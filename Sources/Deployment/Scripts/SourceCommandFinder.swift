/// Looks in a text that comes in pieces for what may be the client's command `source` or `\.`, so that a script without
/// one need not be split to know its checksum.
struct SourceCommandFinder {
    /// Whether there was something. It may stand in a comment, or be a column's name.
    private(set) var hasFound = false
    /// The last bytes of the piece before.
    private var tail: [UInt8] = []

    private static let word = Array("source".utf8)
    private static let shortCommand = Array("\\.".utf8)

    mutating func look(at piece: UnsafeRawBufferPointer) {
        guard !hasFound else { return }
        let kept = Self.word.count - 1
        (tail + piece.prefix(kept)).withUnsafeBytes { hasFound = Self.finds(in: $0) }
        hasFound = hasFound || Self.finds(in: piece)
        tail = Array((tail + piece.suffix(kept)).suffix(kept))
    }

    private static func finds(in bytes: UnsafeRawBufferPointer) -> Bool {
        // The `u` of `source` is its rarest letter.
        finds(UInt8(ascii: "u"), 2, word, in: bytes) || finds(UInt8(ascii: "U"), 2, word, in: bytes)
            || finds(UInt8(ascii: "\\"), 0, shortCommand, in: bytes)
    }

    /// Whether a word stands in the bytes, in whatever case, searched by one of its bytes.
    private static func finds(_ mark: UInt8, _ offset: Int, _ word: [UInt8], in bytes: UnsafeRawBufferPointer) -> Bool {
        var place = 0
        while let found = bytes.firstIndex(of: mark, from: place) {
            place = found + 1
            let start = found - offset
            guard start >= 0, start + word.count <= bytes.count else { continue }
            if word.indices.allSatisfy({ bytes[start + $0] == word[$0] || bytes[start + $0] == word[$0] & ~0x20 }) {
                return true
            }
        }
        return false
    }
}
