#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The checksum of a script: SHA-256 of its text, with every CR LF counted as LF, so that line ends don't matter.
final class TextChecksum {
    private let checksum = Checksum()
    /// A carriage return at the end of the last piece; whether it counts depends on the next byte.
    private var heldReturn = false

    private static let carriageReturn = UInt8(ascii: "\r")
    private static let lineFeed = UInt8(ascii: "\n")

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard let first = bytes.first else { return }
        if heldReturn && first != Self.lineFeed { add(Self.carriageReturn) }
        heldReturn = false
        var start = 0
        while let found = bytes.firstIndex(of: Self.carriageReturn, from: start) {
            checksum.update(UnsafeRawBufferPointer(rebasing: bytes[start..<found]))
            start = found + 1
            if start == bytes.endIndex {
                heldReturn = true
            } else if bytes[start] != Self.lineFeed {
                add(Self.carriageReturn)
            }
        }
        checksum.update(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }

    /// The checksum of the whole text, in hexadecimal.
    func value() -> String {
        if heldReturn { add(Self.carriageReturn) }
        heldReturn = false
        return checksum.value()
    }

    private func add(_ byte: UInt8) {
        checksum.update([byte])
    }
}

extension UnsafeRawBufferPointer {
    /// The first place of a byte, searched at memory speed.
    func firstIndex(of byte: UInt8, from start: Int) -> Int? {
        guard start < count, let base = baseAddress, let found = memchr(base + start, Int32(byte), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }
}
