/// What `status` and `plan` tell of several targets.
public struct FleetOverview: Sendable {
    private let targets: [FleetTarget]
    private let looks: [TargetLook]
    private let commands: FleetCommands

    /// Looks at all targets, and writes nothing.
    ///
    /// - Parameters:
    ///   - configuration: What they have in common.
    ///   - isExact: Whether each target's plan is made by itself: the class of a script depends on the target's tables.
    /// - Throws: `DeploymentError` for what is wrong with all of them, such as a script that cannot be read.
    public init(
        _ targets: [FleetTarget], configuration: Configuration, driver: any Driver, isExact: Bool
    ) throws {
        self.targets = targets
        commands = FleetCommands(configuration: configuration)
        let scripts = try ProjectScripts(configuration: configuration)
        looks = try FleetLook(targets, scripts: scripts, driver: driver, isExact: isExact)
            .run(width: configuration.fleet?.width ?? Fleet.standardWidth).compactMap { $0 }
        scripts.remember()
    }

    /// Whether nothing is left to do anywhere, and nothing is wrong.
    public var isClean: Bool {
        looks.allSatisfy { look in
            if case .success(let content) = look.content { return content.status.isClean }
            return false
        }
    }

    /// That of the targets that could not be looked at, if they all have the same; 0 if there is none.
    public var exitStatus: Int32 {
        let statuses = Set(
            looks.compactMap { look -> Int32? in
                if case .failure(let error) = look.content { return error.code.exitStatus }
                return nil
            })
        return statuses.count > 1 ? DeploymentError.Code.failed.exitStatus : statuses.first ?? 0
    }

    /// Whether some target has a problem to settle first.
    public var isBlocked: Bool {
        looks.contains { if case .problems = $0.trouble { true } else { false } }
    }

    // MARK: For people

    /// A table of how many databases are in which state.
    public func statusText(_ console: Console, quiet: Bool, all: Bool) -> String {
        var lines: [String] = []
        if !quiet {
            let servers = FleetTarget.byServer(targets).count
            lines.append("\(counted(targets.count, "database")) on \(counted(servers, "server"))")
            lines += all ? everyTarget : table(width: console.width)
        }
        return (lines + troubles(console)).joined(separator: "\n")
    }

    private func table(width: Int) -> [String] {
        var table = FleetTable(state: "State", number: "Pending", width: width)
        let order = ["unknown", "problem", "pending", "does not exist", "up to date"]
        for state in order {
            for look in looks where look.state == state {
                table.add(look.name.label, state: state, number: look.pending.map(String.init) ?? "-")
            }
        }
        return table.lines
    }

    private var everyTarget: [String] {
        let width = (looks.map { Columns.count($0.name.label) } + ["Database".count]).max() ?? 0
        return ["\(padded("Database", width))  Pending  \(padded("State", 14))  Last applied"]
            + looks.map { look in
                let pending = look.pending.map { right($0, 7) } ?? padded("      -", 7)
                return "\(padded(look.name.label, width))  \(pending)  \(padded(look.state, 14))  \(look.last ?? "-")"
            }
    }

    private func troubles(_ console: Console) -> [String] {
        var troubles = FleetTroubles(style: console.style)
        for look in looks { if let trouble = look.trouble { troubles.add(look.name, trouble) } }
        let lines = troubles.lines(width: console.width)
        guard let first = looks.firstIndex(where: { $0.trouble != nil }) else { return [] }
        return [""] + lines + ["To look at one of them: \(looks[first].name.command("status"))"]
    }

    /// What would run: the same plan once, with the databases that have it.
    public func planText(_ console: Console, quiet: Bool, reasons: Bool) -> String {
        var groups: [(plan: PlanDocument, labels: [String])] = []
        var idle = 0
        for look in looks where look.trouble == nil {
            guard case .success(let content) = look.content else { continue }
            if content.plan.steps.isEmpty {
                idle += 1
            } else if let index = groups.firstIndex(where: {
                $0.plan.steps == content.plan.steps && $0.plan.strategy == content.plan.strategy
            }) {
                groups[index].labels.append(look.name.label)
            } else {
                groups.append((content.plan, [look.name.label]))
            }
        }
        var lines: [String] = []
        for group in groups {
            var plan = group.plan
            if group.labels.count > 1 {
                lines.append(FleetTable.names(group.labels, width: console.width) + ":")
                plan.database = "each of \(group.labels.count) databases"
            }
            lines.append(plan.text(reasons: reasons))
        }
        if idle > 0, !quiet {
            lines.append("\(counted(idle, "database")): nothing to do.")
        }
        return (lines + troubles(console)).joined(separator: "\n")
    }

    // MARK: For programs

    /// `status --format json`.
    public var status: FleetStatusDocument {
        FleetStatusDocument(
            targets: looks.map { look in
                var document = FleetStatusDocument.Target(
                    database: look.name.database, server: look.name.server, state: look.state)
                switch look.content {
                case .success(let content):
                    document.server = content.status.server
                    document.exists = content.status.exists
                    document.strategy = content.status.strategy
                    document.folders = content.status.folders
                    document.problems = look.problems.map(ProblemDocument.init)
                    document.pending = content.plan.steps.count
                case .failure: document.failed = FleetFailureDocument(look.name, look.trouble)
                }
                return document
            })
    }

    /// `plan --format json`.
    public var plan: FleetPlanDocument {
        FleetPlanDocument(
            targets: looks.map { look in
                var document = FleetPlanDocument.Target(database: look.name.database, server: look.name.server)
                switch look.content {
                case .success(let content):
                    document.strategy = content.plan.strategy
                    document.steps = content.plan.steps
                    document.problems = look.problems.map(ProblemDocument.init)
                case .failure: document.failed = FleetFailureDocument(look.name, look.trouble)
                }
                return document
            })
    }
}

extension TargetLook {
    /// In words, which programs may rely on.
    fileprivate var state: String {
        guard case .success(let content) = content else { return "unknown" }
        if content.isBlocked { return "problem" }
        if content.isUpToDate { return "up to date" }
        return content.status.exists ? "pending" : "does not exist"
    }

    /// The last applied file.
    fileprivate var last: String? {
        guard case .success(let content) = content else { return nil }
        return content.status.folders.last { $0.last != nil }.map { "\($0.name)/\($0.last ?? "")" }
    }
}
