import SQLScript

/// Keeps, while a script runs, what is needed to take it back: before each statement how the objects that it touches are.
///
/// The first touch of an object counts. What the script made itself goes as a whole, so nothing is kept of that any more.
final class UndoLog {
    let script: ScriptIdentity
    let tables: JournalTables
    let table: UndoTable
    private let copies: TableCopy
    let known: KnownObjects
    /// Whether nobody else makes or drops objects meanwhile, so that what is known of them is all there is.
    private let isAlone: Bool
    private let limit: Int
    /// Gives a name that no other copy has.
    private let newCopyName: () -> String
    /// Looks while a statement of the script runs, which is under watch at the same place.
    let unwatched: any Session
    private let definerRight: DefinerRight
    private var session: any Session { copies.session }

    var entries: [UndoEntry]
    /// Tables that the open transaction changed.
    private var changed: [ObjectName] = []
    private var temporary = TemporaryTables()
    private var newColumns = NewColumns()
    /// Tables that were looked at when the script began: an update changes nothing but what it names.
    private var plainTables: Set<ObjectName>
    private var isReady = false
    /// Entries whose table was changed, and not looked at since.
    var looking: [ObjectName: Int] = [:]
    /// Statements for which an earlier run kept what may not be so any more.
    private var earlier: Set<Int>
    /// Copies in whose place newer ones are.
    private var stale: [String] = []
    /// What was seen of such a table, by entry.
    var seen: [Int: String] = [:]
    /// What the entry's detail becomes by that, as far as there was time to say so.
    var foundDetails: [Int: String] = [:]

    /// - Parameters:
    ///   - session: Not the script's.
    ///   - limit: Bytes of a table that is copied.
    ///   - entries: What an earlier run kept; empty for a script that starts.
    init(
        script: ScriptIdentity, tables: JournalTables, session: WatchedSession, known: KnownObjects,
        isAlone: Bool, limit: Int,
        newCopyName: @escaping () -> String, entries: [UndoEntry], plainTables: Set<ObjectName>
    ) {
        self.plainTables = plainTables
        self.script = script
        self.tables = tables
        table = UndoTable(tables: tables)
        copies = TableCopy(tables: tables, session: session)
        unwatched = session.base
        definerRight = DefinerRight(session: session)
        self.known = known
        self.isAlone = isAlone
        self.limit = limit
        self.newCopyName = newCopyName
        self.entries = entries
        let absent = entries.filter { $0.kind == .absent }
        earlier = Set(entries.filter { $0.copy != nil }.map(\.statement)).union(absent.map(\.statement))
            .union(absent.compactMap { $0.detail.flatMap(Int.init) })
    }

    /// The statements that begin the log; none if it has begun.
    ///
    /// - Parameter isRepeated: Whether an earlier run may have begun one, and got no further.
    func begin(isRepeated: Bool) -> [String] {
        guard entries.isEmpty else { return [] }
        return (isRepeated ? [table.delete(script)] : []) + [add(.begin, ObjectName(kind: .other, name: ""), 0)]
    }

    /// What has to be written, with the statement's intent, before it runs.
    ///
    /// - Parameters:
    ///   - isOwnTransaction: Whether the open transaction is the script's.
    ///   - isLast: Whether nothing comes after it, so that it is not to be taken back itself.
    ///   - database: The one that is selected.
    /// - Returns: Statements for the script's session.
    /// - Throws: `UndoObstacle` if it could not be taken back.
    func before(
        _ statement: ScriptStatement, isOwnTransaction: Bool, isLast: Bool, database: String?, holdsTableLocks: Bool,
        dialect: any Dialect, lockRows: (ObjectName) throws -> Bool
    ) throws -> [String] {
        // What has an intent of its own only because its rows stay is a change of rows all the same.
        let rule = statement.rowsOutlast ? .joins : statement.transactionRule
        let need = UndoNeed(statement.effective, rule).leaving { [temporary] object in
            object.placed(in: database).map(temporary.contains) == true
        }
        var records = try takeSeen(areDone: true)
        let objects = statement.effective.objects.compactMap { $0.placed(in: database) }
        let hidden = temporary.note(statement.effective, objects) { [changed] in changed.contains($0) }
        if let obstacle = hidden ?? UndoNeed.obstacle(statement) { throw UndoObstacle(obstacle) }
        if UndoNeed.mayCallFunctions(statement), try callsFunction(statement, database) {
            throw UndoObstacle("it calls a function, which may write")
        }
        // An earlier run kept this for it, and the statement did nothing: others have written since.
        if earlier.remove(statement.index) != nil { records += try again(statement, isInDoubt: true) }
        if case .rows(let objects) = need {
            // Its intent commits what was changed before it.
            if statement.rowsOutlast, !isOwnTransaction, !holdsTableLocks {
                records += try keepChanges(statement.index, database, dialect, lockRows)
            }
            for object in objects.compactMap({ $0.placed(in: database) }) where !changed.contains(object) {
                if holdsTableLocks && !isMade(object) { throw UndoObstacle("rows are changed under LOCK TABLES") }
                if changesOnlyNewColumns(statement.effective, object) { continue }
                if !holdsTableLocks { changed.append(object) }
            }
            return records
        }
        let commits = statement.commitsBefore(isOwnTransaction: isOwnTransaction) || rule.commitsWhenDone && !isLast
        if commits { records += try keepChanges(statement.index, database, dialect, lockRows) }
        if !isLast || statement.mayHappenInPart(on: dialect) { records += try keep(need, statement, database) }
        note(statement.effective, database)
        return records
    }

