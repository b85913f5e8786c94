import SQLScript
import Testing

@Suite("sql_mode and encodings")
struct ModeTests {
    private let probe = " select \"a\\\", '\\'';' ;select 1;"

    @Test(
        "Modes that the script sets",
        arguments: [
            ("set sql_mode='ANSI_QUOTES'", [.ansiQuotes]),
            ("SET SESSION sql_mode = \"ansi\"", [.ansiQuotes]),
            ("set @@session.sql_mode := 'ORACLE,NO_BACKSLASH_ESCAPES'", [.ansiQuotes, .noBackslashEscapes]),
            ("/*!40101 SET SQL_MODE='NO_BACKSLASH_ESCAPES' */", [.noBackslashEscapes]),
            ("set @x = 1, @@sql_mode = no_backslash_escapes, names utf8", [.noBackslashEscapes]),
            ("set sql_mode = 4", [.ansiQuotes]),
            ("set sql_mode = concat(@@sql_mode, ',ANSI_QUOTES')", [.ansiQuotes]),
            ("set global sql_mode = 'ANSI'", []),
            ("set @sql_mode = 'ANSI'", []),
            ("set sql_mode = 'STRICT_ALL_TABLES'", []),
            ("set sql_mode = (select @@global.sql_mode)", []),
            ("set statement sql_mode='ANSI' for select 1", []),
            ("/*!999999 set sql_mode='ANSI' */", []),
            ("select 'set sql_mode=ANSI'", []),
        ] as [(String, LexicalModes)])
    func follows(statement: String, modes: LexicalModes) throws {
        #expect(try statements(statement + "; select 2")[1].sqlMode == modes)
    }

    @Test("Saved and restored, as dumps do")
    func restores() throws {
        let script = """
            /*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='ANSI_QUOTES' */;
            select "a\\";
            /*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
            select "a\\";";
            """
        #expect(try statements(script).map(\.sqlMode) == [[], .ansiQuotes, .ansiQuotes, []])
        let options = ReaderOptions(sqlMode: .noBackslashEscapes)
        #expect(
            try statements("set sql_mode='ansi';set sql_mode=default;x", options: options)[2].sqlMode
                == .noBackslashEscapes)
    }

    @Test("A name in quotes is as good as a text, as the server has it")
    func namedInQuotes() throws {
        let script = "SET SQL_MODE = \"NO_AUTO_VALUE_ON_ZERO\"; SET sql_mode = `ansi`; x"
        let modes = try statements(script, options: ReaderOptions(sqlMode: .ansiQuotes)).map(\.sqlMode)
        #expect(modes == [.ansiQuotes, [], .ansiQuotes])
    }

    @Test("A backslash in strings and names under each mode")
    func backslashes() throws {
        #expect(try summary("select \"a\\\"; select '\\';'", options: .init(sqlMode: .ansiQuotes)).count == 2)
        #expect(try summary("select \"a\\\"; select '\\'; x", options: .init(sqlMode: .noBackslashEscapes)).count == 3)
    }

    @Test(
        "Second bytes that look like quotes and backslashes",
        arguments: [
            ("sjis", [0x83, 0x5C]), ("cp932", [0x95, 0x5C]), ("gbk", [0xBF, 0x5C]), ("big5", [0xA5, 0x5C]),
            ("gb18030", [0x81, 0x5C]), ("gb18030", [0x81, 0x30, 0x81, 0x30]), ("sjis", [0x83, 0x60]),
            ("gbk", [0x81, 0x60]),
        ] as [(String, [UInt8])])
    func trails(name: String, character: [UInt8]) throws {
        let encoding = try #require(ScriptEncoding(mysqlName: name))
        let script = Array("select '".utf8) + character + Array("', ".utf8) + character + Array(";select 2;".utf8)
        for chunk in 1...4 {
            #expect(try read(script, chunk: chunk, options: .init(encoding: encoding)).elements.count == 2)
        }
        #expect(ScriptEncoding(mysqlName: "utf16") == nil)
    }
}
