import SQLScript

/// What it takes to take a script back.
extension TargetRun {
    /// Makes the table of undo logs, where scripts of this deployment may need it.
    func prepareUndoLogs() throws {
        if !hasUndoLogs { try own.execute(UndoTable(tables: tables).create) }
        hasUndoLogs = true
    }

    /// The undo log of a script that is about to run; nil if it is not to be taken back, or cannot be.
    func undoLog(_ step: PlanStep, _ facts: ScriptFacts) throws -> UndoLog? {
        let ahead = seenAhead?.script == step.script.identity ? seenAhead?.tables : nil
        seenAhead = nil
        guard let writer, wantsUndoLog(facts) else { return nil }
        var plainTables: Set<ObjectName> = []
        if step.start == 0, !facts.copies.isEmpty {
            let seen = try ahead ?? look(facts)
            if seen.obstacle != nil { return nil }
            plainTables = seen.plainTables
        }
        var entries =
            step.record != nil ? try UndoTable(tables: tables).entries(of: step.script.identity, on: own) : []
        if step.start == 0, !entries.isEmpty, step.record?.checksum != facts.checksum || entries.first?.kind != .begin {
            // What an earlier text of the script did harmlessly, such as `DROP … IF EXISTS`, is not this one's.
            let undo = Undo(
                script: step.script.identity, tables: tables, session: watchedForUndo(step.script.identity), done: 0)
            do { _ = try undo.run() } catch let failure as Undo.Failure {
                throw failure.problem(of: step.script.identity)
            }
            entries = []
        }
        // What a group kept in advance for statements that may be others now.
        let early = entries.filter { step.start > 0 && $0.statement > step.start }
        if !early.isEmpty {
            let table = UndoTable(tables: tables)
            try own.execute(early.map { table.delete($0, of: step.script.identity) }.joined(separator: ";\n"))
            entries.removeAll(where: early.contains)
        }
        // What ran without a log cannot be taken back.
        if step.start > 0, entries.first?.kind != .begin { return nil }
        return try undoLog(step.script.identity, entries: entries, plainTables: plainTables, writer)
    }

    /// The undo log of a script that is about to begin in a group; nil if it needs none.
    func undoLog(inGroup step: PlanStep, _ facts: ScriptFacts, plainTables: Set<ObjectName>) throws -> UndoLog? {
        guard let writer, wantsUndoLog(facts) else { return nil }
        return try undoLog(step.script.identity, entries: [], plainTables: plainTables, writer)
    }

    private func undoLog(
        _ script: ScriptIdentity, entries: [UndoEntry], plainTables: Set<ObjectName>, _ writer: JournalWriter
    ) throws -> UndoLog {
        try prepareUndoLogs()
        return UndoLog(
            script: script, tables: tables,
            session: WatchedSession(own, watch, at: place, timeout: configuration.statementTimeout), known: known,
            isAlone: takesGroups, limit: configuration.undoLimit,
            newCopyName: { [unowned self] in
                copies += 1
                return "\(UndoTable.copyPrefix)\(writer.deploymentID)_\(copies)"
            }, entries: entries, plainTables: plainTables)
    }

    func wantsUndoLog(_ facts: ScriptFacts) -> Bool {
        (facts.scriptClass == .undo || facts.isClassProvisional)
            && (facts.statementCount > 1 || !facts.copies.isEmpty || !facts.programs.isEmpty)
            && facts.onFailure ?? configuration.onFailure == .undo
    }

    func look(_ facts: ScriptFacts) throws -> UndoPlanner.Sight {
        // Where nobody else is at work, what is known is all there is.
        let triggerless =
            try takesGroups && !known.hasTriggers(in: configuration.database) ? configuration.database : nil
        return try UndoPlanner(configuration: configuration, session: own, triggerless: triggerless).look(facts.copies)
    }

    /// Our session, for taking a script back: a signal that has come by now does not end that, another one does.
    func watchedForUndo(_ script: ScriptIdentity) -> WatchedSession {
        WatchedSession(
            own, watch, at: place, timeout: configuration.statementTimeout, earlier: watch.signals,
            locks: locks, of: script)
    }

    /// Removes copies of tables that are needed no more.
    func sweepUndo() throws {
        if hasUndoLogs || followsUnfinished { try UndoTable(tables: tables).sweep(on: own) }
    }
}
