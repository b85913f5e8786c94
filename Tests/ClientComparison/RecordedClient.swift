import Glibc
import Synchronization

struct ClientFailure: Error {
    let call: String
    let code: Int32
}

/// Runs the `mariadb` client on a script, against an endpoint of our own, and tells what it sent.
///
/// The client runs with `--sandbox`, so that nothing in a script starts a program or touches a file.
final class RecordedClient {
    private let directory: String
    private let socketPath: String
    private let listener: Int32

    init() throws {
        var template = Array("/tmp/recorded-client.XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw ClientFailure(call: "mkdtemp", code: errno) }
        directory = String(cString: made)
        socketPath = directory + "/s"
        listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socketPath.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listener, $0, size) }
        }
        guard bound == 0, listen(listener, 8) == 0 else { throw ClientFailure(call: "listen", code: errno) }
    }

    deinit {
        close(listener)
        unlink(socketPath)
        unlink(directory + "/in")
        rmdir(directory)
    }

    private static let starting = Mutex(())

    static var isInstalled: Bool { access("/usr/bin/mariadb", X_OK) == 0 }

    /// What the client sends for the script, in order.
    func requests(for script: [UInt8]) throws -> [Request] {
        let input = try inputFile(script)
        var errors: Int32 = -1
        // Under the lock no other client is started that would keep our end of the pipe open.
        let process = try Self.starting.withLock { _ in
            var pipes: [Int32] = [0, 0]
            guard pipe(&pipes) == 0 else { throw ClientFailure(call: "pipe", code: errno) }
            defer { close(pipes[1]) }
            for end in pipes { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            errors = pipes[0]
            return try start(input: input, errors: pipes[1])
        }
        close(input)
        defer { close(errors) }
        let requests = try serve(errors: errors)
        var status: Int32 = 0
        guard waitpid(process, &status, 0) == process else { throw ClientFailure(call: "waitpid", code: errno) }
        return requests
    }

    private func inputFile(_ script: [UInt8]) throws -> Int32 {
        let file = open(directory + "/in", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ClientFailure(call: "open", code: errno) }
        var written = 0
        while written < script.count {
            let count = script.withUnsafeBytes { write(file, $0.baseAddress.map { $0 + written }, $0.count - written) }
            guard count > 0 else { throw ClientFailure(call: "write", code: errno) }
            written += count
        }
        lseek(file, 0, SEEK_SET)
        return file
    }

    private func start(input: Int32, errors: Int32) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        let arguments = [
            "mariadb", "--no-defaults", "--batch", "--comments", "--force", "--sandbox", "--skip-auto-rehash",
            "--default-character-set=utf8mb4", "--socket=" + socketPath, "--user=x",
        ]
        let environment = ["PATH=/usr/bin:/bin", "EDITOR=true", "PAGER=cat", "HOME=" + directory]
        var process: pid_t = 0
        let code = Self.withStrings(arguments) { arguments in
            Self.withStrings(environment) { environment in
                posix_spawn(&process, "/usr/bin/mariadb", &actions, nil, arguments, environment)
            }
        }
        guard code == 0 else { throw ClientFailure(call: "posix_spawn", code: code) }
        return process
    }

    private static func withStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }

    /// Answers until the client has closed its standard error, which is when it ends.
    private func serve(errors: Int32) throws -> [Request] {
        var requests: [Request] = []
        var connection: Int32 = -1
        var conversation = RecordingConversation(modes: EchoedModes())
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        defer { if connection >= 0 { close(connection) } }
        while true {
            var polled = [
                pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
                pollfd(fd: connection >= 0 ? connection : listener, events: Int16(POLLIN), revents: 0),
            ]
            let ready = poll(&polled, 2, 30_000)
            guard ready > 0 else { throw ClientFailure(call: "poll", code: ready == 0 ? ETIMEDOUT : errno) }
            if polled[1].revents != 0 {
                if connection < 0 {
                    connection = accept(listener, nil, nil)
                    guard connection >= 0 else { throw ClientFailure(call: "accept", code: errno) }
                    conversation = RecordingConversation(modes: EchoedModes())
                    Self.send(RecordingConversation.greeting, to: connection)
                    continue
                }
                let count = read(connection, &buffer, buffer.count)
                if count > 0 {
                    let answer = buffer.withUnsafeBytes { conversation.answer(to: .init(rebasing: $0[..<count])) }
                    Self.send(answer, to: connection)
                }
                if count <= 0 || conversation.isClosed {
                    requests += conversation.requests
                    close(connection)
                    connection = -1
                }
            } else if polled[0].revents != 0 {
                if read(errors, &buffer, buffer.count) <= 0 {
                    return requests + (connection >= 0 ? conversation.requests : [])
                }
            }
        }
    }

    private static func send(_ bytes: [UInt8], to connection: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            // The client may be gone; that is seen at the next read.
            if count <= 0 { return }
            sent += count
        }
    }
}
