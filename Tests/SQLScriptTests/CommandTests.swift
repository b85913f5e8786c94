import SQLScript
import Testing

@Suite("Client commands")
struct CommandTests {
    @Test(
        "Long and short forms",
        arguments: [
            ("use test\nselect 1;", ["<use(\"test\")>", "select 1"]),
            ("  USE   `te st`  ;\nuse a b;use 'x';", ["<use(\"te st\")>", "<use(\"a\")>", "<use(\"x\")>"]),
            ("use test; -- c\nuse x # y\nusetest;", ["<use(\"test\")>", "<use(\"x\")>", "usetest"]),
            ("use \"a;b\";", ["use \"a;b\""]),
            ("\\u foo bar;select 1;", ["<use(\"foo\")>", "select 1"]),
            ("select 1 \\u test;\n, 2;", ["<use(\"test;\")>", "select 1 \n, 2"]),
            ("select 1 /*! \\u foo */ , 2;", ["<use(\"foo\")>", "select 1 /*! */ , 2"]),
            ("select 1; use y", ["select 1", "<use(\"y\")>"]),
            ("-- x\n/* y */ use y\nselect 1", ["<use(\"y\")>", "select 1"]),
            ("source a b.sql\n\\. c.sql\nsource d.sql;", ["a b.sql", "c.sql", "d.sql"].map { "<source(\"\($0)\")>" }),
            ("select 1 \\c select 2;", ["<clear>", " select 2"]),
            ("select 1; exit\nselect 2;", ["select 1", "<quit>"]),
            ("exit;select 2;", ["<quit>"]),
            ("select 1 \\q\nselect 2;", ["select 1", "<quit>"]),
            (
                "/*M!999999\\- enable the sandbox mode */ \nselect 1;",
                ["<sandbox>", "/*M!999999 enable the sandbox mode */ \nselect 1"]
            ),
            ("charset gbk\n\\C latin1\n", ["<charset(\"gbk\")>", "<charset(\"latin1\")>"]),
            ("system ls -l; \\! ls\n", ["<system(\"ls -l\")>", "<system(\"ls\")>"]),
            ("connect db host\n", ["<connect(database: Optional(\"db\"), host: Optional(\"host\"))>"]),
            ("status\nstatus x;", ["<status>", "status x"]),
            (
                "warnings;nowarning\nnotee\nnopager\n\\p",
                ["<warnings(true)>", "<warnings(false)>", "<noTee>", "<noPager>", "<print>"]
            ),
            ("go\nselect 1\ngo\n;", ["select 1\ngo"]),
            ("help;help select\n?\n", ["<help(\"\")>", "<help(\"select\")>", "<help(\"\")>"]),
            ("resetconnection\n\\x", ["<resetConnection>", "<resetConnection>"]),
            ("select\nuse x;", ["select\nuse x"]),
            ("delimiter //\nuse x; y\n//", ["<delimiter(\"//\")>", "<use(\"x;\")>"]),
        ])
    func commands(script: String, elements: [String]) throws {
        #expect(try summary(script) == elements)
    }

    @Test("Their places")
    func places() throws {
        let elements = try read(Array("select 1; use x\n /* é */ use y".utf8)).elements
        let places = elements.compactMap { element in
            if case .command(_, let position) = element { position } else { nil }
        }
        #expect(places == [.init(offset: 10, line: 1, column: 11), .init(offset: 26, line: 2, column: 10)])
    }

    @Test("A statement says in which character set it was read")
    func characterSets() throws {
        let found = try statements("select 1;\ncharset gbk\nselect 2;\n\\C latin1\nselect 3;")
        #expect(found.map(\.encoding.name) == ["utf8mb4", "gbk", "latin1"])
    }

    @Test("MySQL's own are statements to those who read as mariadb")
    func foreign() throws {
        #expect(try summary("resetconnection\n;", options: .init(client: .mariadb)) == ["resetconnection"])
    }
}
