@testable import SQLScript

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Scripts put together from what is likely to confuse a splitter.
enum HostileScripts {
    static let fragments: [[UInt8]] = [
        "'", "\"", "`", "\\", ";", "//", "/*", "*/", "/*!", "/*!50003 ", "/*M!", "/*+", "--", "-- ", "#", "\n", "\r\n",
        "\r", " ", "\t", "\u{B}", "*", "/", "!", "\\\\", "\\'", "''", "\\g", "\\G", "\\c", "\\N", "\\u x", "\\d //", "\\d ;",
        "\\q", "\\.", "\\-", "\\\n", "\\\r\n", "select 1", "select 'a;b'", "é", "\u{1F600}", "delimiter //\n",
        "delimiter ;\n", "DELIMITER $$\r\n", "\ndelimiter ;;\n", "delimiter", "use x", "\nuse `a b`\n", "source y\n", "exit",
        "$$", ";;", "-- c\n", "# c\n", "/* c */", "--x\n", "create procedure p() begin ", "end", " case ", "begin ", "end if;",
        "set sql_mode='ANSI_QUOTES';", "set sql_mode='NO_BACKSLASH_ESCAPES';", "set sql_mode='';", "\0", "x", "\u{7F}",
    ].map { Array($0.utf8) } + [[0x83, 0x5C], [0xFF], [0x81], [0x95, 0x27]]

    static func script(_ generator: inout SeededGenerator) -> [UInt8] {
        var script: [UInt8] = []
        for _ in 0..<Int.random(in: 1...24, using: &generator) {
            script += fragments[Int.random(in: 0..<fragments.count, using: &generator)]
        }
        return script
    }

    static let encodings = ["utf8mb4", "utf8mb4", "utf8mb4", "latin1", "sjis", "gbk", "gb18030", "big5", "euckr"]
        .compactMap { ScriptEncoding(mysqlName: $0) }

    static func options(_ generator: inout SeededGenerator) -> ReaderOptions {
        ReaderOptions(
            encoding: encodings[Int.random(in: 0..<encodings.count, using: &generator)],
            sqlMode: LexicalModes(rawValue: UInt8(max(0, Int.random(in: -8...3, using: &generator)))),
            maximumStatementLength: Bool.random(using: &generator) ? 1 << 20 : 20,
            unknownCommands: Bool.random(using: &generator) ? .keep : .refuse,
            recognizesRoutineBodies: Bool.random(using: &generator))
    }
}
