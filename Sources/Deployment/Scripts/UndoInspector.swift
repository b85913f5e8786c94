import SQLScript

/// A table of whose rows a copy is needed before a script's statement, so that the script can be taken back.
struct UndoCopy: Sendable, Equatable {
    /// With its database, where that is another than the target.
    let table: ObjectName
    let use: TableTraits.Use
    /// The statement, as in `UPDATE on line 3`.
    let statement: String
    /// Whether the statement sets only columns that the script added: then none is needed, unless the table changes others
    /// with them.
    var isOfNewColumns = false
    /// For changed rows: the statement that commits them.
    var committedBy: String?
}

/// A view, routine, trigger or event that a script changes or drops, and that is to be made again to take it back.
struct UndoProgram: Sendable, Equatable {
    /// With its database, where that is another than the target.
    let object: ObjectName
    /// The statement, as in `DROP VIEW on line 3`.
    let statement: String
}

/// What else it takes to take a script back whose last statement is a list, on a server where a part of that may be done if it
/// fails.
struct UndoLastInPart: Sendable, Equatable {
    let copies: [UndoCopy]
    let programs: [UndoProgram]
    /// Why the script cannot be taken back; nil if it can, as far as its text says.
    let obstacle: String?
    /// Why the script is more than a transaction.
    let reason: String
}

/// A statement as a sentence names it. The words are put together only where they are said: a script may have millions.
private struct StatementName {
    let verb: StatementVerb
    let line: Int
    let isSeveral: Bool

    var words: String {
        isSeveral ? "several statements in one, on line \(line)," : "\(verb.words) on line \(line)"
    }
}

/// Sees from a script's statements whether it can be taken back, and what that needs. What the server knows of the tables
/// is looked at later.
struct UndoInspector {
    private struct Seen {
        let need: UndoNeed
        let rule: TransactionRule
        let name: StatementName
        /// `IF NOT EXISTS`: the object may be an old one.
        let isConditional: Bool
        /// `OR REPLACE`.
        let replaces: Bool
        let isDoneOneByOne: Bool
    }

    private(set) var copies: [UndoCopy] = []
    /// Those that are needed, too, if tables of which only the server knows have no transactions.
    private(set) var copiesIfLasting: [UndoCopy] = []
    private(set) var programs: [UndoProgram] = []
    /// Why the script cannot be taken back; nil if it can, as far as its text says.
    private(set) var obstacle: String?

    /// Tables that the script makes, or that get a new name.
    private(set) var newTables: Set<ObjectName> = []

    private(set) var engines = TableEngines()
    /// Tables without transactions whose rows it changes, as far as its text tells.
    private(set) var lastingRows: Set<ObjectName> = []

    private var made: Set<ObjectName> = []
    private var temporary = TemporaryTables()
    private var dropped: Set<ObjectName> = []
    private var newColumns = NewColumns()
    /// Tables that were changed since the last statement that commits.
    private var changed: [UndoCopy] = []
    /// The last statement so far: what is not followed by another one need not be taken back, if it happens whole or not at all.
    private var last: Seen?
    private var selected: String?
    private var holdsTableLocks = false
    private var isOwnTransaction = false

    /// The next statement.
    mutating func add(_ statement: ScriptStatement) {
        if let last { take(last) }
        let rule = statement.transactionRule
        let verb = statement.effective.verb
        let name = StatementName(verb: verb, line: statement.place.line ?? 0, isSeveral: statement.isSeveral)
        engines.add(statement, in: selected)
        var need = UndoNeed(statement.effective, rule)
        var hidden: String?
        // Most scripts have none, and may have millions of statements.
        if !temporary.isEmpty || statement.effective.isTemporary {
            need = need.leaving { temporary.contains(placed($0)) }
            hidden = temporary.note(statement.effective, statement.effective.objects.map(placed)) { [changed] table in
                changed.contains { $0.table == table }
            }
        }
        if let reason = hidden ?? UndoNeed.obstacle(statement) { obstacle = obstacle ?? "\(name.words) \(reason)" }
        if rule == .mayCommit { obstacle = obstacle ?? "\(name.words) may commit by itself, and not as a whole" }
        if statement.commitsBefore(isOwnTransaction: isOwnTransaction) { commit(name) }
        // `ROLLBACK TO` a savepoint leaves what is before that.
        if verb == .rollback, !statement.says(["TO"]) { changed = [] }
        if verb == .startTransaction { isOwnTransaction = true }
        if verb == .commit || verb == .rollback || rule == .commits { isOwnTransaction = false }
        if [.createTable, .renameTable, .alterTable].contains(verb), rule == .commits {
            newTables.formUnion(statement.effective.objects.dropFirst(verb == .alterTable ? 1 : 0).map(placed))
        }
        if verb == .lockTables { holdsTableLocks = true }
        if verb == .unlockTables { holdsTableLocks = false }
        if verb == .use { selected = statement.effective.objects.first?.name }
        if case .rows(let objects) = need { change(objects, name, statement.effective.setColumns) }
        newColumns.note(statement.effective, placed)
        let seen = Seen(
            need: need, rule: rule, name: name, isConditional: statement.effective.condition == .ifNotExists,
            replaces: statement.effective.condition == .orReplace, isDoneOneByOne: statement.isDoneOneByOne)
        last = seen
        if statement.dropsFirst {
            take(seen)
            last = nil
        }
    }

