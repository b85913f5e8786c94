/// What a target remembers, as it was read at one moment.
public struct JournalSnapshot: Sendable {
    public var databaseExists = false
    /// Whether the database has tables, routines or events besides the journal's; looked at where the journal says nothing.
    public var hasObjects = false
    public var hasCheckpointTable = false
    /// That table's columns.
    var checkpointShape: CheckpointShape?
    /// Whether our own tables are there.
    public var hasJournal = false
    /// By folder.
    public var checkpoints: [String: Checkpoint] = [:]
    public var records: [ScriptIdentity: ScriptRecord] = [:]
    /// Half-done scripts that can be taken back whole.
    var undoLogs: Set<ScriptIdentity> = []
    /// Of failed scripts, 16 digits for each statement that is done.
    var statementDigests: [ScriptIdentity: String] = [:]
    /// Whether the folders for fresh databases are done.
    public var isEstablished = false

    /// What all of this comes to; nil where it has to be looked at.
    var digest: JournalDigest?

    /// Whether the last deployment did not say how it ended: it runs, or was cut off.
    var isUnfinished = false

    public init() {}

    /// - Parameter results: A row if a deployment established the database; and whether the last one is open, no row without
    ///   any.
    mutating func readDeployments(_ results: ArraySlice<[Row]>) {
        isEstablished = results.first?.isEmpty == false
        isUnfinished = results.last?.first?.first == "1"
    }

    /// Whether no script is recorded, also where the journal's tables are there: a `baseline` may have been cut off.
    var saysNothing: Bool { records.isEmpty && checkpoints.isEmpty && !isEstablished }

    /// Whether nothing is recorded here but by the old program, whose database it is.
    var isOldPrograms: Bool { hasCheckpointTable && !checkpoints.isEmpty && records.isEmpty }

    /// A folder's row of `DatabaseTrack`. Its unique key does not tell case apart, as a rule, and so neither did the old program.
    func checkpoint(of folder: String) -> Checkpoint? {
        checkpoints[folder] ?? checkpoints.first { $0.key.lowercased() == folder.lowercased() }?.value
    }

    /// Whether the database has no objects but the old program's table.
    var isEmpty: Bool { !databaseExists || !hasJournal && !hasObjects }

    /// Whether nothing has to be written before one can say that there is nothing to do.
    var isSettled: Bool {
        !databaseExists || !hasJournal && !hasObjects
            || hasJournal && isEstablished && hasCheckpointTable && !isUnfinished
                && !records.values.contains { $0.state == .ahead }
    }
}
