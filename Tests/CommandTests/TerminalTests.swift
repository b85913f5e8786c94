import Foundation
import TestServers
import Testing

/// What a person sees on a terminal: the bar, the estimate, the statement that runs.
@Suite struct TerminalTests {
    private func slowProject(_ name: String = "Modifications/10.sql", _ sql: String = "select sleep(4);") throws
        -> CommandProject
    {
        let project = try CommandProject(try #require(TestServer.all.first))
        try project.write(name, sql + "\n")
        return project
    }

    /// The line of the slow script: so many seconds, or more where the machine has other things to do.
    private static func slowEnd(_ seconds: Int = 4) throws -> Regex<AnyRegexOutput> {
        try Regex(#"^Executing: Modifications/10\.sql ✓ ([\#(seconds)-9]|\d\d)\.\d s$"#)
    }

    private func screens(_ project: CommandProject, columns: Int, rows: Int = 24) throws -> [[String]] {
        let (status, text) = try PseudoTerminal(columns: columns, rows: rows).run(project.command)
        #expect(status == 0, "\(text)")
        return PseudoTerminal.screens(text, columns: columns)
    }

    @Test(arguments: [80, 40])
    func theRunningStatementIsShownUnderTheBar(columns: Int) throws {
        let screens = try screens(try slowProject(), columns: columns)
        let shown = try #require(screens.last { $0.contains { $0.contains("select sleep(4)") } })
        let statement = try #require(shown.last)
        #expect(statement.contains(try Regex(#"^  statement 1, \d\.\d s: select sleep\(4\)$"#)), "\(shown)")
        let bar = try #require(shown.last { $0.hasPrefix("[") })
        #expect(bar.contains(try Regex(#"\[#+\.+\] 4/5  \d\.\d s"#)), "\(bar)")
        let all = shown.joined(separator: "\n")
        #expect(all.contains("about "))
        #expect(all.contains(" left"))
        #expect(all.contains("Modifications/10.sql"))
        // Nothing of it is left at the end.
        let last = try #require(screens.last)
        #expect(!last.contains { $0.hasPrefix("[") || $0.contains("statement") }, "\(last)")
        #expect(try last.contains { $0.contains(try Self.slowEnd()) }, "\(last)")
    }

    @Test func onAVeryNarrowTerminalEverythingHasItsLine() throws {
        let shown = try #require(
            try screens(try slowProject(), columns: 20).last { $0.contains { $0.contains("select sleep(4)") } })
        #expect(
            shown.suffix(5).first?.hasPrefix("[") == true || shown.contains { $0.hasPrefix("[####.] 4/5") }, "\(shown)")
        #expect(shown.contains("Modifications/10.s…") || shown.contains("Modifications/10.sql"), "\(shown)")
        #expect(shown.last == "  select sleep(4)", "\(shown)")
    }

    @Test func onAFlatTerminalTheBarStays() throws {
        let screens = try screens(try slowProject(), columns: 20, rows: 2)
        #expect(screens.last?.contains { $0.hasPrefix("[") } == false, "\(screens.last ?? [])")
    }

    @Test func aWideLetterTakesTwoColumns() throws {
        let project = try slowProject("Modifications/10.数据库迁移脚本数据库迁移脚本.sql", "select sleep(3) /* 数据库迁移脚本数据库迁移脚本 */;")
        let screens = try screens(project, columns: 40)
        #expect(screens.contains { $0.last?.contains("数") == true && $0.last?.contains("select") == true })
        // A line that did not fit would have gone on in the next one, and would not be taken away.
        let last = try #require(screens.last)
        #expect(!last.contains { $0.contains("statement") || $0.hasPrefix("[") }, "\(last)")
    }

    @Test func aDumbTerminalGetsNoEscapeSequences() throws {
        let project = try slowProject()
        var command = project.command
        command.variables["TERM"] = "dumb"
        let (status, text) = try PseudoTerminal(columns: 80).run(command)
        #expect(status == 0)
        #expect(!text.contains("\u{1B}"), "\(text)")
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        #expect(lines.contains("Executing: Modifications/10.sql …"), "\(lines)")
        #expect(try lines.contains { $0.contains(try Self.slowEnd()) }, "\(lines)")
    }

    @Test func withoutATerminalALineIsWholeWhateverIsToldMeanwhile() throws {
        let project = try slowProject("Modifications/10.sql", "select 1;\nselect sleep(3);")
        let lines = try project.command("--verbose").output.split(separator: "\n").map(String.init)
        #expect(
            lines.filter { $0.hasPrefix("Executing: Modifications/001.M.sql") } == [
                "Executing: Modifications/001.M.sql ✓"
            ])
        let slow = lines.filter { $0.hasPrefix("Executing: Modifications/10.sql") }
        #expect(slow.first == "Executing: Modifications/10.sql …", "\(lines)")
        #expect(slow.count == 2)
        #expect(try slow.last?.contains(try Self.slowEnd(3)) == true, "\(lines)")
    }

    @Test func anEscapeSequenceInAScriptDoesNotReachTheTerminal() throws {
        let project = try slowProject("Modifications/10.sql", "select sleep(3), '\u{1B}[2J';")
        let (_, text) = try PseudoTerminal(columns: 80).run(project.command, "--verbose")
        #expect(!text.contains("\u{1B}[2J"))
        #expect(text.contains("\\u{1B}[2J"))
    }

    @Test func aLineBreakInAFileNameIsRefused() throws {
        let project = try CommandProject(try #require(TestServer.all.first))
        try project.write("Modifications/002.a\nSUCCESS.sql", "select 1;\n")
        let result = try project.command("status")
        #expect(result.status == 65)
        #expect(result.errors.contains("Modifications/002.a\\nSUCCESS.sql"), "\(result.errors)")
        #expect(result.errors.contains("control character"))
    }
}
