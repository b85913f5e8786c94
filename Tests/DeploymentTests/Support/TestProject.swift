import Deployment
import MySQLDriver
import Synchronization
import SystemPackage
import TestServers
import Testing

/// A project in a directory of its own, with a database of its own on a real server.
struct TestProject {
    let directory: FilePath
    let server: TestServer
    var configuration: Configuration

    /// - Parameter socket: Of another server of that kind than the shared one.
    init(_ server: TestServer, database: String? = nil, on socket: FilePath? = nil) throws {
        self.server = server
        directory = try RunDirectory.scratch("project")
        configuration = try Configuration(
            project: directory, server: Self.target(server, on: socket), database: database ?? server.databaseName(),
            lockTimeout: 30)
    }

    /// One that was deployed.
    ///
    /// - Parameter base: What its script makes.
    init(_ server: TestServer, base: String) throws {
        try self.init(server)
        try writeSchema()
        try write("Modifications/001.Base.sql", base)
        let result = try deploy()
        try #require(result.kind == .succeeded, "\(result.failure?.message ?? "")")
    }

    static func target(_ server: TestServer, on socket: FilePath? = nil) throws -> Configuration.Server {
        let endpoint = Endpoint(
            address: .socket(try socket ?? server.socket), user: server.user, tls: .init(mode: .disabled))
        return .existing(bootstrap: endpoint, database: endpoint)
    }

    var database: String { configuration.database }

    // MARK: Files

    /// Writes a file of the project, such as `Modifications/001.Add.sql`.
    func write(_ name: String, _ text: String) throws { try write(name, bytes: Array(text.utf8)) }

    func write(_ name: String, bytes: [UInt8]) throws {
        let path = directory.appending(FilePath(name).components)
        try createDirectory(path.removingLastComponent())
        let file = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
        try file.closeAfter { _ = try file.writeAll(bytes) }
    }

    func remove(_ name: String) throws { try removeFile(directory.appending(FilePath(name).components)) }

    func rename(_ name: String, to new: String) throws {
        try renameFile(
            directory.appending(FilePath(name).components), to: directory.appending(FilePath(new).components))
    }

    /// A schema that creates the database.
    func writeSchema() throws {
        try write("Schema/001.CreateSchema.sql", "CREATE DATABASE `\(database)`;\n")
    }

    // MARK: What a person does

    @discardableResult
    func deploy(_ change: (inout Configuration) -> Void = { _ in }) throws -> Outcome {
        try recorded(change).outcome
    }

    /// Deploys and keeps the events.
    func recorded(_ change: (inout Configuration) -> Void = { _ in }) throws -> (outcome: Outcome, events: [Event]) {
        var configuration = configuration
        change(&configuration)
        let events = Recorder()
        let outcome = try Deploy(configuration: configuration, driver: MySQLDriver(), reader: events).run()
        if outcome.kind == .succeeded {
            configuration.recreate = false
            let plan = try TargetAccess(configuration: configuration, driver: MySQLDriver()).plan()
            #expect(plan.isEmpty && !plan.isBlocked, "what ran must be remembered: \(plan.names) \(plan.problems)")
        }
        return (outcome, events.all)
    }

    func plan(_ change: (inout Configuration) -> Void = { _ in }) throws -> Plan {
        var configuration = configuration
        change(&configuration)
        return try TargetAccess(configuration: configuration, driver: MySQLDriver()).plan()
    }

    func repair() throws {
        let repair = try Repair(configuration: configuration, driver: MySQLDriver())
        try repair.apply(repair.actions)
    }

    /// The rows of a query in the project's database, columns joined by tabs.
    func rows(_ sql: String) throws -> [String] {
        let session = try MySQLDriver().connect(to: try endpoint, database: database)
        defer { session.close() }
        return try session.query(sql).map { $0.map { $0 ?? "NULL" }.joined(separator: "\t") }
    }

    /// Runs statements outside of every deployment, as a person with a client would.
    func execute(_ sql: String, in database: String? = nil) throws {
        let session = try MySQLDriver().connect(to: try endpoint, database: database)
        defer { session.close() }
        try session.execute(sql)
    }

    var endpoint: Endpoint {
        get throws {
            guard case .existing(_, let endpoint) = configuration.server else { throw Missing(what: "an endpoint") }
            return endpoint
        }
    }

    /// The target database, without what counts up.
    func state() throws -> DatabaseState {
        let session = try MySQLDriver().connect(to: try endpoint, database: database)
        defer { session.close() }
        return try DatabaseState(of: session, database: database).withoutCounters
    }

    /// `DatabaseTrack`, a line a folder.
    func checkpoints() throws -> [String] {
        try rows("SELECT FolderName, LastExecutedFile FROM DatabaseTrack ORDER BY Id")
    }
}

/// Something that a test needs is not there.
struct Missing: Error {
    var what: String
}

/// Keeps every event.
final class Recorder: EventReader {
    private let events = Mutex<[Event]>([])

    var all: [Event] { events.withLock { $0 } }

    func read(_ event: Event) { events.withLock { $0.append(event) } }
}

extension Outcome {
    /// The applied scripts, as text.
    var names: [String] { applied.map(\.description) }
}

extension Plan {
    var names: [String] { steps.map(\.script.identity.description) }

    /// The codes of the problems that stop everything.
    var errors: [String] { problems.filter { $0.severity == .error }.map(\.code.rawValue) }
}
