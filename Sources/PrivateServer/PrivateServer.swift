import SystemPackage

/// A MariaDB or MySQL server that belongs to one directory, and to the user who owns that directory.
///
/// It listens on a Unix socket only. It outlives the process that started it, and is found again by the next one.
///
/// Its one account is `root` without a password: what protects it is the directory, which nobody else may enter
/// (mode 0700), as with an SQLite file. An account that the server ties to a system user's name (MariaDB's plugin
/// `unix_socket`) would add nothing to that, and would shut out the owner wherever his name differs.
public struct PrivateServer: Sendable {
    /// The directory with the data, the error log and, where its path is short enough, the socket.
    public let directory: FilePath
    /// The server program; nil looks where systems keep it.
    public let program: FilePath?
    /// Further arguments for the server, such as `--max-allowed-packet=1G`. They count when it is started, not for one
    /// that runs already.
    public var arguments: [String] = []
    /// Further arguments for the making of its first data, such as `--lower-case-table-names=1`.
    public var initializationArguments: [String] = []
    /// How long a start waits for the server to answer. The repair of a large database after a crash takes its time; a
    /// server that gives up is noticed at once.
    public var startTimeout: Duration = .seconds(300)
    /// How long a stop waits for the server to write everything down and end.
    public var stopTimeout: Duration = .seconds(120)

    /// - Parameters:
    ///   - directory: The server's directory; made on the first start.
    ///   - program: `mariadbd` or `mysqld`; nil looks where Debian, Fedora and Homebrew put it, and in `PATH`.
    public init(directory: FilePath, program: FilePath? = nil) {
        self.directory = absolute(directory)
        self.program = program.map(absolute)
    }

    /// The name of the account.
    public static let user = "root"

    /// The socket, also while no server runs. The path of the one that runs is in what ``start()`` gives back.
    public var socket: FilePath { place.current }

    /// What the server says to the person who looks after it.
    public var log: FilePath { directory.appending("error.log") }

    var place: SocketPlace { SocketPlace(directory: directory) }
    var hiddenPlace: SocketPlace { SocketPlace(directory: directory, isHidden: true) }
    var data: DataDirectory { DataDirectory(directory: directory) }
    var temporary: FilePath { directory.appending("tmp") }
    /// Says that the data may be thrown away, and which files are as they were in an image, up to a crash of the machine.
    var marker: FilePath { directory.appending("fresh") }
    var pidFile: FilePath { directory.appending("server.pid") }
    /// Held by who renews the data.
    var renewingLock: FilePath { directory.appending("renewing.lock") }

    var serverLock: FilePath { directory.appending("server.lock") }

    /// Takes the lock that says whether a server lives.
    func takeLock() throws(PrivateServerError) -> LifetimeLock? {
        do {
            return try LifetimeLock.take(serverLock)
        } catch {
            throw unusable(error)
        }
    }

    /// What it means that a lock cannot be had.
    func unusable(_ error: any Error) -> PrivateServerError {
        PrivateServerError(.directoryUnusable, "The directory \(directory) cannot be used: \(error).")
    }
}

/// A private server that runs.
public struct RunningServer: Sendable, Equatable {
    /// Where it listens.
    public let socket: FilePath
    /// The process, by the kernel's word.
    public let id: Int32
    /// As the server gives it, such as `10.11.14-MariaDB-0+deb12u2`.
    public let version: String
    /// Whether this very call started it; false if it ran already.
    public let started: Bool

    /// The name of the account; it has no password.
    public var user: String { PrivateServer.user }

    public var flavor: ServerFlavor { version.contains("MariaDB") ? .mariaDB : .mySQL }

    /// The address as other commands take it: `mysql://root@localhost/?socket=/path`.
    public var url: String {
        let plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8
        let path = socket.string.utf8.map { byte in
            if plain.contains(byte) { return String(UnicodeScalar(byte)) }
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.utf8.count == 1 ? "0" : "") + digits
        }
        return "mysql://\(user)@localhost/?socket=" + path.joined()
    }
}