    /// What has to be written before a statement that did nothing, and is sent again: others have written meanwhile to what was
    /// copied for it, so it is copied once more.
    ///
    /// - Parameter isInDoubt: Whether one that does nothing the second time may have made something the first time.
    /// - Throws: `UndoObstacle` if it could not be taken back any more.
    func again(_ statement: ScriptStatement, isInDoubt: Bool = false) throws -> [String] {
        // What is in their place was written with the statement's last intent, and so is committed.
        for copy in stale { try session.execute("DROP TABLE IF EXISTS \(tables.name(copy))") }
        stale = []
        var records: [String] = []
        for (index, entry) in entries.enumerated()
        where isInDoubt && entry.kind == .absent && entry.detail == "\(statement.index)" {
            // It was to drop what the script had made, and did not.
            records += setDetail(nil, index)
        }
        for (index, entry) in entries.enumerated() where entry.statement == statement.index {
            let use: TableTraits.Use
            switch entry.kind {
            case .absent where entry.object.kind == .table:
                if try ObjectQuery(session: session).exists(entry.object) == true {
                    records += setDetail(isInDoubt ? UndoEntry.doubtful : UndoEntry.others, index)
                }
                continue
            case .values: use = .values
            case .rows: use = .emptying
            case .table, .replaced: use = .removal
            default: continue
            }
            guard let old = entry.copy, let shape = try shape(of: entry.object) else { continue }
            if let obstacle = shape.traits.obstacle(use, limit: limit) { throw UndoObstacle(obstacle) }
            let name = newCopyName()
            try make(name, of: shape)
            stale.append(old)
            entries[index].copy = name
            records.append(table.setCopy(name, entry, of: script))
        }
        return records
    }

    /// Whether there are tables to be dropped when the script is done.
    var hasCopies: Bool { entries.contains { $0.copy != nil } }

    /// Drops the copies, once the script is done and its log is gone.
    func dropCopies() throws {
        for copy in entries.compactMap(\.copy) + stale {
            try session.execute("DROP TABLE IF EXISTS \(tables.name(copy)), \(tables.name(copy + "k"))")
        }
    }

    /// The open transaction was rolled back.
    func rolledBack() { changed = [] }

    private func note(_ statement: Classification, _ database: String?) {
        if statement.verb == .createTrigger { plainTables = [] }
        newColumns.note(statement) { $0.placed(in: database) }
    }

    /// Whether a statement may call a function of a database, or of one of MariaDB's packages.
    private func callsFunction(_ statement: ScriptStatement, _ database: String?) throws -> Bool {
        // A dump's text is not worth looking through for nothing.
        guard try known.hasFunctionsAnywhere() else { return false }
        return try statement.calledNames.contains { name in
            if name.count > 2 { return true }
            guard name.count > 1 else { return try isThere(.function, name[0], in: database) }
            return try isThere(.function, name[1], in: name[0]) || isThere(.package, name[0], in: database)
        }
    }

