import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The state of a project in which there was nothing to do for some of its targets, in `.databasedeploy/settled`: a plan depends
/// on nothing else, so it need not be made again. First a line for each target, the latest first, with what its journal came
/// to; then an empty line, the stamps of the folders' directories, and everything in the project that a plan depends on, in
/// bytes. Without it, or where it cannot be written, plans are made.
struct SettledFile {
    private static let name = "settled"
    /// As many targets as somebody deploys to in turn from one checkout.
    private static let limit = 32
    private static let lineFeed = UInt8(ascii: "\n")

    private let directory: ToolDirectory
    /// What journals came to.
    private var targets: [ArraySlice<UInt8>] = []
    /// The stamps of the folders' directories.
    private var directories: ArraySlice<UInt8> = []
    private var project: ArraySlice<UInt8> = []
    /// The bytes of `project` before the catalog's.
    private let head: [UInt8]

    /// Reads what earlier runs wrote about a project.
    init(_ configuration: Configuration) {
        directory = ToolDirectory(project: configuration.project)
        head = Self.head(configuration)
        var rest = self.directory.contents(of: Self.name)[...]
        while let end = rest.firstIndex(of: Self.lineFeed) {
            let line = rest[..<end]
            rest = rest[(end + 1)...]
            if line.isEmpty {
                let size = configuration.folders.count * Self.stampSize
                (directories, project) = (rest.prefix(size), rest.dropFirst(size))
                return
            }
            targets.append(line)
        }
        targets = []
    }

    var isEmpty: Bool { targets.isEmpty }

    func contains(_ stamp: CatalogStamp, _ journal: JournalDigest) -> Bool {
        targets.contains { $0.elementsEqual(journal.text.utf8) } && isProject(stamp)
    }

    /// Keeps a state, unless a file in it is so young that a later edit could look the same.
    mutating func add(_ stamp: CatalogStamp, _ journal: JournalDigest) {
        guard stamp.isOld, !journal.text.utf8.contains(Self.lineFeed), !contains(stamp, journal)
        else { return }
        if !isProject(stamp) {
            targets = []
            project = (head + stamp.bytes)[...]
        }
        targets = [Array(journal.text.utf8)[...]] + targets.prefix(Self.limit - 1)
        write(stamp)
    }

    /// Keeps the stamps of directories in which the same files are again, or still.
    func renew(_ stamp: CatalogStamp) {
        if stamp.isOld, !directories.elementsEqual(Self.bytes(of: stamp.directories)) { write(stamp) }
    }

    private func write(_ stamp: CatalogStamp) {
        directory.write(
            targets.flatMap { $0 + [Self.lineFeed] } + [Self.lineFeed] + Self.bytes(of: stamp.directories) + project,
            to: Self.name)
    }

    /// The names in a folder, if its directory is as it was.
    ///
    /// - Parameters:
    ///   - number: The folder's place in the configuration.
    ///   - stamp: Of its directory now.
    ///   - bytes: Of the catalog's stamp, up to these names.
    func files(ofFolder number: Int, _ stamp: FileStamp, behind bytes: [UInt8]) -> FolderFiles? {
        let known = directories.dropFirst(number * Self.stampSize).prefix(Self.stampSize)
        guard known.elementsEqual(Self.bytes(of: [stamp])), startsProject(bytes) else { return nil }
        return project.dropFirst(head.count + bytes.count).withUnsafeBytes { FolderFiles(known: $0) }
    }

    /// Whether it is about this project as it is now.
    private func isProject(_ stamp: CatalogStamp) -> Bool {
        project.count == head.count + stamp.bytes.count && startsProject(stamp.bytes)
    }

    /// There may be megabytes of it, so nothing is copied.
    private func startsProject(_ bytes: [UInt8]) -> Bool {
        project.count >= head.count + bytes.count && project.starts(with: head)
            && project.dropFirst(head.count).withUnsafeBytes { known in
                bytes.withUnsafeBytes { now in
                    guard let known = known.baseAddress, let now = now.baseAddress else { return true }
                    return memcmp(known, now, bytes.count) == 0
                }
            }
    }

    private static let stampSize = MemoryLayout<FileStamp>.size

    /// Zeros for a directory that is not there.
    private static func bytes(of stamps: [FileStamp?]) -> [UInt8] {
        stamps.flatMap { stamp in
            stamp.map { withUnsafeBytes(of: $0, Array.init) } ?? Array(repeating: 0, count: stampSize)
        }
    }

    /// Every setting that a `Planner` looks at; and the tool, as another version may plan otherwise. Every file follows.
    private static func head(_ configuration: Configuration) -> [UInt8] {
        Array("\(Tool.version) \(configuration.outOfOrder.rawValue)\n".utf8)
    }
}
