import Foundation
import PrivateServer
import Synchronization
import SystemPackage

/// A server that tests run on: each kind there is on this machine, started once per test process, on first use.
///
/// Write `@Test(arguments: TestServer.all)`, and take databases of your own: `server.databaseName()`. Its servers die
/// with the test process, also when that is killed.
public final class TestServer: Sendable, CustomStringConvertible {
    /// The servers that can be had here.
    public static let all: [TestServer] = found.compactMap { $0.server }

    /// What the tests did not run on, and why, a line each; empty if there is everything.
    public static let missing: [String] = found.compactMap { $0.missing }

    public let flavor: ServerFlavor
    /// Such as `10.11.14`.
    public let version: String
    /// The server program.
    public let program: FilePath
    /// The command line client of the same product if it is here, and otherwise MariaDB's.
    public let client: FilePath

    private let started = Mutex<RunningServer?>(nil)

    /// Such as `MariaDB 10.11.14`: what a parameterised test shows.
    public var name: String { "\(flavor.rawValue) \(version)" }
    public var description: String { name }

    /// The name of the account; it has no password.
    public var user: String { PrivateServer.user }

    /// The socket of the shared server, which is started now if it does not run yet.
    public var socket: FilePath {
        get throws { try running().socket }
    }

    /// The shared server, which is started now if it does not run yet.
    public func running() throws -> RunningServer {
        try started.withLock { started in
            if let started { return started }
            let server = try fresh().start()
            started = server
            return server
        }
    }

    /// A server of a test's own, not started yet, in a directory of its own: for tests that kill it, or that need
    /// `arguments` such as `--max-allowed-packet=1M`.
    public func fresh(arguments: [String] = []) throws -> PrivateServer {
        let directory = try RunDirectory.scratch(flavor.rawValue.lowercased())
        try DataTemplate(program: program, flavor: flavor, version: version).copy(to: directory)
        var server = PrivateServer(directory: directory, program: program)
        server.arguments = arguments
        return server
    }

    /// A name that no other test has, for a database.
    public func databaseName(_ prefix: String = "test") -> String {
        prefix + "_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased().prefix(12)
    }

    /// What the command line client prints for `sql`: tab-separated lines without headings.
    ///
    /// - Throws: `CommandFailure` with what the client said.
    @discardableResult
    public func query(_ sql: String, database: String? = nil, on socket: FilePath? = nil) throws -> String {
        let socket = try socket ?? self.socket
        let options = ["--no-defaults", "--socket=\(socket)", "--user=\(user)", "--batch", "--skip-column-names"]
        return try run(client, options + [database].compactMap { $0 }, input: sql)
    }

    private init(_ program: FilePath, flavor: ServerFlavor, version: String, client: FilePath) {
        self.program = program
        self.flavor = flavor
        self.version = version
        self.client = client
    }

    private static let found: [(server: TestServer?, missing: String?)] = [
        find("MariaDB", ["mariadbd"].flatMap(Search.programs), advice: "install Debian's mariadb-server"),
        find("MySQL", Search.mysqld(), advice: "run scripts/mysql"),
    ]

    private static func find(_ name: String, _ programs: [FilePath], advice: String) -> (TestServer?, String?) {
        for program in programs where FileManager.default.isExecutableFile(atPath: program.string) {
            do {
                // "mysqld  Ver 9.7.1 for Linux on x86_64 (Debian)"
                let words = try run(program, ["--no-defaults", "--version"]).split(separator: " ")
                guard let mark = words.firstIndex(of: "Ver"), mark + 1 < words.endIndex else { continue }
                let flavor: ServerFlavor = words[mark + 1].contains("MariaDB") ? .mariaDB : .mySQL
                guard flavor.rawValue == name else { continue }
                let version = String(words[mark + 1].prefix { $0 != "-" })
                return (TestServer(program, flavor: flavor, version: version, client: Search.client(for: program)), nil)
            } catch {
                return (nil, "not tested on \(name): \(error)")
            }
        }
        return (nil, "not tested on \(name): there is no server program; \(advice)")
    }
}

/// Where the programs are.
enum Search {
    static func programs(_ name: String) -> [FilePath] {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let directories = ["/usr/sbin", "/usr/libexec", "/usr/bin"] + path.split(separator: ":").map(String.init)
        return directories.map { FilePath($0).appending(name) }
    }

    /// `DATABASEDEPLOY_MYSQLD`, what `scripts/mysql` made, and an installed one.
    static func mysqld() -> [FilePath] {
        let environment = ProcessInfo.processInfo.environment
        if let given = environment["DATABASEDEPLOY_MYSQLD"] { return [FilePath(given)] }
        return [cache("DATABASEDEPLOY_MYSQL_CACHE", "mysql").appending("mysqld")] + programs("mysqld")
    }

    static func client(for program: FilePath) -> FilePath {
        let beside = program.removingLastComponent().appending("mysql")
        let places = (program.lastComponent == "mysqld" ? [beside] : []) + programs("mariadb")
        return places.first { FileManager.default.isExecutableFile(atPath: $0.string) } ?? "/usr/bin/mariadb"
    }

    /// A directory in the user's cache, unless the variable names another.
    static func cache(_ variable: String, _ name: String) -> FilePath {
        let environment = ProcessInfo.processInfo.environment
        if let given = environment[variable] { return FilePath(given) }
        let base = environment["XDG_CACHE_HOME"].map { FilePath($0) } ?? FilePath(NSHomeDirectory()).appending(".cache")
        return base.appending("databasedeploy").appending(name)
    }
}
