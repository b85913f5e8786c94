import SQLScript

/// A script that runs in a group.
struct GroupMember {
    /// A statement of it.
    struct Part {
        let statement: ScriptStatement
        /// How it is found out whether a definition happened; nil for a statement that changes rows.
        let rule: SettlementRule?
        /// What tells; nil for a statement that changes rows.
        var fingerprint: Fingerprint?
    }

    /// In the plan.
    let number: Int
    let step: PlanStep
    let facts: ScriptFacts
    private(set) var parts: [Part]
    /// Tables in which an update changes nothing but what it names.
    private let plainTables: Set<ObjectName>
    /// What it takes to take it back; nil if it leaves nothing when it fails, or is not to be taken back.
    private(set) var undo: UndoLog?
    /// What the undo log has to write before the script begins.
    private(set) var undoRecords: [String] = []

    var identity: ScriptIdentity { step.script.identity }
    var statements: [ScriptStatement] { parts.map(\.statement) }
    /// Whether rows are the last that it changes, so that its end is committed with them.
    var endsWithRows: Bool { parts.last?.rule == nil }
    /// The statement that deletes the undo log; nil if there is none.
    var forgetting: String? { undo.map { UndoTable(tables: $0.tables).delete(identity) } }

    /// The definition that comes next.
    ///
    /// - Returns: Its place in the script; nil if none comes.
    func definition(from place: Int) -> Int? { parts[place...].firstIndex { $0.rule != nil } }

    /// SHA-256 over the statements before one.
    func digest(before place: Int) -> String {
        let digest = Checksum()
        for part in parts[..<place] { digest.update(part.statement.text) }
        return digest.value()
    }

    /// Takes the fingerprints of what its definitions change, and what it takes to take them back.
    ///
    /// - Returns: Whether the server tells all of that.
    mutating func prepare(_ target: TargetRun) throws -> Bool {
        for (place, part) in parts.enumerated() {
            guard let rule = part.rule else { continue }
            parts[place].fingerprint = try Fingerprint.take(rule, known: target.known, on: target.own)
            if parts[place].fingerprint == nil { return false }
        }
        undo = try target.undoLog(inGroup: step, facts, plainTables: plainTables)
        guard let undo else { return true }
        do {
            undoRecords = undo.begin(isRepeated: false)
            for part in parts {
                undoRecords += try undo.before(
                    part.statement, isOwnTransaction: false, isLast: part.statement.index + 1 == facts.statementCount,
                    database: target.selectedDatabase, holdsTableLocks: false, dialect: target.session.dialect,
                    lockRows: { _ in false })
            }
            return !undo.hasCopies
        } catch is UndoObstacle {
            return false
        } catch let error as DatabaseError where error.isAccessDenied || error.isLockWaitTimeout {
            return false
        }
    }

    /// Bytes in a packet, with records as large as they may be.
    var size: Int {
        parts.reduce(Self.recordSize) { $0 + $1.statement.text.count + Self.recordSize }
            + undoRecords.reduce(0) { $0 + $1.utf8.count }
    }

    /// - Parameters:
    ///   - others: Those before it in the group.
    ///   - database: The one that is selected.
    /// - Returns: Nil if it does not go together with the others.
    private init?(
        _ number: Int, _ step: PlanStep, _ facts: ScriptFacts, _ statements: [ScriptStatement], with others: [Self],
        in database: String, _ target: TargetRun
    ) throws {
        var chooser = Chooser(target: target, database: database, others: others)
        for statement in statements {
            let isLast = statement.index + 1 == statements.count
            let isCommitted = statements[(statement.index + 1)...].contains { $0.transactionRule == .commits }
            guard try chooser.add(statement, isLast: isLast, isCommitted: isCommitted) else { return nil }
        }
        (self.number, self.step, self.facts) = (number, step, facts)
        (parts, plainTables) = (chooser.parts, chooser.plainTables)
    }
}

extension GroupMember {
    /// Bytes in a packet that a record of a script takes, at most.
    private static let recordSize = 1 << 10
    /// Bytes in a group's packet, if the server takes that much.
    private static let sizeLimit = 1 << 18

