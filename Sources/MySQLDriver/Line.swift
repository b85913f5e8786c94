import CMariaDB

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A connection's socket, which another thread can shut down while a call of the library waits for the server.
struct Line: Sendable {
    private let socket: Int32
    /// Which socket has that number: when the library has closed it, another one may.
    private let identity: UInt64?

    init(_ connection: Connection) {
        socket = Int32(mysql_get_socket(connection.handle))
        identity = Self.identity(of: socket)
    }

    /// Shuts the socket down, if it is still open: who waits for what comes from it waits no more.
    func cut() {
        guard let identity, Self.identity(of: socket) == identity else { return }
        shutdown(socket, Int32(SHUT_RDWR))
    }

    private static func identity(of socket: Int32) -> UInt64? {
        var status = stat()
        return fstat(socket, &status) == 0 ? UInt64(status.st_ino) : nil
    }
}
