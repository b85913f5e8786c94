import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The lock that a server holds for as long as it lives, and a starter until its server holds it.
///
/// A lock of `flock(2)` belongs to the open file, and the server inherits the open file from the process that starts
/// it. So the kernel frees it at the very moment when the last of them is gone, by `kill -9` or a power failure too:
/// a free lock says that no server runs, and no pid has to be trusted for that. It also makes two starts at the same
/// moment end with one server.
struct LifetimeLock: ~Copyable {
    let descriptor: FileDescriptor

    /// Takes the lock without waiting.
    ///
    /// - Returns: nil if a server, or somebody who starts one, holds it.
    /// - Throws: `Errno` if the file cannot be opened or locked.
    static func take(_ path: FilePath) throws -> LifetimeLock? {
        let opened = try FileDescriptor.open(
            path, .readWrite, options: [.create, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
        defer { close(opened.rawValue) }
        // Beyond the numbers that a child's standard descriptors and lifeline are put at.
        let raised = fcntl(opened.rawValue, F_DUPFD_CLOEXEC, 10)
        guard raised >= 0 else { throw Errno(rawValue: errno) }
        let lock = LifetimeLock(descriptor: FileDescriptor(rawValue: raised))
        while flock(raised, LOCK_EX | LOCK_NB) != 0 {
            if errno == EWOULDBLOCK { return nil }
            guard errno == EINTR else { throw Errno(rawValue: errno) }
        }
        return lock
    }

    /// Never `LOCK_UN`: that would take the lock from the server too. Closing takes it only from this process.
    deinit {
        close(descriptor.rawValue)
    }
}
