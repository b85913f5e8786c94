import ArgumentParser
import Deployment

/// `databasedeploy validate`.
struct ValidateCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate", abstract: "Check the files against the journal and change nothing.",
        discussion: "Every pending script is read, decoded and split; every applied one is compared with its checksum.")

    @OptionGroup var common: CommonArguments

    func run() throws {
        let project = try Project(options)
        let plan = try project.access().plan()
        let document = ValidationDocument(plan.telling(project, in: options.format))
        switch options.format {
        case .json: options.output.line(JSON.document(document))
        case .text:
            for problem in plan.problems where !options.quiet || problem.severity == .error {
                options.output.line(problem.text(options.output.style))
            }
            if !options.quiet {
                options.output.line(
                    document.valid
                        ? "\(document.scripts) scripts: files and journal agree." : "Files and journal do not agree.")
            }
        }
        if !document.valid { throw ExitCode(1) }
    }
}
