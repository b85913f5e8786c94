import SQLScript

/// How it is found out whether a statement that commits by itself happened, when its deployer died in it.
enum SettlementRule: Equatable {
    /// Doing it twice leaves what doing it once leaves. The reason in words.
    case harmless(String)
    /// The server's state tells.
    case traces([Trace])
    /// Only a person can tell. The reason in words.
    case unknown(String)

    /// - Parameters:
    ///   - classification: A statement with the rule `commits`.
    ///   - database: The one that is selected.
    init(_ classification: Classification, database: String?) {
        let objects = classification.objects.compactMap { $0.placed(in: database) }
        guard objects.count == classification.objects.count else {
            self = .unknown("no database is selected")
            return
        }
        self = Self.rule(classification, objects)
    }

    private static func rule(_ statement: Classification, _ objects: [ObjectName]) -> Self {
        switch statement.verb {
        case .createTable, .createSequence:
            if statement.condition == .orReplace { return traces(.identity, objects) }
            return creation(statement, objects)
        case .createPackageBody where statement.condition == .none: break
        case .createView, .createProcedure, .createFunction, .createTrigger, .createEvent, .createPackage,
            .createPackageBody, .createUser, .createRole:
            // It may have been, and be gone.
            if statement.mayEnd {
                return statement.condition == .orReplace
                    ? .unknown("the event may have run, and be gone") : traces(.appearance, objects)
            }
            if statement.condition == .orReplace {
                return .harmless("it puts the same definition in the place of any other")
            }
            return creation(statement, objects)
        case .createDatabase, .createServer: return creation(statement, objects)
        case .dropTable, .dropView, .dropProcedure, .dropFunction, .dropTrigger, .dropEvent, .dropPackage,
            .dropSequence, .dropDatabase, .dropServer, .dropUser, .dropRole:
            if statement.condition == .ifExists { return .harmless("it does nothing where the object is gone") }
            return traces(.existence, objects)
        case .alterTable where statement.alteration.isOnlyKeys:
            return .harmless("it sets what it says, whatever was before")
        case .alterTable:
            guard let table = objects.first else { break }
            let alteration = statement.alteration
            if alteration.movesData {
                return .traces([.definition, .identity].map { Trace(kind: $0, object: table) } + newNames(objects))
            }
            if alteration.reusesNames {
                return .traces([Trace(kind: .redefinition, object: table)] + newNames(objects))
            }
            // Not of foreign keys: an engine without them passes them over.
            let names =
                alteration.isConditional
                ? []
                : alteration.addedColumns.union(alteration.addedKeys).union(
                    alteration.renamedColumns.values.map { $0.lowercased() })
            return .traces([Self.definition(of: table, names)] + newNames(objects))
        case .createIndex, .dropIndex:
            guard let table = objects.last, table.kind == .table, let index = objects.first else { break }
            let names: Set = statement.verb == .createIndex ? [index.name.lowercased()] : []
            return .traces([Self.definition(of: table, names)])
        case .truncate: return traces(.identity, objects)
        case .renameTable:
            // Where tables change places, every name is there before and after.
            return traces(Set(objects).count == objects.count ? .existence : .identity, objects)
        case .renameUser where Set(objects).count < objects.count:
            return .unknown("where accounts change places, every name is there before and after")
        case .renameUser: return traces(.existence, objects)
        case .alterEvent where objects.count > 1: return traces(.existence, objects)
        case .revoke: return traces(.rights, objects)
        case .alterUser, .setPassword:
            if statement.retainsPassword {
                return .unknown("the second time, the new password would become the old one")
            }
            return .harmless("it sets what it says, whatever was before")
        case .alterView, .alterProcedure, .alterFunction, .alterDatabase, .alterEvent, .alterServer, .grant,
            .setDefaultRole, .changeReplication, .startReplication, .stopReplication, .purgeBinaryLogs:
            return .harmless("it sets what it says, whatever was before")
        case .analyze, .optimize, .check, .repair, .checksum, .flush, .cacheIndex, .loadIndex:
            return .harmless("it changes neither definitions nor rows")
        case .lockTables, .unlockTables:
            return .harmless("locks belong to a session, and that is gone")
        default: break
        }
        return .unknown("nothing in the server's state tells")
    }

    /// - Parameter names: Of elements that come. What is not ASCII may be another name in the script's character set.
    private static func definition(of table: ObjectName, _ names: Set<String>) -> Trace {
        Trace(
            kind: .definition, object: table,
            candidates: names.filter { !$0.isEmpty && $0.utf8.allSatisfy { $0 < 0x80 } })
    }

    /// Traces of the names that an `ALTER TABLE` gives its table.
    private static func newNames(_ objects: [ObjectName]) -> [Trace] {
        objects.dropFirst().map { Trace(kind: .existence, object: $0) }
    }

    /// Tables whose definitions tell.
    var tablesToRead: [ObjectName] {
        guard case .traces(let traces) = self else { return [] }
        return traces.filter { [.definition, .redefinition].contains($0.kind) }.map(\.object)
    }

    private static func creation(_ statement: Classification, _ objects: [ObjectName]) -> Self {
        if statement.condition == .ifNotExists { return .harmless("it does nothing where the object is") }
        return traces(.existence, objects)
    }

    private static func traces(_ kind: Trace.Kind, _ objects: [ObjectName]) -> Self {
        guard !objects.isEmpty else { return .unknown("what it works on is not clear from its text") }
        return .traces(objects.map { Trace(kind: kind, object: $0) })
    }
}

extension ObjectName {
    /// The object with its database; nil for one that needs a database where none is selected.
    func placed(in selected: String?) -> ObjectName? {
        switch kind {
        case .table, .view, .procedure, .function, .trigger, .event, .package, .sequence:
            guard let database = database ?? selected else { return nil }
            return ObjectName(kind: kind, database: database, name: name)
        case .index, .database, .user, .role, .server, .tablespace, .plugin, .other: return self
        }
    }
}
