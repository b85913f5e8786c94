import SQLScript
import SystemPackage

/// The statements of a script in their order, and the client commands among them; those of a file that `source` names
/// stand in its place.
final class ScriptStatements {
    /// What is to be done next.
    enum Element {
        case statement(ScriptStatement)
        /// Select a database, as the client's `use` does.
        case use(String, Place)
        /// Change the character set in which statements travel, as the client's `charset` does.
        case charset(String, Place)
    }

    /// One open file.
    private struct Level {
        /// Its place among the files that were opened by `source`; nil for the script itself.
        let place: Int?
        let source: ScriptSource
        let reader: ScriptReader
        let name: String
        let directory: FilePath
    }

    /// Files that `source` one another end somewhere: the client's own limit is about as deep.
    private static let deepest = 20

    private let root: FilePath
    private let modes: LexicalModes
    private let maximumLength: Int
    private var levels: [Level]
    private var index = 0
    private var ahead: [Result<Element?, DeploymentError>] = []

    /// The character set in which the script's statements travel.
    let characterSet: String
    private let script: ScriptSource
    /// The files that were opened by `source` so far, and those that were looked for first.
    private(set) var sourced: [SourcedFile] = []
    /// Of those that were opened; nil until they are read to their end.
    private var sourcedChecksums: [String?] = []

    /// Opens a script.
    ///
    /// - Parameters:
    ///   - root: The project directory; `source` reads within it only.
    ///   - modes: Those of the session at the script's start.
    ///   - maximumLength: The longest statement in bytes that is kept in memory.
    init(
        _ script: Script, root: FilePath, modes: LexicalModes, maximumLength: Int = 1 << 30
    ) throws(DeploymentError) {
        self.root = root
        self.modes = modes
        self.maximumLength = maximumLength
        let source = try ScriptSource(script)
        self.script = source
        characterSet = source.characterSet
        levels = [
            try Self.level(
                source, name: script.identity.description, directory: script.path.removingLastComponent(), modes: modes,
                maximumLength: maximumLength)
        ]
    }

    /// Reads the next element, which `next` gives.
    ///
    /// - Returns: The statement, if it is one.
    func readAhead() -> ScriptStatement? {
        if ahead.isEmpty { ahead.append(Result { () throws(DeploymentError) in try read() }) }
        guard case .success(.statement(let statement)) = ahead.first else { return nil }
        return statement
    }

    /// Reads all elements, which `next` gives.
    ///
    /// - Parameter limit: Elements at most.
    /// - Returns: The statements; nil where there are more, or other elements, or text that cannot be read.
    func readAllAhead(limit: Int) -> [ScriptStatement]? {
        while true {
            switch ahead.last {
            case .success(nil): return statements(in: ahead.dropLast())
            case .failure: return nil
            default:
                guard ahead.count <= limit else { return nil }
                ahead.append(Result { () throws(DeploymentError) in try read() })
            }
        }
    }

    private func statements(in elements: some Collection<Result<Element?, DeploymentError>>) -> [ScriptStatement]? {
        var statements: [ScriptStatement] = []
        for element in elements {
            guard case .success(.statement(let statement)) = element else { return nil }
            statements.append(statement)
        }
        return statements
    }

    /// The next element; nil at the end.
    ///
    /// - Throws: `DeploymentError` for text that cannot be decoded or split, with its place.
    func next() throws(DeploymentError) -> Element? {
        try ahead.isEmpty ? read() : ahead.removeFirst().get()
    }

    private func read() throws(DeploymentError) -> Element? {
        while let level = levels.last {
            let element: ScriptElement?
            do {
                element = try level.reader.next()
            } catch let error as DeploymentError {
                throw error
            } catch let error as ScriptError {
                throw DeploymentError(
                    .badScript, error.message, place: Self.place(level.name, error.position))
            } catch {
                throw DeploymentError(.badScript, "\(error)", place: Place(file: level.name))
            }
            guard let element else {
                try close(level)
                continue
            }
            switch element {
            case .statement(let statement):
                defer { index += 1 }
                return .statement(
                    ScriptStatement(
                        index: index, place: Self.place(level.name, statement.position), statement: statement))
            case .command(let command, let position):
                let place = Self.place(level.name, position)
                if let element = try run(command, at: place, in: level) { return element }
            }
        }
        return nil
    }

    /// What the script's head says.
    var directives: ScriptDirectives { script.directives }