    /// What is to be known where a failure of the last statement may leave a part of it done; nil if it cannot.
    var lastInPart: UndoLastInPart? {
        guard let last, last.isDoneOneByOne, last.rule == .commits else { return nil }
        var whole = self
        whole.take(last)
        return UndoLastInPart(
            copies: Array(whole.copies.dropFirst(copies.count)),
            programs: Array(whole.programs.dropFirst(programs.count)),
            obstacle: whole.obstacle, reason: "\(last.name.words) may happen in part")
    }

    /// The client's `use`.
    mutating func select(_ database: String) { selected = database }

    private func placed(_ object: ObjectName) -> ObjectName {
        selected.flatMap { object.placed(in: $0) } ?? object
    }

    private mutating func change(_ objects: [ObjectName], _ name: StatementName, _ columns: Set<String>?) {
        let objects = objects.map(placed)
        let lasting = engines.lasting(among: objects)
        // Their intent commits what was changed before them.
        if !isOwnTransaction {
            if !lasting.isEmpty { commit(name) }
            if !changed.isEmpty, engines.mayLast(among: objects) {
                copiesIfLasting += committed(by: name, but: copiesIfLasting)
            }
        }
        lastingRows.formUnion(lasting)
        if !lasting.isSubset(of: made) { obstacle = obstacle ?? "\(name.words) \(UndoNeed.lastingRows)" }
        for object in objects {
            if made.contains(object) {
                engines.change(object, isMade: true)
                continue
            }
            if holdsTableLocks { obstacle = obstacle ?? "\(name.words) changes rows under LOCK TABLES" }
            let isOfNewColumns = newColumns.include(columns, of: object)
            guard !changed.contains(where: { $0.table == object && $0.isOfNewColumns == isOfNewColumns }) else {
                continue
            }
            engines.change(object, isMade: false)
            changed.append(
                UndoCopy(table: object, use: .changes, statement: name.words, isOfNewColumns: isOfNewColumns))
        }
    }

    private mutating func commit(_ name: StatementName) {
        copies += committed(by: name, but: [])
        changed = []
    }

    /// The tables that were changed up to a statement that commits.
    ///
    /// - Parameter known: What need not be said again.
    private func committed(by name: StatementName, but known: [UndoCopy]) -> [UndoCopy] {
        changed.filter { copy in
            !known.contains { $0.table == copy.table && $0.isOfNewColumns == copy.isOfNewColumns }
        }.map { copy in
            var copy = copy
            copy.committedBy = name.words
            return copy
        }
    }

    /// A statement that another one follows.
    private mutating func take(_ seen: Seen) {
        if seen.rule.commitsWhenDone { commit(seen.name) }
        switch seen.need {
        case .impossible(let reason): obstacle = obstacle ?? "\(seen.name.words) \(reason)"
        case .creation(let object):
            if seen.replaces { change([object], seen) }
            if !seen.isConditional || dropped.contains(placed(object)) { made.insert(placed(object)) }
        case .lossyDefinition(let object): copy([object], .values, seen)
        case .tables(let objects):
            copy(objects, .removal, seen)
            dropped.formUnion(objects.map(placed))
        case .emptying(let object): copy([object], .emptying, seen)
        case .replacement(let object): copy([object], .removal, seen)
        case .renaming: (made, dropped) = ([], [])
        case .rights(let objects):
            if !objects.allSatisfy(made.contains) {
                obstacle = obstacle ?? "\(seen.name.words): rights are not taken back"
            }
        case .programs(let objects): change(objects, seen)
        case .nothing, .definition, .database, .rows: break
        }
    }

    private mutating func change(_ objects: [ObjectName], _ seen: Seen) {
        for object in objects.map(placed) where !made.contains(object) {
            programs.append(UndoProgram(object: object, statement: seen.name.words))
        }
    }

    private mutating func copy(_ objects: [ObjectName], _ use: TableTraits.Use, _ seen: Seen) {
        for object in objects.map(placed) where !made.contains(object) {
            copies.append(UndoCopy(table: object, use: use, statement: seen.name.words))
        }
    }
}
