import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells a file from an edited one without reading it.
struct FileStamp: Sendable, Equatable {
    /// A moment in seconds and nanoseconds.
    struct Time: Sendable, Equatable {
        var seconds: Int
        var nanoseconds: Int
    }

    let device: Int
    let inode: Int
    /// In bytes.
    let size: Int
    let contentChanged: Time
    let inodeChanged: Time

    init(_ status: stat) {
        device = Int(truncatingIfNeeded: status.st_dev)
        inode = Int(truncatingIfNeeded: status.st_ino)
        size = Int(status.st_size)
        contentChanged = Time(seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
        inodeChanged = Time(seconds: status.st_ctim.tv_sec, nanoseconds: status.st_ctim.tv_nsec)
    }

    /// The numbers of `fields` again; nil unless `next` has them all.
    init?(next: () -> Int?) {
        guard let device = next(), let inode = next(), let size = next(), let modified = next(),
            let modifiedPart = next(), let changed = next(), let changedPart = next()
        else { return nil }
        self.device = device
        self.inode = inode
        self.size = size
        contentChanged = Time(seconds: modified, nanoseconds: modifiedPart)
        inodeChanged = Time(seconds: changed, nanoseconds: changedPart)
    }

    /// Everything, to be written down.
    var fields: [Int] {
        [
            device, inode, size, contentChanged.seconds, contentChanged.nanoseconds, inodeChanged.seconds,
            inodeChanged.nanoseconds,
        ]
    }

    /// The stamp of a file now; nil if it is not there.
    init?(path: FilePath) {
        guard let status = Self.status(path) else { return nil }
        self.init(status)
    }

    /// Seconds that no file system's clock is coarser than.
    static let grain = 2

    /// When the file was last changed, in seconds.
    var lastChange: Int { max(contentChanged.seconds, inodeChanged.seconds) }

    /// Whether the file was last changed so long before a moment that a later change would have another time, however
    /// coarse the file system's clock is.
    func isOlder(than moment: Timestamp) -> Bool { lastChange < moment.seconds - Self.grain }

    /// When a file was last changed; nil if it is not there.
    static func modificationTime(of path: FilePath) -> Timestamp? {
        status(path).map { Timestamp(seconds: $0.st_mtim.tv_sec, nanoseconds: $0.st_mtim.tv_nsec) }
    }

    private static func status(_ path: FilePath) -> stat? {
        var status = stat()
        return stat(path.string, &status) == 0 ? status : nil
    }
}
