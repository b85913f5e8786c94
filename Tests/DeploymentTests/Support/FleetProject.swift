import Deployment
import MySQLDriver
import Synchronization
import SystemPackage
import TestServers
import Testing

/// A project whose scripts go to several databases of a server.
struct FleetProject {
    /// Its folders; its own database is not used.
    let project: TestProject
    let names: [String]
    var server: TestServer { project.server }

    /// - Parameter count: Databases that are made, empty.
    init(_ server: TestServer, count: Int) throws {
        project = try TestProject(server)
        let prefix = server.databaseName("t")
        names = (1...count).map { "\(prefix)_\($0)" }
        try project.execute(names.map { "CREATE DATABASE `\($0)`" }.joined(separator: ";"))
        try write("Modifications/001.T.sql", "CREATE TABLE t (id INT PRIMARY KEY);\n")
        try settings("targets = \"\(prefix)_*\"")
    }

    func write(_ name: String, _ text: String) throws { try project.write(name, text) }

    /// Writes the configuration.
    func settings(_ toml: String) throws {
        let socket = try server.socket
        try write("databasedeploy.toml", "url = \"mysql://\(server.user)@localhost/?socket=\(socket)\"\n\(toml)\n")
    }

    func loaded() throws -> LoadedConfiguration {
        try ConfigurationLoader.loadWithServers(
            ConfigurationRequest(
                project: project.directory, variables: ["PATH": "/usr/bin:/bin"], workingDirectory: project.directory))
    }

    func targets() throws -> [FleetTarget] {
        var list = TargetList(try loaded(), driver: MySQLDriver())
        return try list.targets()
    }

    @discardableResult
    func rollOut(_ reader: any FleetReader = FleetRecorder(), continuesOnError: Bool = false) throws -> FleetOutcome {
        let loaded = try loaded()
        return try Rollout(
            targets(), configuration: loaded.configuration, driver: MySQLDriver(), reader: reader,
            continuesOnError: continuesOnError
        ).run()
    }

    /// The value that a query gives in each database.
    func each(_ query: String) throws -> [String] {
        let session = try MySQLDriver().connect(to: project.endpoint, database: nil)
        defer { session.close() }
        return try names.map { name in
            try session.select(database: name)
            return try session.value(query) ?? "NULL"
        }
    }

    func execute(_ sql: String, in name: String) throws { try project.execute(sql, in: name) }
}

/// Keeps every event.
final class FleetRecorder: FleetReader {
    private let events = Mutex<[FleetEvent]>([])

    var all: [FleetEvent] { events.withLock { $0 } }
    /// Targets on which a script was started, in order.
    var started: [String] {
        all.compactMap {
            if case .target(let name, .scriptStarted) = $0 { name.database } else { nil }
        }
    }

    func read(_ event: FleetEvent) { events.withLock { $0.append(event) } }
    func tick() {}
}

extension FleetOutcome {
    /// How it ended, in the targets' order.
    var states: [TargetResult.State] { results.map(\.state) }
}
