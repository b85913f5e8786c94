/// Which bytes end a run of ordinary ones.
///
/// NUL is in every table: the clients refuse it wherever it stands, and the zeros behind the window end each run, so that
/// the inner loops need no other bound.
final class ByteTable {
    /// 256 flags.
    let flags: UnsafePointer<UInt8>
    private let memory: UnsafeMutablePointer<UInt8>

    init(_ bytes: [UInt8], encoding: ScriptEncoding) {
        memory = .allocate(capacity: 256)
        memory.initialize(repeating: 0, count: 256)
        memory[0] = 1
        for byte in bytes { memory[Int(byte)] = 1 }
        if encoding.hasDeceptiveTrails {
            for byte in UInt8(0x80)...0xFF where encoding.isLead(byte) { memory[Int(byte)] = 1 }
        }
        flags = UnsafePointer(memory)
    }

    deinit {
        memory.deallocate()
    }

    /// The first offset in `from..<to` whose byte is in the table, or `to`. A zero must stand at or behind `to`.
    @inline(__always)
    func first(_ bytes: UnsafePointer<UInt8>, from: Int, to: Int) -> Int {
        min(Self.run(bytes, from, flags), max(from, to))
    }

    @inline(__always)
    static func run(_ bytes: UnsafePointer<UInt8>, _ from: Int, _ flags: UnsafePointer<UInt8>) -> Int {
        var index = from
        while true {
            if flags[Int(bytes[index])] != 0 { return index }
            if flags[Int(bytes[index &+ 1])] != 0 { return index &+ 1 }
            if flags[Int(bytes[index &+ 2])] != 0 { return index &+ 2 }
            if flags[Int(bytes[index &+ 3])] != 0 { return index &+ 3 }
            index &+= 4
        }
    }
}
