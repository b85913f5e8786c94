import Foundation
import SystemPackage
import TestServers
import Testing

/// What `make install` puts beside the command.
@Suite struct InstallTests {
    private static let sources = FilePath(#filePath).removingLastComponent().removingLastComponent()
        .removingLastComponent()

    /// Runs a program that is found as this process would find it.
    private func tool(_ arguments: String...) throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return try run("/usr/bin/env", ["PATH=\(path)", "HOME=\(NSHomeDirectory())"] + arguments)
    }

    @Test func theManualAndTheCompletionsKnowEveryCommand() throws {
        let prefix = try RunDirectory.scratch("prefix")
        _ = try tool(
            Self.sources.appending("scripts").appending("install").string, Command.program.string, prefix.string)
        func installed(_ name: String) throws -> String {
            try String(contentsOfFile: prefix.appending(FilePath(name).components).string, encoding: .utf8)
        }
        let help = try Command(project: prefix)("--help").output
        let list = try #require(help.range(of: "SUBCOMMANDS:\n"))
        let commands = help[list.upperBound...].split(separator: "\n")
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("See '") }
            .compactMap { $0.split(whereSeparator: { $0 == " " || $0 == "," }).first.map(String.init) }
        #expect(commands.count > 8)
        let manual = try installed("share/man/man1/databasedeploy.1")
        let completions = try [
            "bash-completion/completions/databasedeploy", "zsh/site-functions/_databasedeploy",
            "fish/vendor_completions.d/databasedeploy.fish",
        ].map { try installed("share/" + $0) }
        for command in commands {
            #expect(manual.contains(".TP\n\\fB\(command)\\fR"), "\(command)")
            for completion in completions { #expect(completion.contains(command)) }
        }
        for word in ["\\fB\\-\\-resume\\-at\\fR", "\\fBDATABASE_URL\\fR", ".TP\n\\fB75\\fR\n", "\\fBserver start\\fR"] {
            #expect(manual.contains(word), "\(word)")
        }
        #expect(try Command(project: prefix)("--version").status == 0)
    }

    @Test func theManualIsWellFormed() throws {
        let prefix = try RunDirectory.scratch("prefix")
        _ = try tool(
            Self.sources.appending("scripts").appending("install").string, Command.program.string, prefix.string)
        let page = prefix.appending("share").appending("man").appending("man1").appending("databasedeploy.1")
        // `groff` tells on standard error, and says 0 all the same.
        #expect(try tool("sh", "-c", "command -v groff >/dev/null || exit 0; groff -man -ww -z \(page) 2>&1") == "")
        #expect(
            try tool("sh", "-c", "command -v mandoc >/dev/null || exit 0; mandoc -T lint -W warning \(page) 2>&1") == ""
        )
    }

    @Test func bashCompletesCommandsAndOptions() throws {
        let project = Command(project: try RunDirectory.scratch("prefix"))
        let script = try project("--generate-completion-script", "bash")
        #expect(script.status == 0, "\(script.errors)")
        func completed(_ words: String...) throws -> [Substring] {
            let line = (["databasedeploy"] + words).map { "'\($0)'" }.joined(separator: " ")
            let last = words.last ?? ""
            let ask = """
                COMP_WORDS=(\(line)) COMP_CWORD=\(words.count) COMP_LINE="\(words.joined(separator: " "))"
                COMP_POINT=${#COMP_LINE}; _databasedeploy databasedeploy '\(last)' ''; echo "${COMPREPLY[@]}"
                """
            return try run("/bin/bash", ["--norc"], input: script.output + "\n" + ask).split { $0 == " " || $0 == "\n" }
        }
        #expect(try completed("re") == ["repair"])
        #expect(try completed("server", "sto") == ["stop"])
        #expect(try completed("repair", "--resu") == ["--resume-at"])
    }
}
