import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the socket of a private server is.
///
/// In the server's directory, as `mysql.sock`; but the path of a Unix socket is short (unix(7): 107 bytes on Linux,
/// 103 on macOS), and projects may lie deep. Then the socket lies in a private directory of the user's, and
/// `mysql.sock` is a symbolic link to it, which is also the record of where it is: another process of the same user
/// may have another `XDG_RUNTIME_DIR`.
///
/// A server that is hidden from others has `fresh.sock` instead, in the same way.
struct SocketPlace {
    /// The longest path of a Unix socket in bytes, without the final zero.
    static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// `mysql.sock` in the server's directory: the socket itself, or the link to it.
    let nearby: FilePath
    private let name: String

    /// - Parameter isHidden: Whether it is the place of a server that others are not to find.
    init(directory: FilePath, isHidden: Bool = false) {
        // Of one length: both paths are short enough, or none is.
        name = isHidden ? "fresh.sock" : "mysql.sock"
        nearby = directory.appending(name)
    }

    private var isShortEnough: Bool { nearby.string.utf8.count <= Self.longestPath }

    /// The socket of the server that runs, or that ran last.
    var current: FilePath {
        if isShortEnough { return nearby }
        return linkTarget(of: nearby) ?? chosen(runtimeDirectory: Self.runtimeDirectory())
    }

    /// Whether there is a link to the socket of a server whose directory has, or had, another name. Unless somebody holds this
    /// one's lock, it was copied with the directory.
    var leadsElsewhere: Bool {
        guard let target = linkTarget(of: nearby), target.isAbsolute else { return false }
        return !isOurs(target)
    }

    /// Makes way for a server's socket; only for the holder of the lock.
    ///
    /// - Returns: The path that the server is to listen on.
    /// - Throws: `PrivateServerError` if there is no private place for it.
    func prepare() throws(PrivateServerError) -> FilePath {
        let path: FilePath
        if isShortEnough {
            path = nearby
        } else {
            path = chosen(runtimeDirectory: Self.runtimeDirectory())
            try OwnDirectory.ensure(path.removingLastComponent())
        }
        // MySQL's server reads the pid in the stale `.lock` file, and refuses to start if any process has that number.
        try Self.remove([path.string, path.string + ".lock", nearby.string])
        if path != nearby { try link(to: path.string) }
        return path
    }

    /// Becomes a link to the socket of a hidden server.
    func lead(to hidden: SocketPlace) throws(PrivateServerError) {
        try Self.remove([nearby.string])
        // Without its directory, which may have another name for others, such as in a container.
        try link(to: isShortEnough ? hidden.name : hidden.current.string)
    }

    private static func remove(_ paths: [String]) throws(PrivateServerError) {
        for stale in paths {
            guard unlink(stale) == 0 || errno == ENOENT else {
                throw PrivateServerError(
                    .directoryUnusable,
                    "\(stale), which a server left behind, cannot be removed: \(Errno(rawValue: errno)).")
            }
        }
    }

    private func link(to target: String) throws(PrivateServerError) {
        guard symlink(target, nearby.string) == 0 else {
            throw PrivateServerError(.directoryUnusable, "\(nearby) cannot be made: \(Errno(rawValue: errno)).")
        }
    }

    private func chosen(runtimeDirectory: FilePath) -> FilePath {
        runtimeDirectory.appending(Self.socketName(of: nearby))
    }

    private func isOurs(_ target: FilePath) -> Bool {
        let hidden = SocketPlace(directory: nearby.removingLastComponent(), isHidden: true).nearby
        return [nearby, hidden].contains { target.lastComponent?.string == Self.socketName(of: $0) }
    }

    private static func socketName(of nearby: FilePath) -> String { hash(of: nearby.string) + ".sock" }

    /// `XDG_RUNTIME_DIR` if it is this user's alone, as its specification asks, and otherwise a directory in `/tmp`.
    private static func runtimeDirectory() -> FilePath {
        if let value = getenv("XDG_RUNTIME_DIR").map({ FilePath(String(cString: $0)) }),
            value.isAbsolute, value.string.utf8.count < 60, OwnDirectory.isPrivate(value)
        {
            return value.appending("databasedeploy")
        }
        return FilePath("/tmp/databasedeploy-\(geteuid())")
    }

    /// FNV-1a, 64 bits: enough to tell the directories of one user apart.
    private static func hash(of text: String) -> String {
        let hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// Where a symbolic link points to; nil if there is none.
private func linkTarget(of link: FilePath) -> FilePath? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(link.string, &buffer, buffer.count)
    guard count > 0 else { return nil }
    return FilePath(String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self))
}
