/// The character set in which a script's bytes are read, by MySQL's name for it.
///
/// Only sets whose second bytes may look like ASCII (a quote, a backslash, a letter) need care; in all others
/// the bytes that a splitter looks for stand for themselves.
public struct ScriptEncoding: Sendable, Hashable {
    enum Shape: UInt8, Sendable {
        case utf8, singleByte, sjis, gbk, gb18030, big5, euckr
    }

    /// The name as MySQL spells it, in lower case.
    public let name: String
    let shape: Shape

    private init(name: String, shape: Shape) {
        self.name = name
        self.shape = shape
    }

    public static let utf8 = ScriptEncoding(name: "utf8mb4", shape: .utf8)

    /// - Parameter mysqlName: a character set that a client may use, such as `latin1` or `sjis`. Sets of two-byte units
    ///   (`ucs2`, `utf16`, `utf32`) are not among them ("Connection Character Sets and Collations").
    public init?(mysqlName: String) {
        let name = mysqlName.lowercased()
        switch name {
        case "utf8", "utf8mb3", "utf8mb4": self.init(name: name, shape: .utf8)
        case "sjis", "cp932": self.init(name: name, shape: .sjis)
        case "gbk": self.init(name: name, shape: .gbk)
        case "gb18030": self.init(name: name, shape: .gb18030)
        case "big5": self.init(name: name, shape: .big5)
        case "euckr": self.init(name: name, shape: .euckr)
        // Every byte of their longer characters is 0x80 or above.
        case "ujis", "eucjpms", "gb2312": self.init(name: name, shape: .singleByte)
        case "ascii", "binary", "latin1", "latin2", "latin5", "latin7", "cp850", "cp852", "cp866", "cp1250", "cp1251",
            "cp1256", "cp1257", "dec8", "hp8", "koi8r", "koi8u", "swe7", "greek", "hebrew", "tis620", "keybcs2",
            "macce", "macroman", "geostd8", "armscii8":
            self.init(name: name, shape: .singleByte)
        default: return nil
        }
    }

    /// Whether a byte from 0x80 on may be the first of a character whose later bytes look like ASCII.
    var hasDeceptiveTrails: Bool {
        switch shape {
        case .utf8, .singleByte: false
        case .sjis, .gbk, .gb18030, .big5, .euckr: true
        }
    }

    func isLead(_ byte: UInt8) -> Bool {
        switch shape {
        case .utf8, .singleByte: false
        case .sjis: (0x81...0x9F).contains(byte) || (0xE0...0xFC).contains(byte)
        case .gbk, .gb18030, .euckr: (0x81...0xFE).contains(byte)
        case .big5: (0xA1...0xF9).contains(byte)
        }
    }

    /// The length in bytes of the character that begins at `bytes`, of which at least four can be read; 1 where the
    /// bytes make no longer character, as the clients have it.
    func characterLength(_ bytes: UnsafePointer<UInt8>) -> Int {
        guard isLead(bytes[0]) else { return 1 }
        let trail = bytes[1]
        switch shape {
        case .utf8, .singleByte:
            return 1
        case .sjis:
            return (0x40...0x7E).contains(trail) || (0x80...0xFC).contains(trail) ? 2 : 1
        case .gbk:
            return (0x40...0x7E).contains(trail) || (0x80...0xFE).contains(trail) ? 2 : 1
        case .gb18030:
            if (0x40...0x7E).contains(trail) || (0x80...0xFE).contains(trail) { return 2 }
            let isLong =
                (0x30...0x39).contains(trail) && (0x81...0xFE).contains(bytes[2]) && (0x30...0x39).contains(bytes[3])
            return isLong ? 4 : 1
        case .big5:
            return (0x40...0x7E).contains(trail) || (0xA1...0xFE).contains(trail) ? 2 : 1
        case .euckr:
            let isTrail =
                (0x41...0x5A).contains(trail) || (0x61...0x7A).contains(trail) || (0x81...0xFE).contains(trail)
            return isTrail ? 2 : 1
        }
    }
}
