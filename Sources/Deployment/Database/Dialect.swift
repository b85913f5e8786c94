import SQLScript

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Facts about a server, and the spellings that differ between the two products. No I/O.
public protocol Dialect: Sendable {
    /// `MariaDB` or `MySQL`.
    var product: String { get }
    var version: ServerVersion { get }
    /// Whether DDL either happens or does not, also when the server is killed meanwhile.
    var hasAtomicDDL: Bool { get }
    /// Whether a statement about several objects happens for all of them or for none.
    var hasAtomicLists: Bool { get }
    /// The `sql_mode`, and what else is to be set, of a session that puts things back as they were, whatever that was.
    var restoringSettings: String { get }
    /// Whether a database can have a comment.
    var hasDatabaseComments: Bool { get }
    /// Whether the text of a routine is kept up to the packet's next semicolon, with the line ends before that.
    var keepsRoutinesToTheSemicolon: Bool { get }
    /// The table of the server's status values.
    var globalStatus: String { get }
    /// The table of `information_schema` that tells under which numbers InnoDB keeps tables, and its column for them.
    var innodbNumbers: (table: String, column: String) { get }
    /// A query for the node's name in a Galera cluster; no row, or `NULL`, for a server that stands alone.
    var clusterNode: String { get }
    /// An expression that tells servers apart whose tables may have the same numbers, and that stays the same over restarts.
    var serverMark: String { get }
    /// A statement whose rows tell how a replica follows its sources.
    var replicaStatus: String { get }
    /// A query for the number of foreign keys by which other tables change with a table.
    func cascadeCount(_ table: ObjectName) -> String
    /// With one of these rights for the whole server, `init_connect` is not run for an account ("init_connect").
    var rightsBeyondInitConnect: [String] { get }
    /// SQL for whether a table that is made has to have a primary key, or gets one: 1 or 0.
    var keyDemand: String { get }
    /// The name of the variable for the isolation level of transactions.
    var isolationVariable: String { get }
    /// The name of the variable that limits how long a statement may take.
    var statementTimeLimit: String { get }
    /// A query for the tables, and for the connections that hold locks in them, of rows for which a connection waits.
    func rowLocks(of connection: UInt64) -> String
    /// A statement that asks what a connection is doing, and fails with one error if it is not there, and with another one if this
    /// user may not know.
    func explaining(connection: some StringProtocol) -> String
}

/// A server's version number.
public struct ServerVersion: Sendable, Equatable, Comparable, CustomStringConvertible {
    public var major: Int
    public var minor: Int
    public var patch: Int

    public init(major: Int, minor: Int, patch: Int = 0) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }

    public var description: String { "\(major).\(minor).\(patch)" }
}

/// MySQL.
public struct MySQLDialect: Dialect {
    public let version: ServerVersion

    public init(version: ServerVersion) { self.version = version }

    public var product: String { "MySQL" }
    /// "Atomic Data Definition Statement Support" in the MySQL manual: since 8.0.
    public var hasAtomicDDL: Bool { version >= ServerVersion(major: 8, minor: 0) }
    public var hasAtomicLists: Bool { hasAtomicDDL }

    /// "sql_require_primary_key", "sql_generate_invisible_primary_key": few accounts may set them.
    public var keyDemand: String {
        let names = [
            version >= ServerVersion(major: 8, minor: 0, patch: 13) ? "@@sql_require_primary_key" : nil,
            version >= ServerVersion(major: 8, minor: 0, patch: 30) ? "@@sql_generate_invisible_primary_key" : nil,
        ].compactMap { $0 }
        return names.isEmpty ? "0" : names.joined(separator: " OR ")
    }

    public var rightsBeyondInitConnect: [String] { ["CONNECTION_ADMIN", "SUPER"] }

    public var restoringSettings: String { "sql_mode = 'NO_AUTO_VALUE_ON_ZERO'" }

    public var hasDatabaseComments: Bool { false }

    public var keepsRoutinesToTheSemicolon: Bool { true }

