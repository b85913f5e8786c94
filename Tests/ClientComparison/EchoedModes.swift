/// What a server would report of `sql_mode` after each statement. Written apart from the reader's own rules, and plainer: it
/// looks for `sql_mode = …` in the text.
struct EchoedModes {
    private var ansiQuotes = false
    private var noBackslashEscapes = false
    private var saved: [String: (Bool, Bool)] = [:]

    /// The status flags of an OK packet: autocommit, `SERVER_STATUS_NO_BACKSLASH_ESCAPES`, `SERVER_STATUS_ANSI_QUOTES`.
    var status: [UInt8] {
        [2, (noBackslashEscapes ? 2 : 0) | (ansiQuotes ? 0x80 : 0)]
    }

    mutating func follow(_ text: [UInt8]) {
        guard text.count < 4096 else { return }
        let query = String(decoding: text, as: UTF8.self).lowercased()
        guard query.contains("sql_mode"), query.contains("set") else { return }
        var words = query.split { " \t\n;,=:()".contains($0) }.map(String.init)
        if words.first == "/*!40101" || words.first == "/*!50003" { words.removeFirst() }
        while let word = words.first, word.hasPrefix("--") || word.hasPrefix("#") || word.hasPrefix("/*") {
            words.removeFirst()
        }
        guard words.first == "set", !words.contains("statement") else { return }
        assign(query)
    }

    /// One `name = value` after the other, commas within quotes being part of the value.
    private mutating func assign(_ query: String) {
        var quote: Character?
        var depth = 0
        var parts: [String] = [""]
        for character in query {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "'" || character == "\"" {
                quote = character
            } else if character == "(" {
                depth += 1
            } else if character == ")" {
                depth -= 1
            }
            if character == "," && quote == nil && depth == 0 {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        for part in parts {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let left = part[..<equals].split { " \t\n:`".contains($0) }.map(String.init)
            let right = part[part.index(after: equals)...]
            guard let name = left.last, !left.contains("global"), !name.hasPrefix("@@global") else { continue }
            let value = evaluate(String(right))
            if name == "sql_mode" || name.hasSuffix(".sql_mode") || name == "@@sql_mode" {
                if let value { (ansiQuotes, noBackslashEscapes) = value }
            } else if name.hasPrefix("@") {
                saved[name] = value
            }
        }
    }

    private func evaluate(_ right: String) -> (Bool, Bool)? {
        let bare = right.replacing("*/", with: "").split { " \t\n".contains($0) }.joined()
        if bare.hasPrefix("@@") { return bare.contains("global") ? (false, false) : (ansiQuotes, noBackslashEscapes) }
        if bare.hasPrefix("@") { return saved[bare] }
        if bare == "default" { return (false, false) }
        if let number = Int(bare) { return (number & 4 != 0, number & 1 << 20 != 0) }
        let isCall = bare.contains("(")
        if isCall && !bare.hasPrefix("concat(") { return nil }
        let names = bare.split { "',\"()".contains($0) }
        let ansi: Set<Substring> = ["ansi_quotes", "ansi", "oracle", "db2", "mssql", "maxdb", "postgresql"]
        var value = (names.contains { ansi.contains($0) }, names.contains("no_backslash_escapes"))
        if isCall && bare.contains("@@sql_mode") {
            value = (value.0 || ansiQuotes, value.1 || noBackslashEscapes)
        }
        return value
    }
}
