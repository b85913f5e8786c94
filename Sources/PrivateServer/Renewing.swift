import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Data that are thrown away, and made new from an image or from nothing.
extension PrivateServer {
    /// Whether there are data that nobody has said may be thrown away.
    public var holdsOwnData: Bool { isServers && data.exists && access(marker.string, F_OK) != 0 }

    /// Renews this server while nobody else does. Whatever is left hidden then is hidden no more.
    ///
    /// - Returns: The server, where others find it.
    public func renewing(_ body: () throws -> RunningServer) throws -> RunningServer {
        try ensureDirectory()
        let lock: FileDescriptor
        do {
            lock = try FileLock.wait(renewingLock, LOCK_EX)
        } catch {
            throw unusable(error)
        }
        defer { close(lock.rawValue) }
        let renewed = Result { try body() }
        try reveal()
        let server = try renewed.get()
        return RunningServer(
            socket: place.current, id: server.id, version: server.version, started: server.started)
    }

    /// Throws the server's data away, and starts it with those of an image. The server that runs is killed: what it would
    /// write down is not wanted.
    ///
    /// The new data are not waited for on their way to the disk. After a crash of the machine, make them new.
    ///
    /// - Parameter isHidden: Whether others are not to find the server, as an image may be made of what it will hold.
    /// - Returns: nil if the image has gone away meanwhile.
    /// - Throws: `PrivateServerError`, also if the image is not whole, or the server is not the one that wrote it.
    public func start(
        from image: Image, in store: ImageStore, isHidden: Bool
    ) throws(PrivateServerError) -> RunningServer? {
        try renew { lock, deadline in
            let known = knownFiles(of: image)
            let marks: [String: FileMark]
            do {
                guard let copied = try store.using(image, { try data.renew(from: image, known: known) }) else {
                    return nil
                }
                marks = copied
            } catch let problem as ImageProblem {
                throw PrivateServerError(
                    .imageUnusable, "The image \(image.key.prefix(12)) cannot be copied: \(problem).")
            }
            try FileMark.waitForNextTick(beside: directory.appending("tick"))
            try writeFile(marker, Self.markerText(image, marks))
            let server = try launch(lock, by: deadline, isHidden: isHidden, copyOf: program(for: image))
            guard server.version == image.version else {
                throw PrivateServerError(
                    .imageUnusable, "The image \(image.key.prefix(12)) is of \(image.version), not \(server.version).")
            }
            return server
        }
    }

    /// Throws the server's data away, and starts it with first data.
    ///
    /// - Parameter isHidden: Whether others are not to find it, as an image may be made of what it will hold.
    public func startFromNothing(isHidden: Bool) throws(PrivateServerError) -> RunningServer {
        try renew { lock, deadline in
            try data.remove()
            let server = try launch(lock, by: deadline, isHidden: isHidden)
            try writeFile(marker, [])
            return server
        }
    }

    /// Keeps the data of a hidden server as an image: stops it, and starts it where others find it.
    ///
    /// - Returns: The server, and why there is no image, if so.
    public func keep(
        _ key: String, _ title: ImageTitle, in store: ImageStore, version: String
    ) throws(PrivateServerError) -> (server: RunningServer, obstacle: String?) {
        try stop()
        let obstacle: String?
        do {
            guard let lock = try takeLock() else {
                return (try start(isRenewing: true), "somebody else started the server meanwhile")
            }
            try compact(lock)
            let isKept = try store.add(
                key, title, version: version, origin: data.originLine(), data: DataCopy(path: data.path))
            obstacle = isKept ? nil : "it is larger than all images may be together"
        } catch {
            obstacle = "\(error)"
        }
        return (try start(isRenewing: true), obstacle)
    }

    private func renew<Result>(
        _ body: (borrowing LifetimeLock, ContinuousClock.Instant) throws -> Result
    ) throws(PrivateServerError) -> Result {
        try ensureDirectory()
        let deadline = ContinuousClock.now + startTimeout
        var killed: pid_t = 0
        repeat {
            if let lock = try takeLock() {
                do {
                    return try body(lock, deadline)
                } catch let error as PrivateServerError {
                    throw error
                } catch {
                    throw PrivateServerError(
                        .directoryUnusable, "The private server in \(directory) cannot be started: \(error).")
                }
            }
            if let listener = self.listener(timeout: 0), listener.id != killed {
                try terminate(listener, with: SIGKILL)
                killed = listener.id
            }
            // If this process started it, it is ours to bury.
            if killed > 0 { waitpid(killed, nil, WNOHANG) }
            pause(milliseconds: 1)
        } while ContinuousClock.now < deadline
        throw PrivateServerError(
            .stopFailed, "The private server in \(directory) still runs after \(startTimeout).", log: log,
            logLines: ErrorLog(path: log).lastLines())
    }

    /// Makes the redo log of MariaDB's server nearly empty. What it holds is in the data, but it would be copied: the server
    /// begins a new log, of 96 MB in which nothing is written yet, whenever it is told another size.
    private func compact(_ lock: borrowing LifetimeLock) throws {
        let program = try fittingProgram()
        guard program.flavor == .mariaDB else { return }
        let (log, output) = try ErrorLog.open(log)
        defer { close(output.rawValue) }
        for size in ["5M", nil] {
            let child = try ChildProcess(
                program.path,
                ServerArguments(program: program, temporary: temporary)
                    .compacting(data: data.path, logSize: size, extra: arguments), output: output,
                lifeline: lock.descriptor)
            guard child.ending(by: .now + stopTimeout) == .exited(0) else {
                throw PrivateServerError(
                    .initializationFailed, "\(program.path) cannot begin a new redo log.", log: log.path,
                    logLines: log.lastLines())
            }
        }
    }

    // MARK: The marker

    /// The image, and the run of the machine: after a crash, what was not waited for need not be on the disk, whatever the marks
    /// say. Nil where nothing tells that there was one.
    private static func markerHead(_ image: Image) -> String? {
        bootIdentity().map { "\(image.id) \($0)" }
    }

    private static func markerText(_ image: Image, _ marks: [String: FileMark]) -> [UInt8] {
        guard let head = markerHead(image) else { return [] }
        var text = head + "\n"
        for (path, mark) in marks { text += "\(mark.text) \(path)\n" }
        return Array(text.utf8)
    }

    /// The files that were copied from this very image since the machine was started, as they were then.
    private func knownFiles(of image: Image) -> [String: FileMark] {
        let text: [UInt8]
        do { text = try contents(of: marker) } catch { return [:] }
        var lines = text.split(separator: 0x0A)[...]
        guard let head = lines.popFirst(), let expected = Self.markerHead(image), head.elementsEqual(expected.utf8)
        else { return [:] }
        var marks: [String: FileMark] = [:]
        for line in lines {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", maxSplits: 6)
            guard words.count == 7, let mark = FileMark(words[..<6]) else { continue }
            marks[String(words[6])] = mark
        }
        return marks
    }
}
