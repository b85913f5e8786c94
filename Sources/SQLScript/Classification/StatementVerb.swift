/// What a statement is, for every statement of MySQL 9 and MariaDB 10.11 and 11.
public enum StatementVerb: String, Sendable, Hashable, CaseIterable {
    // Definition
    case createDatabase, alterDatabase, dropDatabase
    case createTable, alterTable, dropTable, truncate, renameTable
    case createIndex, dropIndex
    case createView, alterView, dropView
    case createProcedure, alterProcedure, dropProcedure
    case createFunction, alterFunction, dropFunction
    case createTrigger, dropTrigger
    case createEvent, alterEvent, dropEvent
    case createPackage, createPackageBody, dropPackage, dropPackageBody
    case createSequence, alterSequence, dropSequence
    case createServer, alterServer, dropServer
    case createTablespace, alterTablespace, dropTablespace
    case createLogfileGroup, alterLogfileGroup, dropLogfileGroup
    case createSpatialReferenceSystem, dropSpatialReferenceSystem
    case createResourceGroup, alterResourceGroup, dropResourceGroup
    case createLibrary, alterLibrary, dropLibrary
    case alterInstance
    // Data
    case insert, replace, update, delete, load, select, selectInto, table, values, call, `do`, handler, importTable
    // Transactions and locks
    case startTransaction, commit, rollback, savepoint, releaseSavepoint, xa, lockTables, unlockTables
    case lockInstance, unlockInstance, setTransaction
    // Accounts
    case createUser, alterUser, dropUser, renameUser, createRole, dropRole, grant, revoke
    case setPassword, setRole, setDefaultRole
    // The session
    case setVariable, setNames, setCharacterSet, setResourceGroup, use, prepare, execute, executeImmediate, deallocate
    // Programs
    case compound, signal, resignal, getDiagnostics
    // Administration
    case analyze, optimize, check, repair, checksum, flush, reset, kill, shutdown, restart, clone
    case installPlugin, uninstallPlugin, installComponent, uninstallComponent, cacheIndex, loadIndex
    case changeReplication, startReplication, stopReplication, purgeBinaryLogs, binlog, backup
    // Questions
    case show, describe, explain, help
    /// Nothing but space and comments.
    case empty
    case unknown
}

/// What a statement does to the transaction around it, and how far it reaches.
public enum StatementEffect: Sendable, Hashable {
    /// Takes part in a transaction, if its tables do.
    case transactional
    /// Commits by itself ("Statements That Cause an Implicit Commit" (MySQL), "SQL statements that cause an implicit commit"
    /// (MariaDB)).
    case commitsImplicitly
    /// Changes only the session.
    case sessionOnly
    case reads
    /// Begins, ends or marks a transaction.
    case transactionControl
    /// What it does is not said in its text: `CALL`, `EXECUTE`, `LOAD`, compound statements, what touches the whole server, and
    /// what is not known.
    case unbounded
}
