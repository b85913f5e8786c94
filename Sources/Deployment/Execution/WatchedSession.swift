import SQLScript

/// A session of ours whose statements the watch ends when they take too long, or when a signal comes after this was made.
///
/// For the journal's work there is another kind: it takes milliseconds, unless somebody holds a lock on everything, such as a
/// backup. Then who that is is told, and a signal ends it.
final class WatchedSession: Session {
    /// The same session, for what must run to its end, unless somebody's lock is in the way.
    let base: any Session
    /// Without anybody's watch.
    private let plain: any Session
    private let watch: Watch
    private let place: Int
    private let timeout: Int
    /// Signals that had come before.
    private let earlier: Int
    private let isJournals: Bool
    private let locks: LockWatch?
    private let script: ScriptIdentity?

    /// - Parameters:
    ///   - place: Of the session, among those on which statements run at the same time.
    ///   - timeout: Seconds for one statement; 0 means no limit.
    ///   - earlier: Signals that do not end its statements: those that had come when it began.
    ///   - locks: Of others; definitions step aside for them, and are tried again. Nil leaves that to the server.
    ///   - script: For which it works.
    init(
        _ base: any Session, _ watch: Watch, at place: Int = 0, timeout: Int, earlier: Int = 0, locks: LockWatch? = nil,
        of script: ScriptIdentity? = nil
    ) {
        self.locks = locks
        self.script = script
        self.base = base
        plain = (base as? WatchedSession)?.plain ?? base
        self.watch = watch
        self.place = place
        self.timeout = timeout
        self.earlier = earlier
        isJournals = false
    }

    /// One for the journal's work.
    init(journal base: any Session, _ watch: Watch, at place: Int, locks: LockWatch) {
        self.base = base
        plain = (base as? WatchedSession)?.plain ?? base
        self.watch = watch
        self.place = place
        self.locks = locks
        timeout = 0
        earlier = 0
        script = nil
        isJournals = true
    }

    /// Why the last statement was ended from here, or nothing new should start; nil if neither is so.
    var cause: Watch.Cause? { watch.cause(at: place, earlier: earlier) }

    /// Whether a signal came since.
    var isStopped: Bool { watch.signals > earlier }

    var dialect: any Dialect { base.dialect }
    var scriptModes: LexicalModes { get throws(DatabaseError) { try base.scriptModes } }
    var constants: SessionConstants { get throws(DatabaseError) { try base.constants } }
    var rights: OwnRights { get throws(DatabaseError) { try base.rights } }
    var connectionID: UInt64 { base.connectionID }
    var interrupter: any Interrupter { base.interrupter }
    var isInTransaction: Bool { base.isInTransaction }
    var isAutocommitting: Bool { base.isAutocommitting }
    var insertID: UInt64 { base.insertID }

    @discardableResult
    func execute(_ statement: [UInt8]) throws(DatabaseError) -> UInt64 {
        guard !isJournals, let seconds = locks?.seconds else { return try once(statement) }
        let classification = classify(statement, findsSecrets: false)
        guard classification.effect == .commitsImplicitly else { return try once(statement) }
        return try patiently(statement, classification.objects, seconds)
    }

    private func once(_ statement: [UInt8], _ look: LockLook? = nil) throws(DatabaseError) -> UInt64 {
        try watched(look) { () throws(DatabaseError) in try plain.execute(statement) }
    }

    /// Runs a definition, again and again while others hold a lock that it needs.
    private func patiently(
        _ statement: [UInt8], _ names: [ObjectName], _ seconds: Int
    ) throws(DatabaseError) -> UInt64 {
        var patience = LockPatience(limit: timeout)
        while true {
            let look = script.flatMap { locks?.look($0, [connectionID]) }
            look?.begin(nil, names)
            defer { look?.end() }
            do throws(DatabaseError) {
                try plain.execute("SET SESSION lock_wait_timeout = \(seconds)")
                let count = try once(statement, look)
                try plain.execute("SET SESSION lock_wait_timeout = DEFAULT")
                return count
            } catch {
                if error.isConnectionLost { throw error }
                try plain.execute("SET SESSION lock_wait_timeout = DEFAULT")
                guard error.isLockWaitTimeout else { throw error }
                look?.lookBack(on: plain)
                guard let pause = patience.next() else { throw error.explained(by: look?.found) }
                guard watch.pause(.seconds(pause), earlier: earlier) else { throw DatabaseError.interrupted }
            }
        }
    }

    func execute(
        _ statement: [UInt8], after prelude: [String], then coda: [String], meanwhile: () -> Void
    ) throws(DatabaseError) {
        try watched { () throws(DatabaseError) in
            try plain.execute(statement, after: prelude, then: coda, meanwhile: meanwhile)
        }
    }

    func execute(
        batch: [[UInt8]], after prelude: [String], meanwhile: () -> Void, isDone: (Int) -> Void
    ) throws(DatabaseError) {
        try watched { () throws(DatabaseError) in
            try plain.execute(batch: batch, after: prelude, meanwhile: meanwhile, isDone: isDone)
        }
    }

    func results(_ statements: String, meanwhile: () -> Void) throws(DatabaseError) -> [ResultSet] {
        try watched { () throws(DatabaseError) in try plain.results(statements, meanwhile: meanwhile) }
    }

    func renew() throws(DatabaseError) { try base.renew() }

    func reset(database: String?, characterSet: String) throws(DatabaseError) {
        try base.reset(database: database, characterSet: characterSet)
    }

    func select(database: String) throws(DatabaseError) { try base.select(database: database) }

    func close() { base.close() }

    private func watched<Value>(
        _ look: LockLook? = nil, _ body: () throws(DatabaseError) -> Value
    ) throws(DatabaseError) -> Value {
        let look = look ?? (isJournals ? locks?.look(script, [connectionID]) : nil)
        defer { look?.end() }
        var value: Value?
        _ = try watch.during(
            interrupter, at: place, timeout: timeout, earlier: isJournals ? watch.signals : earlier, isOurs: isJournals,
            look: look
        ) { () throws(DatabaseError) in
            value = try body()
        }
        guard let value else { throw DatabaseError.interrupted }
        return value
    }
}
