import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What tells a file from one that was written to since.
struct FileMark: Equatable {
    let inode: UInt64
    let size: Int64
    /// When its bytes, and when anything about it changed: seconds and nanoseconds.
    let changed: [Int]

    init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            let (bytes, anything) = (status.st_mtimespec, status.st_ctimespec)
        #else
            let (bytes, anything) = (status.st_mtim, status.st_ctim)
        #endif
        changed = [bytes.tv_sec, bytes.tv_nsec, anything.tv_sec, anything.tv_nsec]
    }

    /// As `text` has it.
    init?(_ words: some Sequence<Substring>) {
        let numbers = words.compactMap { Int($0) }
        guard numbers.count == 6 else { return nil }
        inode = UInt64(numbers[0])
        size = Int64(numbers[1])
        changed = Array(numbers[2...])
    }

    var text: String { "\(inode) \(size) " + changed.map(String.init).joined(separator: " ") }

    /// Waits until a write would give a file another time than those that were written up to now: file systems take it
    /// from a clock that moves some hundred times a second.
    static func waitForNextTick(beside path: FilePath) throws {
        func now() throws -> [Int] {
            try writeFile(path, [])
            var status = stat()
            guard lstat(path.string, &status) == 0 else { throw Errno(rawValue: errno) }
            return FileMark(status).changed
        }
        let first = try now()
        while try now() == first { usleep(500) }
        unlink(path.string)
    }
}
