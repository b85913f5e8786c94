import SQLScript
import Synchronization

/// Finds out, from a thread of its own and on a connection of its own, who holds the lock that a statement waits for, and tells.
final class LockLook: Sendable {
    private struct State {
        var found: LockWait?
        var isOver = false
        var statement: StatementSummary?
        var names: [ObjectName] = []
    }

    private let state = Mutex(State())
    /// Nil where it is for none.
    private let script: ScriptIdentity?
    private let connections: [UInt64]
    private let locks: LockWatch
    /// Milliseconds to the first look, and, growing, between later ones.
    let interval: Int

    /// - Parameter connections: Of ours; the first is the one that waits.
    init(_ script: ScriptIdentity?, _ connections: [UInt64], _ locks: LockWatch) {
        self.script = script
        self.connections = connections
        self.locks = locks
        // Before a limit of a second is over.
        interval = locks.seconds == 1 ? 500 : 1000
    }

    /// A statement of a script is under way.
    ///
    /// - Parameter selected: The database in which names without one are; nil where that is not known.
    func begin(_ statement: ScriptStatement, selected: String?) {
        begin(statement.summary, statement.effective.objects.compactMap { $0.placed(in: selected) })
    }

    /// A statement is under way.
    ///
    /// - Parameters:
    ///   - statement: Nil for one that is not the script's.
    ///   - names: What it names, as far as that can be told.
    func begin(_ statement: StatementSummary?, _ names: [ObjectName]) {
        state.withLock { state in
            state.statement = statement
            state.names = names
        }
    }

    /// What was found.
    var found: LockWait? { state.withLock { $0.found } }

    /// The statement is done: from now on nothing is told.
    func end() { state.withLock { $0.isOver = true } }

    /// Looks while the statement is under way. Called by the watch, on a thread for it.
    func look() {
        guard state.withLock({ !$0.isOver && $0.found == nil }) else { return }
        do {
            let session = try locks.connect()
            defer { session.close() }
            try look(on: session, isWaiting: true)
        } catch {
            // There is no connection to be had, or no right to look. What becomes of the statement shows all the same.
        }
    }

    /// Looks when the statement has given up, if nothing was found before.
    func lookBack(on session: any Session) {
        guard found == nil else { return }
        do {
            try look(on: session, isWaiting: false)
        } catch {
            // As above; a session that is lost says so at its next statement.
        }
    }

    private func look(on session: any Session, isWaiting: Bool) throws {
        let (statement, names) = state.withLock { ($0.statement, $0.names) }
        let holders = LockHolders(
            session: session, waiting: connections[0], others: Array(connections.dropFirst()), database: locks.database,
            names: names)
        guard let finding = try holders.find(isWaiting: isWaiting) else { return }
        let wait = LockWait(
            statement: statement, lock: finding.lock, holders: finding.holders, isGuess: finding.isGuess,
            isOfRows: finding.isOfRows,
            hint: try holders.hint(finding))
        let isNew = state.withLock { state in
            guard state.found == nil, !(isWaiting && state.isOver) else { return false }
            state.found = wait
            return true
        }
        if isNew { locks.emit(.lockWait(script, wait)) }
    }
}
