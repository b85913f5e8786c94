import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs a command of the configuration, for what it prints.
///
/// Plainly by `posix_spawn`: an asynchronous library needs a thread of Swift's shared pool for every step, and who waits for
/// it here may hold the last one.
enum ShellCommand {
    enum Outcome: Sendable {
        case output(String)
        /// Why not, as the end of a sentence; never what the command printed.
        case failed(String)
    }

    /// Runs `/bin/sh -c` in `directory`, without input, and waits for its end. The output is without a byte order mark.
    ///
    /// - Parameter limit: Bytes that it may print.
    static func run(_ command: String, variables: [String: String], directory: FilePath, limit: Int) -> Outcome {
        do {
            let pipe = try FileDescriptor.pipe()
            for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
            defer { close(pipe.readEnd.rawValue) }
            let id = spawn(command, variables, directory, output: pipe.writeEnd)
            try pipe.writeEnd.close()
            guard let id else { return .failed("could not be started") }
            let printed = try read(pipe.readEnd, limit: limit)
            if printed == nil { kill(id, SIGKILL) }
            var status: Int32 = 0
            while waitpid(id, &status, 0) < 0 && errno == EINTR {}
            guard let printed else { return .failed("printed more than \(ByteCount(bytes: limit))") }
            // The layout that WIFEXITED and its like take apart; Swift does not see those macros.
            if status & 0x7f != 0 { return .failed("was ended by signal \(status & 0x7f)") }
            if status != 0 { return .failed("ended with exit status \(status >> 8 & 0xff)") }
            // A byte order mark is no part of the text, as in files.
            let bytes = printed.starts(with: [0xEF, 0xBB, 0xBF]) ? printed[3...] : printed[...]
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .failed("did not print UTF-8 text")
            }
            return .output(text)
        } catch {
            return .failed("could not be started")
        }
    }

    /// All that a file gives; nil if that is more than the limit.
    private static func read(_ file: FileDescriptor, limit: Int) throws -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= limit {
            let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        return nil
    }

    /// - Returns: The process; nil if it could not be started.
    private static func spawn(
        _ command: String, _ variables: [String: String], _ directory: FilePath, output: FileDescriptor
    ) -> pid_t? {
        #if canImport(Glibc)
            var actions = posix_spawn_file_actions_t()
        #else
            var actions: posix_spawn_file_actions_t?
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.rawValue, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        let words = ["/bin/sh", "-c", "cd \"$0\" && exec /bin/sh -c \"$1\"", directory.string, command]
        let arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        let environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0)=\($1)") }
        defer { for text in arguments + environment { free(text) } }
        var id: pid_t = 0
        let failure = posix_spawn(&id, "/bin/sh", &actions, nil, arguments + [nil], environment + [nil])
        return failure == 0 ? id : nil
    }
}
