/// The names of character sets that a script or a connection may have.
public enum CharacterSetName {
    /// Why a script cannot have this encoding.
    public struct Problem: Error, Sendable, Equatable {
        /// The end of a sentence that begins with the setting's name.
        public var reason: String
    }

    /// MySQL's name of the encoding of scripts, in lower case.
    ///
    /// The server must take it as `character_set_client`, and ASCII must mean ASCII in it, as the text is split into
    /// statements before the server sees it.
    ///
    /// - Throws: `Problem`, which names MySQL's own name if another one was given.
    public static func ofScript(_ name: String) throws(Problem) -> String {
        let lower = name.lowercased()
        if usable.contains(lower) { return lower }
        if wide.contains(lower) {
            // MySQL manual, "Connection Character Sets and Collations": impermissible client character sets.
            throw Problem(
                reason: "cannot be \"\(name)\": a server does not take it from a client; "
                    + "UTF-16 files that begin with a byte order mark need no encoding")
        }
        if lower == "swe7" {
            throw Problem(reason: "cannot be \"swe7\": ASCII's brackets and backslash are letters in it")
        }
        if lower == "binary" { throw Problem(reason: "cannot be \"binary\": it says nothing about letters") }
        if let ours = foreign[lower.filter { $0 != "-" && $0 != "_" && $0 != " " }] {
            throw Problem(reason: "cannot be \"\(name)\": \(ours) is MySQL's name for it")
        }
        let hint = Suggestion.phrase(for: lower, in: usable)
        throw Problem(reason: "\"\(name)\" is not a character set that MySQL knows\(hint)")
    }

    /// Why a URL's or a connection string's `charset` is wrong, or nil. Scripts travel in UTF-8 or in the encoding
    /// that is set for them, so nothing but UTF-8 makes sense for a connection.
    static func obstacleForConnection(_ name: String) -> String? {
        isUTF8(name) ? nil : "can only be utf8mb4; scripts in another encoding have `encoding` set for their folder"
    }

    static func isUTF8(_ name: String) -> Bool {
        ["utf8", "utf8mb3", "utf8mb4"].contains(name.lowercased())
    }

    private static let usable = [
        "armscii8", "ascii", "big5", "cp1250", "cp1251", "cp1256", "cp1257", "cp850", "cp852", "cp866", "cp932",
        "dec8", "eucjpms", "euckr", "gb18030", "gb2312", "gbk", "geostd8", "greek", "hebrew", "hp8", "keybcs2",
        "koi8r", "koi8u", "latin1", "latin2", "latin5", "latin7", "macce", "macroman", "sjis", "tis620", "ujis",
        "utf8", "utf8mb3", "utf8mb4",
    ]

    private static let wide = [
        "ucs-2", "ucs2", "utf-16", "utf-16be", "utf-16le", "utf-32", "utf16", "utf16le", "utf32",
    ]

    /// Names of others, without `-`, `_` and spaces. MySQL's latin1 is Windows' code page 1252.
    private static let foreign = [
        "ansi": "latin1", "cp1252": "latin1", "iso88591": "latin1", "latin1": "latin1", "windows1252": "latin1",
        "cp1254": "latin5", "iso88599": "latin5", "windows1254": "latin5", "iso88592": "latin2",
        "iso885913": "latin7", "windows1250": "cp1250", "windows1251": "cp1251", "windows1256": "cp1256",
        "windows1257": "cp1257", "iso88597": "greek", "iso88598": "hebrew", "shiftjis": "sjis", "ms932": "cp932",
        "windows31j": "cp932", "eucjp": "ujis", "euckr": "euckr", "koi8r": "koi8r", "koi8u": "koi8u",
        "cp936": "gbk", "windows936": "gbk", "gb231280": "gb2312", "big5": "big5", "cp950": "big5",
        "iso885911": "tis620", "tis620": "tis620", "utf8": "utf8mb4", "usascii": "ascii",
        "macintosh": "macroman", "ibm850": "cp850", "ibm866": "cp866",
    ]
}
