import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What there is to know about a private server at one moment.
public struct PrivateServerStatus: Sendable {
    public enum State: Sendable, Equatable {
        case stopped
        /// It starts, or ends, or does not answer, or is hidden.
        case busy
        case running(RunningServer)
    }

    public let state: State
    public let directory: FilePath
    /// The server's error log.
    public let log: FilePath
    /// Whether the server has been started before, so that there is data.
    public let initialized: Bool
    /// The bytes that the data takes on disk.
    public let dataBytes: UInt64
    /// How long it has been running; nil unless it does.
    public let uptime: Duration?
}

extension PrivateServer {
    /// Looks at the server, and changes nothing.
    ///
    /// - Throws: `PrivateServerError` if the directory cannot be read.
    public func status() throws(PrivateServerError) -> PrivateServerStatus {
        var state = PrivateServerStatus.State.stopped
        var uptime: Duration?
        if access(directory.appending("server.lock").string, F_OK) == 0 {
            let lock = try takeLock()
            if lock == nil { (state, uptime) = look() }
        }
        return PrivateServerStatus(
            state: state, directory: directory, log: log, initialized: data.exists, dataBytes: data.size(),
            uptime: uptime)
    }

    private func look() -> (PrivateServerStatus.State, Duration?) {
        let socket = place.current
        guard let listener = SocketListener(at: socket, timeout: 1000), let version = listener.version else {
            return (.busy, nil)
        }
        let server = RunningServer(socket: socket, id: listener.id, version: version, started: false)
        // The server makes its socket when it starts, and never touches it again; a link to it may be younger.
        var status = stat()
        guard stat(socket.string, &status) == 0 else { return (.running(server), nil) }
        #if canImport(Darwin)
            let made = status.st_mtimespec
        #else
            let made = status.st_mtim
        #endif
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let seconds = now.tv_sec - made.tv_sec
        return (.running(server), .seconds(max(0, seconds)))
    }
}