    public var globalStatus: String { "performance_schema.global_status" }

    /// Not `INNODB_TABLES`, which waits for every table that anybody is changing.
    public var innodbNumbers: (table: String, column: String) { ("INNODB_TABLESPACES", "SPACE") }

    public func cascadeCount(_ table: ObjectName) -> String { table.standardCascadeCount }

    public var clusterNode: String { "SELECT NULL" }

    public var serverMark: String { "@@server_uuid" }

    public var replicaStatus: String {
        version >= ServerVersion(major: 8, minor: 0, patch: 22) ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS"
    }

    public func rowLocks(of connection: UInt64) -> String {
        """
        SELECT CONCAT('`', l.OBJECT_SCHEMA, '`.`', l.OBJECT_NAME, '`'), b.trx_mysql_thread_id
        FROM performance_schema.data_lock_waits w
        JOIN information_schema.INNODB_TRX r ON r.trx_id = w.REQUESTING_ENGINE_TRANSACTION_ID
        JOIN information_schema.INNODB_TRX b ON b.trx_id = w.BLOCKING_ENGINE_TRANSACTION_ID
        LEFT JOIN performance_schema.data_locks l ON l.ENGINE_LOCK_ID = w.REQUESTING_ENGINE_LOCK_ID
        WHERE r.trx_mysql_thread_id = \(connection)
        """
    }

    public func explaining(connection: some StringProtocol) -> String { "EXPLAIN FOR CONNECTION \(connection)" }

    public var statementTimeLimit: String { "max_execution_time" }

    public var isolationVariable: String {
        version >= ServerVersion(major: 5, minor: 7, patch: 20) ? "transaction_isolation" : "tx_isolation"
    }
}

/// MariaDB.
public struct MariaDBDialect: Dialect {
    public let version: ServerVersion

    public init(version: ServerVersion) { self.version = version }

    public var product: String { "MariaDB" }
    /// "Atomic DDL" in the MariaDB documentation: since 10.6.
    public var hasAtomicDDL: Bool { version >= ServerVersion(major: 10, minor: 6) }
    /// "Atomic DDL": each of them is, but not all together.
    public var hasAtomicLists: Bool { false }

    public var keyDemand: String { "0" }

    /// From 11.0 on, `SUPER` is not the other one, too ("GRANT", "Global Privileges").
    public var rightsBeyondInitConnect: [String] {
        ["CONNECTION ADMIN"] + (version < ServerVersion(major: 11, minor: 0) ? ["SUPER"] : [])
    }

    /// A row may be older than the check that it does not pass, and an account that is gone is not made by giving it a right.
    public var restoringSettings: String {
        "sql_mode = 'NO_AUTO_VALUE_ON_ZERO,NO_AUTO_CREATE_USER', check_constraint_checks = 0"
    }

    /// "CREATE DATABASE" in the MariaDB documentation.
    public var hasDatabaseComments: Bool { version >= ServerVersion(major: 10, minor: 5) }

    public var keepsRoutinesToTheSemicolon: Bool { false }

    public var globalStatus: String { "information_schema.GLOBAL_STATUS" }

    public var innodbNumbers: (table: String, column: String) { ("INNODB_SYS_TABLES", "TABLE_ID") }

    public var replicaStatus: String { "SHOW ALL SLAVES STATUS" }

    public var clusterNode: String { "SELECT IF(@@wsrep_on, CONCAT(@@hostname, ':', @@port), NULL)" }

    /// A replica must have another `server_id` than its primary; the nodes of a cluster may share one.
    public var serverMark: String { "CONCAT_WS(' ', @@server_id, @@port, @@datadir, (\(clusterNode)))" }

    /// The standard's view would open every table of the database, and wait for those that anybody is changing. The types
    /// are bits: 1 and 2 for `ON DELETE` `CASCADE` and `SET NULL`, 4 and 8 for `ON UPDATE` ("Information Schema
    /// INNODB_SYS_FOREIGN Table").
    public func cascadeCount(_ table: ObjectName) -> String {
        guard let name = table.innodbName else { return table.standardCascadeCount }
        return """
            SELECT COUNT(*) FROM information_schema.INNODB_SYS_FOREIGN WHERE REF_NAME = \(quoted(literal: name)) AND TYPE & 15 > 0
            """
    }

