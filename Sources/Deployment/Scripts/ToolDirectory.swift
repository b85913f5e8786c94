import SystemPackage

/// `.databasedeploy`, the tool's own directory in a project: what is in it is this machine's only.
public struct ToolDirectory: Sendable {
    public let path: FilePath

    /// - Parameter project: The project directory.
    public init(project: FilePath) {
        path = project.appending(".databasedeploy")
    }

    /// Makes it if it is missing, with a `.gitignore` that keeps all of it out of Git. Where that is not possible, whoever
    /// needs the directory says so.
    public func createIfMissing() {
        do {
            guard try Directory.createIfMissing(path) else { return }
            let file = try FileDescriptor.open(
                path.appending(".gitignore"), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try file.closeAfter { _ = try file.writeAll("*\n".utf8) }
        } catch {
            return
        }
    }

    /// What is in one of its files; empty if there is nothing that can be read.
    func contents(of file: String) -> [UInt8] {
        do {
            let file = try FileDescriptor.open(path.appending(file), .readOnly, options: .closeOnExec)
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

    /// Writes a file that only saves work, whole or not at all: a directory that cannot be written is no reason to stop.
    func write(_ bytes: [UInt8], to name: String) {
        let draft = path.appending(name + ".new")
        createIfMissing()
        do {
            let file = try FileDescriptor.open(
                draft, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: [.ownerReadWrite])
            try file.closeAfter { _ = try file.writeAll(bytes) }
            try Directory.rename(draft, to: path.appending(name))
        } catch {
            return
        }
    }
}
