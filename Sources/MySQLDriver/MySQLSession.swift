import CMariaDB
import Deployment
import SQLScript

/// A session over Connector/C.
final class MySQLSession: Session {
    let dialect: any Dialect
    /// Of a new session, as the server said when it greeted, or was asked.
    private var modes: LexicalModes?
    private var known: SessionConstants?
    private var knownRights: OwnRights?
    let connectionID: UInt64
    let interrupter: any Interrupter
    private(set) var insertID: UInt64 = 0
    private let connection: Connection
    /// Statements of a reset that travel with the next packet, to save a round trip.
    private var owed: String?
    /// How many statements those are.
    private var owedCount = 1
    private var initialSettings: [String]?
    /// How the connection was lost, if it was. The library must not be asked for more then: `mysql_reset_connection()`
    /// would go on for ever to look for the rest of a packet's results.
    private var loss: DatabaseError?

    init(connection: Connection, endpoint: Endpoint) throws(DatabaseError) {
        self.connection = connection
        let version = mysql_get_server_info(connection.handle).map { String(cString: $0) } ?? ""
        dialect = Deployment.dialect(ofVersion: version)
        connectionID = UInt64(mysql_thread_id(connection.handle))
        interrupter = KillQuery(endpoint: endpoint, connectionID: connectionID, line: Line(connection))
        // MySQL says nothing of `ANSI_QUOTES`.
        modes = dialect.product == "MariaDB" ? Self.modes(connection.handle.pointee.server_status) : nil
        owed = dialect.ourSettings
    }

    var scriptModes: LexicalModes {
        get throws(DatabaseError) {
            if let modes { return modes }
            let asked = LexicalModes(sqlMode: try value("SELECT @@GLOBAL.sql_mode") ?? "")
            modes = asked
            return asked
        }
    }

    var constants: SessionConstants {
        get throws(DatabaseError) {
            if let known { return known }
            let asked = try SessionConstants(self)
            known = asked
            return asked
        }
    }

    var rights: OwnRights {
        get throws(DatabaseError) {
            if let knownRights { return knownRights }
            let asked = try OwnRights(self)
            knownRights = asked
            return asked
        }
    }

    private static func modes(_ status: UInt32) -> LexicalModes {
        var modes: LexicalModes = []
        if status & UInt32(SERVER_STATUS_NO_BACKSLASH_ESCAPES) != 0 { modes.insert(.noBackslashEscapes) }
        if status & UInt32(SERVER_STATUS_ANSI_QUOTES) != 0 { modes.insert(.ansiQuotes) }
        return modes
    }

