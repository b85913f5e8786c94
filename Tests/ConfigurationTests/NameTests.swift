import Testing

@testable import Deployment

@Suite struct NameTests {
    @Test(arguments: [
        ("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("url", "rul", 1), ("abc", "abc", 0),
        ("lock_timout", "lock_timeout", 1),
    ])
    func distances(left: String, right: String, expected: Int) {
        #expect(Suggestion.distance(Array(left), Array(right)) == expected)
    }

    @Test(arguments: [
        ("passwrd", "password"), ("PASSWORD", "password"), ("ulr", "url"), ("xyz", nil), ("pass", nil),
        ("frobnicate", nil),
    ])
    func suggestions(word: String, expected: String?) {
        #expect(Suggestion.nearest(to: word, in: ["password", "protected", "url"]) == expected)
    }

    @Test(arguments: [
        ("latin1", "latin1"), ("GBK", "gbk"), ("sjis", "sjis"), ("utf8mb4", "utf8mb4"), ("cp1251", "cp1251"),
        ("big5", "big5"), ("gb18030", "gb18030"), ("koi8r", "koi8r"),
    ])
    func encodings(name: String, expected: String) throws {
        #expect(try CharacterSetName.ofScript(name) == expected)
    }

    @Test(arguments: [
        ("cp1252", "cannot be \"cp1252\": latin1 is MySQL's name for it"),
        ("ISO-8859-1", "cannot be \"ISO-8859-1\": latin1 is MySQL's name for it"),
        ("Shift_JIS", "cannot be \"Shift_JIS\": sjis is MySQL's name for it"),
        ("utf-8", "cannot be \"utf-8\": utf8mb4 is MySQL's name for it"),
        ("euc-kr", "cannot be \"euc-kr\": euckr is MySQL's name for it"),
        ("swe7", "cannot be \"swe7\": ASCII's brackets and backslash are letters in it"),
        ("binary", "cannot be \"binary\": it says nothing about letters"),
        ("latn1", "\"latn1\" is not a character set that MySQL knows (did you mean \"latin1\"?)"),
        ("klingon", "\"klingon\" is not a character set that MySQL knows"),
    ])
    func noEncodings(name: String, reason: String) {
        #expect(throws: CharacterSetName.Problem(reason: reason)) { try CharacterSetName.ofScript(name) }
    }

    @Test(arguments: ["ucs2", "utf16", "UTF-16", "utf16le", "utf32"])
    func encodingsThatNoClientCanHave(name: String) {
        let reason =
            "cannot be \"\(name)\": a server does not take it from a client; "
            + "UTF-16 files that begin with a byte order mark need no encoding"
        #expect(throws: CharacterSetName.Problem(reason: reason)) { try CharacterSetName.ofScript(name) }
    }
}
