/// Quotes an identifier: backticks, doubled inside ("Schema Object Names" in the MySQL manual). Works in every SQL mode.
public func quoted(identifier: String) -> String {
    guard identifier.utf8.contains(UInt8(ascii: "`")) else { return "`\(identifier)`" }
    return "`" + identifier.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
}

/// Spells a string as a literal that means the same in every SQL mode and with every connection character set: ASCII
/// letters, digits and the like between quotes, all else in hexadecimal with its character set ("Character Set
/// Introducers" and "Hexadecimal Literals" in the MySQL manual).
public func quoted(literal: String) -> String {
    let isPlain = literal.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ")
    }
    return isPlain ? "'\(literal)'" : "_utf8mb4 0x" + hexadecimal(literal.utf8)
}

/// As `quoted(literal:)`, with `NULL` for nil.
public func quoted(literal: String?) -> String {
    guard let literal else { return "NULL" }
    return quoted(literal: literal)
}

/// Two digits for each byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}

/// The value of a literal that `quoted(literal:)` spelled; nil for another one.
func literalValue(_ literal: Substring) -> String? {
    if literal.hasPrefix("_utf8mb4 0x") { return decoded(hexadecimal: literal.dropFirst("_utf8mb4 0x".count)) }
    guard literal.count >= 2, literal.hasPrefix("'"), literal.hasSuffix("'") else { return nil }
    return String(literal.dropFirst().dropLast())
}

/// What `hexadecimal` spelled; nil for digits that are none.
func decoded(hexadecimal digits: Substring) -> String? {
    let digits = Array(digits.utf8)
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
        guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
            return nil
        }
        bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
}
