import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension PrivateServer {
    /// Starts the server, or finds it running. Several processes may do so at the same moment: one starts it, and the
    /// others wait for it.
    ///
    /// - Returns: The server, which answers.
    /// - Throws: `PrivateServerError`, also when there is no server program on this machine.
    @discardableResult
    public func start() throws(PrivateServerError) -> RunningServer { try start(isRenewing: false) }

    /// - Parameter isRenewing: Whether this process holds the lock of those who renew the server. Others wait until they are done.
    func start(isRenewing: Bool) throws(PrivateServerError) -> RunningServer {
        try ensureDirectory()
        let deadline = ContinuousClock.now + startTimeout
        repeat {
            let mayStart = isRenewing ? true : try revealAbandoned()
            if mayStart, let lock = try takeLock() {
                do {
                    return try launch(lock, by: deadline)
                } catch let error as PrivateServerError {
                    throw error
                } catch {
                    throw PrivateServerError(
                        .directoryUnusable, "The private server in \(directory) cannot be started: \(error).")
                }
            }
            // Somebody has the lock: a server that serves, one that starts or ends, or a starter before it.
            if let listener = SocketListener(at: place.current, timeout: 1000), let version = listener.version {
                return RunningServer(socket: place.current, id: listener.id, version: version, started: false)
            }
            pause(milliseconds: 5)
        } while ContinuousClock.now < deadline
        throw timedOut(ErrorLog(path: log))
    }

    /// Starts the server, with the lock in hand: so none runs, and whatever lies about is stale.
    ///
    /// - Parameters:
    ///   - isHidden: Whether others are not to find it yet.
    ///   - known: Whose image the data are a copy of, in place; it need not be asked for its version.
    func launch(
        _ lock: borrowing LifetimeLock, by deadline: ContinuousClock.Instant, isHidden: Bool = false,
        copyOf known: ServerProgram? = nil
    ) throws -> RunningServer {
        try endStray()
        let program = try known ?? fittingProgram()
        let (log, output) = try ErrorLog.open(log)
        defer { close(output.rawValue) }
        try OwnDirectory.ensure(temporary)
        if !data.exists {
            // These are somebody's data, unless who asks for them says otherwise.
            unlink(marker.string)
            let making = ServerArguments(program: program, temporary: temporary)
            try data.make(
                making, extra: initializationArguments, log: log, output: output, lifeline: lock.descriptor)
        }
        // Both: a link from the one to the other may be left.
        let sockets = (seen: try place.prepare(), hidden: try hiddenPlace.prepare())
        let socket = isHidden ? sockets.hidden : sockets.seen
        guard unlink(pidFile.string) == 0 || errno == ENOENT else { throw Errno(rawValue: errno) }
        let serving = ServerArguments(program: program, temporary: temporary)
            .serving(data: data.path, socket: socket, pidFile: pidFile, isCopy: known != nil, extra: arguments)
        let child = try ChildProcess(program.path, serving, output: output, lifeline: lock.descriptor)
        while ContinuousClock.now < deadline {
            if let ending = child.ending() {
                throw PrivateServerError(
                    .startFailed, "The private server in \(directory) \(ending) before it answered.", log: log.path,
                    logLines: log.lastLines())
            }
            if let listener = SocketListener(at: socket, timeout: 1000), let version = listener.version {
                return RunningServer(socket: socket, id: listener.id, version: version, started: true)
            }
            pause(milliseconds: 2)
        }
        throw timedOut(log)
    }

    /// The program that can read the data there is.
    func fittingProgram() throws -> ServerProgram {
        let origin = data.exists ? try data.madeBy() : nil
        guard let program else { return try ServerProgram.find(origin) }
        let given = try ServerProgram(program)
        if let origin, origin != given.flavor {
            throw PrivateServerError(
                .programUnfit,
                "\(program) is \(given.flavor.rawValue)'s, but \(origin.rawValue) made the data in \(directory), and the two "
                    + "cannot read each other's.",
                advice: "Take a \(origin.rawValue) server program, or remove \(directory) with all its data.")
        }
        return given
    }

    /// Ends a server that listens on the socket although nobody has the lock: its directory, or the lock file, was
    /// removed while it ran. Left alone, it would run for ever, and unseen.
    private func endStray() throws(PrivateServerError) {
        guard let stray = self.stray() else { return }
        try terminate(stray)
        let deadline = ContinuousClock.now + stopTimeout
        // If this process started it, it is ours to bury.
        while waitpid(stray.id, nil, WNOHANG) != stray.id, kill(stray.id, 0) == 0 {
            guard ContinuousClock.now < deadline else {
                throw PrivateServerError(
                    .stopFailed,
                    "The server (pid \(stray.id)) whose directory \(directory) was removed does not stop.")
            }
            pause(milliseconds: 5)
        }
    }

    private func timedOut(_ log: ErrorLog) -> PrivateServerError {
        PrivateServerError(
            .timedOut,
            "The private server in \(directory) does not answer after \(startTimeout). It was left running.",
            advice: """
                Wait, and try again: it may be repairing its data after a crash, or `server start --fresh` has not filled it yet.
                """, log: log.path, logLines: log.lastLines())
    }
}
