import SQLScript

/// Finds out who holds the lock that a session of ours waits for.
///
/// The servers tell in `performance_schema.metadata_locks` (MySQL; MariaDB where it is switched on) or in
/// `METADATA_LOCK_INFO` (a plugin of MariaDB). Without those, whoever has a transaction open may be the one.
struct LockHolders {
    /// Not the one that waits.
    let session: any Session
    /// The connection that waits, or has waited.
    let waiting: UInt64
    /// Connections of ours that are none of those in question.
    let others: [UInt64]
    /// The target.
    let database: String
    /// What the statement names.
    let names: [ObjectName]

    /// What was found.
    struct Finding {
        /// What is locked, if the server says so.
        var lock: String?
        var holders: [LockHolder]
        var isGuess: Bool
        /// Whether rows are locked, and not the definition.
        var isOfRows = false
    }

    /// A lock, as `metadata_locks` has it.
    private struct Lock {
        let condition: String
        let name: String?
        /// How it is wanted; nil where that is not known.
        let mode: String?
    }

    /// Looks.
    ///
    /// - Parameter isWaiting: Whether it is still to be found out if the session waits at all; otherwise it has just given up.
    /// - Returns: Nil if it does not wait.
    func find(isWaiting: Bool) throws(DatabaseError) -> Finding? {
        let rows = try rowLocks()
        if let first = rows.first {
            let holders = try describe(rows.map(\.holder))
            return Finding(lock: first.table, holders: holders, isGuess: false, isOfRows: true)
        }
        let pending = try pendingLocks()
        if isWaiting, pending.isEmpty, try !isStateOfWaiting() { return nil }
        let locks = pending.isEmpty ? names.compactMap(Self.lock) : pending
        let name = locks.lazy.compactMap(\.name).first
        for find in [instrumented, listed, flushing] {
            let found = try find(locks)
            if !found.isEmpty { return Finding(lock: name, holders: try describe(found), isGuess: false) }
        }
        return Finding(lock: name, holders: try describe(try oldTransactions()), isGuess: true)
    }

    /// Whether a server could tell, but does not.
    func hint(_ finding: Finding) throws(DatabaseError) -> String? {
        guard finding.isGuess, session.dialect.product == "MariaDB" else { return nil }
        let plugin = try ask(
            """
            SELECT 1 FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'METADATA_LOCK_INFO' AND PLUGIN_STATUS = 'ACTIVE'
            """)
        return plugin.isEmpty
            ? "With a plugin this server tells who holds a lock: INSTALL SONAME 'metadata_lock_info'" : nil
    }

    // MARK: What is locked

    private func pendingLocks() throws(DatabaseError) -> [Lock] {
        try ask(
            """
            SELECT m.OBJECT_TYPE, m.OBJECT_SCHEMA, m.OBJECT_NAME, m.LOCK_TYPE FROM performance_schema.metadata_locks m
            JOIN performance_schema.threads t ON t.THREAD_ID = m.OWNER_THREAD_ID
            WHERE t.PROCESSLIST_ID = \(waiting) AND m.LOCK_STATUS = 'PENDING'
            """
        ).map { row in
            let condition = """
                m.OBJECT_TYPE = \(quoted(literal: row[0])) AND m.OBJECT_SCHEMA <=> \(quoted(literal: row[1])) \
                AND m.OBJECT_NAME <=> \(quoted(literal: row[2]))
                """
            let parts = [row[1], row[2]].compactMap { $0 }.filter { !$0.isEmpty }
            let name = parts.map(quoted(identifier:)).joined(separator: ".")
            return Lock(condition: condition, name: name.isEmpty ? nil : name, mode: row[3])
        }
    }

    private static func lock(_ object: ObjectName) -> Lock? {
        guard let database = object.database else { return nil }
        let condition = """
            m.OBJECT_SCHEMA = \(quoted(literal: database)) AND m.OBJECT_NAME = \(quoted(literal: object.name))
            """
        return Lock(condition: condition, name: object.spelled, mode: nil)
    }

