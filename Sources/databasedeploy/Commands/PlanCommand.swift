import ArgumentParser
import Deployment

/// `databasedeploy plan`, and `deploy --dry-run`.
struct PlanCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Print what deploy would run, and run nothing (deploy --dry-run).")

    @OptionGroup var common: CommonArguments

    func run() throws { try Self.show(options) }

    /// - Parameter recreate: Whether that is asked for beside the configuration.
    static func show(_ options: CommonOptions, recreate: Bool = false) throws {
        let project = try Project(options, recreate: recreate, allowsTargets: true)
        if project.configuration.fleet != nil { return try FleetCommand(project, options).plan() }
        let plan = try project.access().plan(recreating: project.configuration.recreate)
        let document = PlanDocument(plan.telling(project, in: options.format))
        switch options.format {
        case .json: options.output.line(JSON.document(document))
        case .text:
            for problem in plan.problems where !options.quiet || problem.severity == .error {
                options.output.line(problem.text(options.output.style))
            }
            options.output.line(document.text(reasons: options.verbose))
        }
        if plan.isBlocked { throw ExitCode(DeploymentError.Code.problems.exitStatus) }
    }
}
