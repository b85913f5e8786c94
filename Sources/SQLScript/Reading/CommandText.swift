/// The text of one client command, from its first byte to the end of its line or to its delimiter.
struct CommandText {
    let bytes: ArraySlice<UInt8>

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// What follows the command's name, without space around it.
    var rest: String {
        var slice = bytes.drop(while: Self.isSpace)
        slice = slice.first == UInt8(ascii: "\\") ? slice.dropFirst(2) : slice.drop { !Self.isSpace($0) }
        slice = slice.drop(while: Self.isSpace)
        while let last = slice.last, last <= 0x20 || last == 0x7F { slice = slice.dropLast() }
        return String(decoding: slice, as: UTF8.self)
    }

    /// The first argument and what follows it: in quotes of any kind, or up to the next space (not tab, as in the clients); a
    /// backslash stands for the character behind it. Nil where there is none or its quote has no end.
    var argument: (value: [UInt8], rest: ArraySlice<UInt8>)? {
        var slice = bytes.drop(while: Self.isSpace)
        slice = slice.first == UInt8(ascii: "\\") ? slice.dropFirst(2) : slice.drop { !Self.isSpace($0) }
        return Self.argument(in: slice)
    }

    static func argument(in slice: ArraySlice<UInt8>) -> (value: [UInt8], rest: ArraySlice<UInt8>)? {
        var slice = slice.drop(while: isSpace)
        var quote: UInt8?
        if let first = slice.first, [UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`")].contains(first) {
            quote = first
            slice = slice.dropFirst()
        }
        var used = 0
        var isClosed = quote == nil
        // An argument may be much longer than its command, and a line may hold thousands: one pass, no copies.
        let value = [UInt8](unsafeUninitializedCapacity: slice.count) { output, length in
            slice.withUnsafeBufferPointer { bytes in
                while used < bytes.count {
                    var byte = bytes[used]
                    used += 1
                    if byte == 0x5C, used < bytes.count {
                        byte = bytes[used]
                        used += 1
                    } else if quote != nil && byte == quote {
                        isClosed = true
                        break
                    } else if quote == nil && byte == 0x20 {
                        break
                    }
                    output[length] = byte
                    length += 1
                }
            }
        }
        return value.isEmpty || !isClosed ? nil : (value, slice.dropFirst(used))
    }
}
