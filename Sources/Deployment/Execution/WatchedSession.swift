/// A session of ours whose statements the watch ends when they take too long, or when a signal comes after this was made.
final class WatchedSession: Session {
    /// The same session, for what must run to its end.
    let base: any Session
    private let watch: Watch
    private let place: Int
    private let timeout: Int
    /// Signals that had come before.
    private let earlier: Int

    /// - Parameters:
    ///   - place: Of the session, among those on which statements run at the same time.
    ///   - timeout: Seconds for one statement; 0 means no limit.
    ///   - earlier: Signals that do not end its statements: those that had come when it began.
    init(_ base: any Session, _ watch: Watch, at place: Int = 0, timeout: Int, earlier: Int = 0) {
        self.base = base
        self.watch = watch
        self.place = place
        self.timeout = timeout
        self.earlier = earlier
    }

    /// Why the last statement was ended from here, or nothing new should start; nil if neither is so.
    var cause: Watch.Cause? { watch.cause(at: place, earlier: earlier) }

    /// Whether a signal came since.
    var isStopped: Bool { watch.signals > earlier }

    var dialect: any Dialect { base.dialect }
    var connectionID: UInt64 { base.connectionID }
    var interrupter: any Interrupter { base.interrupter }
    var isInTransaction: Bool { base.isInTransaction }
    var isAutocommitting: Bool { base.isAutocommitting }
    var insertID: UInt64 { base.insertID }

    @discardableResult
    func execute(_ statement: [UInt8]) throws(DatabaseError) -> UInt64 {
        try watched { () throws(DatabaseError) in try base.execute(statement) }
    }

    func execute(
        _ statement: [UInt8], after prelude: [String], then coda: [String], meanwhile: () -> Void
    ) throws(DatabaseError) {
        try watched { () throws(DatabaseError) in
            try base.execute(statement, after: prelude, then: coda, meanwhile: meanwhile)
        }
    }

    func execute(
        batch: [[UInt8]], meanwhile: () -> Void, isDone: (Int) -> Void
    ) throws(DatabaseError) {
        try watched { () throws(DatabaseError) in try base.execute(batch: batch, meanwhile: meanwhile, isDone: isDone) }
    }

    func results(_ statements: String, meanwhile: () -> Void) throws(DatabaseError) -> [ResultSet] {
        try watched { () throws(DatabaseError) in try base.results(statements, meanwhile: meanwhile) }
    }

    func reset(database: String?, characterSet: String) throws(DatabaseError) {
        try base.reset(database: database, characterSet: characterSet)
    }

    func select(database: String) throws(DatabaseError) { try base.select(database: database) }

    func close() { base.close() }

    private func watched<Value>(_ body: () throws(DatabaseError) -> Value) throws(DatabaseError) -> Value {
        var value: Value?
        _ = try watch.during(interrupter, at: place, timeout: timeout, earlier: earlier) { () throws(DatabaseError) in
            value = try body()
        }
        guard let value else { throw DatabaseError.interrupted }
        return value
    }
}
