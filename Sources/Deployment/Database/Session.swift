import SQLScript

/// What a server says to a connection, the same for as long as that lasts.
public struct SessionConstants: Sendable {
    /// The largest packet, in bytes.
    let packetLimit: Int?
    /// Tells one run of the server from another: what `Dialect.serverStart` gives.
    let serverStart: String
    /// What the server runs for new connections ("init_connect"); empty for nothing.
    public let initConnect: String

    /// Asks a session.
    public init(_ session: some Session) throws(DatabaseError) {
        let row = try session.query(
            "SELECT @@max_allowed_packet, \(session.dialect.serverStart), @@init_connect"
        ).first
        packetLimit = row?[0].flatMap(Int.init)
        serverStart = row?[1] ?? ""
        initConnect = row?[2] ?? ""
    }
}

/// One connection and its state on the server. It belongs to the thread that opened it.
public protocol Session: AnyObject {
    /// What kind of server this is.
    var dialect: any Dialect { get }
    /// What of `sql_mode` a script finds at its start. May ask the server.
    var scriptModes: LexicalModes { get throws(DatabaseError) }
    /// What stays as it is for as long as the connection. May ask the server.
    var constants: SessionConstants { get throws(DatabaseError) }
    /// What its user may do. May ask the server.
    var rights: OwnRights { get throws(DatabaseError) }
    /// The server's number for this connection, as in its process list.
    var connectionID: UInt64 { get }
    /// Stops the running statement from another thread.
    var interrupter: any Interrupter { get }
    /// Whether a transaction is open, as the server said with its last answer.
    var isInTransaction: Bool { get }
    /// Whether statements outside of a transaction commit by themselves (`autocommit`), as the server said last.
    var isAutocommitting: Bool { get }

    /// The last value for an `AUTO_INCREMENT` column that the last call of `execute` made or was given, as the server said
    /// with its answer; 0 for none.
    var insertID: UInt64 { get }

    /// Runs a statement, byte for byte, and reads and drops its result sets.
    ///
    /// - Parameter statement: In the session's character set. It may hold several statements; all run, up to the
    ///   first error.
    /// - Returns: The rows affected by the last statement.
    @discardableResult
    func execute(_ statement: [UInt8]) throws(DatabaseError) -> UInt64

    /// Runs statements of ours and then one of a script, in one packet, which saves a round trip. The server runs one
    /// after the other, up to the first error.
    ///
    /// - Parameters:
    ///   - statement: Byte for byte; one statement only.
    ///   - prelude: Statements of ours, one each.
    ///   - coda: Statements of ours that run if the statement succeeds. The server runs them also when nobody waits for
    ///     its answer any more.
    ///   - meanwhile: Called after the statements were sent, while the server works. It must not use the session.
    /// - Throws: `DatabaseError`, whose `completed` tells which statement failed; `interrupted` also where the server stopped
    ///   before the statement without a word.
    func execute(
        _ statement: [UInt8], after prelude: [String], then coda: [String], meanwhile: () -> Void
    ) throws(DatabaseError)

    /// Runs statements of scripts, byte for byte, and of ours among them, in one packet. The server runs one after the other, up
    /// to the first error.
    ///
    /// - Parameters:
    ///   - statements: In the session's character set; one statement each.
    ///   - prelude: Statements of ours before them, one each.
    ///   - meanwhile: Called after the statements were sent, while the server works. It must not use the session.
    ///   - isDone: Called when one of the statements is done, with its place. A server that is told to end a statement may do so
    ///     between two, and then says nothing of the rest.
    /// - Throws: `DatabaseError`, whose `completed` tells which statement failed; the prelude's count, too.
    func execute(
        batch statements: [[UInt8]], after prelude: [String], meanwhile: () -> Void, isDone: (Int) -> Void
    ) throws(DatabaseError)

    /// Runs statements that we wrote ourselves, in one packet, and gives the result of each one that has rows.
    ///
    /// - Parameter meanwhile: Called after the statements were sent, while the server works. It must not use the session.
    func results(_ statements: String, meanwhile: () -> Void) throws(DatabaseError) -> [ResultSet]

    /// Brings the session back to the state of a new one of ours, without its locks.
    func renew() throws(DatabaseError)

