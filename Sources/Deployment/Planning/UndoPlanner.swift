import SQLScript

/// Asks the server whether the tables, of whose rows a script needs copies, can be copied: what a plan says of a script's
/// class is then true before anything runs.
struct UndoPlanner {
    let configuration: Configuration
    let session: any Session
    /// Whether no table can be there, so that none needs to be looked for.
    var isEmpty = false
    /// A database in which no table has triggers, so that none need to be looked for.
    var triggerless: String?

    /// Makes the class of each step what it is on this server.
    func settle(_ plan: inout Plan) throws {
        var seen: [ObjectName: TableTraits?] = [:]
        // Those that earlier scripts make.
        var coming: Set<ObjectName> = []
        let right = DefinerRight(session: session)
        try settleLastingRows(&plan)
        for index in plan.steps.indices {
            defer { coming.formUnion((plan.steps[index].facts?.newTables ?? []).compactMap(placed)) }
            guard var facts = plan.steps[index].facts, facts.scriptClass == .undo else { continue }
            if !session.dialect.hasAtomicLists, let last = facts.lastInPart {
                facts.copies += last.copies
                facts.programs += last.programs
                facts.classReason = last.obstacle ?? last.reason
                facts.scriptClass = last.obstacle == nil ? .undo : .resume
                plan.steps[index].facts = facts
                guard last.obstacle == nil else { continue }
            }
            if let obstacle = try obstacle(facts.programs, right) {
                plan.steps[index].facts?.scriptClass = .resume
                plan.steps[index].facts?.classReason = obstacle
                continue
            }
            guard !facts.copies.isEmpty else { continue }
            var (obstacle, isProvisional) = try obstacle(facts.copies, &seen, coming)
            if obstacle == nil { obstacle = try self.obstacle(triggers(of: facts.copies, seen), right) }
            guard let obstacle else { continue }
            plan.steps[index].facts?.scriptClass = .resume
            plan.steps[index].facts?.classReason = obstacle
            plan.steps[index].facts?.isClassProvisional = isProvisional
        }
    }

    /// Finds the scripts that change rows of tables without transactions.
    private func settleLastingRows(_ plan: inout Plan) throws {
        let engines = plan.steps.compactMap { $0.facts?.engines }
        guard engines.contains(where: { !$0.changed.isEmpty || !$0.changedOpen.isEmpty }) else { return }
        let old = engines.flatMap { Array($0.changed) + $0.heirs.map(\.from) }
        var lasting = isEmpty ? [] : try lastingTables(Set(old.compactMap(placed)))
        let isDefaultLasting = try engines.contains { !$0.ofDefault.isEmpty } && defaultEngineIsLasting()
        for index in plan.steps.indices {
            guard let engines = plan.steps[index].facts?.engines else { continue }
            // Of those that it changes itself, it tells which rows are changed behind that.
            let new = Set(engines.lasting.compactMap(placed)).subtracting(lasting)
            lasting.formUnion(new)
            if isDefaultLasting { lasting.formUnion(engines.ofDefault.compactMap(placed)) }
            guard !lasting.isEmpty else { continue }
            for heir in engines.heirs where placed(heir.from).map(lasting.contains) == true {
                if let table = placed(heir.table) { lasting.insert(table) }
            }
            func outlast(_ tables: Set<ObjectName>) -> Set<ObjectName> {
                tables.filter { placed($0).map(lasting.contains) == true }
            }
            let open = outlast(engines.changedOpen)
            if !open.isEmpty, let copies = plan.steps[index].facts?.copiesIfLasting {
                plan.steps[index].facts?.lastingRows.formUnion(open)
                plan.steps[index].facts?.copies += copies
            }
            let changed = outlast(engines.changed).filter { placed($0).map(new.contains) == false }
            guard let table = changed.first else { continue }
            plan.steps[index].facts?.lastingRows.formUnion(changed)
            plan.steps[index].facts?.scriptClass = .resume
            plan.steps[index].facts?.classReason = "it \(UndoNeed.lastingRows), \(table.name)"
        }
    }

    private func defaultEngineIsLasting() throws(DatabaseError) -> Bool {
        let engine = try session.results("SELECT @@default_storage_engine").first?.first?[0]?.lowercased()
        return engine.map(TableTraits.enginesWithoutTransactions.contains) == true
    }

