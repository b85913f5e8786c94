import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells a file from an edited one without reading it.
struct FileStamp: Sendable, Equatable {
    /// Device, inode, size in bytes, and the times of the last change of content and of inode (seconds, nanoseconds).
    let fields: [Int]

    static let fieldCount = 7

    /// - Parameter fields: As `fields` gave them.
    init(fields: [Int]) {
        self.fields = fields
    }

    init(_ status: stat) {
        fields = [
            Int(truncatingIfNeeded: status.st_dev), Int(truncatingIfNeeded: status.st_ino), Int(status.st_size),
            status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
        ]
    }

    /// The stamp of a file now; nil if it is not there.
    init?(path: FilePath) {
        guard let status = Self.status(path) else { return nil }
        self.init(status)
    }

    /// Whether the file was last changed so long before a moment that a later change would have another time, however
    /// coarse the file system's clock is.
    func isOlder(than moment: Timestamp) -> Bool {
        max(fields[3], fields[5]) < moment.seconds - 2
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
