/// The inner loop: passes over what most of a script is made of, names, numbers and closed strings.
enum OrdinaryText {
    /// Returns the first offset at which something else stands: a delimiter's first byte, a backslash, the start of a comment,
    /// a byte that `statement` stops at, or a string that does not end in the window or holds more than plain escapes.
    static func skip(_ bytes: UnsafePointer<UInt8>, from: Int, rules: LexicalRules, _ statement: ByteTable) -> Int {
        let flags = statement.flags
        let first = rules.delimiter[0]
        let single = rules.single.flags
        let double = rules.double.flags
        let backtick = rules.backtick.flags
        var index = from
        while true {
            index = ByteTable.run(bytes, index, flags)
            let byte = bytes[index]
            if byte == first { return index }
            switch byte {
            case UInt8(ascii: "'"): index = skipQuoted(bytes, index, byte, single)
            case UInt8(ascii: "\""): index = skipQuoted(bytes, index, byte, double)
            case UInt8(ascii: "`"): index = skipQuoted(bytes, index, byte, backtick)
            case UInt8(ascii: "-"):
                if bytes[index &+ 1] == byte || bytes[index &+ 1] == 0 { return index }
                index &+= 1
                continue
            case UInt8(ascii: "/"):
                if bytes[index &+ 1] == UInt8(ascii: "*") || bytes[index &+ 1] == 0 { return index }
                index &+= 1
                continue
            default: return index
            }
            if index < 0 { return ~index }
        }
    }

    /// Returns the offset behind the closing quote, or the complement of `begin` where the string is not a simple one.
    @inline(__always)
    private static func skipQuoted(
        _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ quote: UInt8, _ flags: UnsafePointer<UInt8>
    ) -> Int {
        var index = begin &+ 1
        while true {
            index = ByteTable.run(bytes, index, flags)
            let byte = bytes[index]
            if byte == quote { return index &+ 1 }
            guard byte == UInt8(ascii: "\\") else { return ~begin }
            let next = bytes[index &+ 1]
            if next == 0 || next == 0x0A || next == 0x0D { return ~begin }
            index &+= 2
        }
    }
}
