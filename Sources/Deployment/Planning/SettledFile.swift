import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The state of a project in which there was nothing to do for some of its targets, in `.databasedeploy/settled`: a plan depends
/// on nothing else, so it need not be made again. First a line for each target, the latest first, with what its journal came
/// to; then an empty line, and everything in the project that a plan depends on, in bytes. Without it, or where it cannot be
/// written, plans are made.
struct SettledFile {
    private static let name = "settled"
    /// As many targets as somebody deploys to in turn from one checkout.
    private static let limit = 32
    private static let lineFeed = UInt8(ascii: "\n")

    private let directory: ToolDirectory
    /// What journals came to.
    private var targets: [ArraySlice<UInt8>] = []
    private var project: ArraySlice<UInt8> = []

    /// Reads what earlier runs wrote.
    ///
    /// - Parameter project: The project directory.
    init(project directory: FilePath) {
        self.directory = ToolDirectory(project: directory)
        var rest = self.directory.contents(of: Self.name)[...]
        while let end = rest.firstIndex(of: Self.lineFeed) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            if line.isEmpty {
                project = rest
                return
            }
            targets.append(line)
        }
        targets = []
    }

    var isEmpty: Bool { targets.isEmpty }

    func contains(_ stamp: CatalogStamp, _ configuration: Configuration, _ journal: JournalDigest) -> Bool {
        targets.contains { $0.elementsEqual(journal.text.utf8) } && isProject(stamp, configuration)
    }

    /// Keeps a state, unless a file in it is so young that a later edit could look the same.
    mutating func add(_ stamp: CatalogStamp, _ configuration: Configuration, _ journal: JournalDigest) {
        guard stamp.isOlder(than: .now), !journal.text.utf8.contains(Self.lineFeed),
            !contains(stamp, configuration, journal)
        else { return }
        if !isProject(stamp, configuration) {
            targets = []
            project = (Self.head(configuration) + stamp.bytes)[...]
        }
        targets = [Array(journal.text.utf8)[...]] + targets.prefix(Self.limit - 1)
        directory.write(
            targets.flatMap { $0 + [Self.lineFeed] } + [Self.lineFeed] + project, to: Self.name)
    }

    /// Whether it is about this project as it is now. There may be megabytes of it, so nothing is copied.
    private func isProject(_ stamp: CatalogStamp, _ configuration: Configuration) -> Bool {
        let head = Self.head(configuration)
        return project.count == head.count + stamp.bytes.count && project.starts(with: head)
            && project.dropFirst(head.count).withUnsafeBytes { known in
                stamp.bytes.withUnsafeBytes { now in
                    guard let known = known.baseAddress, let now = now.baseAddress else { return true }
                    return memcmp(known, now, stamp.bytes.count) == 0
                }
            }
    }

    /// Every setting that a `Planner` looks at; and the tool, as another version may plan otherwise. Every file follows.
    private static func head(_ configuration: Configuration) -> [UInt8] {
        Array("\(Tool.version) \(configuration.outOfOrder.rawValue)\n".utf8)
    }
}
