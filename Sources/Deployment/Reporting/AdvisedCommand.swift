import Synchronization
import SystemPackage

/// The commands in advice, as they have to be typed: with the options by which this process was told its target. Without them they would
/// be about another database.
public enum AdvisedCommand {
    /// An option that names a target, and what of a command says that it is there, or that another one stands in its place.
    struct Option: Sendable {
        let text: String
        let flags: [String]
    }

    private static let typed = Mutex<[Option]>([])

    /// Says what was typed.
    public static func repeats(_ request: ConfigurationRequest) {
        let options = options(request)
        typed.withLock { $0 = options }
    }

    static func options(_ request: ConfigurationRequest) -> [Option] {
        var options: [Option] = []
        func add(_ flag: String, _ value: String?) {
            if let value { options.append(Option(text: " \(flag) \(shellQuoted(value))", flags: [" \(flag) "])) }
        }
        add("--project", request.project?.string)
        add("--config", request.configFile?.string)
        add("-e", request.environment)
        add("--url", request.url.map(DatabaseURL.withoutPassword))
        if request.usePrivate { options.append(Option(text: " --private", flags: [" --private"])) }
        for setting in request.settings {
            let parts = setting.split(separator: "=", maxSplits: 1).map { $0.drop { $0 == " " } }
            guard parts.count == 2 else { continue }
            let key = parts[0].prefix { $0 != " " }
            switch key {
            case "url": add("--url", DatabaseURL.withoutPassword(String(parts[1])))
            case "environment": add("-e", String(parts[1]))
            case "database":
                options.append(Option(text: " --set \(shellQuoted(setting))", flags: ["database="]))
            // One of them is named by its database, or by a URL.
            case "targets":
                let text = "targets=" + DatabaseURL.withoutPasswords(String(parts[1]))
                options.append(
                    Option(text: " --set \(shellQuoted(text))", flags: ["targets=", "database=", " --url "]))
            default: break
            }
        }
        return options
    }

    private static let verbs = [
        "deploy", "status", "plan", "validate", "history", "baseline", "repair", "server start",
    ]

    /// Advice with these options.
    public static func complete(_ advice: String) -> String { adding(typed.withLock { $0 }, to: advice) }

    /// Advice whose commands about databases have further options, unless they have others of the same name.
    static func adding(_ options: [Option], to advice: String) -> String {
        guard !options.isEmpty else { return advice }
        let tool = "databasedeploy"
        var text = ""
        var rest = advice[...]
        func missing() -> String {
            let line = rest.prefix { $0 != "\n" } + " "
            return options.filter { !$0.flags.contains(where: line.contains) }.map(\.text).joined()
        }
        while let range = rest.firstRange(of: tool) {
            text += rest[..<range.upperBound]
            rest = rest[range.upperBound...]
            if let verb = verbs.first(where: { rest.hasPrefix(" \($0)") }) {
                text += " \(verb)"
                rest = rest.dropFirst(verb.count + 1)
                text += missing()
            } else if rest.isEmpty || rest.hasPrefix("\n") || rest.hasPrefix(" -") {
                text += missing()
            }
        }
        return text + rest
    }
}
