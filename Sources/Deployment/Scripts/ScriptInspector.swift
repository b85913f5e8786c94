import SQLScript
import SystemPackage

/// Looks into scripts before anything runs: checksums, statements, and what they need.
struct ScriptInspector: Sendable {
    /// The project directory.
    let root: FilePath
    /// Those of a session at a script's start, as the server's `sql_mode` has them.
    var modes: LexicalModes
    /// Whether it is asked what a script reads and writes.
    var findsFootprints = false

    /// A script's checksum, and the files that it covers besides the script's own.
    ///
    /// - Returns: Nil for those files where one of them, or the script, cannot be read to its end: an applied script whose
    ///   text cannot be run any more is one that was changed. The checksum is another one then.
    func checksum(_ script: Script) throws(DeploymentError) -> (checksum: String, sourced: [SourcedFile]?) {
        var finder = SourceCommandFinder()
        let checksum = try ScriptSource(script).checksum { finder.look(at: $0) }
        guard finder.hasFound else { return (checksum, []) }
        let statements = try ScriptStatements(script, root: root, modes: modes, maximumLength: Self.maximumLength)
        var isWhole = true
        do throws(DeploymentError) {
            while try statements.next() != nil {}
        } catch {
            isWhole = false
        }
        return (try statements.checksum(), isWhole ? statements.sourced : nil)
    }

    /// The longest statement in bytes that is looked at whole.
    private static let maximumLength = 1 << 20

    /// Reads a whole script, splits it and sees what its statements are.
    ///
    /// - Parameter start: The statement at which it would go on.
    /// - Throws: `DeploymentError` for whatever keeps the script from running, with its place.
    func facts(_ script: Script, start: Int) throws(DeploymentError) -> ScriptFacts {
        guard let stamp = FileStamp(path: script.path) else {
            throw DeploymentError(
                .badScript, "The file is gone.", place: Place(file: script.identity.description))
        }
        // Those that are done are compared whole with what the journal says of them.
        let statements = try ScriptStatements(
            script, root: root, modes: modes, maximumLength: start > 0 ? 1 << 30 : Self.maximumLength)
        let digest = Checksum()
        var digestBeforeStart = digest.value()
        var count = 0
        var commits: [ScriptStatement] = []
        var undo = UndoInspector()
        var footprint = findsFootprints && start == 0 ? Footprint() : nil
        var prepared = PreparedStatements()
        var commitsAtOnce = false
        var hasCommands = false
        var lastUseOfInsertID: Int?
        var lastUseOfResult: Int?
        var hasCall = false
        var variables: Set<String> = []
        var lastUseOfVariables: Int?
        var createdDatabases: Set<String> = []
        while let element = try statements.next() {
            if case .use(let database, _) = element {
                undo.select(database)
                footprint = nil
            }
            guard case .statement(let plain) = element else {
                hasCommands = true
                continue
            }
            let statement = prepared.executed(by: plain) { _ in nil } ?? plain
            prepared.collect(from: plain) { _ in nil }
            undo.add(statement)
            if footprint?.add(statement) == false || statement.createsCheckpoint { footprint = nil }
            if statement.index < start {
                digest.update(statement.text)
                if statement.index == start - 1 { digestBeforeStart = digest.value() }
            }
            if count == 0 {
                commitsAtOnce = statement.transactionRule == .commits && !statement.createsCheckpoint
            }
            count += 1
            if statement.mayUseInsertID { lastUseOfInsertID = statement.index }
            if hasCall, statement.mayUseResult { lastUseOfResult = statement.index }
            hasCall = hasCall || statement.effective.verb == .call
            if statement.mayUseVariables { lastUseOfVariables = statement.index }
            variables.formUnion(statement.variableNames)
            if statement.commitsByItself, commits.count < 2 { commits.append(statement) }
            if statement.classification.verb == .createDatabase {
                createdDatabases.formUnion(statement.classification.objects.map(\.name))
            }
        }
        let isTransaction = commits.isEmpty && undo.lastingRows.isEmpty
        return ScriptFacts(
            checksum: try statements.checksum(), statementCount: count,
            scriptClass: isTransaction ? .transaction : undo.obstacle == nil ? .undo : .resume,
            classReason: isTransaction ? nil : undo.obstacle ?? Self.reason(commits, count: count),
            commitsAtOnce: commitsAtOnce,
            hasCommands: hasCommands, copies: undo.copies, copiesIfLasting: undo.copiesIfLasting,
            programs: undo.programs, lastInPart: undo.lastInPart,
            newTables: undo.newTables,
            engines: undo.engines, lastingRows: undo.lastingRows,
            onFailure: statements.directives.onFailure,
            lastUseOfInsertID: lastUseOfInsertID, lastUseOfResult: lastUseOfResult, variables: variables,
            lastUseOfVariables: lastUseOfVariables,
            createdDatabases: createdDatabases,
            digestBeforeStart: digestBeforeStart, footprint: footprint, stamp: stamp, sourced: statements.sourced)
    }

