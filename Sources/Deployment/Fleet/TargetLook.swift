/// What a look at one target showed. Nothing was written for it.
public struct TargetLook: Sendable {
    /// What targets with the same journal have in common.
    struct Content: Sendable {
        var status: StatusDocument
        var plan: PlanDocument
        var problems: [Problem]
        var isUpToDate: Bool
        var isBlocked: Bool
        var isEstablished: Bool

        init(_ plan: Plan, _ access: TargetAccess, _ configuration: Configuration) {
            status = StatusDocument(
                plan: plan, journal: access.journal, configuration: configuration, server: access.server)
            // Hundreds of lines for each of a thousand databases are of no use to anybody.
            status.scripts = []
            self.plan = PlanDocument(plan)
            problems = plan.problems
            isBlocked = plan.isBlocked
            isEstablished = access.journal.databaseExists && plan.strategy == .update
            isUpToDate = !plan.isBlocked && plan.isEmpty && access.journal.isSettled
        }

        func of(_ target: FleetTarget) -> Self {
            var copy = self
            copy.status.database = target.configuration.database
            copy.plan.database = target.configuration.database
            return copy
        }
    }

    public var name: FleetTargetName
    let content: Result<Content, DeploymentError>

    /// What keeps it from being deployed, if something does.
    var trouble: TargetResult.Trouble? {
        switch content {
        case .failure(let error): .error(name.naming(error))
        case .success(let content):
            content.isBlocked ? .problems(problems.filter { $0.severity == .error }) : nil
        }
    }

    /// What its plan says, with what to type for it.
    var problems: [Problem] {
        if case .success(let content) = content { return content.problems.map(name.naming) }
        return []
    }

    var isUpToDate: Bool {
        if case .success(let content) = content { return content.isUpToDate }
        return false
    }

    /// Whether the database is there, and past the folders for fresh ones.
    var isEstablished: Bool {
        if case .success(let content) = content { return content.isEstablished }
        return false
    }

    /// Scripts that would run; nil if that is not known.
    var pending: Int? {
        if case .success(let content) = content { return content.plan.steps.count }
        return nil
    }
}
