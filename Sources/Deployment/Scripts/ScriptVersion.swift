/// The number at the head of a script's name, and with it the script's place in its folder.
///
/// A version is one component or more, each a number and perhaps a letter: `118`, `001a`, `118_1`, `V2.10`. A digit
/// run that goes over into a word (`2nd_try`) is no component. Names without a number come last, in the order of
/// their text.
public struct ScriptVersion: Sendable, Hashable {
    struct Component: Sendable, Hashable, Comparable {
        /// Without leading zeros, so that numbers of any length compare: the longer one is larger.
        var digits: String
        /// Lower case; empty where there is none.
        var letter: String

        static func < (left: Self, right: Self) -> Bool {
            if left.digits.utf8.count != right.digits.utf8.count {
                return left.digits.utf8.count < right.digits.utf8.count
            }
            return (left.digits, left.letter) < (right.digits, right.letter)
        }
    }

    let components: [Component]
    /// Versions whose ranks differ compare as their ranks do, at once; almost all do. It is the first number, or the
    /// largest value where there is none, and the next largest where it is too large.
    let rank: UInt64

    /// Whether the name has a number at all.
    public var isNumbered: Bool { !components.isEmpty }

    /// The number behind the first one, however large that is; nil without one.
    var nextLeadingNumber: String? {
        guard var digits = components.first.map({ Array("0\($0.digits)".utf8) }) else { return nil }
        var place = digits.count - 1
        while digits[place] == UInt8(ascii: "9") {
            digits[place] = UInt8(ascii: "0")
            place -= 1
        }
        digits[place] += 1
        return String(decoding: digits.drop { $0 == UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// Reads the version of a file's name, such as `002.2nd_try.sql`.
    public init(fileName: String) {
        var rest = fileName.utf8[...]
        if let first = rest.first, first | 0x20 == UInt8(ascii: "v"), rest.dropFirst().first.map(isDigit) == true {
            rest = rest.dropFirst()
        }
        var components: [Component] = []
        while let (component, tail) = Self.component(rest, isFirst: components.isEmpty) {
            components.append(component)
            guard let separator = tail.first, "._-".utf8.contains(separator) else { break }
            rest = tail.dropFirst()
        }
        self.components = components
        rank = components.first.map { $0.digits.isEmpty ? 0 : min(UInt64($0.digits) ?? .max, .max - 1) } ?? .max
    }

    /// One component from the start of `text`, and what is left; nil where there is none.
    private static func component(
        _ text: Substring.UTF8View, isFirst: Bool
    ) -> (Component, Substring.UTF8View)? {
        let digits = text.prefix(while: isDigit)
        guard !digits.isEmpty else { return nil }
        var tail = text[digits.endIndex...]
        var letter = ""
        if let candidate = tail.first, isLetter(candidate), tail.dropFirst().first.map(isWord) != true {
            letter = String(UnicodeScalar(candidate | 0x20))
            tail = tail.dropFirst()
        } else if let next = tail.first, isWord(next), !isFirst {
            return nil
        }
        let significant = digits.drop { $0 == UInt8(ascii: "0") }
        return (Component(digits: String(Substring(significant)), letter: letter), tail)
    }
}

extension ScriptVersion: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        if left.isNumbered != right.isNumbered { return left.isNumbered }
        return left.components.lexicographicallyPrecedes(right.components)
    }
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

private func isLetter(_ byte: UInt8) -> Bool {
    let lower = byte | 0x20
    return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
}

/// Digits, letters, and every byte of a character beyond ASCII.
private func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte >= 0x80 }
