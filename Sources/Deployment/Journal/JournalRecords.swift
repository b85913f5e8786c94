/// What is to be written about scripts: rows of `DatabaseTrackScript`, which go into one statement, and other statements.
struct JournalRecords: Sendable {
    /// Values in the order of `columns`, as SQL. A later row of a script replaces an earlier one.
    var rows: [[String]] = []
    var statements: [String] = []

    static let columns = """
        Position, FolderName, FileName, State, Checksum, PositionDigest, SessionState, Intent, IntentDigest, \
        IntentFingerprint, DeploymentId, StartedOn, FinishedOn, Error
        """

    /// What replaces an earlier row. When a script started, only its start says.
    static let replacement = """
        State = VALUES(State), Checksum = VALUES(Checksum), \
        Position = VALUES(Position), PositionDigest = VALUES(PositionDigest), SessionState = VALUES(SessionState), \
        Intent = VALUES(Intent), IntentDigest = VALUES(IntentDigest), \
        IntentFingerprint = VALUES(IntentFingerprint), \
        DeploymentId = VALUES(DeploymentId), StartedOn = IF(VALUES(State) = 'running', VALUES(StartedOn), StartedOn), \
        FinishedOn = VALUES(FinishedOn), Error = VALUES(Error)
        """

    var isEmpty: Bool { rows.isEmpty && statements.isEmpty }

    static func + (left: Self, right: Self) -> Self {
        Self(rows: left.rows + right.rows, statements: left.statements + right.statements)
    }
}
