import SQLScript

/// A statement's text as a person may see it: without secrets.
struct ShownStatement {
    private let text: [UInt8]
    private let modes: LexicalModes
    private let encoding: ScriptEncoding

    init(_ text: [UInt8], modes: LexicalModes = [], encoding: ScriptEncoding = .utf8) {
        self.text = text
        self.modes = modes
        self.encoding = encoding
    }

    /// One line.
    ///
    /// - Parameter width: Characters at most.
    func line(_ width: Int) -> String {
        let line = printable(shown.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        return line.count > width ? line.prefix(width - 1) + "…" : line
    }

    /// Whether it has words that go with passwords.
    var speaksOfPasswords: Bool {
        let words = String(decoding: text.prefix(100_000), as: UTF8.self).uppercased()
        return ["IDENTIFIED", "PASSWORD", "PASSWRD"].contains(where: words.contains)
    }

    /// The text with every string hidden: a statement that speaks of passwords in a way that the server does not
    /// understand may hold one anywhere.
    private static func withoutStrings(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "•••" }.joined(separator: "'")
    }

    /// The text without secrets; of a long one, its first bytes.
    private var shown: String {
        let limit = 4096
        if text.count <= limit {
            let shown = redacted(text, sqlMode: modes, encoding: encoding)
            return speaksOfPasswords ? Self.withoutStrings(shown) : shown
        }
        // A secret that begins within the first bytes must not be cut off before it is found.
        let secrets = classify(text, sqlMode: modes, encoding: encoding).secrets
        let end = secrets.first { $0.contains(limit) }?.lowerBound ?? limit
        return redacted(Array(text[..<end]), sqlMode: modes, encoding: encoding) + "…"
    }
}
