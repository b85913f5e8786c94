import SystemPackage

/// The states of a project and its targets in which there was nothing to do, in `.databasedeploy/settled`: a plan depends on
/// nothing else, so it need not be made again. A line for each, the latest first: the digest of the project's part, and that
/// of the target's. Without it, or where it cannot be written, plans are made.
struct SettledFile {
    private static let name = "settled"
    /// As many targets as somebody deploys to in turn from one checkout.
    private static let limit = 32

    private let directory: ToolDirectory
    private let lines: [Substring]

    /// Reads what earlier runs wrote.
    ///
    /// - Parameter project: The project directory.
    init(project: FilePath) {
        directory = ToolDirectory(project: project)
        lines = String(decoding: directory.contents(of: Self.name), as: UTF8.self).split(separator: "\n")
    }

    var isEmpty: Bool { lines.isEmpty }

    func contains(_ catalog: ScriptCatalog, _ configuration: Configuration, _ journal: JournalDigest) -> Bool {
        lines.contains(Self.line(catalog, configuration, journal)[...])
    }

    /// Keeps a state, unless a file in it is so young that a later edit could look the same.
    func add(_ catalog: ScriptCatalog, _ configuration: Configuration, _ journal: JournalDigest) {
        let now = Timestamp.now
        guard catalog.scripts.allSatisfy({ $0.stamp?.isOlder(than: now) == true }) else { return }
        let line = Self.line(catalog, configuration, journal)[...]
        guard !lines.contains(line) else { return }
        directory.write(
            ([line] + lines.prefix(Self.limit - 1)).flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }, to: Self.name)
    }

    private static func line(
        _ catalog: ScriptCatalog, _ configuration: Configuration, _ journal: JournalDigest
    ) -> String {
        let target = Checksum()
        target.update(Array(journal.text.utf8))
        return "\(digest(catalog, configuration)) \(target.value())"
    }

    /// Of every setting and every file that a `Planner` looks at, and of the tool, as another version may plan otherwise.
    private static func digest(_ catalog: ScriptCatalog, _ configuration: Configuration) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(1 << 16)
        func add(_ text: String) {
            bytes += text.utf8
            bytes.append(0)
        }
        add(Tool.version)
        add(configuration.outOfOrder.rawValue)
        for listing in catalog.listings {
            let folder = listing.folder
            for text in [
                folder.name, folder.directory, folder.rule.rawValue, folder.encoding ?? "", "\(listing.exists)",
            ] {
                add(text)
            }
            for script in listing.scripts {
                add(script.identity.file)
                for field in script.stamp?.fields ?? [] { withUnsafeBytes(of: field) { bytes += $0 } }
            }
            add("")
        }
        let checksum = Checksum()
        checksum.update(bytes)
        return checksum.value()
    }
}
