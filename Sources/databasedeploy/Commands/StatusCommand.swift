import ArgumentParser
import Deployment

/// `databasedeploy status`.
struct StatusCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what is applied, pending and wrong.",
        discussion: "With --verbose, first what is configured and where it comes from, also where no server answers.",
        aliases: ["info"])

    @OptionGroup var common: CommonArguments

    @Flag(name: .customLong("exit-code"), help: "Exit with 1 if anything is pending or different.")
    var exitCode = false

    func run() throws {
        let project = try Project(
            options, allowsTargets: true, showsConfiguration: options.verbose && options.format == .text)
        if project.configuration.fleet != nil {
            return try FleetCommand(project, options).status(exitCode: exitCode)
        }
        let access = try project.access()
        let plan = try access.plan()
        let document = StatusDocument(
            plan: plan.telling(project, in: options.format), journal: access.journal,
            configuration: project.configuration, server: access.server)
        switch options.format {
        case .json: options.output.line(JSON.document(document))
        case .text:
            if !options.quiet { options.output.line(document.text(all: options.verbose)) }
            let problems = plan.problems.filter { !options.quiet || $0.severity == .error }
            if !problems.isEmpty && !options.quiet { options.output.line() }
            for problem in problems { options.output.line(problem.text(options.output.style)) }
        }
        if exitCode && !document.isClean { throw ExitCode(1) }
    }
}
