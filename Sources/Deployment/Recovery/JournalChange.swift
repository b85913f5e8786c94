/// A change of the journal that runs no script: takes the lock, writes, and leaves a line in the history.
struct JournalChange {
    let configuration: Configuration
    let access: TargetAccess

    /// Makes the change in one transaction.
    ///
    /// - Parameters:
    ///   - strategy: What the history calls it.
    ///   - command: What to type for it, with its arguments.
    ///   - body: Writes with the writer on the session.
    /// - Throws: `DeploymentError` if the journal is another by now than the one that was decided about.
    func make(
        _ strategy: String, _ command: String, _ body: (JournalWriter, any Session) throws -> Void
    ) throws {
        try access.explaining(next: "databasedeploy \(command)", state: { "Nothing was recorded." }) {
            try change(strategy, body)
        }
    }

    private func change(_ strategy: String, _ body: (JournalWriter, any Session) throws -> Void) throws {
        let tables = JournalTables(database: configuration.database)
        let lock = try DeploymentLock(
            session: try access.openSession(), database: configuration.database, timeout: configuration.lockTimeout,
            leaseSeconds: configuration.lease, isInterrupted: { false }, onWait: { _ in }, connect: access.connector)
        let session = lock.session
        defer { lock.release() }
        try JournalWriter.createTables(tables, on: session)
        let (id, clock) = try JournalWriter.begin(tables, strategy: strategy, on: session)
        let writer = JournalWriter(tables: tables, deploymentID: id, fence: try lock.takeFence(), clock: clock)
        let now = try JournalReader(session: session, database: configuration.database).snapshot()
        guard now.records == access.journal.records, now.checkpoints == access.journal.checkpoints else {
            try writer.finish(outcome: Outcome.Kind.failed.rawValue, applied: 0, error: "overtaken", on: session)
            throw DeploymentError(
                .locked, "Another deployer has changed the journal meanwhile, so nothing was written.",
                advice: "Look again: databasedeploy status")
        }
        try session.execute("START TRANSACTION")
        try body(writer, session)
        try writer.finish(outcome: Outcome.Kind.succeeded.rawValue, applied: 0, error: nil, on: session)
        try session.commit()
    }
}
