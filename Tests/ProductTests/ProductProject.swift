import Deployment
import Foundation
import MySQLDriver
import SystemPackage
import TestServers

/// A product's files, laid out as a project.
struct ProductProject {
    let server: ProductServer
    private let configuration: Configuration

    init(_ server: ProductServer, database: String) throws {
        self.server = server
        let endpoint = try server.endpoint
        configuration = Configuration(
            project: try RunDirectory.scratch("product"), server: .existing(bootstrap: endpoint, database: endpoint),
            database: database)
    }

    func write(_ script: ProductScript) throws {
        let file = URL(filePath: configuration.project.string).appending(path: script.name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(script.bytes).write(to: file)
    }

    func deploy(onFailure: Configuration.OnFailure = .undo) throws -> Outcome {
        var configuration = configuration
        configuration.onFailure = onFailure
        return try Deploy(configuration: configuration, driver: MySQLDriver(), reader: Nobody()).run()
    }
}

/// Reads no events.
private struct Nobody: EventReader {
    func read(_ event: Event) {}
}
