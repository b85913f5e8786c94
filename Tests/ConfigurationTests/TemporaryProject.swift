import Foundation
import SystemPackage
import Testing

@testable import Deployment

/// A project directory of its own for one test, with a home beside it; gone when the test is over.
final class TemporaryProject: Sendable {
    let root: FilePath
    var directory: FilePath { root.appending("project") }
    var home: FilePath { root.appending("home") }

    /// - Parameter files: contents by path within the project; `~/` before a name puts the file into the home.
    init(_ files: [String: String] = [:]) throws {
        root = FilePath(FileManager.default.temporaryDirectory.path).appending("config-\(UUID().uuidString)")
        try makeDirectory(directory)
        try makeDirectory(home)
        for (name, content) in files { try write(name, Array(content.utf8)) }
    }

    deinit {
        // Nothing depends on it: a directory that stays lies in the system's directory for such files.
        try? FileManager.default.removeItem(atPath: root.string)
    }

    func makeDirectory(_ path: FilePath) throws {
        try FileManager.default.createDirectory(atPath: path.string, withIntermediateDirectories: true)
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        let path = name.hasPrefix("~/") ? home.appending(String(name.dropFirst(2))) : directory.appending(name)
        try makeDirectory(path.removingLastComponent())
        try Data(bytes).write(to: URL(fileURLWithPath: path.string))
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: directory.appending(name).string, withDestinationPath: target)
    }

    func request(_ change: (inout ConfigurationRequest) -> Void = { _ in }) -> ConfigurationRequest {
        var request = ConfigurationRequest(variables: ["USER": "login"], home: home, workingDirectory: directory)
        change(&request)
        return request
    }

    func load(_ change: (inout ConfigurationRequest) -> Void = { _ in }) throws -> Configuration {
        try ConfigurationLoader.load(request(change))
    }

    /// The error that loading gives.
    func failure(
        _ change: (inout ConfigurationRequest) -> Void = { _ in }, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> DeploymentError {
        let error = #expect(throws: DeploymentError.self, sourceLocation: sourceLocation) { try load(change) }
        return try #require(error, sourceLocation: sourceLocation)
    }
}

/// What a `databasedeploy.toml` alone makes.
func configuration(
    toml: String, _ change: (inout ConfigurationRequest) -> Void = { _ in }
) throws -> Configuration {
    try TemporaryProject(["databasedeploy.toml": toml]).load(change)
}

/// The error of a `databasedeploy.toml` alone.
func failure(
    toml: String, _ change: (inout ConfigurationRequest) -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> DeploymentError {
    try TemporaryProject(["databasedeploy.toml": toml]).failure(change, sourceLocation: sourceLocation)
}

/// An `App.config` with these settings and connection strings, which must be XML already.
func appConfig(settings: [String: String] = [:], _ strings: KeyValuePairs<String, String>) -> String {
    let added = settings.map { "<add key=\"\($0.key)\" value=\"\($0.value)\"/>\n" }.joined()
    let connections = strings.map { "<add name=\"\($0.key)\" connectionString=\"\($0.value)\"/>\n" }.joined()
    return """
        <?xml version="1.0" encoding="utf-8"?>
        <configuration>
        <appSettings>
        \(added)</appSettings>
        <connectionStrings>
        \(connections)</connectionStrings>
        </configuration>
        """
}

extension Configuration {
    var endpoint: Endpoint? {
        if case .existing(_, let database) = server { database } else { nil }
    }

    var bootstrap: Endpoint? {
        if case .existing(let bootstrap, _) = server { bootstrap } else { nil }
    }
}
