import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Directories, as far as swift-system leaves them to the C library.
enum Directory {
    /// Creates a directory.
    static func create(_ path: FilePath) throws(SystemPackage.Errno) {
        if mkdir(path.string, 0o777) != 0 { throw SystemPackage.Errno(rawValue: errno) }
    }
}
