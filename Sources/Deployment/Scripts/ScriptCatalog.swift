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

    /// Those that have no directory.
    var missingFolders: [Folder] { listings.filter { !$0.exists }.map(\.folder) }

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
        let descriptor = dirfd(stream)
        var scripts: [Script] = []
        while let entry = readdir(stream) {
            let script: Script? = try withUnsafePointer(to: &entry.pointee.d_name) { pointer throws(DeploymentError) in
                try pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
                    name throws(DeploymentError) in
                    guard isScript(name) else { return nil }
                    let identity = ScriptIdentity(folder: folder.name, file: String(cString: name))
                    return Script(
                        identity: identity, directory: directory, encoding: folder.encoding,
                        stamp: try check(identity, named: name, in: descriptor))
                }
            }
            if let script { scripts.append(script) }
        }
        return Listing(folder: folder, exists: true, scripts: scripts.sorted(by: Script.precedes))
    }

    /// Whether a directory's entry counts: its name ends in `.sql`, in whatever case, and is not hidden.
    private static func isScript(_ name: UnsafePointer<CChar>) -> Bool {
        let length = strlen(name)
        return length >= 4 && name[0] != CChar(UInt8(ascii: ".")) && strcasecmp(name + length - 4, ".sql") == 0
    }

    /// - Parameter descriptor: The directory, so that the system need not find its way there for every file.
    private static func check(
        _ script: ScriptIdentity, named name: UnsafePointer<CChar>, in descriptor: Int32
    ) throws(DeploymentError) -> FileStamp {
        if script.file.utf8.count > longestName || !script.file.utf8.allSatisfy({ $0 < 0x80 }) {
            try checkName(script)
        }
        var status = stat()
        guard fstatat(descriptor, name, &status, 0) == 0 else {
            throw DeploymentError(
                .badScript, "The file cannot be read: \(SystemPackage.Errno(rawValue: errno)).",
                place: Place(file: script.description),
                advice: "If it is a link, its target is gone. Mend or remove it.")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw DeploymentError(
                .badScript, "This is a directory or a device, not a file.", place: Place(file: script.description),
                advice: "Rename or remove it: every name that ends in .sql must be a file.")
        }
        return FileStamp(status)
    }

    private static func checkName(_ script: ScriptIdentity) throws(DeploymentError) {
        let count = script.file.unicodeScalars.count
        if count > longestName {
            throw DeploymentError(
                .badScript, "The file's name has \(count) characters; DatabaseTrack holds \(longestName).",
                place: Place(file: script.description), advice: "Give the file a shorter name.")
        }
        if script.file.unicodeScalars.contains("\u{FFFD}") {
            throw DeploymentError(
                .badScript, "The file's name is not UTF-8.", place: Place(file: script.description),
                advice: "Rename the file.")
        }
    }
}
