import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whose server it is. They start alike but make their first data in different ways, and cannot read each other's.
public enum ServerFlavor: String, Sendable, CaseIterable {
    case mariaDB = "MariaDB"
    case mySQL = "MySQL"
}

/// A server program on this machine.
struct ServerProgram {
    let path: FilePath
    let flavor: ServerFlavor
    /// As the program gives it, such as `10.11.14-MariaDB-0+deb12u2`.
    let version: String

    /// A program that is known already.
    init(path: FilePath, flavor: ServerFlavor, version: String) {
        self.path = path
        self.flavor = flavor
        self.version = version
    }

    /// Asks the program for its version, and by that finds out whose it is: `mysqld` may be either.
    ///
    /// - Throws: `PrivateServerError` if it cannot be run, or is another program.
    init(_ path: FilePath) throws(PrivateServerError) {
        guard access(path.string, X_OK) == 0 else {
            throw PrivateServerError(
                .programMissing, "The server program \(path) cannot be run: \(Errno(rawValue: errno)).",
                advice: Self.installation)
        }
        let answer: String
        do {
            answer = try Self.output(of: path, ["--no-defaults", "--version"])
        } catch {
            throw PrivateServerError(.programUnfit, "The server program \(path) cannot be run: \(error).")
        }
        // "mariadbd  Ver 10.11.14-MariaDB-0+deb12u2 for debian-linux-gnu on x86_64 (Debian 12)"
        let words = answer.split(whereSeparator: \.isWhitespace)
        guard let mark = words.firstIndex(of: "Ver"), mark + 1 < words.endIndex else {
            throw PrivateServerError(
                .programUnfit,
                "\(path) is no server program of MariaDB or MySQL; asked for its version it said: \(answer.prefix(99))")
        }
        self.path = path
        version = String(words[mark + 1])
        flavor = version.contains("MariaDB") ? .mariaDB : .mySQL
    }

    /// Finds the server program where Debian, Fedora and Homebrew put it, MariaDB's before MySQL's.
    ///
    /// - Parameter flavor: Whose it has to be; nil takes either.
    /// - Throws: `PrivateServerError` with what to install, if there is none.
    static func find(_ flavor: ServerFlavor?) throws(PrivateServerError) -> ServerProgram {
        var failure: PrivateServerError?
        for path in places() where access(path.string, X_OK) == 0 {
            do {
                let program = try ServerProgram(path)
                if flavor == nil || program.flavor == flavor { return program }
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
        let wanted = flavor.map { "no \($0.rawValue) server program, but \($0.rawValue) made the data of this server" }
        throw PrivateServerError(
            .programMissing,
            "There is " + (wanted ?? "no MariaDB or MySQL server program on this machine (mariadbd or mysqld)") + ".",
            advice: installation)
    }

    /// The place where ``find(_:)`` looks first; nothing is run for it.
    static func first() -> FilePath? {
        places().first { access($0.string, X_OK) == 0 }
    }

    static let installation = """
        Install one: `apt install mariadb-server` (Debian, Ubuntu), `dnf install mariadb-server` (Fedora), \
        `brew install mariadb` (Homebrew). The service that a package may bring along is not needed.
        """

    /// Every place where a system keeps the program, the most likely first.
    private static func places() -> [FilePath] {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let searched = path.split(separator: ":").map { FilePath(String($0)) }.filter(\.isAbsolute)
        let usual: [FilePath] = [
            "/usr/sbin", "/usr/libexec", "/usr/bin", "/usr/local/sbin", "/usr/local/libexec", "/usr/local/bin",
        ]
        // Homebrew links none of the versioned formulas (mariadb@11.4) into its bin.
        let homebrew: [FilePath] = ["/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"]
        let kegs = homebrew.flatMap { prefix in
            [prefix.appending("bin")]
                + entries(of: prefix.appending("opt")).filter { $0.hasPrefix("mariadb") || $0.hasPrefix("mysql") }
                .sorted(by: >).map { prefix.appending("opt").appending($0).appending("bin") }
        }
        let directories = usual + searched + kegs + ["/usr/local/mysql/bin", "/opt/mysql/bin", "/usr/lib/mysql"]
        return ["mariadbd", "mysqld"].flatMap { name in directories.map { $0.appending(name) } }
    }

    private static func entries(of directory: FilePath) -> [String] {
        guard let stream = opendir(directory.string) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) { names.append(name(of: entry)) }
        return names
    }

    private static func output(of program: FilePath, _ arguments: [String]) throws -> String {
        let pipe = try FileDescriptor.pipe()
        defer { close(pipe.readEnd.rawValue) }
        for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
        let child: ChildProcess
        do {
            defer { close(pipe.writeEnd.rawValue) }
            child = try ChildProcess(program, arguments, output: pipe.writeEnd)
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 1 << 16 {
            let count = try buffer.withUnsafeMutableBytes { try pipe.readEnd.read(into: $0) }
            if count == 0 { break }
            bytes += buffer.prefix(count)
        }
        _ = child.ending(by: .now + .seconds(10))
        return String(decoding: bytes, as: UTF8.self)
    }
}
