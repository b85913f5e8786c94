import SystemPackage

/// The checksums of a project's scripts from the last run, in `.databasedeploy/checksums`: a line for each with the
/// file's stamp, and at the end a line for each file that one of them reads by `source`. It saves reading; without it, or where it cannot be written, everything is read.
struct ChecksumFile: Sendable {
    private let directory: ToolDirectory
    private var path: FilePath { directory.path.appending("checksums") }

    /// - Parameter project: The project directory.
    init(project: FilePath) {
        directory = ToolDirectory(project: project)
    }

    /// What the last run wrote; empty if there is nothing that can be used.
    func read() -> KnownChecksums { KnownChecksums(text: contents()) }

    /// Writes what is known. Stamps that are too young to tell a later edit within the same tick of the clock are left
    /// out; a directory that cannot be written is no reason to stop.
    ///
    /// - Parameters:
    ///   - new: What was seen in this run.
    ///   - old: What the last run knew, which stays for scripts that this one did not look at.
    func write(_ new: [ScriptIdentity: Inspection], _ old: KnownChecksums) {
        let now = Timestamp.now
        var text: [UInt8] = []
        var sourced: [ScriptIdentity: [SourcedFile]] = [:]
        for line in old.lines {
            guard let identity = line.identity, new[identity] == nil else { continue }
            text += line.text + [Self.lineFeed]
            sourced[identity] = old.sourced[identity]
        }
        for (identity, entry) in new where entry.isOlder(than: now) && Self.canBeWritten(identity, entry) {
            text += KnownChecksums.Line(identity, entry.stamp, entry.checksum).text + [Self.lineFeed]
            sourced[identity] = entry.sourced
        }
        for (identity, files) in sourced {
            for file in files { text += KnownChecksums.SourcedLine(identity, file).text + [Self.lineFeed] }
        }
        let draft = directory.path.appending("checksums.new")
        directory.createIfMissing()
        do {
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
            try file.closeAfter { _ = try file.writeAll(text) }
            try Directory.rename(draft, to: path)
        } catch {
            return
        }
    }

    private static let lineFeed = UInt8(ascii: "\n")

    /// Whether no name has a line of its own in it.
    private static func canBeWritten(_ script: ScriptIdentity, _ entry: Inspection) -> Bool {
        !script.description.utf8.contains(lineFeed)
            && entry.sourced.allSatisfy { !$0.path.string.utf8.contains(lineFeed) }
    }

    private func contents() -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            return try file.closeAfter {
                let size = Int(try file.seek(offset: 0, from: .end))
                try file.seek(offset: 0, from: .start)
                return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                    count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
            }
        } catch {
            return []
        }
    }
}
