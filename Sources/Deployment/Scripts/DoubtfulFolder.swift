import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A folder that has no directory, or beside whose directory there is another one whose name differs in case only: on Windows
/// those were the same.
struct DoubtfulFolder: Sendable {
    let folder: Folder
    /// Whether it has its directory.
    let isThere: Bool
    /// The name of the other directory.
    let twin: String?

    /// - Parameter directory: Where it is not.
    init(missing folder: Folder, at directory: FilePath) {
        self.folder = folder
        isThere = false
        twin = Self.names(like: directory).min()
    }

    /// - Parameter directory: Where it is.
    /// - Returns: Nil if there is no other directory.
    init?(present folder: Folder, at directory: FilePath) {
        let names = Self.names(like: directory)
        // On a disk that does not tell them apart, the directory may be there under another name.
        guard names.count > 1, let own = ProjectPath.parts(directory)?.name, names.contains(own) else { return nil }
        self.folder = folder
        isThere = true
        twin = names.filter { $0 != own }.min()
    }

    /// Whether the other directory is that of another folder.
    func isOthers(_ folders: [Folder]) -> Bool {
        guard let twin else { return false }
        let place = FilePath(folder.directory).removingLastComponent().appending(twin)
        return folders.contains { FilePath($0.directory) == place }
    }

    /// Names of directories in the place of one that are like its own, but for the case of their letters.
    private static func names(like directory: FilePath) -> [String] {
        guard let (parent, name) = ProjectPath.parts(directory) else { return [] }
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        guard let stream = opendir(parent.string) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let found = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { text -> String? in
                    let isLike =
                        strcasecmp(text, name) == 0
                        || !isASCII && String(cString: text).lowercased() == name.lowercased()
                    return isLike ? String(cString: text) : nil
                }
            }
            if let found, ConfigurationFile.isDirectory(parent.appending(found)) { names.append(found) }
        }
        return names
    }
}
