import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A directory that only the user who runs this may enter. It is what protects a private server: whoever reaches the
/// socket gets in.
enum OwnDirectory {
    /// Makes the directory with mode 0700, and its parents, or sees to it that it is so.
    ///
    /// - Throws: `PrivateServerError` if it cannot be made or is not this user's.
    static func ensure(_ path: FilePath) throws(PrivateServerError) {
        try ensureParents(of: path)
        guard mkdir(path.string, 0o700) == 0 || errno == EEXIST else {
            throw PrivateServerError(
                .directoryUnusable, "The directory \(path) cannot be made: \(Errno(rawValue: errno)).")
        }
        var status = stat()
        guard lstat(path.string, &status) == 0 else {
            throw PrivateServerError(
                .directoryUnusable, "The directory \(path) cannot be looked at: \(Errno(rawValue: errno)).")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw PrivateServerError(.directoryUnusable, "\(path) is not a directory.")
        }
        guard status.st_uid == geteuid() else {
            throw PrivateServerError(
                .directoryUnusable,
                "The directory \(path) belongs to the user with the number \(status.st_uid), not to the one who runs this "
                    + "(\(geteuid())).",
                advice: "A private server belongs to one user: run the command as that user, or remove the directory.")
        }
        guard status.st_mode & 0o077 == 0 || chmod(path.string, 0o700) == 0 else {
            throw PrivateServerError(
                .directoryUnusable, "The directory \(path) cannot be closed to others: \(Errno(rawValue: errno)).")
        }
    }

    /// Whether a directory is this user's alone.
    static func isPrivate(_ path: FilePath) -> Bool {
        var status = stat()
        return stat(path.string, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && status.st_uid == geteuid()
            && status.st_mode & 0o077 == 0
    }

    private static func ensureParents(of path: FilePath) throws(PrivateServerError) {
        let parent = path.removingLastComponent()
        var status = stat()
        if parent.isEmpty || stat(parent.string, &status) == 0 { return }
        try ensureParents(of: parent)
        guard mkdir(parent.string, 0o755) == 0 || errno == EEXIST else {
            throw PrivateServerError(
                .directoryUnusable, "The directory \(parent) cannot be made: \(Errno(rawValue: errno)).")
        }
    }
}

extension PrivateServer {
    /// Makes the directory, and sees to it that only this user may enter it.
    ///
    /// - Throws: `PrivateServerError` for one that was there and holds somebody's files: they would be taken for a server's.
    func ensureDirectory() throws(PrivateServerError) {
        if !isServers {
            throw PrivateServerError(
                .directoryUnusable,
                "The directory \(directory) has files in it, and none of them is of a private server.",
                advice: "Give the private server a directory of its own.")
        }
        try OwnDirectory.ensure(directory)
    }

    /// Whether the directory is a private server's, or nobody's yet.
    var isServers: Bool {
        let marks = [data.origin, data.unfinished, serverLock, renewingLock]
        return marks.contains { access($0.string, F_OK) == 0 } || children(of: directory).isEmpty
    }
}
