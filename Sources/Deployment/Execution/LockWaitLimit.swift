import SQLScript

/// Limits, in a script's session, how long a definition waits for a lock that others hold.
///
/// Whoever wants a table queues behind a definition that waits for it ("Metadata Locking" in the MySQL manual), so one that
/// waits behind a forgotten transaction stops an application. The limit is in force for the definition alone: what changes
/// rows, and the journal's records, keep nobody waiting, and wait as the server says.
final class LockWaitLimit {
    /// Nil leaves everything to the server.
    let seconds: Int?
    /// Whether the script has set `lock_wait_timeout` itself: then that counts.
    private var isScripts = false
    private var isInForce = false

    init(seconds: Int?) {
        self.seconds = seconds
    }

    /// What the session's value was before, while the limit is in force.
    private static let saved = "@`databasedeploy.lock_wait_timeout`"

    /// The session's value as the script knows it.
    static let scriptsValue = "CAST(IFNULL(\(saved), @@SESSION.lock_wait_timeout) AS UNSIGNED)"

    /// Statements that put the limit in force. A value that something else has set, such as a procedure, stays.
    func begin() -> [String] {
        guard let seconds, !isScripts else { return [] }
        isInForce = true
        return [
            """
            SET \(Self.saved) = @@SESSION.lock_wait_timeout, SESSION lock_wait_timeout = \
            CAST(IF(@@SESSION.lock_wait_timeout = @@GLOBAL.lock_wait_timeout, \(seconds), @@SESSION.lock_wait_timeout) AS UNSIGNED)
            """
        ]
    }

    /// Statements that end it; none if it is not in force.
    func end() -> [String] {
        guard isInForce else { return [] }
        isInForce = false
        return ["SET SESSION lock_wait_timeout = \(Self.scriptsValue), \(Self.saved) = NULL"]
    }

    /// The session was reset: nothing is set in it.
    func wasReset() {
        isInForce = false
        isScripts = false
    }

    /// The script has run a statement that assigns session variables.
    func collect(from statement: ScriptStatement) {
        if statement.classification.assignedVariables.contains(where: {
            $0.scope == .session && $0.name == "lock_wait_timeout"
        }) {
            isScripts = true
        }
    }

    /// The session was brought back to where the script was.
    func restore(from state: String) { isScripts = state.contains("SESSION lock_wait_timeout = ") }
}
