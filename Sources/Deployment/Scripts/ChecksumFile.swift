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
    func read() -> [ScriptIdentity: (stamp: FileStamp, checksum: String)] {
        var known: [ScriptIdentity: (stamp: FileStamp, checksum: String)] = [:]
        for line in contents().split(separator: UInt8(ascii: "\n")) {
            guard let (identity, entry) = Self.entry(line) else { return [:] }
            known[identity] = entry
        }
        return known
    }

    /// Writes what is known. Stamps that are too young to tell a later edit within the same tick of the clock are left
    /// out; a directory that cannot be written is no reason to stop.
    func write(_ known: [ScriptIdentity: (stamp: FileStamp, checksum: String)]) {
        let now = Timestamp.now
        let lines = known.compactMap { identity, entry -> String? in
            guard entry.stamp.isOlder(than: now), !identity.description.utf8.contains(UInt8(ascii: "\n")) else {
                return nil
            }
            let fields = entry.stamp.fields.map(String.init).joined(separator: " ")
            return "\(fields) \(entry.checksum) \(identity.folder)/\(identity.file)\n"
        }
        let draft = directory.appending("checksums.new")
        do {
            try Directory.createIfMissing(directory)
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
            try file.closeAfter { _ = try file.writeAll(lines.joined().utf8) }
            try Directory.rename(draft, to: path)
        } catch {
            return
        }
    }

    private func contents() -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path, .readOnly)
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

    /// The line's numbers, checksum and name.
    private static func entry(
        _ line: ArraySlice<UInt8>
    ) -> (ScriptIdentity, (stamp: FileStamp, checksum: String))? {
        var rest = line
        var fields: [Int] = []
        fields.reserveCapacity(FileStamp.fieldCount)
        for _ in 0..<FileStamp.fieldCount {
            var value = 0
            while let byte = rest.popFirst(), byte != UInt8(ascii: " ") {
                guard (0x30...0x39).contains(byte), value < Int.max / 16 else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            fields.append(value)
        }
        let checksum = rest.prefix(64)
        rest = rest.dropFirst(65)
        guard let slash = rest.firstIndex(of: UInt8(ascii: "/")), checksum.count == 64 else { return nil }
        let identity = ScriptIdentity(
            folder: String(decoding: rest[..<slash], as: UTF8.self),
            file: String(decoding: rest[(slash + 1)...], as: UTF8.self))
        return (identity, (FileStamp(fields: fields), String(decoding: checksum, as: UTF8.self)))
    }
}
