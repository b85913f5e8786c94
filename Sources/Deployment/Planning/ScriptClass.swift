import SQLScript

/// What a failure in the middle of a script leaves behind.
public enum ScriptClass: String, Sendable {
    /// Nothing: every statement is in one transaction.
    case transaction
    /// Nothing: what is committed by itself is taken back by the undo log.
    case undo
    /// The statements that committed; the next run goes on at the statement that failed.
    case resume
}

/// What is in a script's file.
public struct ScriptFacts: Sendable {
    /// SHA-256 without BOM and with LF line ends; of a script that reads others by `source`, over these, too.
    public var checksum: String
    public var statementCount: Int
    public var scriptClass: ScriptClass
    /// Why the class is not `transaction`, in words.
    public var classReason: String?
    /// Whether its first statement commits by itself.
    var commitsAtOnce: Bool
    /// Whether client commands, such as `use`, are among its statements.
    var hasCommands: Bool
    /// Whether tables that it changes are not there yet, so that its class is known only when it runs.
    var isClassProvisional = false
    /// Tables of which copies are needed to take it back.
    var copies: [UndoCopy]
    /// Those that are needed, too, if tables of which only the server knows have no transactions.
    var copiesIfLasting: [UndoCopy]
    /// Views, routines, triggers and events that are to be made again to take it back.
    var programs: [UndoProgram]
    /// What that takes besides where the server does lists one by one.
    var lastInPart: UndoLastInPart?
    /// Tables that it makes.
    var newTables: Set<ObjectName>
    /// What it tells of tables' engines.
    var engines: TableEngines
    /// Tables without transactions whose rows it changes: those stay whatever is rolled back.
    var lastingRows: Set<ObjectName>
    /// What its head says is to be done when it fails; nil leaves that to the configuration.
    var onFailure: Configuration.OnFailure?
    /// The last statement that may use `LAST_INSERT_ID()`; the first is 0. Nil if none may.
    var lastUseOfInsertID: Int?
    /// The last statement behind a `CALL` that may ask how many rows the one before it had, or what was wrong with it; the first
    /// is 0. Nil if none may.
    var lastUseOfResult: Int?
    /// User variables in its text.
    var variables: Set<String>
    /// The last statement that has one; the first is 0. Nil if none has.
    var lastUseOfVariables: Int?
    /// Databases that it creates.
    var createdDatabases: Set<String>
    /// SHA-256 over the statements before the start of the step.
    var digestBeforeStart: String
    /// What it reads and writes; nil if that is not known, or was not asked.
    var footprint: Footprint?
    /// The file as it was when it was looked at.
    var stamp: FileStamp
    /// Files that it reads by `source`.
    var sourced: [SourcedFile]

    /// Whether it is one transaction of a few statements, to which the number of a row of ours means nothing.
    var isShortTransaction: Bool { scriptClass == .transaction && isShort }

    /// Whether it is a few statements, to which the number of a row of ours means nothing.
    var isShort: Bool {
        statementCount <= Self.fewStatements && stamp.size <= 1 << 16 && sourced.isEmpty && lastUseOfInsertID == nil
    }

    static let fewStatements = 8

    /// Whether they are still the files that were looked at.
    func areTrue(of script: Script) -> Bool {
        FileStamp(path: script.path) == stamp && sourced.allSatisfy(\.isUnchanged)
    }
}
