/// A statement waits for a lock, and who holds it.
public struct LockWait: Sendable {
    /// Nil for one that takes a script back, and for one of the journal.
    public var statement: StatementSummary?
    /// What is locked; nil where that is not known.
    public var lock: String?
    public var holders: [LockHolder]
    /// Whether the server does not tell who holds it, so that the holders are those with the oldest transactions.
    public var isGuess: Bool
    /// Whether rows are locked, and not the definition.
    public var isOfRows: Bool
    /// How to learn more from this server.
    public var hint: String?

    /// What happens, in words.
    public var text: String { "Waiting for \(reason)" }

    /// What happens, behind the script to which it does; nil for none.
    func text(of script: ScriptIdentity?) -> String { (script.map { "\($0): " } ?? "") + text }

    /// The lock and who holds it, in words.
    var reason: String {
        let what = lock.map { (isOfRows ? "rows of " : "the lock of ") + $0 } ?? (isOfRows ? "rows" : "a metadata lock")
        guard !holders.isEmpty else { return "\(what). The server does not tell who holds it." }
        let first = holders.prefix(Self.shown).map(\.description).joined(separator: "; ")
        let more = holders.count > Self.shown ? "; and \(holders.count - Self.shown) more" : ""
        return "\(what), \(isGuess ? "perhaps " : "")held by \(first + more)."
    }

    /// What to type to end the holder, if it is known.
    public var remedy: String? {
        holders.first.map { holder in
            "\(isGuess ? "If it is that one: " : "")KILL \(holder.session) ends that session, and its transaction with it."
        }
    }

    /// What to type, if anything.
    public var advice: String? {
        let lines = [remedy, hint].compactMap { $0 }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private static let shown = 3
}

/// A session that holds a lock.
public struct LockHolder: Sendable, Equatable, CustomStringConvertible {
    /// As in the process list.
    public var session: UInt64
    public var user: String
    /// From where it is connected.
    public var host: String
    public var database: String?
    /// Whether it waits for its client.
    public var isIdle: Bool
    /// Since when it is idle, or runs its statement, in seconds.
    public var seconds: Int
    /// How old its transaction is, in seconds; nil without one.
    public var transactionSeconds: Int?
    /// The statement that it runs, or its last one, as a person may see it; nil where that is not known.
    public var statement: String?

    public var description: String {
        let place = database.map { ", database \($0)" } ?? ""
        let open = transactionSeconds.map { "in a transaction for \(age($0)), " } ?? ""
        let text = statement.map { isIdle ? "; its last statement: \($0)" : " with: \($0)" } ?? ""
        return
            "session \(session) (\(user)@\(host)\(place)): \(open)\(isIdle ? "idle" : "busy") for \(age(seconds))\(text)"
    }
}

extension DatabaseError {
    /// The error, with who was in the way.
    func explained(by wait: LockWait?) -> DatabaseError {
        guard let wait else { return self }
        var error = self
        error.message += ". It waited for \(wait.reason)" + (wait.remedy.map { " \($0)" } ?? "")
        return error
    }
}
