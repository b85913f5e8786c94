import Foundation
import SystemPackage
import TestServers

/// The project on disk.
struct TortureProject {
    let directory: FilePath
    let scripts: [TortureScript]

    /// - Parameter parallel: Scripts that run at the same time; nil leaves that to the tool.
    init(_ scripts: [TortureScript], parallel: Int?) throws {
        self.scripts = scripts
        directory = try RunDirectory.scratch("project")
        // In a cluster a killed deployer counts as dead after a second: thousands are killed here.
        var settings = ["database = \"\(Workshop.database)\"", "lease = 1"]
        if let parallel { settings.append("parallel = \(parallel)") }
        try (settings.joined(separator: "\n") + "\n").write(
            toFile: directory.appending("databasedeploy.toml").string, atomically: false, encoding: .utf8)
        for folder in ["Schema", "Data", "Modifications"] {
            try FileManager.default.createDirectory(
                atPath: directory.appending(folder).string, withIntermediateDirectories: true)
        }
        for script in scripts { try write(script.text, to: script) }
    }

    func write(_ text: String, to script: TortureScript) throws {
        try text.write(toFile: "\(directory)/\(script.name)", atomically: false, encoding: .utf8)
    }

    /// A statement by its number in the script, the first being 0.
    func statement(_ index: Int, of name: String) -> String? {
        guard let script = scripts.first(where: { $0.name == name }) else { return nil }
        // The client's own command is no statement.
        let statements = script.pieces.map(\.text).filter { !$0.hasPrefix("USE ") }
        return statements.indices.contains(index) ? statements[index] : nil
    }
}