    /// Brings the session to the state in which the client would start it: no transaction, temporary tables,
    /// table locks or user variables, variables at their global values.
    ///
    /// - Parameters:
    ///   - database: The database to select; nil keeps the one that is selected.
    ///   - characterSet: MySQL's name for the character set in which statements travel.
    func reset(database: String?, characterSet: String) throws(DatabaseError)

    /// Selects a database.
    func select(database: String) throws(DatabaseError)

    /// Ends the session.
    func close()
}

/// Stops the statement that a session is running; usable from every thread.
public protocol Interrupter: Sendable {
    /// Ends the running statement on the server. The session itself stays usable.
    func interrupt() throws(DatabaseError)

    /// Cuts the session's connection, where the server does not answer at all: whoever waits for it gets a lost connection.
    func abandon()
}

/// One row of a result, its values in column order, as text; nil is SQL's `NULL`.
public typealias Row = [String?]

/// What a statement gave.
public struct ResultSet: Sendable {
    /// What the values of a column are, as far as that decides how a literal of the same type is written.
    public enum ValueType: Sendable {
        case integer, unsignedInteger, decimal, double
        /// Text, bytes, or what is kept as such.
        case string
    }

    public var rows: [Row]
    /// One for each column.
    public var types: [ValueType]
    /// What the columns are called.
    public var names: [String]

    public init(rows: [Row], types: [ValueType], names: [String] = []) {
        self.rows = rows
        self.types = types
        self.names = names
    }
}

extension Session {
    /// Runs a statement that we wrote ourselves.
    @discardableResult
    public func execute(_ statement: String) throws(DatabaseError) -> UInt64 {
        try execute(Array(statement.utf8))
    }

    /// Runs statements that we wrote ourselves, in one packet, and gives the rows of each one that has rows.
    public func results(_ statements: String) throws(DatabaseError) -> [[Row]] {
        try results(statements, meanwhile: {}).map(\.rows)
    }

    /// As `results`, for the first statement that has rows.
    public func query(_ statements: String) throws(DatabaseError) -> [Row] {
        try results(statements).first ?? []
    }

    /// Asks in a script's session, where results come in the character set that the script wants
    /// (`character_set_results`): for the time of the query it is ours.
    func ask(_ query: String) throws(DatabaseError) -> ResultSet? {
        try results(
            """
            SET \(ScriptResults.variable) = @@SESSION.character_set_results, SESSION character_set_results = utf8mb4;
            \(query);
            SET SESSION character_set_results = \(ScriptResults.variable), \(ScriptResults.variable) = NULL
            """, meanwhile: {}
        ).first
    }

    /// The text of the error that the last statement ended with, from the server itself: in a script's
    /// `character_set_results` with two or four bytes for a character, the client library drops it. Results come in ours from
    /// then on.
    func lostMessage() throws(DatabaseError) -> String? {
        try value(
            """
            GET DIAGNOSTICS CONDITION 1 \(ScriptResults.message) = MESSAGE_TEXT;
            SET SESSION character_set_results = utf8mb4;
            SELECT \(ScriptResults.message) LIMIT 1
            """)
    }

    /// Commits, whatever the session's `completion_type` is.
    public func commit() throws(DatabaseError) {
        try execute("COMMIT AND NO CHAIN NO RELEASE")
    }

    /// As `results`, but waits no longer than a second for tables that somebody is changing. The script's own session may
    /// hold one, by `LOCK TABLES` or `FLUSH TABLES`: it would wait for this one, and this one for it.
    ///
    /// - Throws: `DatabaseError`; `isLockWaitTimeout` when the second is over.
    func resultsWithoutWaiting(_ statements: String) throws(DatabaseError) -> [[Row]] {
        do throws(DatabaseError) {
            return try results(
                "SET SESSION lock_wait_timeout = 1;\n\(statements);\nSET SESSION lock_wait_timeout = DEFAULT")
        } catch {
            try execute("SET SESSION lock_wait_timeout = DEFAULT")
            throw error
        }
    }

    /// The first value of the first row.
    public func value(_ statement: String) throws(DatabaseError) -> String? {
        try query(statement).first?.first ?? nil
    }
}

/// User variables of ours, which no script names: what they hold has to outlast a statement.
enum ScriptResults {
    /// The script's `character_set_results` while we ask.
    static let variable = "@`databasedeploy.character_set_results`"
    /// The text of an error.
    static let message = "@`databasedeploy.message`"
}
