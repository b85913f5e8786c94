/// The part of a script that is in memory: from the beginning of the current statement to what was read last.
///
/// Places are offsets in the file, so nothing is renumbered when the window moves.
final class ScriptWindow {
    private static let chunk = 1 << 16
    /// Bytes behind the end that may be read without asking; they are zero.
    static let padding = 64

    private var memory: UnsafeMutableRawBufferPointer
    /// Offset in the file of the first byte in memory.
    private(set) var origin = 0
    /// Offset in the file of the first byte that was not read yet.
    private(set) var end = 0
    private(set) var isAtEndOfFile = false
    private let read: (UnsafeMutableRawBufferPointer) throws -> Int

    init(read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.read = read
        memory = .allocate(byteCount: Self.chunk * 2 + Self.padding, alignment: 64)
        // What is behind the end is read before anything was; the rest is written before it is read.
        for index in 0..<Self.padding { memory[index] = 0 }
    }

    deinit {
        memory.deallocate()
    }

    /// Where the byte at offset 0 of the file would be; valid for offsets in `origin..<end + padding`.
    @inline(__always)
    var bytes: UnsafePointer<UInt8> {
        // The buffer is never empty, so it has a base address.
        UnsafePointer(memory.assumingMemoryBound(to: UInt8.self).baseAddress.unsafelyUnwrapped) - origin
    }

    func slice(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + range.lowerBound, count: range.count)
    }

    /// Reads on, keeping what stands at `keep` and behind it. Does nothing at the end of the file.
    func fill(keeping keep: Int) throws {
        guard !isAtEndOfFile else { return }
        makeRoom(keeping: keep)
        let used = end - origin
        let free = UnsafeMutableRawBufferPointer(rebasing: memory[used..<memory.count - Self.padding])
        let count = try read(free)
        precondition(count >= 0 && count <= free.count, "a reader that reports more than fits")
        isAtEndOfFile = count == 0
        end += count
        for index in used + count..<used + count + Self.padding { memory[index] = 0 }
    }

    /// Moves what is kept to the front only when that frees half of the memory, so that each byte is moved a bounded
    /// number of times however small the chunks are.
    private func makeRoom(keeping keep: Int) {
        let capacity = memory.count - Self.padding
        guard capacity - (end - origin) < Self.chunk else { return }
        let kept = end - keep
        guard let source = memory.baseAddress else { return }
        if kept <= capacity / 2 {
            memory.baseAddress?.copyMemory(from: source + (keep - origin), byteCount: kept)
        } else {
            let larger = UnsafeMutableRawBufferPointer.allocate(
                byteCount: capacity * 2 + Self.padding, alignment: 64)
            larger.baseAddress?.copyMemory(from: source + (keep - origin), byteCount: kept)
            memory.deallocate()
            memory = larger
        }
        origin = keep
    }
}
