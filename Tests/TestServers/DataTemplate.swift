import Foundation
import PrivateServer
import SystemPackage

/// First data, made once per version and kept in the cache: MySQL takes two seconds to make it.
struct DataTemplate {
    let program: FilePath
    let flavor: ServerFlavor
    let version: String

    /// Puts first data into the directory of a server that was never started.
    func copy(to directory: FilePath) throws {
        // MariaDB makes its own faster than it could be copied.
        guard flavor == .mySQL else { return }
        let template = Search.cache("DATABASEDEPLOY_TEST_DATA", "test-data").appending("\(flavor.rawValue)-\(version)")
        if !FileManager.default.fileExists(atPath: template.string) { try make(template) }
        for name in ["data", "made-by"] {
            try FileManager.default.copyItem(
                atPath: template.appending(name).string, toPath: directory.appending(name).string)
        }
    }

    private func make(_ template: FilePath) throws {
        let unfinished = try RunDirectory.scratch("template")
        let server = PrivateServer(directory: unfinished, program: program)
        try server.start()
        try server.stop()
        // Each copy is to be a server of its own.
        try FileManager.default.removeItem(atPath: unfinished.appending("data").appending("auto.cnf").string)
        try FileManager.default.createDirectory(
            atPath: template.removingLastComponent().string, withIntermediateDirectories: true)
        let beside = FilePath(template.string + ".\(getpid())")
        try FileManager.default.copyItem(atPath: unfinished.string, toPath: beside.string)
        guard rename(beside.string, template.string) == 0 else {
            // Another test process was faster.
            try FileManager.default.removeItem(atPath: beside.string)
            return
        }
    }
}
