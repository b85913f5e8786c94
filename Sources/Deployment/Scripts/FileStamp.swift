import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells a file from an edited one without reading it.
struct FileStamp: Sendable, Equatable {
    private let device: UInt64
    private let inode: UInt64
    private let size: Int64
    private let modified: [Int]
    private let changed: [Int]

    /// The stamp of a file now; nil if it is not there.
    init?(path: FilePath) {
        guard let status = Self.status(path) else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        changed = [status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// When a file was last changed, as `2026-01-31 14:15:35` in UTC; nil if it is not there.
    static func modificationTime(of path: FilePath) -> String? {
        status(path).map { Timestamp(seconds: $0.st_mtim.tv_sec).utc }
    }

    private static func status(_ path: FilePath) -> stat? {
        var status = stat()
        return stat(path.string, &status) == 0 ? status : nil
    }
}
