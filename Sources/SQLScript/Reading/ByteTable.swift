/// Which bytes end a run of ordinary ones.
struct ByteTable: Sendable {
    private var flags: [UInt8] = .init(repeating: 0, count: 256)

    /// NUL is in every table: the clients refuse it wherever it stands.
    init(_ bytes: [UInt8], encoding: ScriptEncoding) {
        flags[0] = 1
        for byte in bytes { flags[Int(byte)] = 1 }
        if encoding.hasDeceptiveTrails {
            for byte in UInt8(0x80)...0xFF where encoding.isLead(byte) { flags[Int(byte)] = 1 }
        }
    }

    /// The first offset in `from..<to` whose byte is in the table, or `to`.
    @inline(__always)
    func first(_ bytes: UnsafePointer<UInt8>, from: Int, to: Int) -> Int {
        flags.withUnsafeBufferPointer { table in
            guard let flags = table.baseAddress else { return to }
            var index = from
            while index &+ 8 <= to {
                if flags[Int(bytes[index])] != 0 { return index }
                if flags[Int(bytes[index &+ 1])] != 0 { return index &+ 1 }
                if flags[Int(bytes[index &+ 2])] != 0 { return index &+ 2 }
                if flags[Int(bytes[index &+ 3])] != 0 { return index &+ 3 }
                if flags[Int(bytes[index &+ 4])] != 0 { return index &+ 4 }
                if flags[Int(bytes[index &+ 5])] != 0 { return index &+ 5 }
                if flags[Int(bytes[index &+ 6])] != 0 { return index &+ 6 }
                if flags[Int(bytes[index &+ 7])] != 0 { return index &+ 7 }
                index &+= 8
            }
            while index < to {
                if flags[Int(bytes[index])] != 0 { return index }
                index &+= 1
            }
            return to
        }
    }
}