    private func isThere(_ kind: ObjectName.Kind, _ name: String, in database: String?) throws -> Bool {
        try database.map { try known.exists(ObjectName(kind: kind, database: $0, name: name)) != false } ?? false
    }

    private func changesOnlyNewColumns(_ statement: Classification, _ table: ObjectName) -> Bool {
        newColumns.include(statement.setColumns, of: table) && plainTables.contains(table)
    }

    // MARK: What is kept

    private func keep(_ need: UndoNeed, _ whole: ScriptStatement, _ database: String?) throws -> [String] {
        let statement = whole.index
        func place(_ object: ObjectName) throws -> ObjectName {
            guard let placed = object.placed(in: database) else { throw UndoObstacle("no database is selected") }
            return placed
        }
        switch need {
        case .nothing, .rows: return []
        case .impossible(let reason): throw UndoObstacle(reason)
        case .creation(let object): return try keepCreation(try place(object), statement)
        case .definition(let object): return try keepDefinition(try place(object), whole)
        case .lossyDefinition(let object): return try keepValues(try place(object), whole)
        case .tables(let objects):
            return try objects.flatMap { object in
                try keepTable(.table, try place(object), statement, .removal) + drop(try place(object), statement)
            }
        case .replacement(let object): return try keepTable(.replaced, try place(object), statement, .removal)
        case .emptying(let object): return try keepTable(.rows, try place(object), statement, .emptying)
        case .programs(let objects):
            return try objects.flatMap { object in
                try keepProgram(try place(object), statement)
                    + (Self.drops.contains(whole.effective.verb) ? drop(try place(object), statement) : [])
            }
        case .renaming(let objects):
            let names = try objects.map(place)
            // Without the table it does nothing, and whoever has the new name keeps it.
            if whole.effective.condition == .ifExists, try exists(names[0]) == false { return [] }
            // Some servers write a table's new name into its triggers.
            let tables = stride(from: 0, to: names.count, by: 2).map { names[$0] }.filter { !isMade($0) }
            let triggers = try tables.flatMap { try shape(of: $0)?.triggers ?? [] }
            if Set(names).count < names.count {
                guard try names.allSatisfy({ try isNumbered($0) }) else {
                    throw UndoObstacle(
                        "the server does not tell under which numbers it keeps tables that change places")
                }
            }
            let earlier = try names.filter { looking[$0] != nil }.flatMap { name in
                try definition(of: name).map { try settleEarlier(name, $0) } ?? []
            }
            for name in names { looking[name] = nil }
            return try earlier + triggers.flatMap { try keepProgram($0, statement) } + [
                add(
                    .names, names[0], statement,
                    definition: names.map { "\(hexadecimal(($0.database ?? "").utf8)) \(hexadecimal($0.name.utf8))" }
                        .joined(separator: "\n"))
            ]
        case .rights(let objects):
            guard objects.allSatisfy(isMade) else { throw UndoObstacle("rights are not taken back") }
            return []
        case .database(let object):
            let text = try session.query("SHOW CREATE DATABASE \(object.spelled)").first?[1]
            return [add(.database, object, statement, definition: text)]
        }
    }

    private static let drops: Set<StatementVerb> = [.dropView, .dropProcedure, .dropFunction, .dropTrigger, .dropEvent]

    /// What the script made and drops again is not its own behind that.
    private func drop(_ object: ObjectName, _ statement: Int) -> [String] {
        madeIndex(object).map { setDetail("\(statement)", $0) } ?? []
    }

    private func keepCreation(_ object: ObjectName, _ statement: Int) throws -> [String] {
        guard !isMade(object) else { return [] }
        guard let exists = try exists(object) else {
            throw UndoObstacle("what it makes is not known here")
        }
        if !exists { return [add(.absent, object, statement)] }
        // `IF NOT EXISTS`, `OR REPLACE`, or a statement that fails.
        return [.view, .procedure, .function, .trigger, .event].contains(object.kind)
            ? try keepProgram(object, statement) : []
    }

    private func exists(_ object: ObjectName) throws -> Bool? {
        if isAlone { return try known.exists(object) }
        // Not from a list that may be old: what somebody else has made since must not be dropped as the script's.
        return try ObjectQuery(session: session).exists(object)
    }

