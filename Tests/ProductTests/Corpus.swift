import Foundation
import SystemPackage
import TestServers

/// The scripts that `scripts/corpus` takes out of Debian's packages.
enum Corpus {
    private static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent()
    private static let files = root.appending(".cache/corpus/files")

    /// What `scripts/corpus` could not get, in its words; it runs once per test process.
    private static let complaint: String = {
        do {
            try run("/bin/sh", [root.appending("scripts/corpus").string] + Set(Product.all.map(\.package)).sorted())
            return ""
        } catch { return "\(error)" }
    }()

    /// The files of a package, by name; nil if the package cannot be had, and `complaint` says why.
    static func names(of package: String) throws -> [String]? {
        _ = complaint
        let directory = files.appending(package).string
        guard FileManager.default.fileExists(atPath: directory) else { return nil }
        return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    /// Why something is missing.
    static func reason(_ package: String) -> String {
        let lines = complaint.split(separator: "\n").filter { $0.contains(package) }
        return "\(package) cannot be had: \(lines.isEmpty ? complaint : lines.joined(separator: "; "))"
    }

    static func read(_ name: String, of package: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: files.appending(package).appending(name).string)))
    }
}
