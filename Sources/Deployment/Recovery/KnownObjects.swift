import SQLScript

/// The objects of the databases that a deployment works in, listed once for each kind and kept up to date meanwhile: so
/// that most statements need no question before them.
final class KnownObjects {
    private let session: any Session
    private var lists: [String: Set<String>] = [:]
    /// What `SHOW CREATE TABLE` said since the last statement; nil for a table that is not there.
    private var definitions: [ObjectName: String?] = [:]

    /// - Parameter session: Not the one of the scripts.
    init(session: any Session) {
        self.session = session
    }

    /// Whether an object is there; nil for a kind that is not known here.
    func exists(_ object: ObjectName) throws(DatabaseError) -> Bool? {
        guard let key = Self.key(object), let database = object.database else {
            return try ObjectQuery(session: session).exists(object)
        }
        if let list = lists[key] { return list.contains(object.name) }
        guard let list = try ObjectQuery(session: session).names(object.kind, in: database) else {
            return try ObjectQuery(session: session).exists(object)
        }
        lists[key] = list
        return list.contains(object.name)
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
            for object in objects { change(object) { $0.remove(object.name) } }
            // A table takes its triggers along.
            if verb == .dropTable { lists = lists.filter { !$0.key.hasPrefix("trigger") } }
        case .createDatabase, .dropDatabase, .renameTable, .alterEvent: forget()
        case .alterTable where objects.count > 1: forget()
        default: break
        }
    }

    private func change(_ object: ObjectName, _ change: (inout Set<String>) -> Void) {
        guard let key = Self.key(object), lists[key] != nil else { return }
        change(&lists[key, default: []])
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
