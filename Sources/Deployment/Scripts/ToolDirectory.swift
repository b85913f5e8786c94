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
}
