import SQLScript

/// Makes the plan for one target: compares folders and journal, and looks into what is to run.
struct PlanMaker {
    let configuration: Configuration
    /// What is known of the files from an earlier plan.
    let cache: InspectionCache
    /// Those of a session at a script's start.
    let modes: LexicalModes

    /// - Parameters:
    ///   - journal: What the target remembers.
    ///   - catalog: The scripts that there are.
    /// - Throws: `DeploymentError` for a script that cannot be read, decoded or split.
    func plan(_ journal: JournalSnapshot, _ catalog: ScriptCatalog) throws -> Plan {
        let fresh = Set(configuration.folders.filter { $0.rule == .fresh }.map(\.name))
        let planner = Planner(
            catalog: catalog, journal: journal, configuration: configuration,
            checksum: { script in
                if let checksum = cache.known(script) { return checksum }
                // A script that is likely to run is looked into at once, so that it is read once.
                let mayRun =
                    journal.records[script.identity] == nil
                    && (!journal.isEstablished || !fresh.contains(script.identity.folder))
                return mayRun
                    ? try cache.facts(script, start: 0, modes: modes).checksum
                    : try cache.checksum(script, modes: modes)
            }, sourced: cache.sourced)
        var plan = try planner.plan()
        for index in plan.steps.indices {
            let step = plan.steps[index]
            let facts = try cache.facts(step.script, start: step.start, modes: modes)
            plan.steps[index].facts = facts
            guard let problem = try edited(step, facts, journal) ?? Self.unrestorable(step) else { continue }
            if let record = step.record, journal.undoLogs.contains(step.script.identity) {
                plan.steps[index] = .takingBack(step.script, record)
                plan.steps[index].facts = try cache.facts(step.script, start: 0, modes: modes)
            } else {
                plan.problems.append(problem)
            }
        }
        for index in plan.steps.indices { makesJournal(&plan.steps[index]) }
        return plan
    }

    /// A script that creates the target database makes the place of the journal, and of the undo log.
    private func makesJournal(_ step: inout PlanStep) {
        guard let facts = step.facts, facts.scriptClass == .undo, facts.statementCount > 1 else { return }
        let name = configuration.database.lowercased()
        guard facts.createdDatabases.contains(where: { $0.lowercased() == name }) else { return }
        step.facts?.scriptClass = .resume
        step.facts?.classReason = "it creates the database \(configuration.database), in which its records are kept"
    }

    /// The problem of a half-done script whose session cannot be brought back.
    private static func unrestorable(_ step: PlanStep) -> Problem? {
        guard step.start > 0, let obstacle = step.record?.sessionState.flatMap(SessionState.obstacle) else {
            return nil
        }
        let name = shellQuoted(step.script.identity.description)
        return Problem(
            .interrupted, .error,
            """
            \(step.script.identity) stopped after statement \(step.start), and cannot go on there by itself: \(obstacle).
            """,
            script: step.script.identity,
            advice: """
                Do by hand what is left, or take back what is done; then decide:
                  it is all in the database:      databasedeploy repair --script \(name) --applied
                  run it from the first one:      databasedeploy repair --script \(name) --restart
                """)
    }

    /// The problem of a half-done script whose done part is another one now.
    private func edited(_ step: PlanStep, _ facts: ScriptFacts, _ journal: JournalSnapshot) throws -> Problem? {
        guard step.start > 0, let done = step.record?.positionDigest else { return nil }
        guard facts.digestBeforeStart != done || facts.statementCount < step.start else { return nil }
        let name = shellQuoted(step.script.identity.description)
        let place = try journal.statementDigests[step.script.identity].flatMap {
            try cache.firstEdited(step.script, $0, modes: modes)
        }
        let fromThere = place.map {
            "  run from the edited statement:  databasedeploy repair --script \(name) --resume-at \($0 + 1)\n"
        }
        return Problem(
            .edited, .error,
            """
            \(step.script.identity) stopped after statement \(step.start), and the statements up to there were edited \
            since. They are in the database as they were.
            """,
            script: step.script.identity,
            advice: """
                Put them back as they were; or decide:
                \(fromThere ?? "")  go on behind what is done:      databasedeploy repair --script \(name) --resume-at \(step.start + 1)
                  it is all in the database:      databasedeploy repair --script \(name) --applied
                  run it from the first one:      databasedeploy repair --script \(name) --restart
                """)
    }
}