    /// "Waiting for table metadata lock", "Waiting for backup lock", "Waiting for global read lock" and their like ("Thread
    /// States").
    private func isStateOfWaiting() throws(DatabaseError) -> Bool {
        let state = try ask("SELECT STATE FROM information_schema.PROCESSLIST WHERE ID = \(waiting)").first?[0] ?? ""
        return state.hasPrefix("Waiting for") && (state.hasSuffix(" lock") || state.hasSuffix("flush"))
    }

    // MARK: Who holds it

    /// Who holds locks of rows that the session waits for now, and the table.
    private func rowLocks() throws(DatabaseError) -> [(table: String?, holder: UInt64)] {
        var found: [(table: String?, holder: UInt64)] = []
        for row in try ask(session.dialect.rowLocks(of: waiting)) {
            guard let holder = row[1].flatMap(UInt64.init), !others.contains(holder),
                !found.contains(where: { $0.holder == holder })
            else {
                continue
            }
            found.append((row[0], holder))
        }
        return found
    }

    private func instrumented(_ locks: [Lock]) throws(DatabaseError) -> [UInt64] {
        var found: [UInt64] = []
        for lock in locks {
            let rows = try ask(
                """
                SELECT DISTINCT t.PROCESSLIST_ID FROM performance_schema.metadata_locks m
                JOIN performance_schema.threads t ON t.THREAD_ID = m.OWNER_THREAD_ID
                WHERE m.LOCK_STATUS = 'GRANTED' AND \(lock.condition) AND t.PROCESSLIST_ID NOT IN (\(ours))
                \(Self.harmless(lock.mode))
                """)
            found += rows.compactMap { $0[0].flatMap(UInt64.init) }.filter { !found.contains($0) }
        }
        return found
    }

    /// What else is granted beside a lock that is wanted ("Metadata Lock Types" in the servers' `mdl.h`).
    private static func harmless(_ mode: String?) -> String {
        let reading = "'SHARED', 'SHARED_HIGH_PRIO', 'SHARED_READ'"
        switch mode {
        case "INTENTION_EXCLUSIVE": return "AND m.LOCK_TYPE <> 'INTENTION_EXCLUSIVE'"
        case "SHARED_UPGRADABLE": return "AND m.LOCK_TYPE NOT IN (\(reading), 'SHARED_WRITE', 'SHARED_READ_ONLY')"
        case "SHARED_NO_WRITE": return "AND m.LOCK_TYPE NOT IN (\(reading))"
        case "SHARED", "SHARED_HIGH_PRIO", "SHARED_READ", "SHARED_WRITE":
            return "AND m.LOCK_TYPE NOT IN (\(reading), 'SHARED_WRITE', 'SHARED_UPGRADABLE')"
        default: return ""
        }
    }

    private func listed(_ locks: [Lock]) throws(DatabaseError) -> [UInt64] {
        guard session.dialect.product == "MariaDB" else { return [] }
        let named = names.compactMap { object in
            object.database.map {
                "(TABLE_SCHEMA = \(quoted(literal: $0)) AND TABLE_NAME = \(quoted(literal: object.name)))"
            }
        }
        // `FLUSH TABLES WITH READ LOCK` and backups keep off everything.
        let all = """
            (LOCK_MODE LIKE 'MDL_BACKUP_FTWRL%' OR LOCK_MODE LIKE 'MDL_BACKUP_WAIT%' OR LOCK_MODE = 'MDL_BACKUP_BLOCK_DDL')
            """
        return try ask(
            """
            SELECT DISTINCT THREAD_ID FROM information_schema.METADATA_LOCK_INFO
            WHERE THREAD_ID NOT IN (\(ours)) AND LOCK_TYPE <> 'User lock' AND (\((named + [all]).joined(separator: " OR ")))
            """
        ).compactMap { $0[0].flatMap(UInt64.init) }
    }