    var isInTransaction: Bool {
        connection.handle.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) != 0
    }

    var isAutocommitting: Bool {
        connection.handle.pointee.server_status & UInt32(SERVER_STATUS_AUTOCOMMIT) != 0
    }

    func execute(_ statement: [UInt8]) throws(DatabaseError) -> UInt64 {
        if owed != nil { _ = try query("DO 0") }
        return try run(statement, meanwhile: {})
    }

    func execute(
        _ statement: [UInt8], after prelude: [String], then coda: [String], meanwhile: () -> Void
    ) throws(DatabaseError) {
        // A line end first: the statement may end in a comment.
        let coda = Array(coda.map { "\n;\n\($0)" }.joined().utf8)
        var completed = 0
        try run([coda.isEmpty ? statement : statement + coda], after: prelude, meanwhile: meanwhile) {
            completed = $0 + 1
        }
        guard completed <= prelude.count else { return }
        var error = DatabaseError.interrupted
        error.completed = completed
        throw error
    }

    func execute(
        batch statements: [[UInt8]], after prelude: [String], meanwhile: () -> Void, isDone: (Int) -> Void
    ) throws(DatabaseError) {
        try run(statements, after: prelude, meanwhile: meanwhile) { index in
            if index >= prelude.count { isDone(index - prelude.count) }
        }
    }

    /// Runs what a reset left to do, statements of ours, and those of a script, in one packet.
    ///
    /// - Parameter isDone: Called when a statement of ours or of the script is done, with its place.
    private func run(
        _ statements: [[UInt8]], after prelude: [String], meanwhile: () -> Void, isDone: (Int) -> Void
    ) throws(DatabaseError) {
        let added = owed == nil ? 0 : owedCount
        var packet = Array(([owed].compactMap { $0 } + prelude).map { "\($0);\n" }.joined().utf8)
        owed = nil
        packet.reserveCapacity(packet.count + statements.reduce(0) { $0 + $1.count + 3 })
        for (index, statement) in statements.enumerated() {
            // A line end first: the statement may end in a comment.
            if index > 0 { packet += [0x0A, UInt8(ascii: ";"), 0x0A] }
            packet += statement
        }
        do throws(DatabaseError) {
            let count = added + prelude.count + statements.count
            _ = try run(packet, of: count, meanwhile: meanwhile) { if $0 >= added { isDone($0 - added) } }
        } catch {
            var error = error
            error.completed = max(0, error.completed - added)
            throw error
        }
    }

    /// - Parameter statements: How many are in the packet.
    private func run(
        _ packet: [UInt8], of statements: Int = 1, meanwhile: () -> Void, isDone: (Int) -> Void = { _ in }
    ) throws(DatabaseError) -> UInt64 {
        try send(packet, meanwhile: meanwhile)
        var affected: UInt64 = 0
        insertID = 0
        var completed = 0
        while true {
            if let result = mysql_use_result(connection.handle) {
                // Rows are read one by one and dropped, so a large result takes no memory.
                while mysql_fetch_row(result) != nil {}
                mysql_free_result(result)
            }
            if mysql_errno(connection.handle) != 0 { throw lastError(after: completed) }
            let count = mysql_affected_rows(connection.handle)
            affected = count == UInt64.max ? 0 : count
            isDone(completed)
            completed += 1
            // Only an answer without rows says it; with rows the handle keeps an older one.
            if mysql_field_count(connection.handle) == 0 {
                insertID = max(insertID, mysql_insert_id(connection.handle))
            }
            connection.gather(answersLeft: statements - completed)
            guard try hasNextResult(after: completed) else {
                FaultPoint.afterAnswer.pass()
                return affected
            }
        }
    }

    /// Goes to the next result. The library answers -1 where there are no more ("mysql_next_result()"), and also where it lost
    /// the connection among the names of a result's columns.
    private func hasNextResult(after completed: Int) throws(DatabaseError) -> Bool {
        switch mysql_next_result(connection.handle) {
        case 0: return true
        case ..<0 where mysql_errno(connection.handle) == 0: return false
        default: throw lastError(after: completed)
        }
    }

    /// An error ends a packet. The library goes by the flag of the last answer and would wait for more.
    private func lastError(after completed: Int) -> DatabaseError {
        connection.handle.pointee.server_status &= ~UInt32(SERVER_MORE_RESULTS_EXIST)
        var error = connection.lastError
        error.completed = completed
        if error.isConnectionLost { loss = error }
        return error
    }

    /// Throws what a call of the library reported, unless its result says success.
    private func check(_ result: Int32) throws(DatabaseError) {
        if result != 0 { throw lastError(after: 0) }
    }

    private func checkConnection() throws(DatabaseError) {
        guard var loss else { return }
        loss.completed = 0
        throw loss
    }

    func results(_ statements: String, meanwhile: () -> Void) throws(DatabaseError) -> [ResultSet] {
        let packet = Array((owed.map { "\($0);\n\(statements)" } ?? statements).utf8)
        owed = nil
        try send(packet, meanwhile: meanwhile)
        var results: [ResultSet] = []
        while true {
            if let result = mysql_store_result(connection.handle) {
                results.append(
                    ResultSet(rows: Self.rows(of: result), types: Self.types(of: result), names: Self.names(of: result))
                )
                mysql_free_result(result)
            }
            if mysql_errno(connection.handle) != 0 { throw lastError(after: results.count) }
            guard try hasNextResult(after: results.count) else {
                FaultPoint.afterAnswer.pass()
                return results
            }
        }
    }

    private static func rows(of result: UnsafeMutablePointer<MYSQL_RES>) -> [Row] {
        let columns = Int(mysql_num_fields(result))
        var rows: [Row] = []
        while let row = mysql_fetch_row(result), let lengths = mysql_fetch_lengths(result) {
            rows.append(
                (0..<columns).map { column in
                    row[column].map { text in
                        let bytes = UnsafeRawBufferPointer(start: text, count: Int(lengths[column]))
                        return String(decoding: bytes, as: UTF8.self)
                    }
                })
        }
        return rows
    }

    private static func names(of result: UnsafeMutablePointer<MYSQL_RES>) -> [String] {
        guard let fields = mysql_fetch_fields(result) else { return [] }
        return UnsafeBufferPointer(start: fields, count: Int(mysql_num_fields(result))).map { field in
            field.name.map { String(cString: $0) } ?? ""
        }
    }

    private static func types(of result: UnsafeMutablePointer<MYSQL_RES>) -> [ResultSet.ValueType] {
        guard let fields = mysql_fetch_fields(result) else { return [] }
        return UnsafeBufferPointer(start: fields, count: Int(mysql_num_fields(result))).map { field in
            switch field.type {
            case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG,
                MYSQL_TYPE_YEAR:
                field.flags & UInt32(UNSIGNED_FLAG) == 0 ? .integer : .unsignedInteger
            case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: .decimal
            case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE: .double
            default: .string
            }
        }
    }

    func renew() throws(DatabaseError) {
        try reset()
        owed = dialect.ourSettings
        owedCount = 1
    }

    /// "Resetting the Session State": rolls back, unlocks, drops temporary tables and user variables, and sets variables to their
    /// global values, the character set among them; the selected database stays.
    private func reset() throws(DatabaseError) {
        try checkConnection()
        FaultPoint.beforeSending.pass()
        try check(mysql_reset_connection(connection.handle))
        FaultPoint.afterAnswer.pass()
    }

    func reset(database: String?, characterSet: String) throws(DatabaseError) {
        let initial = try self.initial
        try reset()
        let names = "SET NAMES \(characterSet)"
        let use = database.map { ["USE \(quoted(identifier: $0))"] } ?? []
        // Whatever the server's `autocommit` is, a session begins with the flag that says it is on, and setting what is set
        // already does not move the flag.
        var statements = ["\(names), SESSION autocommit = 1, SESSION autocommit = @@GLOBAL.autocommit"] + use
        // In a new session the database is selected by then. The script's text is in the character set that it says; a collation
        // that was set stays, which `SET NAMES` would set anew.
        if !initial.isEmpty {
            let setsCollation = initial.contains { $0.lowercased().contains("collat") }
            let client = "SET character_set_client = \(characterSet), character_set_results = \(characterSet)"
            statements += initial + [setsCollation ? client : names]
        }
        owed = statements.joined(separator: ";\n")
        owedCount = statements.count
    }

    /// What the server runs for a new connection of this account, and not when one is reset, as far as it sets variables. What else is
    /// in it, such as a row for each connection, is of the connection, and happened.
    private var initial: [String] {
        get throws(DatabaseError) {
            if let known = initialSettings { return known }
            let text = try constants.initConnect
            let isSubject = text.isEmpty ? false : try !rights.allowEverywhere(dialect.rightsBeyondInitConnect)
            let settings = isSubject ? sessionSettings(in: Array(text.utf8)) : []
            initialSettings = settings
            return settings
        }
    }

    func select(database: String) throws(DatabaseError) {
        if owed != nil { _ = try query("DO 0") }
        try checkConnection()
        FaultPoint.beforeSending.pass()
        try check(mysql_select_db(connection.handle, database))
        FaultPoint.afterAnswer.pass()
    }

    func close() { connection.close() }

    private func send(_ packet: [UInt8], meanwhile: () -> Void) throws(DatabaseError) {
        try checkConnection()
        FaultPoint.beforeSending.pass()
        let sent = packet.withUnsafeBytes { bytes in
            mysql_send_query(
                connection.handle, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), UInt(bytes.count))
        }
        try check(sent)
        FaultPoint.afterSending.pass()
        meanwhile()
        try check(Int32(mysql_read_query_result(connection.handle)))
    }
}

/// Ends a running statement by `KILL QUERY` on a connection of its own.
private struct KillQuery: Interrupter {
    let endpoint: Endpoint
    let connectionID: UInt64
    let line: Line

    func interrupt() throws(DatabaseError) {
        let connection = try Connection(endpoint: endpoint, database: nil, hasPatience: false)
        defer { connection.close() }
        try connection.check(mysql_query(connection.handle, "KILL QUERY \(connectionID)"))
    }

    func abandon() { line.cut() }
}