    /// As many scripts as go together.
    ///
    /// - Parameters:
    ///   - steps: With their numbers in the plan, in order; of one folder.
    ///   - limit: Scripts at most.
    /// - Returns: The scripts, and the character set in which they travel; nil if the first one is to run by itself.
    static func members(
        of steps: some Sequence<(number: Int, step: PlanStep)>, limit: Int, _ target: TargetRun
    ) throws -> (members: [Self], characterSet: String)? {
        let candidates = steps.prefix(limit).prefix { $0.step.mayBeInGroup }
        guard target.takesGroups, !candidates.isEmpty, let database = target.selectedDatabase else { return nil }
        var characterSet: String?
        var members: [Self] = []
        var room = min(sizeLimit, (target.packetLimit ?? sizeLimit) / 2)
        for (number, step) in candidates {
            guard let facts = step.facts, let reader = Self.reader(of: step.script, target) else { break }
            guard let statements = reader.readAllAhead(limit: ScriptFacts.fewStatements),
                reader.characterSet == characterSet ?? reader.characterSet,
                statements.count == facts.statementCount, facts.areTrue(of: step.script),
                let member = try Self(number, step, facts, statements, with: members, in: database, target)
            else {
                target.keep(reader, of: step.script)
                break
            }
            room -= member.size
            if room < 0, !members.isEmpty {
                target.keep(reader, of: step.script)
                break
            }
            characterSet = reader.characterSet
            members.append(member)
            if member.endsPacket(target.session.dialect) { break }
        }
        try target.known.learnDefinitions(of: members.flatMap { $0.parts.flatMap { $0.rule?.tablesToRead ?? [] } })
        room = min(sizeLimit, (target.packetLimit ?? sizeLimit) / 2)
        for place in members.indices where place < members.count {
            let isReady = try members[place].prepare(target)
            room -= members[place].size
            if !isReady || room < 0 { members.removeLast(members.count - place) }
        }
        guard let characterSet, !members.isEmpty else { return nil }
        return (members, characterSet)
    }

    private static func reader(of script: Script, _ target: TargetRun) -> ScriptStatements? {
        do throws(DeploymentError) {
            return try target.statements(of: script)
        } catch {
            // Its own run tells.
            return nil
        }
    }
}

/// Chooses the statements of a script that go together with others.
private struct Chooser {
    let target: TargetRun
    let database: String
    /// The scripts before it.
    let others: [GroupMember]
    /// All definitions before.
    private var earlier: [ScriptStatement]
    private(set) var parts: [GroupMember.Part] = []
    private(set) var plainTables: Set<ObjectName> = []
    /// Tables that the script makes.
    private var made: Set<ObjectName> = []
    /// Objects that its definitions are about.
    private var changed: Set<ObjectName> = []
    /// Columns that it adds.
    private var added: [ObjectName: Set<String>] = [:]

    init(target: TargetRun, database: String, others: [GroupMember]) {
        self.target = target
        self.database = database
        self.others = others
        earlier = others.flatMap { $0.parts.filter { $0.rule != nil }.map(\.statement) }
    }

    /// - Parameter isCommitted: Whether a later statement commits it.
    /// - Returns: Whether it goes together with those before it.
    mutating func add(_ statement: ScriptStatement, isLast: Bool, isCommitted: Bool) throws -> Bool {
        if statement.transactionRule == .joins {
            guard statement.rowsAllowCompany, try !isCommitted || changesOnlyOwn(statement) else { return false }
            parts.append(GroupMember.Part(statement: statement, rule: nil))
            return true
        }
        guard statement.canBeFollowed, isLast || !statement.endsPacket(target.session.dialect) else { return false }
        guard let rule = try rule(of: statement, isLast: isLast) else { return false }
        parts.append(GroupMember.Part(statement: statement, rule: rule))
        return true
    }

