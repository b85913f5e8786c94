import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Paths that a configuration names, and the rule that some of them must not leave the project.
enum ProjectPath {
    /// The path made absolute against `base`, without `.` and `..`.
    static func absolute(_ path: String, base: FilePath) -> FilePath {
        base.pushing(FilePath(path)).lexicallyNormalized()
    }

    /// A path within the project, which neither `..` nor a symbolic link may lead out of.
    ///
    /// - Returns: the absolute path, or nil if it is outside of the project.
    static func inside(_ path: String, project: FilePath) -> FilePath? {
        guard !path.isEmpty, !path.utf8.contains(0) else { return nil }
        let wanted = absolute(path, base: project)
        guard wanted.starts(with: project.lexicallyNormalized()) else { return nil }
        guard let root = real(project), let target = realOfExistingPart(wanted) else { return nil }
        return target.starts(with: root) ? wanted : nil
    }

    /// Whether two paths are one directory, as they are written or through links.
    static func isSame(_ left: String, _ right: String, project: FilePath) -> Bool {
        let (left, right) = (absolute(left, base: project), absolute(right, base: project))
        if left == right { return true }
        guard let identity = ConfigurationFile.identity(left) else { return false }
        return identity == ConfigurationFile.identity(right)
    }

    /// How a path is shown: relative to where the person stands, if it is below.
    static func shown(_ path: FilePath, from directory: FilePath) -> String {
        var shown = path.lexicallyNormalized()
        let below = shown.removePrefix(directory.lexicallyNormalized())
        return below && !shown.isEmpty ? shown.string : path.lexicallyNormalized().string
    }

    /// An absolute path's directory, and the name in it; nil for the root.
    ///
    /// By the path's text: the collections of `FilePath` are types that are made when they are first used, and a run with nothing
    /// to do notices.
    static func parts(_ path: FilePath) -> (directory: FilePath, name: String)? {
        let text = path.string
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")), text != "/" else { return nil }
        let directory = text[..<slash]
        return (FilePath(directory.isEmpty ? "/" : String(directory)), String(text[text.utf8.index(after: slash)...]))
    }

    /// The path with its symbolic links resolved; nil if it does not exist.
    static func real(_ path: FilePath) -> FilePath? {
        guard let resolved = realpath(path.string, nil) else { return nil }
        defer { free(resolved) }
        return FilePath(String(cString: resolved))
    }

    /// Resolves as much of the path as exists: a folder may be missing, but what is there must not be a way out.
    private static func realOfExistingPart(_ path: FilePath) -> FilePath? {
        var path = path
        while true {
            if let found = real(path) { return found }
            // A dangling link exists, but its target is unknown: never take it for a part that is merely missing.
            guard !ConfigurationFile.exists(path), let parts = parts(path) else { return nil }
            path = parts.directory
        }
    }
}
