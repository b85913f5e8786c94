/// How much room a text takes on a terminal, which is not the number of its characters.
enum Columns {
    /// The columns that a text takes. A Chinese, Japanese or Korean letter and a picture take two.
    static func count(_ text: some StringProtocol) -> Int { text.reduce(0) { $0 + width($1) } }

    /// The text, cut off where it would be wider.
    ///
    /// - Parameter width: In columns.
    static func fitted(_ text: String, width: Int) -> String {
        guard count(text) > width else { return text }
        var room = width - 1
        let start = text.prefix { character in
            room -= Self.width(character)
            return room >= 0
        }
        return width > 0 ? start + "…" : ""
    }

    private static func width(_ character: Character) -> Int {
        if let ascii = character.asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
        return character.unicodeScalars.map(width).max() ?? 0
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .control: return 0
        // The selector that makes a picture of the letter before it.
        case .format: return 0
        default: break
        }
        return scalar.properties.isEmojiPresentation || isWide(scalar.value) ? 2 : 1
    }

    /// The blocks that "East Asian Width" (Unicode Standard Annex 11) has as wide or full width.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18DFF, 0x1B000...0x1B2FF,
            0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}

/// A text whose control characters are written out: none of them moves the cursor or begins a line.
func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.map { scalar in
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: isControl(scalar) ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
        }
    }.joined()
}

/// Whether a scalar does something to a terminal or to the lines of a text.
func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    // They turn the direction of what follows.
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
}
