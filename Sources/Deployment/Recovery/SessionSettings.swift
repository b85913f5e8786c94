import SQLScript

/// What a script's own statements set in its session besides user variables, and besides what is always looked at.
struct SessionSettings {
    /// System variables that were not looked up on the server yet, in lower case.
    private var unseen: Set<String> = []
    /// Those that have a global value, too, with which a session begins.
    private var known: Set<String> = []
    /// Those that have none: what a new session would begin with is not known.
    private var strange: Set<String> = []
    /// Whether the script took a role.
    private(set) var setsRole = false

    /// Those whose values are captured in a way of their own.
    private static let others: Set<String> = [
        "sql_log_bin", "last_insert_id", "identity", "transaction_isolation", "tx_isolation",
    ]

    /// A statement of the script is done.
    mutating func collect(from statement: ScriptStatement) {
        if statement.effective.verb == .setRole { setsRole = true }
        for variable in statement.effective.assignedVariables where variable.scope == .session {
            let name = variable.name
            guard !SessionState.variables.contains(name), !Self.others.contains(name) else { continue }
            if variable.isDefault {
                unseen.remove(name)
                strange.remove(name)
            } else {
                unseen.insert(name)
            }
        }
    }

    /// Looks up what was collected.
    ///
    /// - Parameter session: Not the script's, which must not see an error of ours.
    mutating func settle(on session: any Session) throws(DatabaseError) {
        for name in unseen.subtracting(known).subtracting(strange).sorted() {
            do throws(DatabaseError) {
                _ = try session.query("SELECT \(Self.own(name)), \(Self.common(name))")
                known.insert(name)
            } catch {
                if error.isOfOneScope {
                    strange.insert(name)
                } else if !error.isNoSuchVariable {
                    // What the server does not know was set in a comment for others.
                    throw error
                }
            }
        }
        unseen = []
    }

    /// Variables that the session may have other values of than a new one would, sorted.
    var variables: [String] { known.sorted() }

    /// Why the state cannot be brought back whole; nil if nothing is in the way.
    var obstacle: String? {
        strange.min().map { "the script set \($0), of which the server does not tell what it would be otherwise" }
    }

    /// SQL for the session's value of a variable.
    static func own(_ variable: String) -> String { "@@SESSION.\(spelled(variable))" }
    /// SQL for the value with which a session begins.
    static func common(_ variable: String) -> String { "@@GLOBAL.\(spelled(variable))" }
    /// The variable where `SET` gives it a value.
    static func assigned(_ variable: String) -> String { "SESSION \(spelled(variable))" }

    private static func spelled(_ variable: String) -> String {
        let isPlain = variable.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
        }
        return isPlain
            ? variable : variable.split(separator: ".").map { quoted(identifier: String($0)) }.joined(separator: ".")
    }
}

extension Dialect {
    /// Roles as `SET ROLE` takes them.
    ///
    /// - Parameter current: What `CURRENT_ROLE()` gave: one name in MariaDB, a list of quoted ones or `NONE` in MySQL.
    func spelled(roles current: String?) -> String {
        guard let current else { return "NONE" }
        return product == "MariaDB" ? quoted(identifier: current) : current
    }
}

extension DatabaseError {
    /// "Variable is a SESSION variable".
    fileprivate var isOfOneScope: Bool { number == 1238 }
    /// "Unknown system variable".
    fileprivate var isNoSuchVariable: Bool { number == 1193 }
}
