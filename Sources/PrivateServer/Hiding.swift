import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A server that listens under a name that nobody knows, while a database is made in it of which an image may be kept: an
/// application that connects again by itself would write into the image.
extension PrivateServer {
    /// Who listens, hidden or not.
    ///
    /// - Parameter timeout: Milliseconds to wait for the greeting.
    func listener(timeout: Int) -> SocketListener? {
        SocketListener(at: place.current, timeout: timeout)
            ?? SocketListener(at: hiddenPlace.current, timeout: timeout)
    }

    /// Who listens although nobody has the lock: a server of ours that lost its lock file.
    func stray() -> SocketListener? {
        [place, hiddenPlace].lazy.filter { !$0.leadsElsewhere }.compactMap {
            SocketListener(at: $0.current, timeout: 0)
        }.first
    }

    /// Lets others find a server that is hidden; only for the holder of `renewingLock`. It goes on as it is: a stop and a
    /// start would take longer.
    func reveal() throws(PrivateServerError) {
        guard SocketListener(at: place.current, timeout: 0) == nil,
            SocketListener(at: hiddenPlace.current, timeout: 0) != nil
        else { return }
        try place.lead(to: hiddenPlace)
    }

    /// Lets others find a server that somebody hid and died.
    ///
    /// - Returns: False if somebody renews the server.
    func revealAbandoned() throws(PrivateServerError) -> Bool {
        let taken: FileDescriptor?
        do {
            taken = try FileLock.take(renewingLock, LOCK_EX)
        } catch {
            throw unusable(error)
        }
        guard let lock = taken else { return false }
        defer { close(lock.rawValue) }
        try reveal()
        return true
    }
}
