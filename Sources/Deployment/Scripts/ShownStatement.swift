import SQLScript

/// A statement's text as a person may see it: without secrets.
struct ShownStatement {
    private let text: [UInt8]
    private let modes: LexicalModes
    private let encoding: ScriptEncoding

    /// Whether it is another session's, and so the strings an application's data.
    private let isOthers: Bool

    init(_ text: [UInt8], modes: LexicalModes, encoding: ScriptEncoding) {
        self.text = text
        self.modes = modes
        self.encoding = encoding
        isOthers = false
    }

    /// What another session runs, as the server tells it.
    init(others text: String) {
        self.text = Array(text.utf8)
        modes = []
        encoding = .utf8
        isOthers = true
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

    /// The text without secrets; of a long one, its first bytes. A statement that speaks of passwords in a way that the server
    /// does not understand may hold one in any string.
    private var shown: String {
        let limit = 4096
        if speaksOfPasswords || isOthers {
            let start = Array(text.prefix(limit))
            let known = isOthers ? Self.upToDoubt(start) : start
            return withoutStrings(known, sqlMode: modes, encoding: encoding) + (known.count < text.count ? "…" : "")
        }
        if text.count <= limit { return redacted(text, sqlMode: modes, encoding: encoding) }
        // A secret that begins within the first bytes must not be cut off before it is found.
        let secrets = classify(text, sqlMode: modes, encoding: encoding).secrets
        let end = secrets.first { $0.contains(limit) }?.lowerBound ?? limit
        return redacted(Array(text[..<end]), sqlMode: modes, encoding: encoding) + "…"
    }

    /// The text up to its first quote, if it depends on the session's `sql_mode` where the string ends.
    private static func upToDoubt(_ text: [UInt8]) -> [UInt8] {
        let quotes = [UInt8(ascii: "'"), UInt8(ascii: "\"")]
        let isInDoubt = zip(text, text.dropFirst()).contains { $0 == UInt8(ascii: "\\") && quotes.contains($1) }
        return isInDoubt ? Array(text.prefix { !quotes.contains($0) }) : text
    }
}