    /// Who is about to lock everything, and still waits for that itself: behind it nothing is written any more.
    private func flushing(_ locks: [Lock]) throws(DatabaseError) -> [UInt64] {
        try ask(
            """
            SELECT ID FROM information_schema.PROCESSLIST WHERE ID NOT IN (\(ours)) AND STATE LIKE 'Waiting for%'
            AND (INFO LIKE 'FLUSH%TABLES%WITH READ LOCK%' OR INFO LIKE 'BACKUP STAGE%' OR INFO LIKE 'LOCK%FOR BACKUP%')
            """
        ).compactMap { $0[0].flatMap(UInt64.init) }
    }

    private func oldTransactions() throws(DatabaseError) -> [UInt64] {
        try ask(
            """
            SELECT x.trx_mysql_thread_id FROM information_schema.INNODB_TRX x
            JOIN information_schema.PROCESSLIST p ON p.ID = x.trx_mysql_thread_id
            WHERE p.ID NOT IN (\(ours)) AND (p.DB = \(quoted(literal: database)) OR p.DB IS NULL)
            ORDER BY x.trx_started LIMIT 3
            """
        ).compactMap { $0[0].flatMap(UInt64.init) }
    }

    private var ours: String { ([waiting, session.connectionID] + others).map(String.init).joined(separator: ", ") }

    // MARK: What it is doing

    private func describe(_ sessions: [UInt64]) throws(DatabaseError) -> [LockHolder] {
        guard !sessions.isEmpty else { return [] }
        let list = sessions.map(String.init).joined(separator: ", ")
        let ages = try byID(
            """
            SELECT trx_mysql_thread_id, GREATEST(0, TIMESTAMPDIFF(SECOND, trx_started, NOW()))
            FROM information_schema.INNODB_TRX WHERE trx_mysql_thread_id IN (\(list))
            """)
        let texts = try byID(
            """
            SELECT t.PROCESSLIST_ID, LEFT(e.SQL_TEXT, 4096) FROM performance_schema.threads t
            JOIN performance_schema.events_statements_current e ON e.THREAD_ID = t.THREAD_ID
            WHERE t.PROCESSLIST_ID IN (\(list)) AND e.NESTING_EVENT_ID IS NULL
            """)
        let rows = try ask(
            """
            SELECT ID, USER, HOST, DB, COMMAND, TIME, LEFT(INFO, 4096) FROM information_schema.PROCESSLIST WHERE ID IN (\(list))
            """)
        let holders = rows.compactMap { row -> LockHolder? in
            guard let id = row[0].flatMap(UInt64.init) else { return nil }
            return LockHolder(
                session: id, user: row[1] ?? "", host: row[2] ?? "", database: row[3], isIdle: row[4] == "Sleep",
                seconds: max(0, row[5].flatMap(Int.init) ?? 0), transactionSeconds: ages[id].flatMap(Int.init),
                statement: (row[6] ?? texts[id]).map { ShownStatement(others: $0).line(100) })
        }
        return sessions.compactMap { id in holders.first { $0.session == id } }
    }

    private func byID(_ query: String) throws(DatabaseError) -> [UInt64: String] {
        var values: [UInt64: String] = [:]
        for row in try ask(query) { if let id = row[0].flatMap(UInt64.init) { values[id] = row[1] } }
        return values
    }

    /// Rows; none where this user may not see them, or the server does not have them.
    private func ask(_ query: String) throws(DatabaseError) -> [Row] {
        do throws(DatabaseError) {
            return try session.query(query)
        } catch {
            guard error.isAccessDenied || error.isNoSuchTable || error.isUnknownColumn || error.isUnknownViewOfServer
            else { throw error }
            return []
        }
    }
}

extension DatabaseError {
    /// "Unknown table in information_schema".
    fileprivate var isUnknownViewOfServer: Bool { number == 1109 }
}
