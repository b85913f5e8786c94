/// Finds the literals that may be passwords. It rather takes one too many.
struct SecretFinder {
    private let text: UnsafeBufferPointer<UInt8>
    private var tokens: SQLTokens
    private var found: [Range<Int>] = []

    init(_ text: UnsafeBufferPointer<UInt8>, _ modes: LexicalModes, _ encoding: ScriptEncoding) {
        self.text = text
        tokens = SQLTokens(text, modes: modes, encoding: encoding)
    }

    /// In the order of the text.
    func find() -> [Range<Int>] {
        guard mayHoldSecrets() else { return [] }
        var finder = self
        finder.readAll()
        return finder.found
    }

    private enum Context {
        case none
        /// From IDENTIFIED to the end of the account's part.
        case identified
        /// From `password =` to the comma or the end.
        case assigned
        /// From `SET PASSWORD FOR` to its `=`.
        case account
        /// Within the parentheses of a function.
        case call
    }

    private mutating func readAll() {
        var context = Context.none
        var contextDepth = 0
        var depth = 0
        var previous: SQLToken?
        /// The last word spoke of a password or a key.
        var isWarned = false
        while let token = tokens.next() {
            let wasWarned = isWarned
            isWarned = false
            switch token.kind {
            case .symbol where token.byte == UInt8(ascii: "("):
                if wasWarned && context != .identified {
                    context = .call
                    contextDepth = depth
                }
                depth += 1
            case .symbol where token.byte == UInt8(ascii: ")"):
                depth -= 1
                if context == .call && depth <= contextDepth || depth < contextDepth { context = .none }
            case .symbol where token.byte == UInt8(ascii: "=") && (wasWarned || context == .account):
                context = .assigned
                contextDepth = depth
            case .symbol where token.byte == UInt8(ascii: ":") && wasWarned:
                isWarned = true
            case .symbol where token.byte == UInt8(ascii: ",") && depth <= contextDepth && context != .call:
                context = .none
            case .word, .quotedName:
                if tokens.matches(token, "IDENTIFIED") {
                    context = .identified
                    contextDepth = depth
                } else if tokens.matches(token, "FOR") && wasWarned {
                    context = .account
                } else if context == .identified, Self.isEndOfAccount(tokens, token) {
                    context = .none
                } else if isHexadecimal(token) && context == .identified {
                    found.append(token.range)
                } else if speaksOfSecret(token) {
                    isWarned = true
                }
            case .string:
                let isPlugin = tokens.matches(previous, "WITH") || tokens.matches(previous, "VIA")
                let isSecret = context == .call || context == .assigned || (context == .identified && !isPlugin)
                if isSecret || wasWarned { found.append(token.range) }
            case .number, .symbol: break
            }
            previous = token
        }
    }

    private static func isEndOfAccount(_ tokens: SQLTokens, _ token: SQLToken) -> Bool {
        let ends: [StaticString] = ["REQUIRE", "COMMENT", "ATTRIBUTE", "ACCOUNT", "TO", "FROM", "DEFAULT"]
        return ends.contains { tokens.matches(token, $0) }
    }

    private func isHexadecimal(_ token: SQLToken) -> Bool {
        let range = token.range
        return range.count > 2 && text[range.lowerBound] == UInt8(ascii: "0")
            && text[range.lowerBound + 1] | 0x20 == UInt8(ascii: "x")
    }

    private static let words = ["PASSWORD", "ENCRYPT", "DECRYPT", "SECRET", "CONNECTION", "PASSWD"].map {
        Array($0.utf8)
    }
    private static let functions = ["ENCODE", "DECODE"].map { Array($0.utf8) }

    /// `password`, `MASTER_PASSWORD`, `AES_ENCRYPT` and their like.
    private func speaksOfSecret(_ token: SQLToken) -> Bool {
        let word = text[token.range].map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        if Self.functions.contains(word) { return true }
        return Self.words.contains { secret in
            guard word.count >= secret.count else { return false }
            return (0...word.count - secret.count).contains { start in
                word[start..<start + secret.count].elementsEqual(secret)
            }
        }
    }

    /// A quick look for the words' beginnings, so that ordinary statements cost one pass.
    private func mayHoldSecrets() -> Bool {
        guard let base = text.baseAddress else { return false }
        let bytes = UnsafeRawPointer(base)
        let beginnings = Self.beginnings
        var index = 0
        while index + 4 <= text.count {
            let four = bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian | 0x2020_2020
            if any(SIMD8(repeating: four) .== beginnings) { return true }
            index += 1
        }
        return false
    }

    private static let beginnings = SIMD8<UInt32>(
        ["pass", "encr", "decr", "secr", "conn", "enco", "deco", "iden"].map { word in
            word.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        })
}
