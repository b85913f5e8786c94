import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What tells a project's scripts from edited ones, and from more or fewer, without reading them and without a list of them:
/// the folders' rules, and each file's name and stamp, in the order in which the disk gives them.
struct CatalogStamp: Sendable {
    private(set) var bytes: [UInt8] = []
    /// The stamps of the folders' directories, which say no more than when to list them again; nil for one that is not there, or
    /// so young that a later change could look the same.
    private(set) var directories: [FileStamp?] = []
    /// Those that have no directory, or more than one.
    private(set) var doubtfulFolders: [DoubtfulFolder] = []
    /// When one of the files was last changed, in seconds.
    private var lastChange = 0
    /// Before anything was looked at: what changed later may have the same time as what was seen.
    let moment = Timestamp.now

    init() {}

    /// Looks at the folders, and makes no list of the scripts.
    ///
    /// - Parameter known: What an earlier run saw: a directory that is as it was has the same names.
    /// - Throws: `DeploymentError` for a directory or a file that cannot be looked at.
    init(configuration: Configuration, known: SettledFile) throws(DeploymentError) {
        for folder in configuration.folders {
            let directory = folder.path(in: configuration.project)
            _ = try add(folder, at: directory, known) { _, _ in }
        }
        leaveOutOthers(configuration.folders)
    }

    /// What is a folder's of the project is not passed over.
    mutating func leaveOutOthers(_ folders: [Folder]) {
        doubtfulFolders.removeAll { $0.isThere && $0.isOthers(folders) }
    }

    /// Whether every file was last changed so long before the look that a later change has another time.
    var isOld: Bool { lastChange < moment.seconds - FileStamp.grain }

    /// Adds a folder.
    ///
    /// - Parameters:
    ///   - directory: Where it is.
    ///   - known: What an earlier run saw.
    ///   - body: Called for each script with its name and stamp.
    /// - Returns: Whether the directory is there.
    mutating func add(
        _ folder: Folder, at directory: FilePath, _ known: SettledFile? = nil,
        _ body: (UnsafePointer<CChar>, FileStamp) throws(DeploymentError) -> Void
    ) throws(DeploymentError) -> Bool {
        for text in [folder.name, folder.directory, folder.rule.rawValue, folder.encoding ?? ""] {
            bytes += text.utf8
            bytes.append(0)
        }
        guard let stream = opendir(directory.string) else {
            if errno == ENOENT {
                doubtfulFolders.append(DoubtfulFolder(missing: folder, at: directory))
                directories.append(nil)
                return false
            }
            throw Self.unreadable(folder)
        }
        defer { closedir(stream) }
        // Before it is listed: what changes meanwhile shows as another stamp next time.
        var status = stat()
        guard fstat(dirfd(stream), &status) == 0 else { throw Self.unreadable(folder) }
        let own = FileStamp(status)
        if let doubtful = DoubtfulFolder(present: folder, at: directory) { doubtfulFolders.append(doubtful) }
        // A directory without scripts is not a missing one.
        bytes.append(1)
        let files = try Self.files(in: stream, folder) {
            known?.files(ofFolder: directories.count, own, behind: bytes)
        }
        directories.append(own.isOlder(than: moment) ? own : nil)
        bytes.reserveCapacity(bytes.count + files.nameBytes + files.count * MemoryLayout<FileStamp>.size + 1)
        try files.forEach(in: dirfd(stream)) { name, length, look throws(DeploymentError) in
            let stamp = try Self.stamp(name, look, folder)
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: name, count: length + 1))
            withUnsafeBytes(of: stamp) { bytes.append(contentsOf: $0) }
            lastChange = max(lastChange, stamp.lastChange)
            try body(name, stamp)
        }
        // No name is empty.
        bytes.append(0)
        return true
    }

    /// - Parameter known: Those of an earlier run, if the directory is as it was.
    private static func files(
        in stream: OpaquePointer, _ folder: Folder, known: () -> FolderFiles?
    ) throws(DeploymentError) -> FolderFiles {
        if FolderFiles.tellsByTime(dirfd(stream)), let known = known() { return known }
        guard let files = FolderFiles(stream) else { throw unreadable(folder) }
        return files
    }

    private static func unreadable(_ folder: Folder) -> DeploymentError {
        DeploymentError(
            .badScript, "The folder \(folder.name) cannot be read: \(SystemPackage.Errno(rawValue: errno)).")
    }

    private static func stamp(
        _ name: UnsafePointer<CChar>, _ look: FolderFiles.Look, _ folder: Folder
    ) throws(DeploymentError) -> FileStamp {
        let reason: Int32?
        switch look {
        case .file(let stamp): return stamp
        case .notAFile: reason = nil
        case .failed(let number): reason = number
        }
        let place = Place(file: ScriptIdentity(folder: folder.name, file: String(cString: name)).description)
        guard let reason else {
            throw DeploymentError(
                .badScript, "This is a directory or a device, not a file.", place: place,
                advice: "Rename or remove it: every name that ends in .sql must be a file.")
        }
        throw DeploymentError(
            .badScript, "The file cannot be read: \(SystemPackage.Errno(rawValue: reason)).", place: place,
            advice: "If it is a link, its target is gone. Mend or remove it.")
    }
}
