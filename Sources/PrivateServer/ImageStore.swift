import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The images of one user, in a directory that only this user may enter: they hold data, and the passwords of accounts.
///
/// Each is a directory named by its key; `manifest` is written last, and a directory without a whole one is no image.
/// Who copies an image holds `lock` shared, who adds or removes one alone; so whatever is unfinished when somebody has
/// it alone was left behind by a process that died.
public struct ImageStore: Sendable {
    public let directory: FilePath
    /// Bytes on disk that all images together may take; 0 keeps none.
    public let limit: UInt64

    public init(directory: FilePath, limit: UInt64) {
        self.directory = absolute(directory)
        self.limit = limit
    }

    /// The first image that there is.
    ///
    /// - Parameter keys: The one that is liked best comes first.
    public func find(_ keys: some Sequence<String>) -> Image? {
        guard limit > 0, OwnDirectory.isPrivate(directory) else { return nil }
        return keys.lazy.compactMap(image).first
    }

    /// Every image, the one that was used last first.
    public func all() -> [Image] {
        children(of: directory).compactMap { $0.lastComponent.flatMap { image($0.string) } }
            .sorted { $0.lastUsed > $1.lastUsed }
    }

    /// Removes an image.
    public func remove(_ image: Image) throws {
        try alone { try remove(image.directory) }
    }

    /// Removes every image.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func clear() throws -> Int {
        guard access(directory.string, F_OK) == 0 else { return 0 }
        return try alone {
            let images = all()
            for path in children(of: directory) where path != lockFile { try remove(path) }
            return images.count
        }
    }

    /// Keeps data under a key, and makes room for it.
    ///
    /// - Returns: Whether it is there now; false if it is larger than everything may be.
    func add(_ key: String, _ title: ImageTitle, version: String, origin: String, data: DataCopy) throws -> Bool {
        try OwnDirectory.ensure(directory)
        return try alone {
            if image(key) != nil { return true }
            for path in children(of: directory) where path.extension == Self.unfinished { try remove(path) }
            let draft = directory.appending("\(key).\(Self.unfinished)")
            guard mkdir(draft.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
            var isKept = false
            defer { if !isKept { discard(draft) } }
            let entries = try data.keep(in: draft.appending("data"))
            let bytes = sizeOfTree(draft)
            guard bytes <= limit else { return false }
            try makeRoom(for: bytes)
            let manifest = ImageManifest(
                title: title, version: version, origin: origin, bytes: bytes, entries: entries)
            try writeFile(draft.appending("manifest"), Array(manifest.text().utf8))
            try syncFileSystem(of: draft)
            let place = directory.appending(key)
            // What has this name now is no image.
            try remove(place)
            guard rename(draft.string, place.string) == 0 else { throw Errno(rawValue: errno) }
            isKept = true
            try sync(directory)
            return true
        }
    }

    /// Does something while no image goes away, and counts it as a use of one.
    ///
    /// - Returns: nil if this one has gone away meanwhile.
    func using<Result>(_ image: Image, _ body: () throws -> Result) throws -> Result? {
        let lock: FileDescriptor
        do {
            lock = try take(LOCK_SH)
        } catch {
            throw ImageProblem("\(lockFile): \(error)")
        }
        defer { close(lock.rawValue) }
        guard self.image(image.key)?.id == image.id else { return nil }
        utimensat(AT_FDCWD, image.directory.appending("manifest").string, nil, 0)
        return try body()
    }

    private static let unfinished = "unfinished"
    private var lockFile: FilePath { directory.appending("lock") }

    private func image(_ key: String) -> Image? {
        let path = directory.appending(key)
        let file = path.appending("manifest")
        var status = stat()
        guard path.extension == nil, lstat(file.string, &status) == 0 else { return nil }
        do {
            guard let manifest = ImageManifest(String(decoding: try contents(of: file), as: UTF8.self)) else {
                return nil
            }
            return Image(
                key: key, title: manifest.title, version: manifest.version, bytes: manifest.bytes,
                lastUsed: FileMark(status).changed[0], id: manifest.id, origin: manifest.origin, directory: path,
                entries: manifest.entries)
        } catch {
            // Somebody removes it now.
            return nil
        }
    }

    /// Removes images, the longest unused first, until there is room.
    private func makeRoom(for bytes: UInt64) throws {
        var images = all()
        while images.reduce(bytes, { $0 + $1.bytes }) > limit, let oldest = images.popLast() {
            try remove(oldest.directory)
        }
    }

    /// The manifest goes first: what is left after a death is no image.
    private func remove(_ path: FilePath) throws {
        guard unlink(path.appending("manifest").string) == 0 || errno == ENOENT || errno == ENOTDIR else {
            throw Errno(rawValue: errno)
        }
        try removeTree(path)
    }

    /// What cannot be removed now is no image, and goes with the next one.
    private func discard(_ draft: FilePath) {
        do { try removeTree(draft) } catch { return }
    }

    private func alone<Result>(_ body: () throws -> Result) throws -> Result {
        let lock = try take(LOCK_EX)
        defer { close(lock.rawValue) }
        return try body()
    }

    private func take(_ kind: Int32) throws -> FileDescriptor {
        try FileLock.wait(lockFile, kind)
    }
}

/// A lock of `flock(2)`, which the kernel frees when its holder is gone.
enum FileLock {
    /// Takes a lock without waiting.
    ///
    /// - Returns: nil if somebody holds it.
    static func take(_ path: FilePath, _ kind: Int32) throws -> FileDescriptor? {
        do {
            return try wait(path, kind | LOCK_NB)
        } catch Errno.wouldBlock {
            return nil
        }
    }

    /// Waits for a lock.
    static func wait(_ path: FilePath, _ kind: Int32) throws -> FileDescriptor {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(
                path, .readWrite, options: [.create, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
        } catch Errno.readOnlyFileSystem where kind == LOCK_SH {
            // Who only reads needs no more.
            file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
        }
        while flock(file.rawValue, kind) != 0 {
            guard errno == EINTR else {
                let failure = Errno(rawValue: errno)
                close(file.rawValue)
                throw failure
            }
        }
        return file
    }
}
