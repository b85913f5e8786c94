import SQLScript

/// What has to be kept before a statement, so that it can be taken back after it is committed.
enum UndoNeed: Equatable {
    /// It leaves nothing that lasts.
    case nothing
    /// It makes an object, or puts another definition in the place of one.
    case creation(ObjectName)
    /// It changes a table's definition, and loses nothing that is in it.
    case definition(ObjectName)
    /// It changes a table's definition, and may lose some of what is in it.
    case lossyDefinition(ObjectName)
    /// It removes tables.
    case tables([ObjectName])
    /// It puts a new table in the place of one.
    case replacement(ObjectName)
    /// It removes or changes views, routines, triggers or events.
    case programs([ObjectName])
    /// It empties a table.
    case emptying(ObjectName)
    /// It renames tables: old and new names in turn.
    case renaming([ObjectName])
    /// It gives or takes rights.
    case rights([ObjectName])
    /// It changes a database's defaults.
    case database(ObjectName)
    /// It changes rows, in a transaction that a later statement commits.
    case rows([ObjectName])
    /// It cannot be taken back. The reason in words, behind the statement's name.
    case impossible(String)

    /// - Parameters:
    ///   - statement: What it does.
    ///   - rule: How it stands to the transaction.
    init(_ statement: Classification, _ rule: TransactionRule) {
        switch rule {
        case .mayCommit: self = Self.unbounded(statement)
        case .joins: self = Self.change(statement)
        case .commits: self = Self.definition(statement)
        case .endsTransaction, .startsTransaction, .indifferent: self = .nothing
        case .needsNoTransaction:
            self = statement.verb == .xa ? .impossible("may commit by itself") : .nothing
        }
    }

    static let lastingRows = "changes rows of a table without transactions"

    /// Whether a statement may do what its functions do.
    static func mayCallFunctions(_ statement: ScriptStatement) -> Bool {
        [
            .insert, .replace, .update, .delete, .load, .select, .selectInto, .table, .values, .do, .setVariable,
            .createTable,
            .analyze, .explain,
        ].contains(statement.effective.verb)
    }

    /// Why a statement cannot be taken back, by what its text says of functions and sequences; nil if nothing is in the way.
    static func obstacle(_ statement: ScriptStatement) -> String? {
        [.select, .do, .setVariable].contains(statement.effective.verb) && statement.says(["SETVAL"])
            ? "sets a sequence" : nil
    }

    private static func unbounded(_ statement: Classification) -> Self {
        statement.verb == .setVariable
            ? .impossible("changes the server, and not only the database")
            : .impossible("may commit by itself, and what it does is not said in its text")
    }

    private static func change(_ statement: Classification) -> Self {
        switch statement.verb {
        case .insert, .replace, .update, .delete, .load:
            statement.objects.isEmpty
                ? .impossible("changes a table whose name is not clear") : .rows(statement.objects)
        default: .nothing
        }
    }

    private static func definition(_ statement: Classification) -> Self {
        guard !statement.isTemporary else { return .nothing }
        let objects = statement.objects
        switch statement.verb {
        case .lockTables, .unlockTables, .analyze, .optimize, .check, .repair, .checksum, .flush, .cacheIndex,
            .loadIndex:
            return .nothing
        case .alterTable where statement.alteration.isOnlyKeys: return .nothing
        default: break
        }
        guard let object = objects.first else { return .impossible("works on something whose name is not clear") }
        switch statement.verb {
        case .createTable where statement.condition == .orReplace: return .replacement(object)
        case .createDatabase where statement.condition == .orReplace:
            return .impossible("drops the database that it replaces")
        case .createServer where statement.condition == .orReplace:
            return .impossible("would need a password to be taken back, and none is kept")
        case .createTable, .createView, .createProcedure, .createFunction, .createTrigger, .createEvent,
            .createDatabase,
            .createServer:
            return .creation(object)
        case .createUser, .createRole:
            return objects.count == 1 && statement.condition != .orReplace
                ? .creation(object) : .impossible("makes several accounts, or replaces one")
        case .createIndex, .dropIndex:
            return objects.last.map { .definition($0) } ?? .nothing
        case .alterTable:
            if let obstacle = statement.alteration.obstacle { return .impossible(obstacle) }
            if statement.alteration.movesData { return .impossible("works on partitions or tablespaces") }
            if objects.count > 1 {
                return statement.alteration.isLossy
                    ? .impossible("renames the table and may lose some of what is in it") : .renaming(objects)
            }
            return statement.alteration.isLossy ? .lossyDefinition(object) : .definition(object)
        case .dropTable: return .tables(objects)
        case .dropView, .dropProcedure, .dropFunction, .dropTrigger, .dropEvent, .alterView, .alterProcedure,
            .alterFunction:
            return .programs(objects)
        case .alterEvent: return objects.count == 1 ? .programs(objects) : .impossible("renames an event")
        case .truncate: return .emptying(object)
        case .renameTable where statement.condition == .ifExists && objects.count > 2:
            return .impossible("renames several tables, some of which may not be there")
        case .renameTable: return .renaming(objects)
        case .grant, .revoke: return .rights(objects)
        case .alterDatabase: return .database(object)
        case .alterUser, .setPassword, .dropUser:
            return .impossible("would need a password to be taken back, and none is kept")
        default: return .impossible("is of a kind that cannot be taken back")
        }
    }
}
