/// What a target's journal comes to: two targets with the same digest have the same to do.
///
/// The server puts it together, so hundreds of rows become one. What it is made of is everything on which a plan depends as
/// long as no script is half done: the checkpoints, each script's state and checksum, and how the deployments ended.
struct JournalDigest: Hashable, Sendable {
    let text: String

    /// Bytes that the server puts together; more it would cut off in silence.
    private static let limit = 64 << 20

    /// Asks for the scripts' part.
    static func statements(_ tables: JournalTables) -> String {
        """
        SET SESSION group_concat_max_len = \(limit);
        SELECT SHA2(GROUP_CONCAT(FolderName, 0x00, FileName, 0x00, State, 0x00, COALESCE(Checksum, ''), 0x00
                SEPARATOR ''), 256),
            SUM(LENGTH(FolderName) + LENGTH(FileName) + LENGTH(State) + COALESCE(LENGTH(Checksum), 0) + 4)
                < LEAST(\(limit), @@max_allowed_packet),
            SUM(State IN ('running', 'failed', 'undoing') OR State = 'removed' AND (FinishedOn IS NULL OR Error IS NOT NULL))
            FROM \(tables.name(JournalTables.script))
        """
    }

    /// - Parameters:
    ///   - checkpoints: Rows that start with folder and file.
    ///   - scripts: What `statements` give.
    ///   - deployments: What `JournalReader.deploymentState` gives.
    /// - Returns: Nil where a plan has to be made to know more: a journal without scripts, one that is too long, or one with a
    ///   script that is half done.
    init?(checkpoints: [Row], scripts: [Row], deployments: ArraySlice<[Row]>) {
        guard let row = scripts.first, let digest = row[0], row[1] == "1", row[2] == "0" else { return nil }
        let checkpoints = checkpoints.map { "\($0[0] ?? "")\0\($0[1] ?? "")" }.sorted()
        let isEstablished = deployments.first?.isEmpty == false ? "established" : ""
        let isUnfinished = deployments.last?.first?.first.flatMap { $0 } ?? ""
        text = checkpoints.reduce("\(digest)\0\0\(isEstablished)\0\0\(isUnfinished)") { "\($0)\0\0\($1)" }
    }
}
