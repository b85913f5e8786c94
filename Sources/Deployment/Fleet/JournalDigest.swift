/// Reads what a target's journal comes to, in one round trip: two targets with the same digest have the same to do.
///
/// The server puts it together, so hundreds of rows become one. What it is made of is everything on which a plan depends as
/// long as no script is half done: the checkpoints, each script's state and checksum, and how the deployments ended.
struct JournalDigest {
    let session: any Session
    /// Bytes of text that the server puts together; more it would cut off in silence.
    private let limit: Int

    /// Prepares a session, which may then look at any database of its server.
    init(session: any Session) throws(DatabaseError) {
        self.session = session
        limit =
            try session.value(
                """
                SET SESSION group_concat_max_len = LEAST(@@max_allowed_packet, \(64 << 20));
                SELECT @@SESSION.group_concat_max_len
                """
            ).flatMap(Int.init) ?? 0
    }

    /// - Returns: Nil where a plan has to be made to know more: a part of the journal is not there, is too long, or has a
    ///   script that is half done.
    /// - Throws: `DatabaseError` if the connection is lost.
    func read(_ database: String) throws(DatabaseError) -> String? {
        let tables = JournalTables(database: database)
        let results: [[Row]]
        do throws(DatabaseError) {
            results = try session.results(
                """
                START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;
                SELECT FolderName, LastExecutedFile FROM \(tables.name(JournalTables.checkpoint));
                SELECT SHA2(GROUP_CONCAT(FolderName, 0x00, FileName, 0x00, State, 0x00, COALESCE(Checksum, ''), 0x00
                        SEPARATOR ''), 256),
                    SUM(LENGTH(FolderName) + LENGTH(FileName) + LENGTH(State) + COALESCE(LENGTH(Checksum), 0) + 4),
                    SUM(State IN ('running', 'failed', 'undoing'))
                    FROM \(tables.name(JournalTables.script));
                \(JournalReader.deploymentState(tables));
                COMMIT
                """)
        } catch {
            if error.isConnectionLost { throw error }
            try session.execute("ROLLBACK")
            return nil
        }
        guard results.count == 4, let row = results[1].first, let digest = row[0],
            let length = row[1].flatMap(Int.init), length < limit, row[2] == "0"
        else { return nil }
        let checkpoints = results[0].map { "\($0[0] ?? "")\0\($0[1] ?? "")" }.sorted()
        let isEstablished = results[2].isEmpty ? "" : "established"
        let isUnfinished = results[3].first?.first.flatMap { $0 } ?? ""
        return ([digest, isEstablished, isUnfinished] + checkpoints).joined(separator: "\0\0")
    }
}
