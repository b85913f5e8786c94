import SystemPackage

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
    /// The same without the scripts.
    let stamp: CatalogStamp

    /// Lists the folders. Reads names only.
    ///
    /// - Throws: `DeploymentError` for a directory that cannot be read, or a name that cannot be a script's.
    public init(configuration: Configuration) throws(DeploymentError) {
        var listings: [Listing] = []
        var stamp = CatalogStamp()
        for folder in configuration.folders {
            listings.append(try Self.list(folder, in: configuration.project, &stamp))
        }
        stamp.leaveOutOthers(configuration.folders)
        self.listings = listings
        self.stamp = stamp
    }

    /// Every script, in the order in which a fresh database would run them.
    public var scripts: [Script] { listings.flatMap(\.scripts) }

    /// Those that have no directory, or more than one.
    var doubtfulFolders: [DoubtfulFolder] { stamp.doubtfulFolders }

    /// The longest name that `LastExecutedFile` holds, in characters.
    static let longestName = 255

    private static func list(
        _ folder: Folder, in project: FilePath, _ stamp: inout CatalogStamp
    ) throws(DeploymentError) -> Listing {
        var scripts: [Script] = []
        let directory = folder.path(in: project)
        let moment = stamp.moment
        let exists = try stamp.add(folder, at: directory) { name, stamp throws(DeploymentError) in
            let identity = ScriptIdentity(folder: folder.name, file: String(cString: name))
            if identity.file.utf8.count > longestName || !identity.file.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) {
                try checkName(identity)
            }
            scripts.append(
                Script(
                    identity: identity, directory: directory, encoding: folder.encoding, stamp: stamp, moment: moment))
        }
        return Listing(folder: folder, exists: exists, scripts: scripts.sorted(by: Script.precedes))
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
        // It would begin a line of its own in everything that names the script.
        if script.file.unicodeScalars.contains(where: isControl) {
            throw DeploymentError(
                .badScript, "The file's name has a control character, such as a line break.",
                place: Place(file: printable(script.description)), advice: "Rename the file.")
        }
    }
}