    /// Those of some tables that have no transactions.
    private func lastingTables(_ tables: Set<ObjectName>) throws(DatabaseError) -> Set<ObjectName> {
        let tables = Array(tables)
        var lasting: Set<ObjectName> = []
        for start in stride(from: 0, to: tables.count, by: 100) {
            let some = tables[start..<min(start + 100, tables.count)]
            // A statement each: where a name is given, the server looks at that table only.
            let rows = try session.results(
                some.map { table in
                    """
                    SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = \(quoted(literal: table.database ?? ""))
                    AND TABLE_NAME = \(quoted(literal: table.name))
                    """
                }.joined(separator: ";"))
            for (table, rows) in zip(some, rows) {
                guard let engine = rows.first?[0]?.lowercased() else { continue }
                if TableTraits.enginesWithoutTransactions.contains(engine) { lasting.insert(table) }
            }
        }
        return lasting
    }

    /// What was seen of a script's tables.
    struct Sight {
        /// Why the script cannot be taken back; nil if it can.
        var obstacle: String?
        /// The tables of which an update changes nothing but what it names.
        var plainTables: Set<ObjectName>
    }

    /// Why something that a script drops or changes could not be made again.
    private func obstacle(_ programs: [UndoProgram], _ right: DefinerRight) throws -> String? {
        guard !isEmpty else { return nil }
        for program in programs {
            guard let object = placed(program.object) else { continue }
            do {
                guard let saved = try SavedProgram.read(object, on: session) else { continue }
                if let obstacle = try right.obstacle(object, saved) { return "\(program.statement): \(obstacle)" }
                if let rights = try RoutineRights(of: object, on: session), let obstacle = try right.obstacle(rights) {
                    return "\(program.statement): \(obstacle)"
                }
            } catch let obstacle as UndoObstacle {
                // It may be free when the script runs; else that says so.
                if obstacle.isPassing { continue }
                return "\(program.statement): \(obstacle.reason)"
            } catch let error as DatabaseError where error.isAccessDenied {
                return "\(program.statement): \(object.name) may not be read by this user"
            } catch let error as DatabaseError where error.isUnknownDatabase {
                continue
            }
        }
        return nil
    }

    /// The triggers that go with tables that are dropped.
    private func triggers(of copies: [UndoCopy], _ seen: [ObjectName: TableTraits?]) throws -> [UndoProgram] {
        try copies.filter { $0.use == .removal }.flatMap { copy -> [UndoProgram] in
            guard let table = placed(copy.table), seen[table]??.hasTriggers == true else { return [] }
            do throws(DatabaseError) {
                let triggers = try TableShape(table, on: session)?.triggers ?? []
                return triggers.map { UndoProgram(object: $0, statement: copy.statement) }
            } catch {
                guard error.isLockWaitTimeout || error.isAccessDenied else { throw error }
                return []
            }
        }
    }

    /// Looks at the tables of a script that is about to run.
    func look(_ copies: [UndoCopy]) throws -> Sight {
        var seen: [ObjectName: TableTraits?] = [:]
        // What is not there now, the script makes itself, or fails at.
        let (obstacle, isProvisional) = try obstacle(copies, &seen, [])
        let plain = seen.filter { $0.value?.changesOnlyWhatIsNamed == true }.keys
        return Sight(obstacle: isProvisional ? nil : obstacle, plainTables: Set(plain))
    }

    private func obstacle(
        _ copies: [UndoCopy], _ seen: inout [ObjectName: TableTraits?], _ coming: Set<ObjectName>
    ) throws(DatabaseError) -> (String?, isProvisional: Bool) {
        var missing: String?
        for copy in copies {
            guard let table = placed(copy.table) else { continue }
            if seen[table] == nil { seen[table] = .some(try traits(of: table)) }
            guard case .some(.some(let found)) = seen[table] else {
                if coming.contains(table) {
                    missing = "\(copy.statement): whether \(table.name) can be copied is seen when it is there"
                }
                continue
            }
            if copy.isOfNewColumns, found.changesOnlyWhatIsNamed { continue }
            if let obstacle = found.obstacle(copy.use, limit: configuration.undoLimit) {
                return (Self.reason(copy, obstacle), false)
            }
        }
        return (missing, missing != nil)
    }

    private func placed(_ table: ObjectName) -> ObjectName? { table.placed(in: configuration.database) }

    private func traits(of table: ObjectName) throws(DatabaseError) -> TableTraits? {
        if isEmpty { return nil }
        do throws(DatabaseError) {
            return try TableTraits.read(table, mayHaveTriggers: table.database != triggerless, on: session)
        } catch {
            guard error.isLockWaitTimeout || error.isAccessDenied else { throw error }
            return nil
        }
    }

    private static func reason(_ copy: UndoCopy, _ obstacle: String) -> String {
        if let commit = copy.committedBy {
            return "\(copy.statement) is committed by the \(commit), and \(obstacle)"
        }
        return "\(copy.statement) would need a copy of \(copy.table.name) to be taken back, and \(obstacle)"
    }
}
