import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Directories, as far as swift-system leaves them to the C library.
enum Directory {
    /// Creates a directory for this user only, unless it is there.
    ///
    /// - Returns: Whether it was missing.
    static func createIfMissing(_ path: FilePath) throws(SystemPackage.Errno) -> Bool {
        if mkdir(path.string, 0o700) == 0 { return true }
        if errno != EEXIST { throw SystemPackage.Errno(rawValue: errno) }
        return false
    }

    /// Puts a file in the place of another, at once.
    static func rename(_ path: FilePath, to new: FilePath) throws(SystemPackage.Errno) {
        #if canImport(Glibc)
            let result = Glibc.rename(path.string, new.string)
        #else
            let result = Darwin.rename(path.string, new.string)
        #endif
        if result != 0 { throw SystemPackage.Errno(rawValue: errno) }
    }

    /// Creates a directory.
    static func create(_ path: FilePath) throws(SystemPackage.Errno) {
        if mkdir(path.string, 0o777) != 0 { throw SystemPackage.Errno(rawValue: errno) }
    }
}
