/// Makes the plan for one target: reads folders and journal, compares them, and looks into what is to run.
struct PlanMaker {
    let configuration: Configuration

    /// - Parameter journal: What the target remembers.
    /// - Throws: `DeploymentError` for a script that cannot be read, decoded or split.
    func plan(_ journal: JournalSnapshot) throws -> Plan {
        let inspector = ScriptInspector(root: configuration.project)
        let sums = ChecksumCache(inspector: inspector)
        let planner = Planner(
            catalog: try ScriptCatalog(configuration: configuration), journal: journal, configuration: configuration,
            checksum: sums.checksum)
        var plan = try planner.plan()
        for index in plan.steps.indices {
            let step = plan.steps[index]
            let facts = try inspector.facts(step.script, start: step.start)
            plan.steps[index].facts = facts
            if let problem = Self.edited(step, facts) ?? Self.unrestorable(step) { plan.problems.append(problem) }
        }
        return plan
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
    private static func edited(_ step: PlanStep, _ facts: ScriptFacts) -> Problem? {
        guard step.start > 0, let done = step.record?.positionDigest else { return nil }
        guard facts.digestBeforeStart != done || facts.statementCount < step.start else { return nil }
        let name = shellQuoted(step.script.identity.description)
        return Problem(
            .edited, .error,
            """
            \(step.script.identity) stopped after statement \(step.start), and the statements up to there were edited \
            since. They are in the database as they were.
            """,
            script: step.script.identity,
            advice: """
                Put them back as they were; or decide:
                  go on at a statement:           databasedeploy repair --script \(name) --resume-at \(step.start + 1)
                  it is all in the database:      databasedeploy repair --script \(name) --applied
                  run it from the first one:      databasedeploy repair --script \(name) --restart
                """)
    }
}

/// Remembers the checksums of a run, so that no file is read twice.
private final class ChecksumCache {
    private let inspector: ScriptInspector
    private var sums: [ScriptIdentity: String] = [:]

    init(inspector: ScriptInspector) {
        self.inspector = inspector
    }

    func checksum(_ script: Script) throws -> String {
        if let sum = sums[script.identity] { return sum }
        let sum = try inspector.checksum(script)
        sums[script.identity] = sum
        return sum
    }
}
