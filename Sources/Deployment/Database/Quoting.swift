/// Quotes an identifier: backticks, doubled inside ("Schema Object Names" in the MySQL manual). Works in every SQL mode.
public func quoted(identifier: String) -> String {
    "`" + identifier.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``") + "`"
}

/// Spells a string as a hexadecimal literal with its character set, which means the same in every SQL mode and with
/// every connection character set ("Hexadecimal Literals" in the MySQL manual).
public func quoted(literal: String) -> String {
    literal.isEmpty ? "_utf8mb4 ''" : "_utf8mb4 0x" + hexadecimal(literal.utf8)
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
