// Writes the manual page from the command's own definitions.
//
// Usage: databasedeploy --experimental-dump-help | swift scripts/manual.swift VERSION DATE docs/configuration.md
//
// Why not swift-argument-parser's own generator: its page repeats the common options with every command, and drops what
// is not ASCII.
import Foundation

struct Help: Decodable {
    var command: Command
}

struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var aliases: [String]?
    var defaultSubcommand: String?
    var shouldDisplay: Bool?
    var arguments: [Argument]?
    var subcommands: [Command]?
}

struct Argument: Decodable, Equatable {
    struct Name: Decodable, Equatable {
        var kind: String
        var name: String

        var spelled: String { (kind == "long" ? "--" : "-") + name }
    }

    var kind: String
    var names: [Name]?
    var valueName: String?
    var abstract: String?
    var isOptional: Bool
    var isRepeating: Bool
    var shouldDisplay: Bool

    /// `-e, --environment NAME`.
    var heading: String {
        let names = (names ?? []).sorted { $0.spelled.count < $1.spelled.count }.map { bold($0.spelled) }
        let value = italic(valueName ?? "")
        switch kind {
        case "positional": return value
        case "flag": return names.joined(separator: ", ")
        default: return names.joined(separator: ", ") + " " + value
        }
    }
}

/// Text as groff takes it: no character of it is a command.
func escaped(_ text: String) -> String {
    let special: [Character: String] = ["\\": "\\e", "-": "\\-", "…": "...", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"]
    let escaped = text.map { special[$0] ?? String($0) }.joined()
    return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
}
func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }
func paragraphs(_ text: String?) -> [String] { (text ?? "").components(separatedBy: "\n\n").filter { !$0.isEmpty } }
func section(_ title: String) { print(".SH \(title)") }
func item(_ heading: String, _ text: String) { print(".TP\n\(heading)\n\(text)") }
func options(_ arguments: [Argument]) {
    for argument in arguments { item(argument.heading, escaped(argument.abstract ?? "")) }
}

/// The rows of the table under a heading of a Markdown file, their code spans in bold.
func table(under heading: String, in file: String) throws -> [(String, String)] {
    let text = try String(contentsOfFile: file, encoding: .utf8)
    guard let start = text.range(of: "## \(heading)\n") else { return [] }
    let rows = text[start.upperBound...].components(separatedBy: "\n## ")[0].split(separator: "\n")
        .filter { $0.hasPrefix("| `") }
    return rows.map { row in
        let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        let marked = cells.map { cell in
            cell.components(separatedBy: "`").enumerated().map { $0 % 2 == 1 ? bold($1) : escaped($1) }.joined()
        }
        return (marked[0], marked[1])
    }
}

let version = CommandLine.arguments[1]
let root = try JSONDecoder().decode(Help.self, from: FileHandle.standardInput.readDataToEndOfFile()).command
let commands = (root.subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
func shown(_ command: Command) -> [Argument] {
    (command.arguments ?? []).filter { $0.shouldDisplay }
}
/// What every command has, which is said once.
let leaves = commands.flatMap { $0.subcommands.map { $0.filter { $0.commandName != "help" } } ?? [$0] }
let common = shown(leaves[0]).filter { argument in leaves.allSatisfy { shown($0).contains(argument) } }

func describe(_ command: Command, as path: String) {
    let own = shown(command).filter { !common.contains($0) }
    let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
    let names = ([command.commandName] + (command.aliases ?? [])).map { bold(path + $0) }
    let usage = own.filter { $0.kind == "positional" }.map { " " + $0.heading }.joined()
    item(names.joined(separator: ", ") + usage, escaped(command.abstract ?? ""))
    for paragraph in paragraphs(command.discussion) { print(".IP\n\(escaped(paragraph))") }
    let options = own.filter { $0.kind != "positional" }
    if !options.isEmpty && subcommands.isEmpty {
        print(".RS")
        for option in options { item(option.heading, escaped(option.abstract ?? "")) }
        print(".RE")
    }
    for subcommand in subcommands { describe(subcommand, as: path + command.commandName + " ") }
}

let name = root.commandName
print(".TH \(name.uppercased()) 1 \(CommandLine.arguments[2]) \"\(name) \(version)\"")
section("NAME")
print("\(name) \\- \(escaped((root.abstract ?? "").trimmingCharacters(in: ["."])))")
section("SYNOPSIS")
print("\(bold(name)) [\(italic("command"))] [\(italic("options"))]")
section("DESCRIPTION")
let exitStatus = "Exit status: "
let texts = paragraphs(root.discussion)
print(texts.filter { !$0.hasPrefix(exitStatus) }.map(escaped).joined(separator: "\n.PP\n"))
if let command = root.defaultSubcommand { print(".PP\nWithout a command it is \(bold(command)).") }
section("COMMANDS")
for command in commands { describe(command, as: "") }
section("OPTIONS OF EVERY COMMAND")
options(common)
section("EXIT STATUS")
for text in texts where text.hasPrefix(exitStatus) {
    for status in text.dropFirst(exitStatus.count).trimmingCharacters(in: ["."]).components(separatedBy: "; ") {
        let parts = status.split(separator: " ", maxSplits: 1).map(String.init)
        item(bold(parts[0]), escaped(parts[1]))
    }
}
section("ENVIRONMENT")
for (variable, meaning) in try table(under: "Environment variables", in: CommandLine.arguments[3]) {
    item(variable, meaning)
}
section("FILES")
let files = [
    ("databasedeploy.toml", "The configuration of a project."),
    ("App.config", "The configuration of a project of the .NET program."),
    ("~/.my.cnf", "The user and password, where nothing else names them."),
    ("Log.txt", "What was done, in the project directory."),
    (".databasedeploy/", "The private server and what speeds up the next run. Not to be committed."),
]
for (file, text) in files { item(bold(file), escaped(text)) }
section("SEE ALSO")
print("\(bold("mariadb"))(1), \(bold("mysql"))(1)")