    public func rowLocks(of connection: UInt64) -> String {
        """
        SELECT l.lock_table, b.trx_mysql_thread_id FROM information_schema.INNODB_LOCK_WAITS w
        JOIN information_schema.INNODB_TRX r ON r.trx_id = w.requesting_trx_id
        JOIN information_schema.INNODB_TRX b ON b.trx_id = w.blocking_trx_id
        LEFT JOIN information_schema.INNODB_LOCKS l ON l.lock_id = w.requested_lock_id
        WHERE r.trx_mysql_thread_id = \(connection)
        """
    }

    public func explaining(connection: some StringProtocol) -> String { "SHOW EXPLAIN FOR \(connection)" }

    public var statementTimeLimit: String { "max_statement_time" }

    public var isolationVariable: String {
        version >= ServerVersion(major: 11, minor: 1) ? "transaction_isolation" : "tx_isolation"
    }
}

/// Reads what a server says in its greeting or from `SELECT VERSION()`, such as `10.11.6-MariaDB-0+deb12u1` or `9.7.0`.
public func dialect(ofVersion greeting: String) -> any Dialect {
    // MariaDB before 11 greets with a version that old replicas accept: `5.5.5-10.11.6-MariaDB`.
    let replicationPrefix = "5.5.5-"
    let text = greeting.hasPrefix(replicationPrefix) ? greeting.dropFirst(replicationPrefix.count) : greeting[...]
    let numbers = text.prefix { $0.isNumber || $0 == "." }.split(separator: ".").compactMap { Int($0) }
    let version = ServerVersion(
        major: numbers.first ?? 0, minor: numbers.dropFirst().first ?? 0, patch: numbers.dropFirst(2).first ?? 0)
    // `contains` for texts sets up the engine for patterns, which takes as long as sending a query.
    return strstr(greeting, "MariaDB") != nil ? MariaDBDialect(version: version) : MySQLDialect(version: version)
}

extension Dialect {
    /// The statement that gives a session of ours the settings for which our statements are written, whatever the server's are
    /// for new connections: what is read with them is the same in every session, and what is written commits.
    public var ourSettings: String {
        """
        SET NAMES utf8mb4, SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION', SESSION autocommit = 1,
            SESSION completion_type = 0, SESSION \(isolationVariable) = 'REPEATABLE-READ', SESSION sql_quote_show_create = 1,
            SESSION sql_safe_updates = 0, SESSION sql_select_limit = 18446744073709551615,
            SESSION group_concat_max_len = 1048576, SESSION sql_big_selects = 1, SESSION \(statementTimeLimit) = 0
        """
    }

    /// SQL for a `ServerStart`, as text.
    var serverStart: String {
        """
        CONCAT((SELECT FLOOR(UNIX_TIMESTAMP() - VARIABLE_VALUE) FROM \(globalStatus) WHERE VARIABLE_NAME = 'UPTIME'),
        COALESCE(CONCAT(' ', LEFT(SHA2((\(clusterNode)), 256), 32)), ''))
        """
    }
}

extension ObjectName {
    /// `Dialect.cascadeCount` by the standard's own view.
    var standardCascadeCount: String {
        """
        SELECT COUNT(*) FROM information_schema.REFERENTIAL_CONSTRAINTS
        WHERE UNIQUE_CONSTRAINT_SCHEMA = \(quoted(literal: database ?? "")) AND REFERENCED_TABLE_NAME = \(quoted(literal: name))
        AND (DELETE_RULE IN ('CASCADE', 'SET NULL', 'SET DEFAULT') OR UPDATE_RULE IN ('CASCADE', 'SET NULL', 'SET DEFAULT'))
        """
    }
}
