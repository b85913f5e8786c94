import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension PrivateServer {
    /// Stops the server, and waits until it is gone, with everything on disk.
    ///
    /// - Returns: Whether one ran.
    /// - Throws: `PrivateServerError` if it does not end in time; it is never killed, as it may be writing.
    @discardableResult
    public func stop() throws(PrivateServerError) -> Bool {
        guard access(directory.string, F_OK) == 0 else { return false }
        let deadline = ContinuousClock.now + stopTimeout
        let patience = ContinuousClock.now + stopTimeout / 4
        var asked: pid_t?
        var seen = false
        repeat {
            let lock = try takeLock()
            if lock != nil {
                guard let stray = self.stray() else {
                    // The kernel frees the lock a moment before the process is gone.
                    while let asked, waitpid(asked, nil, WNOHANG) == 0, ContinuousClock.now < deadline {
                        pause(milliseconds: 1)
                    }
                    return seen
                }
                _ = consume lock
                if asked != stray.id { try terminate(stray) }
                asked = stray.id
            } else if asked == nil, let listener = self.listener(timeout: 1000),
                // MariaDB's server hangs for ever if it is asked between its first listening and its first answer.
                listener.version != nil || ContinuousClock.now > patience
            {
                try terminate(listener)
                asked = listener.id
            }
            seen = true
            // If this process started it, it is ours to bury.
            if let asked { waitpid(asked, nil, WNOHANG) }
            pause(milliseconds: 5)
        } while ContinuousClock.now < deadline
        let whom = asked.map { " (pid \($0))" } ?? ""
        throw PrivateServerError(
            .stopFailed, "The private server in \(directory)\(whom) still runs after \(stopTimeout).", log: log,
            logLines: ErrorLog(path: log).lastLines())
    }

    /// Asks the process that listens on our socket to end. The kernel names it, so no pid file can lead us to another.
    func terminate(_ listener: SocketListener, with signal: Int32 = SIGTERM) throws(PrivateServerError) {
        guard listener.id > 1, listener.user == geteuid() || geteuid() == 0 else {
            throw PrivateServerError(
                .stopFailed,
                "The server that listens on \(place.current) runs as another user (\(listener.user)) or in another container "
                    + "(pid \(listener.id)), and cannot be stopped from here.")
        }
        guard kill(listener.id, signal) == 0 || errno == ESRCH else {
            throw PrivateServerError(
                .stopFailed, "The server (pid \(listener.id)) cannot be stopped: \(Errno(rawValue: errno)).")
        }
    }
}
