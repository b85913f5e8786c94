import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that has no directory.
struct MissingFolder: Sendable {
    let folder: Folder
    /// The name of a directory in its place that differs in case only: on Windows that was the same.
    let twin: String?

    /// - Parameter directory: Where it is not.
    init(_ folder: Folder, at directory: FilePath) {
        self.folder = folder
        twin = Self.twin(of: directory)
    }

    private static func twin(of directory: FilePath) -> String? {
        guard let name = directory.lastComponent?.string.lowercased() else { return nil }
        let parent = directory.removingLastComponent()
        guard let stream = opendir(parent.string) else { return nil }
        defer { closedir(stream) }
        var twins: [String] = []
        while let entry = readdir(stream) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
            }
            if found.lowercased() == name, ConfigurationFile.isDirectory(parent.appending(found)) {
                twins.append(found)
            }
        }
        return twins.min()
    }
}
