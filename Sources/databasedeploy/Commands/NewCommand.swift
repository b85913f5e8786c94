import ArgumentParser
import Deployment

/// `databasedeploy new`.
struct NewCommand: CommonCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Create the next numbered file in Modifications.")

    @OptionGroup var common: CommonArguments

    @Argument(help: "What the change does, in a few words.")
    var words: [String]

    func run() throws {
        let configuration = try Project.configuration(options)
        let path = try NewScript(configuration: configuration).create(words.joined(separator: " "))
        options.output.line(
            AdvisedCommand.complete("Created \(path). Write the change into it, then type: databasedeploy"))
    }
}
