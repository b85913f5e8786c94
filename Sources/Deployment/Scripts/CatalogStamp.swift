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
    /// Those that have no directory.
    private(set) var missingFolders: [MissingFolder] = []
    /// When one of the files was last changed, in seconds.
    private var lastChange = 0

    init() {}

    /// Looks at the folders, and lists nothing.
    ///
    /// - Throws: `DeploymentError` for a directory or a file that cannot be looked at.
    init(configuration: Configuration) throws(DeploymentError) {
        bytes.reserveCapacity(1 << 16)
        for folder in configuration.folders {
            let directory = configuration.project.appending(FilePath(folder.directory).components)
            _ = try add(folder, at: directory) { _, _ in }
        }
    }

    /// Whether every file was last changed so long before a moment that a later change would have another time.
    func isOlder(than moment: Timestamp) -> Bool { lastChange < moment.seconds - FileStamp.grain }

    /// Adds a folder.
    ///
    /// - Parameters:
    ///   - directory: Where it is.
    ///   - body: Called for each script with its name and stamp.
    /// - Returns: Whether the directory is there.
    mutating func add(
        _ folder: Folder, at directory: FilePath,
        _ body: (UnsafePointer<CChar>, FileStamp) throws(DeploymentError) -> Void
    ) throws(DeploymentError) -> Bool {
        for text in [folder.name, folder.directory, folder.rule.rawValue, folder.encoding ?? ""] {
            bytes += text.utf8
            bytes.append(0)
        }
        guard let stream = opendir(directory.string) else {
            if errno == ENOENT {
                missingFolders.append(MissingFolder(folder, at: directory))
                return false
            }
            throw DeploymentError(
                .badScript, "The folder \(folder.name) cannot be read: \(SystemPackage.Errno(rawValue: errno)).")
        }
        defer { closedir(stream) }
        // A directory without scripts is not a missing one.
        bytes.append(1)
        let descriptor = dirfd(stream)
        while let entry = readdir(stream) {
            try withUnsafePointer(to: &entry.pointee.d_name) { pointer throws(DeploymentError) in
                try pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    name throws(DeploymentError) in
                    let length = strlen(name)
                    guard Self.isScript(name, length) else { return }
                    let stamp = try Self.stamp(name, in: descriptor, folder)
                    bytes.append(contentsOf: UnsafeRawBufferPointer(start: name, count: length + 1))
                    withUnsafeBytes(of: stamp) { bytes.append(contentsOf: $0) }
                    lastChange = max(lastChange, stamp.lastChange)
                    try body(name, stamp)
                }
            }
        }
        // No name is empty.
        bytes.append(0)
        return true
    }

    /// Whether a directory's entry counts: its name ends in `.sql`, in whatever case, and is not hidden.
    private static func isScript(_ name: UnsafePointer<CChar>, _ length: Int) -> Bool {
        length >= 4 && name[0] != CChar(UInt8(ascii: ".")) && strcasecmp(name + length - 4, ".sql") == 0
    }

    /// - Parameter descriptor: The directory, so that the system need not find its way there for every file.
    private static func stamp(
        _ name: UnsafePointer<CChar>, in descriptor: Int32, _ folder: Folder
    ) throws(DeploymentError) -> FileStamp {
        var status = stat()
        let isThere = fstatat(descriptor, name, &status, 0) == 0
        if isThere, status.st_mode & S_IFMT == S_IFREG { return FileStamp(status) }
        let place = Place(file: ScriptIdentity(folder: folder.name, file: String(cString: name)).description)
        throw isThere
            ? DeploymentError(
                .badScript, "This is a directory or a device, not a file.", place: place,
                advice: "Rename or remove it: every name that ends in .sql must be a file.")
            : DeploymentError(
                .badScript, "The file cannot be read: \(SystemPackage.Errno(rawValue: errno)).", place: place,
                advice: "If it is a link, its target is gone. Mend or remove it.")
    }
}