    /// How a definition is settled of which nothing is known but how things are before the first of the group; nil if that cannot
    /// be.
    private mutating func rule(of statement: ScriptStatement, isLast: Bool) throws -> SettlementRule? {
        guard statement.definitionAllowsCompany else { return nil }
        let objects = statement.effective.objects.compactMap { $0.placed(in: database) }
        if statement.effective.condition == .ifExists, try objects.allSatisfy({ try target.known.exists($0) == false }),
            !earlier.contains(where: { earlier in objects.contains(where: earlier.names) })
        {
            return .harmless("there is nothing that it could drop")
        }
        guard !others.contains(where: { $0.forbids(statement, isLast: isLast) }) else { return nil }
        defer { earlier.append(statement) }
        if isLast, objects.count == 1, !statement.effective.alteration.redefinedColumns.isEmpty {
            return .harmless("it says the whole definition of columns")
        }
        guard statement.leavesOtherDefinitions else { return nil }
        if let object = objects.last {
            // Its undo log keeps one change of a table; a second one would need to know what the first one did.
            if !isLast, changed.contains(object), !made.contains(object) { return nil }
            note(statement.effective, object)
        }
        if let rule = additionRule(statement, objects) { return rule }
        let rule = SettlementRule(statement.effective, database: database)
        return rule.allowsCompany && !earlier.contains(where: rule.isTouched) ? rule : nil
    }

    /// How an addition to a table is settled by the name of what it adds; nil where that is not known to be missing before.
    private func additionRule(_ statement: ScriptStatement, _ objects: [ObjectName]) -> SettlementRule? {
        guard let table = objects.last, table.kind == .table,
            let names = target.known.elements(of: table) ?? earlier.lazy.compactMap({ newNames(of: table, $0) }).first,
            let name = statement.addedElements(withForeignKeys: names.isInnoDB).first(where: names.lacks),
            earlier.allSatisfy({ !$0.names(table) || $0.nameWords?.contains(name) == false || creates(table, $0) })
        else { return nil }
        return .traces([Trace(kind: .element, object: table, element: name)])
    }

    private func newNames(of table: ObjectName, _ statement: ScriptStatement) -> ElementNames? {
        guard creates(table, statement) else { return nil }
        return statement.nameWords.flatMap(ElementNames.init(creating:))
    }

    /// Whether a statement makes a table, or fails.
    private func creates(_ table: ObjectName, _ statement: ScriptStatement) -> Bool {
        statement.effective.verb == .createTable && statement.effective.condition == .none
            && statement.effective.objects.first?.placed(in: database) == table
    }

    private mutating func note(_ statement: Classification, _ object: ObjectName) {
        changed.insert(object)
        switch statement.verb {
        case .createTable where statement.condition == .none: made.insert(object)
        case .alterTable: added[object, default: []].formUnion(statement.alteration.addedColumns)
        default: break
        }
    }

    /// Whether a statement changes only rows and columns that go with what the script made.
    private mutating func changesOnlyOwn(_ statement: ScriptStatement) throws -> Bool {
        for object in statement.effective.objects.compactMap({ $0.placed(in: database) }) where !made.contains(object) {
            guard let columns = statement.effective.setColumns, let own = added[object], columns.isSubset(of: own),
                try isPlain(object)
            else { return false }
            plainTables.insert(object)
        }
        return !statement.effective.objects.isEmpty
    }

    private func isPlain(_ table: ObjectName) throws -> Bool {
        if earlier.contains(where: { $0.effective.verb == .createTrigger }) { return false }
        if try target.known.hasTriggers(in: table.database ?? "") { return false }
        do throws(DatabaseError) {
            return try target.known.definition(of: table).map(TableTraits.changesOnlyWhatIsNamed) ?? false
        } catch {
            if error.isAccessDenied || error.isLockWaitTimeout { return false }
            throw error
        }
    }
}

extension PlanStep {
    /// Whether the script is a few statements, and is to run from its start for the first time.
    var mayBeInGroup: Bool {
        guard start == 0, record == nil, !isRepeated, let facts, !facts.hasCommands, facts.lastingRows.isEmpty else {
            return false
        }
        return facts.statementCount > 0 && facts.isShort && (facts.scriptClass != .resume || facts.isClassProvisional)
    }
}

