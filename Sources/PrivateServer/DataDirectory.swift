import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The server's data. It is made beside its place and then moved there, so it is either whole or absent.
struct DataDirectory {
    let path: FilePath
    /// Says whose server made the data, and which version.
    let origin: FilePath
    let unfinished: FilePath
    /// Where data become what an image holds.
    let renewed: FilePath

    init(directory: FilePath) {
        path = directory.appending("data")
        origin = directory.appending("made-by")
        unfinished = directory.appending("data.unfinished")
        renewed = directory.appending("data.renewed")
    }

    var exists: Bool { access(path.string, F_OK) == 0 }

    /// Whose server made the data; nil if nothing says so.
    func madeBy() throws -> ServerFlavor? {
        guard access(origin.string, F_OK) == 0 else { return nil }
        let text = String(decoding: try contents(of: origin), as: UTF8.self)
        return ServerFlavor.allCases.first { text.hasPrefix($0.rawValue) }
    }

    /// The line that says whose server made the data.
    func originLine() throws -> String {
        String(decoding: try contents(of: origin), as: UTF8.self).split(separator: "\n").first.map(String.init) ?? ""
    }

    /// Removes everything.
    func remove() throws {
        for tree in [path, renewed, unfinished] { try removeTree(tree) }
    }

    /// Puts what an image holds in the data's place, which is empty meanwhile.
    ///
    /// - Returns: The files as they were copied.
    func renew(from image: Image, known: [String: FileMark]) throws -> [String: FileMark] {
        if exists {
            try removeTree(renewed)
            guard rename(path.string, renewed.string) == 0 else { throw Errno(rawValue: errno) }
        }
        let marks = try DataCopy(path: renewed).become(image, known: known)
        try writeFile(origin, Array("\(image.origin)\n".utf8))
        guard rename(renewed.string, path.string) == 0 else { throw Errno(rawValue: errno) }
        return marks
    }

    /// Makes the first data: system tables, and one account, `root`, for whoever can open the socket.
    ///
    /// - Parameters:
    ///   - server: Whose data it will be.
    ///   - extra: Further arguments for the program.
    ///   - log: Where the program's messages are.
    ///   - output: The log, open.
    ///   - lifeline: What keeps others away as long as the program runs, even if this process is killed.
    /// - Throws: `PrivateServerError` if the program fails; `Errno` if a file cannot be written.
    func make(
        _ server: ServerArguments, extra: [String], log: ErrorLog, output: FileDescriptor, lifeline: FileDescriptor
    ) throws {
        try removeTree(unfinished)
        let program = server.program
        let child: ChildProcess
        switch program.flavor {
        case .mySQL:
            child = try ChildProcess(
                program.path, server.initializing(data: unfinished, extra: extra), output: output,
                lifeline: lifeline)
        case .mariaDB:
            guard mkdir(unfinished.string, 0o700) == 0 else { throw Errno(rawValue: errno) }
            let script = unfinished.removingLastComponent().appending("bootstrap.sql")
            try writeFile(script, try MariaDBSystemTables(program: program).script())
            let input = try FileDescriptor.open(script, .readOnly, options: .closeOnExec)
            defer {
                close(input.rawValue)
                unlink(script.string)
            }
            child = try ChildProcess(
                program.path, server.bootstrapping(data: unfinished, extra: extra), input: input, output: output,
                lifeline: lifeline)
        }
        try finish(child, program, log)
        try writeFile(origin, Array("\(program.flavor.rawValue) \(program.version)\n".utf8))
        try syncTree(unfinished)
        guard rename(unfinished.string, path.string) == 0 else { throw Errno(rawValue: errno) }
        try sync(path.removingLastComponent())
    }

    private func finish(_ child: ChildProcess, _ program: ServerProgram, _ log: ErrorLog) throws(PrivateServerError) {
        let limit = 300
        guard let ending = child.ending(by: .now + .seconds(limit)) else {
            throw PrivateServerError(
                .timedOut,
                "\(program.path) has been making its first data for \(limit) s, and goes on (pid \(child.id)).",
                log: log.path, logLines: log.lastLines())
        }
        guard ending == .exited(0) else {
            throw PrivateServerError(
                .initializationFailed, "\(program.path) \(ending) while it made its first data in \(path).",
                log: log.path, logLines: log.lastLines())
        }
    }

    /// The bytes on disk.
    func size() -> UInt64 { sizeOfTree(path) }
}
