import SQLScript

/// The objects of the databases that a deployment works in, listed once for each kind and kept up to date meanwhile: so
/// that most statements need no question before them.
final class KnownObjects {
    private let session: any Session
    private var lists: [String: NameList] = [:]
    /// What `SHOW CREATE TABLE` said since the last statement; nil for a table that is not there.
    private var definitions: [ObjectName: String?] = [:]
    /// Those of them that were read while the statement ran that is under way, which leaves them alone, and when.
    private var foreseen: [ObjectName: ContinuousClock.Instant] = [:]
    /// Whether there are functions in any database; nil where it was not asked.
    private var functionsAnywhere: Bool?
    /// Names of tables' elements, as far as they are known, by the table's name in lower case, and for which spelling that is.
    private var elements: [String: (table: ObjectName, names: ElementNames)] = [:]
    /// For so long what was foreseen is good: who else changes definitions meanwhile would not be seen.
    private static let foresight = Duration.seconds(1)

    /// - Parameter session: Not the one of the scripts.
    init(session: any Session) {
        self.session = session
    }

    /// Whether an object is there; nil for a kind that is not known here.
    func exists(_ object: ObjectName) throws(DatabaseError) -> Bool? {
        if let isThere = try list(with: object)?.contains(object.name) { return isThere }
        return try ObjectQuery(session: session).exists(object)
    }

    /// The names of the objects of a kind in a database; nil for a kind that is not known here.
    ///
    /// - Parameter object: One of them.
    private func list(with object: ObjectName) throws(DatabaseError) -> NameList? {
        guard let key = Self.key(object), let database = object.database else { return nil }
        if lists[key] == nil, let names = try ObjectQuery(session: session).names(object.kind, in: database) {
            lists[key] = NameList(names)
        }
        return lists[key]
    }

    /// Whether some table of a database has triggers, or may have some that this user cannot see.
    func hasTriggers(in database: String) throws(DatabaseError) -> Bool {
        if try !session.rights.showTriggers(of: database) { return true }
        return try hasAny(.trigger, in: database)
    }

    func hasFunctions(in database: String) throws(DatabaseError) -> Bool { try hasAny(.function, in: database) }

    /// Whether this user sees functions, or packages, which may have some, in any database but the server's own.
    func hasFunctionsAnywhere() throws(DatabaseError) -> Bool {
        if let functionsAnywhere { return functionsAnywhere }
        let isAny =
            try session.value(
                """
                SELECT EXISTS (SELECT 1 FROM information_schema.ROUTINES
                WHERE ROUTINE_TYPE <> 'PROCEDURE' AND ROUTINE_SCHEMA NOT IN ('mysql', 'sys'))
                """) != "0"
        functionsAnywhere = isAny
        return isAny
    }

    private func hasAny(_ kind: ObjectName.Kind, in database: String) throws(DatabaseError) -> Bool {
        try list(with: ObjectName(kind: kind, database: database, name: ""))?.isEmpty != true
    }

    /// A table's definition; nil if it is not there.
    func definition(of table: ObjectName) throws(DatabaseError) -> String? {
        if let known = definitions[table] { return known }
        let text = try TableDefinition.ifThere(table, on: session)
        learn(text, of: table)
        return text
    }

    /// Reads the definitions of tables in one round trip, where all are there and free.
    func learnDefinitions(of tables: [ObjectName]) throws(DatabaseError) {
        let tables = Set(tables).filter { definitions[$0] == nil }
        guard !tables.isEmpty, let texts = try TableDefinition.ifAllThere(tables, on: session) else { return }
        for (table, text) in zip(tables, texts) { learn(text, of: table) }
    }

    private func learn(_ definition: String?, of table: ObjectName) {
        definitions[table] = .some(definition)
        elements[Self.elementKey(table)] = definition.flatMap(ElementNames.init).map { (table, $0) }
    }

    /// The names that a table's columns, keys and constraints may have, where nobody else changes definitions; nil if they are not
    /// known.
    func elements(of table: ObjectName) -> ElementNames? {
        guard let known = elements[Self.elementKey(table)], known.table == table else { return nil }
        return known.names
    }

    private static func elementKey(_ table: ObjectName) -> String {
        "\(table.database ?? "") \(table.name)".lowercased()
    }

    /// Reads the definitions of tables while a statement runs that leaves them alone.
    func foresee(_ tables: [ObjectName]) throws(DatabaseError) {
        for table in tables where definitions[table] == nil { foreseen[table] = .now }
        try learnDefinitions(of: tables)
    }

    /// A definition that was foreseen; nil if it was not, or the table is not there.
    func foreseenDefinition(of table: ObjectName) -> String? {
        foreseen[table] == nil ? nil : definitions[table] ?? nil
    }

    /// A statement is done, which may have changed any definition but those that were foreseen.
    func forgetDefinitions() {
        let oldest = ContinuousClock.now - Self.foresight
        definitions = definitions.filter { table, _ in foreseen[table].map { $0 > oldest } ?? false }
        foreseen = [:]
    }

    /// Forgets everything: what ran may have made or dropped anything.
    func forget() {
        lists = [:]
        definitions = [:]
        elements = [:]
        foreseen = [:]
        functionsAnywhere = nil
    }

    /// What a statement did.
    struct Change: Sendable {
        let verb: StatementVerb
        /// With their databases.
        let objects: [ObjectName]
        /// All that may name something in it; nil where that is not known.
        let words: [String]?

        /// - Parameter database: The one that is selected.
        init(_ statement: ScriptStatement, in database: String?) {
            verb = statement.effective.verb
            objects = statement.effective.objects.compactMap { $0.placed(in: database) }
            switch verb {
            case .createTable where statement.effective.condition == .none && !statement.effective.isTemporary,
                .alterTable, .createIndex:
                words = statement.nameWords
            default: words = nil
            }
        }
    }

    /// A statement is done.
    func note(_ change: Change) {
        let (verb, objects) = (change.verb, change.objects)
        noteElements(change)
        if [.createFunction, .createPackage].contains(verb) { functionsAnywhere = true }
        switch verb {
        case .createTable, .createView, .createProcedure, .createFunction, .createTrigger, .createEvent,
            .createPackage, .createSequence:
            // The database may have been listed in another spelling.
            if verb == .createTrigger {
                lists = lists.filter { !$0.key.hasPrefix("trigger") || $0.key == objects.first.flatMap(Self.key) }
            }
            if let object = objects.first { edit(object) { $0.insert(object.name) } }
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

    private func noteElements(_ change: Change) {
        guard let table = change.objects.last(where: { $0.kind == .table }) else { return }
        let key = Self.elementKey(table)
        switch change.verb {
        case .createTable: elements[key] = change.words.flatMap(ElementNames.init(creating:)).map { (table, $0) }
        case .alterTable, .createIndex:
            if let words = change.words { elements[key]?.names.add(words) } else { elements[key] = nil }
        case .dropTable: for table in change.objects { elements[Self.elementKey(table)] = nil }
        default: break
        }
    }

    private func edit(_ object: ObjectName, _ edit: (inout NameList) -> Void) {
        guard let key = Self.key(object), var list = lists.removeValue(forKey: key) else { return }
        edit(&list)
        lists[key] = list
    }

    /// What went may be in the list in another spelling.
    private func drop(_ object: ObjectName) {
        guard let key = Self.key(object), let isListed = lists[key]?.contains(object.name) else {
            forgetNames(of: object)
            return
        }
        if isListed { edit(object) { $0.remove(object.name) } }
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
