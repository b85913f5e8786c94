import SystemPackage

/// The checksums of a project's scripts from the last run, in `.databasedeploy/checksums`: a line for each with the
/// file's stamp. It saves reading; without it, or where it cannot be written, everything is read.
struct ChecksumFile {
    private let directory: FilePath
    private var path: FilePath { directory.appending("checksums") }

    /// - Parameter project: The project directory.
    init(project: FilePath) {
        directory = project.appending(".databasedeploy")
    }

    /// What the last run wrote; empty if there is nothing that can be used.
    func read() -> KnownChecksums { KnownChecksums(text: contents()) }

    /// Writes what is known. Stamps that are too young to tell a later edit within the same tick of the clock are left
    /// out; a directory that cannot be written is no reason to stop.
    ///
    /// - Parameters:
    ///   - new: What was seen in this run.
    ///   - old: What the last run knew, which stays for scripts that this one did not look at.
    func write(_ new: [ScriptIdentity: (stamp: FileStamp, checksum: String)], _ old: KnownChecksums) {
        let now = Timestamp.now
        var text: [UInt8] = []
        for line in old.lines {
            if let identity = line.identity, new[identity] == nil { text += line.text + [UInt8(ascii: "\n")] }
        }
        for (identity, entry) in new
        where entry.stamp.isOlder(than: now) && !identity.description.utf8.contains(UInt8(ascii: "\n")) {
            text += KnownChecksums.Line(identity, entry.stamp, entry.checksum).text + [UInt8(ascii: "\n")]
        }
        let draft = directory.appending("checksums.new")
        do {
            try Directory.createIfMissing(directory)
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
            try file.closeAfter { _ = try file.writeAll(text) }
            try Directory.rename(draft, to: path)
        } catch {
            return
        }
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
