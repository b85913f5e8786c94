import ArgumentParser
import Deployment
import MySQLDriver

/// `databasedeploy baseline`.
struct BaselineCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline", abstract: "Adopt an existing database: mark every script up to a file as applied.",
        discussion: """
            Runs no script. The folders for fresh databases count as applied whole; of the others, everything up to and \
            including the file.
            """)

    @OptionGroup var common: CommonArguments

    @Option(help: ArgumentHelp("The last script whose effect is in the database.", valueName: "folder/file"))
    var at: String

    @Flag(help: "Do not ask.")
    var yes = false

    func run() throws {
        let project = try Project(options)
        let baseline = try Baseline(
            configuration: project.configuration, driver: MySQLDriver(), at: ScriptIdentity(argument: at))
        let changes = baseline.changes()
        options.output.line(
            "\(changes.count) scripts would count as applied on \(project.configuration.database), up to \(at).")
        try Confirmation(options: options, yes: yes).confirm(
            "Record that?", configuration: project.configuration, isDestructive: false)
        try baseline.apply()
        options.output.line(AdvisedCommand.complete("Recorded. See: databasedeploy status"))
    }
}

extension ScriptIdentity {
    /// Reads `FOLDER/FILE`.
    ///
    /// - Throws: `DeploymentError` for anything else.
    init(argument: String) throws(DeploymentError) {
        guard let script = ScriptIdentity(argument.utf8), !script.folder.isEmpty, !script.file.isEmpty else {
            throw DeploymentError(
                .usage, "\"\(argument)\" names no script.",
                advice: "Write FOLDER/FILE, such as Modifications/001.Add.sql.")
        }
        self = script
    }
}