    /// The checksum of the script's text, and of the text of the files that it reads by `source`. Without such files it is
    /// SHA-256 of the text; with them, of the checksums of all these texts in the order in which they are opened, each with
    /// a line feed behind it.
    func checksum() throws(DeploymentError) -> String {
        while let level = levels.last { try close(level) }
        let own = try script.checksum()
        guard !sourcedChecksums.isEmpty else { return own }
        let sum = Checksum()
        for part in [own] + sourcedChecksums.compactMap({ $0 }) { sum.update(Array("\(part)\n".utf8)) }
        return sum.value()
    }

    private func close(_ level: Level) throws(DeploymentError) {
        levels.removeLast()
        levels.last?.reader.goOn(from: level.reader)
        if let place = level.place { sourcedChecksums[place] = try level.source.checksum() }
    }

    private func run(_ command: ClientCommand, at place: Place, in level: Level) throws(DeploymentError) -> Element? {
        switch command {
        case .use(let database): return .use(database, place)
        case .charset(let name): return .charset(name, place)
        case .source(let file):
            try open(file, at: place, from: level.directory)
            return nil
        case .delimiter, .clear, .sandbox, .print, .status, .rehash, .warnings, .noTee, .noPager, .prompt, .costs,
            .help:
            // What they do to a statement the reader has done; what they show has no reader here.
            return nil
        case .quit:
            // The client would stop here and leave the rest unrun, in silence.
            throw refused("quit", "It would leave the rest of the script out, in silence.", at: place)
        case .connect: throw refused("connect", "The target of a deployment is the configuration's.", at: place)
        case .resetConnection: throw refused("resetconnection", "It would end the script's transaction.", at: place)
        case .system, .edit: throw refused("system", "A deployment starts no programs for a script.", at: place)
        case .tee, .pager: throw refused("tee", "A deployment has no output to redirect.", at: place)
        case .queryAttributes, .sslSessionData: throw refused("query_attributes", "It has no use here.", at: place)
        }
    }

    private func refused(_ command: String, _ reason: String, at place: Place) -> DeploymentError {
        DeploymentError(
            .badScript, "The client command `\(command)` cannot be run here. \(reason)", place: place,
            advice: "Remove the line.")
    }

    private func open(_ name: String, at place: Place, from directory: FilePath) throws(DeploymentError) {
        guard levels.count < Self.deepest else {
            throw DeploymentError(.badScript, "Files `source` one another without end.", place: place)
        }
        var looked: [SourcedFile] = []
        for base in [directory, root] where looked.last?.stamp == nil {
            let path = ProjectPath.absolute(name, base: base)
            let stamp = FileStamp(path: path)
            // What is outside of the project is passed over.
            if stamp != nil, ProjectPath.inside(path.string, project: root) == nil { continue }
            looked.append(SourcedFile(path: path, stamp: stamp))
        }
        guard let file = looked.last, file.stamp != nil else {
            throw DeploymentError(
                .badScript, "The file \"\(name)\" of `source` is not there, or not within the project.", place: place,
                advice: "Name it relative to the script or to the project directory.")
        }
        let script = Script(
            identity: ScriptIdentity(folder: levels[0].name, file: name), path: file.path,
            encoding: self.script.declaredEncoding)
        let level = try Self.level(
            ScriptSource(script), place: sourcedChecksums.count, name: name,
            directory: file.path.removingLastComponent(), modes: modes, maximumLength: maximumLength)
        if let outer = levels.last { level.reader.goOn(from: outer.reader) }
        levels.append(level)
        sourced += looked
        sourcedChecksums.append(nil)
    }

    private static func level(
        _ source: ScriptSource, place: Int? = nil, name: String, directory: FilePath, modes: LexicalModes,
        maximumLength: Int
    ) throws(DeploymentError) -> Level {
        var options = ReaderOptions()
        options.sqlMode = modes
        options.maximumStatementLength = maximumLength
        if let declared = source.declaredEncoding {
            guard let encoding = ScriptEncoding(mysqlName: declared) else {
                throw DeploymentError(
                    .badScript, "The encoding \"\(declared)\" is no character set that a client can use.",
                    place: Place(file: name), advice: "Use MySQL's name, such as latin1, cp1251, sjis or gbk.")
            }
            options.encoding = encoding
        }
        let reader = ScriptReader(options: options) { try source.read(into: $0) }
        return Level(place: place, source: source, reader: reader, name: name, directory: directory)
    }

    private static func place(_ name: String, _ position: ScriptPosition) -> Place {
        Place(file: name, line: position.line, column: position.column)
    }
}