    private func keepDefinition(_ object: ObjectName, _ statement: ScriptStatement) throws -> [String] {
        guard !isMade(object), let text = try definition(of: object) else { return [] }
        if statement.says(["KEY"]), !DefinitionLines(text).hasPrimaryKey, try demandsKeys() {
            throw UndoObstacle(TableTraits.keyDemand(object.name))
        }
        let earlier = try goOn(object, text, [.definition, .values], statement)
        if earlier.isEnough { return earlier.records }
        var alterations = Alterations()
        alterations.begin(statement)
        return earlier.records + [
            add(.definition, object, statement.index, definition: text, detail: try alterations.text)
        ]
    }

    private func demandsKeys() throws -> Bool {
        let demand = session.dialect.keyDemand
        return try demand != "0" && session.value("SELECT \(demand)") == "1"
    }

    private func keepValues(_ object: ObjectName, _ statement: ScriptStatement) throws -> [String] {
        guard !isMade(object), let text = try definition(of: object) else { return [] }
        let earlier = try goOn(object, text, [.values], statement)
        if earlier.isEnough { return earlier.records }
        var alterations = Alterations()
        alterations.begin(statement)
        return earlier.records
            + (try keepTable(.values, object, statement.index, .values, detail: try alterations.text))
    }

    /// Adds a statement to the entry that keeps the table's definition, if that is as the script left it.
    ///
    /// - Parameter text: The definition now.
    /// - Returns: What to write, and whether nothing else has to be kept.
    private func goOn(
        _ object: ObjectName, _ text: String, _ kinds: [UndoEntry.Kind], _ statement: ScriptStatement
    ) throws -> (records: [String], isEnough: Bool) {
        let all: [UndoEntry.Kind] = [.definition, .values]
        guard let index = keptIndex(object, all) else { return ([], false) }
        var alterations = try Alterations(text: entries[index].detail)
        let before = entries[index].definition ?? ""
        alterations.settle(before, text, isWatched: looking[object] != nil, isDone: true)
        looking[object] = nil
        let isEnough =
            kinds.contains(entries[index].kind) && Alterations.isSame(alterations.behind ?? before, text)
        if isEnough {
            alterations.begin(statement)
            looking[object] = index
        }
        return (setDetail(try alterations.text, index), isEnough)
    }

    /// What the script changed before it drops or empties a table.
    private func settleEarlier(_ object: ObjectName, _ text: String) throws -> [String] {
        guard let index = keptIndex(object, [.definition, .values]) else { return [] }
        var alterations = try Alterations(text: entries[index].detail)
        alterations.settle(
            entries[index].definition ?? "", text, isWatched: looking[object] != nil, isDone: true)
        looking[object] = nil
        return setDetail(try alterations.text, index)
    }

    private func keepTable(
        _ kind: UndoEntry.Kind, _ object: ObjectName, _ statement: Int, _ use: TableTraits.Use, detail: String? = nil
    ) throws -> [String] {
        guard !isMade(object), kind == .values || !isKept(object, [kind]) else { return [] }
        guard let text = try definition(of: object), let shape = try shape(of: object) else {
            return kind == .replaced ? try keepCreation(object, statement) : []
        }
        if let obstacle = shape.traits.obstacle(use, limit: limit) { throw UndoObstacle(obstacle) }
        try ready()
        let name = newCopyName()
        try make(name, of: shape)
        let earlier = use == .values ? [] : try settleEarlier(object, text)
        // Taken back from the last to the first: the table is there again before its triggers are.
        var records: [String] = []
        if use == .removal { records = try shape.triggers.flatMap { try keepProgram($0, statement) } }
        var number: String?
        if kind == .replaced {
            number = try Trace(kind: .identity, object: object).value(on: session)
            if number == nil {
                throw UndoObstacle("the server does not tell under which number it keeps \(object.name)")
            }
        }
        return earlier + records
            + [add(kind, object, statement, definition: text, copy: name, detail: number ?? detail)]
    }

    private func keepProgram(_ object: ObjectName, _ statement: Int) throws -> [String] {
        guard !isMade(object), !isKept(object, [.program]) else { return [] }
        if isAlone, try known.exists(object) == false { return [] }
        guard let text = try SavedProgram.read(object, on: session) else { return [] }
        if let obstacle = try definerRight.obstacle(object, text) { throw UndoObstacle(obstacle) }
        let rights = try RoutineRights(of: object, on: session)
        if let rights, let obstacle = try definerRight.obstacle(rights) { throw UndoObstacle(obstacle) }
        return [add(.program, object, statement, definition: text, detail: try rights?.text)]
    }

