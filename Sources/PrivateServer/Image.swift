import SystemPackage

/// The data of a server after a deployment, kept to start other servers from.
public struct Image: Sendable {
    /// What it is known by: whose data it is, and everything that ran.
    public let key: String
    /// What it is, for a person.
    public let title: ImageTitle
    /// The version of the server that wrote it, as that server gives it.
    public let version: String
    /// Bytes on disk.
    public let bytes: UInt64
    /// When a server was last started from it, in seconds since 1970.
    public let lastUsed: Int
    /// Tells it from another one that was made under the same key.
    let id: String
    /// The line that says whose server made the first data.
    let origin: String
    let directory: FilePath
    let entries: [Entry]

    /// A directory or a file of the data.
    struct Entry: Equatable {
        let path: String
        /// Nil for a directory.
        let size: Int64?
    }

    /// Where the data are.
    var data: FilePath { directory.appending("data") }
}

/// What an image is, for a person.
public struct ImageTitle: Sendable, Equatable {
    public var database: String
    /// The project directory.
    public var project: String
    /// How many scripts ran.
    public var scripts: Int

    public init(database: String, project: String, scripts: Int) {
        self.database = database
        self.project = project
        self.scripts = scripts
    }
}

/// The file that says what an image is, and what has to be in it. It is written last.
struct ImageManifest {
    /// With the number of the format; images of an earlier one are not used.
    static let first = "databasedeploy image 2"
    private static let last = "end"

    var id: String
    var title: ImageTitle
    var version: String
    var origin: String
    var bytes: UInt64
    var entries: [Image.Entry]

    init(title: ImageTitle, version: String, origin: String, bytes: UInt64, entries: [Image.Entry]) {
        id = String(UInt64.random(in: .min ... .max), radix: 16)
        self.title = title
        self.version = version
        self.origin = origin
        self.bytes = bytes
        self.entries = entries
    }

    /// - Returns: nil for a text that is not whole.
    init?(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 10, lines[0] == Self.first, lines[lines.count - 2] == Self.last, lines.last == "",
            let scripts = Int(lines[3]), let bytes = UInt64(lines[7])
        else { return nil }
        title = ImageTitle(database: String(lines[1]), project: String(lines[2]), scripts: scripts)
        version = String(lines[4])
        origin = String(lines[5])
        id = String(lines[6])
        self.bytes = bytes
        entries = []
        for line in lines[8..<(lines.count - 2)] {
            guard let space = line.firstIndex(of: " ") else { return nil }
            let path = String(line[line.index(after: space)...])
            // Nothing outside the data is written, whatever a file says.
            guard Self.isInside(path) else { return nil }
            if line[..<space] == "d" {
                entries.append(.init(path: path, size: nil))
            } else {
                guard let size = Int64(line[..<space]) else { return nil }
                entries.append(.init(path: path, size: size))
            }
        }
    }

    /// - Throws: `ImageProblem` if a file's name has a line end in it.
    func text() throws -> String {
        let names = [title.database, title.project].map { String($0.map { $0.isNewline ? " " : $0 }) }
        let head = [Self.first] + names + ["\(title.scripts)", version, origin, id, "\(bytes)"]
        let lines = head + entries.map { "\($0.size.map(String.init) ?? "d") \($0.path)" } + [Self.last]
        guard !lines.contains(where: { $0.utf8.contains(0x0A) }) else {
            throw ImageProblem("a file's name has a line end in it")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func isInside(_ path: String) -> Bool {
        !path.isEmpty
            && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !["", ".", ".."].contains($0)
            }
    }
}
