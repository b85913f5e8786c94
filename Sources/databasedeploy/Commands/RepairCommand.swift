import ArgumentParser
import Deployment
import MySQLDriver

/// `databasedeploy repair`.
struct RepairCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Resolve what a crash or an edit left, after showing what it would do.",
        discussion: """
            Changes the journal only, never your tables. Without --script it settles every problem that has one answer: \
            edits are accepted, renamed and removed files are recorded, a checkpoint is put back.
            """)

    @OptionGroup var common: CommonArguments

    @Option(help: ArgumentHelp("A half-done script to decide about.", valueName: "folder/file"))
    var script: String?

    @Flag(help: "The script counts as applied.")
    var applied = false

    @Flag(help: "The script starts again from its first statement.")
    var restart = false

    @Option(
        name: .customLong("resume-at"),
        help: ArgumentHelp("The script goes on at this statement; the first is 1.", valueName: "n"))
    var resumeAt: Int?

    @Flag(help: "Do not ask.")
    var yes = false

    func validate() throws {
        let choices = [applied, restart, resumeAt != nil].count { $0 }
        if script == nil && choices > 0 { throw ValidationError("Name the script: --script FOLDER/FILE.") }
        if script != nil && choices != 1 {
            throw ValidationError("Choose one of --applied, --restart and --resume-at N.")
        }
        if let resumeAt, resumeAt < 1 { throw ValidationError("--resume-at starts at 1.") }
    }

    func run() throws {
        let project = try Project(options)
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        let actions: [RepairAction]
        if let script {
            let identity = try ScriptIdentity(argument: script)
            let action: RepairAction =
                applied
                ? .markApplied(identity)
                : restart ? .restart(identity) : .resume(identity, at: (resumeAt ?? 1) - 1)
            actions = [try repair.check(action)]
        } else {
            actions = repair.actions
            for problem in repair.unsettled { options.output.line(problem.text(options.output.style)) }
        }
        guard !actions.isEmpty else { return options.output.line("Nothing to repair.") }
        options.output.line("In the journal of \(project.configuration.database):")
        for action in actions { options.output.line("  \(action.description)") }
        for line in try repair.losses(actions) { options.output.line(line) }
        try Confirmation(options: options, yes: yes).confirm(
            "Do that?", configuration: project.configuration, isDestructive: false)
        try repair.apply(actions)
        options.output.line(AdvisedCommand.complete("Done. See: databasedeploy status"))
    }
}
