import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The scripts of a project, by folder, as the disk has them.
public struct ScriptCatalog: Sendable {
    /// One folder and its scripts in their order.
    public struct Listing: Sendable {
        public let folder: Folder
        /// Whether the directory is there.
        public let exists: Bool
        public let scripts: [Script]
    }

    public let listings: [Listing]

    /// Lists the folders. Reads names only.
    ///
    /// - Throws: `DeploymentError` for a directory that cannot be read, or a name that cannot be a script's.
    public init(configuration: Configuration) throws(DeploymentError) {
        var listings: [Listing] = []
        for folder in configuration.folders {
            listings.append(try Self.list(folder, in: configuration.project))
        }
        self.listings = listings
    }

    /// Every script, in the order in which a fresh database would run them.
    public var scripts: [Script] { listings.flatMap(\.scripts) }

    /// The longest name that `LastExecutedFile` holds, in characters.
    static let longestName = 255

    private static func list(_ folder: Folder, in project: FilePath) throws(DeploymentError) -> Listing {
        let directory = project.appending(FilePath(folder.directory).components)
        guard let stream = opendir(directory.string) else {
            if errno == ENOENT { return Listing(folder: folder, exists: false, scripts: []) }
            throw DeploymentError(
                .badScript, "The folder \(folder.name) cannot be read: \(SystemPackage.Errno(rawValue: errno)).")
        }
        defer { closedir(stream) }
        var scripts: [Script] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            guard name.lowercased().hasSuffix(".sql"), !name.hasPrefix(".") else { continue }
            let identity = ScriptIdentity(folder: folder.name, file: name)
            let path = directory.appending(name)
            scripts.append(
                Script(
                    identity: identity, path: path, encoding: folder.encoding, stamp: try check(identity, at: path)))
        }
        return Listing(folder: folder, exists: true, scripts: scripts.sorted(by: Script.precedes))
    }

    private static func check(_ script: ScriptIdentity, at path: FilePath) throws(DeploymentError) -> FileStamp {
        let place = Place(file: script.description)
        let name = script.file
        if name.unicodeScalars.count > longestName {
            throw DeploymentError(
                .badScript,
                "The file's name has \(name.unicodeScalars.count) characters; DatabaseTrack holds \(longestName).",
                place: place, advice: "Give the file a shorter name.")
        }
        if name.unicodeScalars.contains("\u{FFFD}") {
            throw DeploymentError(
                .badScript, "The file's name is not UTF-8.", place: place, advice: "Rename the file.")
        }
        var status = stat()
        guard stat(path.string, &status) == 0 else {
            throw DeploymentError(
                .badScript, "The file cannot be read: \(SystemPackage.Errno(rawValue: errno)).", place: place,
                advice: "If it is a link, its target is gone. Mend or remove it.")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DeploymentError(
                .badScript, "This is a directory or a device, not a file.", place: place,
                advice: "Rename or remove it: every name that ends in .sql must be a file.")
        }
        return FileStamp(status)
    }
}
