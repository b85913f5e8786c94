import SQLScript

/// The objects of the databases that a deployment works in, listed once for each kind and kept up to date meanwhile: so
/// that most statements need no question before them.
final class KnownObjects {
    private let session: any Session
    private var lists: [String: NameList] = [:]
    /// What `SHOW CREATE TABLE` said since the last statement; nil for a table that is not there.
    private var definitions: [ObjectName: String?] = [:]

    /// - Parameter session: Not the one of the scripts.
    init(session: any Session) {
        self.session = session
    }

    /// Whether an object is there; nil for a kind that is not known here.
    func exists(_ object: ObjectName) throws(DatabaseError) -> Bool? {
        let query = ObjectQuery(session: session)
        guard let key = Self.key(object), let database = object.database else { return try query.exists(object) }
        if lists[key] == nil, let names = try query.names(object.kind, in: database) { lists[key] = NameList(names) }
        if let isThere = lists[key]?.contains(object.name) { return isThere }
        return try query.exists(object)
    }

    /// A table's definition; nil if it is not there.
    func definition(of table: ObjectName) throws(DatabaseError) -> String? {
        if let known = definitions[table] { return known }
        let text = try TableDefinition.ifThere(table, on: session)
        definitions[table] = .some(text)
        return text
    }

    /// A statement is done, which may have changed any definition.
    ///
    /// - Parameter table: One that was looked at while it ran, and that it does not touch; nil for none.
    func forgetDefinitions(but table: ObjectName?) {
        definitions = definitions.filter { $0.key == table }
    }

    /// Forgets everything: what ran may have made or dropped anything.
    func forget() {
        lists = [:]
        definitions = [:]
    }

    /// What a statement did.
    struct Change: Sendable {
        let verb: StatementVerb
        /// With their databases.
        let objects: [ObjectName]
    }

    /// A statement is done.
    ///
    /// - Parameter objects: Its objects, with their databases.
    func note(_ verb: StatementVerb, _ objects: [ObjectName]) {
        switch verb {
        case .createTable, .createView, .createProcedure, .createFunction, .createTrigger, .createEvent,
            .createPackage, .createSequence:
            if let object = objects.first { change(object) { $0.insert(object.name) } }
        case .dropTable, .dropView, .dropProcedure, .dropFunction, .dropTrigger, .dropEvent, .dropPackage,
            .dropSequence:
            for object in objects { drop(object) }
            // A table takes its triggers along.
            if verb == .dropTable { lists = lists.filter { !$0.key.hasPrefix("trigger") } }
        case .createDatabase, .dropDatabase, .renameTable, .alterEvent: forget()
        case .alterTable where objects.count > 1: forget()
        default: break
        }
    }

    private func change(_ object: ObjectName, _ change: (inout NameList) -> Void) {
        guard let key = Self.key(object), var list = lists.removeValue(forKey: key) else { return }
        change(&list)
        lists[key] = list
    }

    /// What went may be in the list in another spelling.
    private func drop(_ object: ObjectName) {
        guard let key = Self.key(object), let isListed = lists[key]?.contains(object.name) else {
            forgetNames(of: object)
            return
        }
        if isListed { change(object) { $0.remove(object.name) } }
    }

    private func forgetNames(of object: ObjectName) {
        if let key = Self.key(object) { lists[key] = nil }
    }

    private static func key(_ object: ObjectName) -> String? {
        guard let database = object.database else { return nil }
        switch object.kind {
        case .table, .view, .sequence: return "table " + database
        case .procedure, .function, .trigger, .event, .package: return "\(object.kind) " + database
        default: return nil
        }
    }
}
