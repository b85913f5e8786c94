import Synchronization
import SystemPackage

/// The commands in advice, as they have to be typed: with the options by which this process was told its target. Without them they would
/// be about another database.
public enum AdvisedCommand {
    private static let typed = Mutex("")

    /// Says what was typed.
    public static func repeats(_ request: ConfigurationRequest) {
        var words: [String] = []
        if let project = request.project { words += ["--project", project.string] }
        if let file = request.configFile { words += ["--config", file.string] }
        if let environment = request.environment { words += ["-e", environment] }
        if let url = request.url { words += ["--url", DatabaseURL.withoutPassword(url)] }
        if request.usePrivate { words.append("--private") }
        for setting in request.settings where setting.hasPrefix("database=") { words += ["--set", setting] }
        let options = words.map { " " + shellQuoted($0) }.joined()
        typed.withLock { $0 = options }
    }

    private static let verbs = ["deploy", "status", "plan", "validate", "history", "baseline", "repair"]

    /// Advice with these options.
    static func complete(_ advice: String) -> String { adding(typed.withLock { $0 }, to: advice) }

    /// Advice whose commands about databases have further options, unless they name a target already.
    ///
    /// - Parameter options: With a space before them.
    static func adding(_ options: String, to advice: String) -> String {
        guard !options.isEmpty else { return advice }
        let tool = "databasedeploy"
        var text = ""
        var rest = advice[...]
        func isNamed() -> Bool { [" -e ", " --url ", " --set database"].contains { rest.hasPrefix($0) } }
        while let range = rest.firstRange(of: tool) {
            text += rest[..<range.upperBound]
            rest = rest[range.upperBound...]
            if let verb = verbs.first(where: { rest.hasPrefix(" \($0)") }) {
                text += " \(verb)"
                rest = rest.dropFirst(verb.count + 1)
                if !isNamed() { text += options }
            } else if !isNamed(), rest.isEmpty || rest.hasPrefix("\n") || rest.hasPrefix(" --") {
                text += options
            }
        }
        return text + rest
    }
}