    /// SHA-256 over the statements before one, over it, and over all up to it; nil if there is none.
    func digests(_ script: Script, statement index: Int) throws -> (before: String, statement: String, behind: String)?
    {
        let statements = try ScriptStatements(script, root: root, modes: modes)
        let digest = Checksum()
        while let element = try statements.next() {
            guard case .statement(let statement) = element else { continue }
            if statement.index < index { digest.update(statement.text) }
            guard statement.index == index else { continue }
            let before = digest.value()
            let own = Checksum()
            own.update(statement.text)
            digest.update(statement.text)
            return (before, own.value(), digest.value())
        }
        return nil
    }

    /// A script's last statement; nil for one without any.
    func last(_ script: Script) throws -> ScriptStatement? {
        var last: ScriptStatement?
        let statements = try ScriptStatements(script, root: root, modes: modes, maximumLength: Self.maximumLength)
        while let element = try statements.next() {
            if case .statement(let statement) = element { last = statement }
        }
        return last
    }

    /// Whether a statement that commits by itself may have given a variable a value that a later one uses.
    func setsVariable(_ script: Script, statement index: Int) throws -> Bool {
        let statements = try ScriptStatements(script, root: root, modes: modes)
        var mayHaveSet = false
        while let element = try statements.next() {
            guard case .statement(let statement) = element, statement.index >= index else { continue }
            if statement.index == index {
                mayHaveSet = statement.effective.verb == .createTable && statement.mayAssignVariables
            } else if mayHaveSet, statement.mayUseVariables {
                return true
            }
        }
        return false
    }

    /// Digits for each of a script's first statements.
    ///
    /// - Parameter count: Statements; no more than a few thousand are looked at.
    func statementDigests(_ script: Script, count: Int) throws -> String {
        var digits = ""
        let statements = try ScriptStatements(script, root: root, modes: modes)
        while let element = try statements.next() {
            guard case .statement(let statement) = element else { continue }
            guard statement.index < min(count, Self.countedDigests) else { break }
            digits += Self.digits(statement)
        }
        return digits
    }

    /// The first statement that is not what it was; nil if that cannot be told.
    ///
    /// - Parameter digests: What `statementDigests` gave.
    func firstEdited(_ script: Script, _ digests: String) throws -> Int? {
        var rest = digests[...]
        let statements = try ScriptStatements(script, root: root, modes: modes)
        while let element = try statements.next() {
            guard case .statement(let statement) = element else { continue }
            if rest.isEmpty { return nil }
            if rest.prefix(Self.digitCount) != Self.digits(statement) { return statement.index }
            rest = rest.dropFirst(Self.digitCount)
        }
        return nil
    }

    private static let digitCount = 16
    private static let countedDigests = 10_000

    private static func digits(_ statement: ScriptStatement) -> String {
        let digest = Checksum()
        digest.update(statement.text)
        return String(digest.value().prefix(digitCount))
    }

    private static func reason(_ commits: [ScriptStatement], count: Int) -> String? {
        guard let first = commits.first else { return nil }
        let what = "\(first.effective.verb.words) on line \(first.place.line ?? 0) commits by itself"
        return count == 1 && !first.dropsFirst
            ? what + "; it is the only statement, so it happens whole or not at all" : what
    }
}

extension ScriptStatement {
    /// Whether the statement ends the transaction it runs in, so that a later failure cannot take it back.
    var commitsByItself: Bool {
        switch effective.effect {
        case .commitsImplicitly, .unbounded, .transactionControl: true
        default: isSeveral
        }
    }

    /// Whether it creates the old program's table.
    var createsCheckpoint: Bool {
        effective.verb == .createTable && !effective.isTemporary
            && effective.objects.first?.name.lowercased() == JournalTables.checkpoint.lowercased()
    }
}
