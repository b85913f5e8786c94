import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The process that listens on a Unix socket, as the kernel and its first packet tell it.
struct SocketListener {
    /// The process that listens; the kernel's word, not that of a pid file. 0 if it is in another pid namespace.
    let id: pid_t
    /// The user that it runs as.
    let user: uid_t
    /// The version from the greeting that a MySQL or MariaDB server sends first; nil if there was none in time.
    let version: String?

    /// Connects, and waits for the greeting.
    ///
    /// - Parameter timeout: Milliseconds to wait for the greeting. As the server's death closes the connection, a long
    ///   wait never outlasts the server.
    /// - Returns: nil if nobody listens there.
    init?(at socketPath: FilePath, timeout: Int) {
        let socket = Self.connected(to: socketPath)
        guard socket >= 0 else { return nil }
        defer { close(socket) }
        guard let peer = Self.peer(of: socket) else { return nil }
        (id, user) = peer
        version = Self.greeting(from: socket, timeout: timeout)
    }

    private static func connected(to path: FilePath) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.string.utf8)
        guard bytes.count <= SocketPlace.longestPath else { return -1 }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        #if canImport(Glibc)
            let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { return -1 }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        // A full queue of connections (a server that hangs) makes connect() wait; not for long.
        var wait = timeval(tv_sec: 1, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            close(descriptor)
            return -1
        }
        return descriptor
    }

    #if canImport(Darwin)
        private static func peer(of socket: Int32) -> (pid_t, uid_t)? {
            var id: pid_t = 0
            var size = socklen_t(MemoryLayout<pid_t>.size)
            var user: uid_t = 0
            var group: gid_t = 0
            guard getsockopt(socket, SOL_LOCAL, LOCAL_PEERPID, &id, &size) == 0, getpeereid(socket, &user, &group) == 0
            else { return nil }
            return (id, user)
        }
    #else
        /// `SO_PEERCRED` gives the process that called listen(), see unix(7).
        private static func peer(of socket: Int32) -> (pid_t, uid_t)? {
            // `struct ucred`: pid, uid and gid, 32 bits each; Swift does not see it.
            var credentials: (id: Int32, user: UInt32, group: UInt32) = (0, 0, 0)
            var size = socklen_t(MemoryLayout.size(ofValue: credentials))
            guard getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 else { return nil }
            return (credentials.id, credentials.user)
        }
    #endif

    /// Reads the first packet: "Protocol::HandshakeV10", with the version after the byte 10.
    private static func greeting(from socket: Int32, timeout: Int) -> String? {
        var packet: [UInt8] = []
        let deadline = ContinuousClock.now + .milliseconds(timeout)
        while packet.count < 4 || packet.count < 4 + length(of: packet) {
            let left = (deadline - ContinuousClock.now) / .milliseconds(1)
            var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let ready = poll(&wanted, 1, max(0, Int32(left)))
            if ready < 0 && errno == EINTR { continue }
            guard ready > 0 else { return nil }
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = read(socket, &buffer, buffer.count)
            guard count > 0 else { return nil }
            packet += buffer.prefix(count)
        }
        // 255 begins an error, such as "too many connections": it answers, so it lives.
        if packet[4] == 0xff { return "" }
        guard packet[4] == 10 else { return nil }
        let version = String(decoding: packet[5...].prefix { $0 != 0 }, as: UTF8.self)
        // MariaDB before 11 puts 5.5.5- before its version, for the sake of old replicas.
        return version.hasPrefix("5.5.5-") ? String(version.dropFirst(6)) : version
    }

    private static func length(of packet: [UInt8]) -> Int {
        Int(packet[0]) | Int(packet[1]) << 8 | Int(packet[2]) << 16
    }
}