    /// Whether the server tells a table's number, if the table is there.
    private func isNumbered(_ table: ObjectName) throws -> Bool {
        try Trace(kind: .identity, object: table).value(on: session) != nil
    }

    /// Copies of what the open transaction changed, before something commits it.
    ///
    /// - Parameter lockRows: Keeps others from changing a table's rows as long as the script's transaction is open; false if
    ///   its isolation level does not allow that. What they write between the copy and the comparison would count as the
    ///   script's.
    private func keepChanges(
        _ statement: Int, _ database: String?, _ dialect: any Dialect, _ lockRows: (ObjectName) throws -> Bool
    ) throws -> [String] {
        if !changed.isEmpty, database == nil { throw UndoObstacle("no database is selected") }
        defer { changed = [] }
        var records: [String] = []
        for object in changed where !isMade(object) {
            guard let shape = try shape(of: object) else { continue }
            if let obstacle = shape.traits.obstacle(.changes, limit: limit) { throw UndoObstacle(obstacle) }
            try ready()
            guard try lockRows(object) else { throw UndoObstacle("the isolation level lets others write in between") }
            let name = newCopyName()
            try make(name, of: shape)
            try copies.makeKeys(name + "k", of: shape)
            records += copies.reduce(name, name + "k", of: shape, dialect)
            records.append(add(.changes, object, statement, copy: name))
        }
        return records
    }

    // MARK: The log itself

    private func add(
        _ kind: UndoEntry.Kind, _ object: ObjectName, _ statement: Int, definition: String? = nil, copy: String? = nil,
        detail: String? = nil
    ) -> String {
        let entry = UndoEntry(
            kind: kind, object: object, statement: statement, definition: definition, copy: copy, detail: detail,
            number: (entries.last?.number ?? -1) + 1)
        if [.definition, .values].contains(kind) { looking[object] = entries.count }
        entries.append(entry)
        return table.insert(entry, of: script)
    }

    /// Whether the script made the object, so that it goes as a whole.
    private func isMade(_ object: ObjectName) -> Bool {
        madeIndex(object) != nil
    }

    private func madeIndex(_ object: ObjectName) -> Int? {
        since { $0.kind == .names }.lastIndex { $0.kind == .absent && $0.object == object && $0.detail == nil }
    }

    /// Whether an entry brings the object back to where it was before the script, or before its rows were last kept: those
    /// go back into a table that has the columns that it had then.
    private func isKept(_ object: ObjectName, _ kinds: [UndoEntry.Kind]) -> Bool { keptIndex(object, kinds) != nil }

    private func keptIndex(_ object: ObjectName, _ kinds: [UndoEntry.Kind]) -> Int? {
        since { $0.kind == .names || $0.object == object && [.changes, .values, .rows].contains($0.kind) }
            .lastIndex { kinds.contains($0.kind) && $0.object == object }
    }

    /// The entries from the last one that meets a condition; all if none does. Behind a rename, names mean something else.
    private func since(_ condition: (UndoEntry) -> Bool) -> ArraySlice<UndoEntry> {
        entries[(entries.lastIndex(where: condition) ?? 0)...]
    }

    private func make(_ name: String, of shape: TableShape) throws {
        do throws(DatabaseError) {
            try copies.make(name, of: shape)
        } catch {
            // The script's own session may hold it, and would wait for this one.
            if error.isLockWaitTimeout { throw UndoObstacle("\(shape.table.name) is locked") }
            throw error
        }
    }

    private func ready() throws {
        if !isReady { try TableCopy.prepare(session, tables) }
        isReady = true
    }

    private func definition(of object: ObjectName) throws -> String? {
        do throws(DatabaseError) {
            return try known.definition(of: object)
        } catch {
            if error.isLockWaitTimeout { throw UndoObstacle("\(object.name) is locked") }
            throw error
        }
    }

    private func shape(of table: ObjectName) throws -> TableShape? {
        do throws(DatabaseError) {
            return try TableShape(table, on: session)
        } catch {
            if error.isLockWaitTimeout { throw UndoObstacle("\(table.name) is locked") }
            if error.isAccessDenied { throw UndoObstacle("this user may not see what changes with \(table.name)") }
            throw error
        }
    }
}
