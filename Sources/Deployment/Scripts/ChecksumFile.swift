import SystemPackage

/// The checksums of a project's scripts from the last run, in `.databasedeploy/checksums`: a line for each with the
/// file's stamp, and at the end a line for each file that one of them reads by `source`, or looked for first. It saves
/// reading; without it, or where it cannot be written, everything is read.
struct ChecksumFile: Sendable {
    private let directory: ToolDirectory
    private static let name = "checksums"

    /// - Parameter project: The project directory.
    init(project: FilePath) {
        directory = ToolDirectory(project: project)
    }

    /// What the last run wrote; empty if there is nothing that can be used.
    func read() -> KnownChecksums { KnownChecksums(text: directory.contents(of: Self.name)) }

    /// Writes what is known. Stamps that are too young to tell a later edit within the same tick of the clock are left
    /// out; a directory that cannot be written is no reason to stop.
    ///
    /// - Parameters:
    ///   - new: What was seen in this run.
    ///   - old: What the last run knew, which stays for scripts that this one did not look at.
    func write(_ new: [ScriptIdentity: Inspection], _ old: KnownChecksums) {
        var text = KnownChecksums.format
        var sourced: [ScriptIdentity: [SourcedFile]] = [:]
        for line in old.lines {
            guard let identity = line.identity, new[identity] == nil else { continue }
            text += line.text + [Self.lineFeed]
            sourced[identity] = old.sourced[identity]
        }
        for (identity, entry) in new where entry.isOld && Self.canBeWritten(identity, entry) {
            text += KnownChecksums.Line(identity, entry.stamp, entry.checksum).text + [Self.lineFeed]
            sourced[identity] = entry.sourced
        }
        for (identity, files) in sourced {
            for file in files { text += KnownChecksums.SourcedLine(identity, file).text + [Self.lineFeed] }
        }
        directory.write(text, to: Self.name)
    }

    private static let lineFeed = UInt8(ascii: "\n")

    /// Whether no name has a line of its own in it.
    private static func canBeWritten(_ script: ScriptIdentity, _ entry: Inspection) -> Bool {
        !script.description.utf8.contains(lineFeed)
            && entry.sourced.allSatisfy { !$0.path.string.utf8.contains(lineFeed) }
    }
}
