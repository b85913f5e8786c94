/// The tables for one combination of delimiter, modes and encoding.
final class LexicalRules {
    let delimiter: [UInt8]
    /// The delimiter is `;`.
    let isPlainDelimiter: Bool
    let modes: LexicalModes
    let encoding: ScriptEncoding
    /// Outside of quotes and comments.
    let statement: ByteTable
    /// Within `/*! … */`, where the comment's end counts too.
    let conditional: ByteTable
    let single: ByteTable
    let double: ByteTable
    let backtick: ByteTable
    let line: ByteTable
    let block: ByteTable

    init(delimiter: [UInt8], modes: LexicalModes, encoding: ScriptEncoding) {
        self.delimiter = delimiter
        isPlainDelimiter = delimiter == [UInt8(ascii: ";")]
        self.modes = modes
        self.encoding = encoding
        let quote = UInt8(ascii: "'")
        let doubleQuote = UInt8(ascii: "\"")
        let back = UInt8(ascii: "`")
        let escape = UInt8(ascii: "\\")
        let star = UInt8(ascii: "*")
        let slash = UInt8(ascii: "/")
        let at = UInt8(ascii: "@")
        let special = [quote, doubleQuote, back, escape, UInt8(ascii: "#"), UInt8(ascii: "-"), slash, at, delimiter[0]]
        statement = ByteTable(special, encoding: encoding)
        conditional = ByteTable(special + [star], encoding: encoding)
        let escapes = modes.contains(.noBackslashEscapes) ? [] : [escape]
        single = ByteTable([quote] + escapes, encoding: encoding)
        double = ByteTable([doubleQuote] + (modes.contains(.ansiQuotes) ? [] : escapes), encoding: encoding)
        backtick = ByteTable([back], encoding: encoding)
        // A line comment is taken up whole, whatever characters it is made of.
        line = ByteTable([0x0A], encoding: .utf8)
        block = ByteTable([star, slash], encoding: encoding)
    }

    func escapes(within quote: UInt8) -> Bool {
        if quote == UInt8(ascii: "`") || modes.contains(.noBackslashEscapes) { return false }
        return quote == UInt8(ascii: "'") || !modes.contains(.ansiQuotes)
    }
}
