import ArgumentParser
import Deployment

/// `databasedeploy history`.
struct HistoryCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Show past deployments, and with --verbose every script's run.")

    @OptionGroup var common: CommonArguments

    @Option(help: ArgumentHelp("How many deployments, the newest first.", valueName: "count"))
    var limit = 20

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit must be 1 or more.") }
    }

    func run() throws {
        let project = try Project(options)
        let access = try project.access()
        _ = try access.plan()
        let document = HistoryDocument(
            database: project.configuration.database, deployments: try access.deployments(limit: limit),
            records: Array(access.journal.records.values))
        switch options.format {
        case .json: options.output.line(JSON.document(document))
        case .text: options.output.line(document.text(scripts: options.verbose))
        }
    }
}
