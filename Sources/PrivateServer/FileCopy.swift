import CFileSystem
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Copies the bytes of one file into another: by sharing its blocks where the file system can do that, and otherwise
/// without the holes.
struct FileCopy {
    let source: FileDescriptor
    let target: FileDescriptor
    /// The bytes of both.
    let size: Int64

    /// Numbers of lseek(2) that Swift does not see.
    private static let data: Int32 = 3
    private static let hole: Int32 = 4
    /// A page of InnoDB: smaller holes would be many.
    private static let piece = 16384

    /// Gives the target the source's contents; holes of the source are holes of the target.
    ///
    /// - Returns: Whether the blocks are shared.
    func copy() throws -> Bool {
        if try clone() { return true }
        try clear()
        var end: Int64 = 0
        while true {
            let start = lseek(source.rawValue, off_t(end), Self.data)
            if start < 0 {
                // Nothing but a hole up to the end, or a file system without holes (lseek(2)).
                if errno == ENXIO { return false }
                try copy(from: end, to: size)
                return false
            }
            let next = lseek(source.rawValue, start, Self.hole)
            guard next > start else { throw Errno(rawValue: errno) }
            try copy(from: Int64(start), to: min(Int64(next), size))
            end = Int64(next)
            if end >= size { return false }
        }
    }

    /// The same, but what is nothing but zeros becomes a hole. Reads everything.
    func copyDiggingHoles() throws {
        if try clone() { return }
        try clear()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * Self.piece, alignment: Self.piece)
        defer { buffer.deallocate() }
        var place: Int64 = 0
        while place < size {
            let count = try source.read(fromAbsoluteOffset: place, into: buffer)
            if count == 0 { throw Errno.ioError }
            var start = 0
            while start < count {
                var piece = UnsafeRawBufferPointer(rebasing: buffer[start..<min(start + Self.piece, count)])
                start += piece.count
                if Self.isZero(piece) { continue }
                var to = place + Int64(start - piece.count)
                while !piece.isEmpty {
                    let written = try target.write(toAbsoluteOffset: to, piece)
                    piece = UnsafeRawBufferPointer(rebasing: piece[written...])
                    to += Int64(written)
                }
            }
            place += Int64(count)
        }
    }

    private func clone() throws -> Bool {
        guard clone_file(target.rawValue, source.rawValue) == 0 else { return false }
        // What the target had beyond the source's end is still there.
        guard ftruncate(target.rawValue, off_t(size)) == 0 else { throw Errno(rawValue: errno) }
        return true
    }

    /// Makes the target nothing but a hole. A file that was cut to nothing is on its way to the disk as soon as it is closed
    /// ("ext4", `auto_da_alloc`): a new one is not cut, as hundreds of them would wait for that.
    private func clear() throws {
        let isNew = try target.seek(offset: 0, from: .end) == 0
        guard isNew || ftruncate(target.rawValue, 0) == 0, ftruncate(target.rawValue, off_t(size)) == 0 else {
            throw Errno(rawValue: errno)
        }
    }

    private func copy(from start: Int64, to end: Int64) throws {
        var place = start
        while place < end {
            let count = copy_range(source.rawValue, target.rawValue, place, Int(end - place))
            if count == 0 { throw Errno.ioError }
            if count < 0 {
                // Old kernels, and file systems that do not take part (copy_file_range(2)).
                guard [ENOSYS, EXDEV, EINVAL, EOPNOTSUPP, EPERM].contains(errno) else { throw Errno(rawValue: errno) }
                return try copyThroughMemory(from: place, to: end)
            }
            place += Int64(count)
        }
    }

    private func copyThroughMemory(from start: Int64, to end: Int64) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: Self.piece)
        defer { buffer.deallocate() }
        var place = start
        while place < end {
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(Int(min(end - place, 1 << 18))))
            let count = try source.read(fromAbsoluteOffset: place, into: part)
            if count == 0 { throw Errno.ioError }
            let written = try target.write(
                toAbsoluteOffset: place, UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(part).prefix(count)))
            place += Int64(written)
        }
    }

    private static func isZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, first == 0, let start = bytes.baseAddress else { return bytes.isEmpty }
        return memcmp(start, start + 1, bytes.count - 1) == 0
    }
}