extension ScriptStatement {
    /// Whether a definition may be on its way together with others: the session is not different behind it.
    fileprivate var definitionAllowsCompany: Bool {
        transactionRule == .commits && canTravelWithRecords && leavesNoTrace && !createsCheckpoint && !mayBeEmpty
    }

    /// Whether a change of rows may be on its way together with others: the session is not different behind it but for
    /// `LAST_INSERT_ID()`.
    fileprivate var rowsAllowCompany: Bool {
        canTravelWithOthers && canTravelWithRecords && isWholeOrFails && !mayChangeSession
    }

    /// The names of what it adds to a table, in order.
    func addedElements(withForeignKeys: Bool) -> [String] {
        switch effective.verb {
        case .alterTable:
            let alteration = effective.alteration
            return alteration.addedColumns.sorted() + alteration.addedKeys.sorted()
                + (withForeignKeys ? alteration.addedForeignKeys.sorted() : [])
        case .createIndex where effective.condition == .none:
            return effective.objects.filter { $0.kind == .index }.map { $0.name.lowercased() }
        default: return []
        }
    }

    /// Whether nothing may follow in the same packet, as the server keeps the text of its body.
    fileprivate func endsPacket(_ dialect: any Dialect) -> Bool {
        dialect.keepsRoutinesToTheSemicolon
            && [.createProcedure, .createFunction, .createTrigger, .createEvent].contains(effective.verb)
    }

    /// Whether it would make something else if it ran again behind a definition. After a crash a view that replaces another does,
    /// whatever has happened behind it: `SELECT *` means the columns of that moment.
    fileprivate func isMadeDifferent(by definition: ScriptStatement) -> Bool {
        guard effective.verb == .createView else { return false }
        guard let words = nameWords.map(Set.init) else { return true }
        return definition.effective.objects.contains { words.contains($0.name.lowercased()) }
    }
}

extension GroupMember {
    /// Whether nothing may follow in the same packet.
    func endsPacket(_ dialect: any Dialect) -> Bool { parts.last?.statement.endsPacket(dialect) == true }

    /// Whether a definition of a later script has to wait for the group's end.
    ///
    /// - Parameter isLast: Whether the definition is the last statement of its script.
    fileprivate func forbids(_ definition: ScriptStatement, isLast: Bool) -> Bool {
        if parts.contains(where: { $0.forbids(definition, isLast: isLast) }) { return true }
        // One of several statements may be taken back after a crash, and takes along what stands on what it made.
        guard parts.count > 1 else { return false }
        guard let words = definition.nameWords.map(Set.init) else { return true }
        return parts.contains { part in
            part.rule != nil && part.statement.effective.objects.contains { words.contains($0.name.lowercased()) }
        }
    }
}

extension GroupMember.Part {
    /// Whether a definition of a later script has to wait for the group's end.
    ///
    /// - Parameter isLast: Whether the definition is the last statement of its script.
    fileprivate func forbids(_ definition: ScriptStatement, isLast: Bool) -> Bool {
        guard let rule else { return false }
        let isNamed = definition.effective.objects.contains(where: statement.names)
        // Its undo log keeps how things are before the group.
        if isNamed, !isLast { return true }
        // This one may be done once more, behind the other one.
        guard case .harmless = rule else { return false }
        return isNamed || statement.isMadeDifferent(by: definition)
            || statement.effective.verb == .createTrigger && definition.effective.verb == .createTrigger
    }
}

extension SettlementRule {
    /// Whether a statement may be on its way together with others: what it changes is told by names and by definitions of tables.
    fileprivate var allowsCompany: Bool {
        switch self {
        case .harmless: true
        case .unknown: false
        case .traces(let traces): traces.allSatisfy { [.existence, .definition].contains($0.kind) }
        }
    }

    /// Whether another statement may change what tells of this one.
    fileprivate func isTouched(by statement: ScriptStatement) -> Bool {
        guard case .traces(let traces) = self else { return false }
        return traces.contains { statement.names($0.object) }
    }
}
