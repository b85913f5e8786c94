import SQLScript
import Testing

@Suite("What cannot be read")
struct ErrorTests {
    @Test(
        "Names where it began",
        arguments: [
            ("select 1;\n select 'abc;\nselect 2;", .unterminatedQuote("'"), 2, 9),
            ("select \"abc", .unterminatedQuote("\""), 1, 8),
            ("select `abc", .unterminatedQuote("`"), 1, 8),
            ("select 'é', 'abc\\';", .unterminatedQuote("'"), 1, 13),
            ("select 1;\n/* abc ; ", .unterminatedComment, 2, 1),
            ("select 1 /*! abc", .unterminatedComment, 1, 10),
            ("select 1 /*M! abc", .unterminatedComment, 1, 10),
            ("select 1;\n delimiter\n", .invalidDelimiter, 2, 2),
            ("delimiter \\\\\n", .invalidDelimiter, 1, 1),
            ("delimiter 'a\n", .invalidDelimiter, 1, 1),
            ("use ;", .missingArgument("use"), 1, 1),
            ("select 1,\n \\z;", .unknownCommand("z"), 2, 2),
            ("select 1 \\. x.sql\n", .statementBeforeCommand, 1, 10),
            ("select 1\n\0;", .nulByte, 2, 1),
            ("select '\0';", .nulByte, 1, 9),
            ("-- \0\n", .nulByte, 1, 4),
            ("delimiter //\nselect 1 end\ndelimiter ;\nselect 2;", .unterminatedBlock, 2, 1),
            ("delimiter //\ncreate procedure p() begin select 1;\n", .unterminatedBlock, 2, 1),
            ("select 1;\ncreate procedure p()\nbegin select 1; select 2;", .unterminatedBlock, 2, 1),
        ] as [(String, ScriptError.Kind, Int, Int)])
    func errors(script: String, kind: ScriptError.Kind, line: Int, column: Int) throws {
        let error = try #require(failure(script))
        #expect(error.kind == kind)
        #expect(error.position.line == line && error.position.column == column)
    }

    @Test("A last statement without its delimiter still runs")
    func lastStatement() throws {
        #expect(failure("delimiter //\ncreate procedure p() begin select 1; end") == nil)
        #expect(failure("delimiter //\nselect 'delimiter ;'") == nil)
    }

    @Test("The place of a quote that began long ago", arguments: [1, 100_000])
    func longQuote(chunk: Int) throws {
        let script = Array(("select 1,\n  '" + String(repeating: "x\n", count: 600_000)).utf8)
        let error = #expect(throws: ScriptError.self) {
            try read(script, chunk: chunk, options: .init(maximumStatementLength: 1000))
        }
        #expect(error?.position == ScriptPosition(offset: 12, line: 2, column: 3))
    }

    @Test("An error of the source is passed on")
    func sourceError() {
        struct Broken: Error {}
        let reader = ScriptReader { _ in throw Broken() }
        #expect(throws: Broken.self) { try reader.next() }
    }
}
