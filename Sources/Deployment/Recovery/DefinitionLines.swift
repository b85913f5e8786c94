/// A table's definition as `SHOW CREATE TABLE` says it: one line for each column, key and constraint.
struct DefinitionLines: Equatable {
    struct Element: Equatable {
        let name: String
        let line: String
    }

    var columns: [Element] = []
    var keys: [Element] = []
    var foreignKeys: [Element] = []
    var checks: [Element] = []
    var options = ""

    /// The kinds of elements that have a name.
    static let kinds: [(word: String, path: WritableKeyPath<DefinitionLines, [Element]> & Sendable)] = [
        ("column", \.columns), ("key", \.keys), ("foreign key", \.foreignKeys), ("constraint", \.checks),
    ]

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines.dropFirst() {
            guard line.hasPrefix("  ") else {
                options += line
                continue
            }
            guard options.isEmpty else {
                options += "\n" + line
                continue
            }
            var line = String(line.dropFirst(2))
            if line.hasSuffix(",") { line.removeLast() }
            add(line)
        }
    }

    private mutating func add(_ line: String) {
        let name = Self.name(in: line)
        if line.hasPrefix("`") {
            columns.append(Element(name: name, line: line))
        } else if line.hasPrefix("CONSTRAINT ") {
            let rest = line.dropFirst("CONSTRAINT ".count + name.utf8.count + 2)
            if rest.contains("FOREIGN KEY (") {
                foreignKeys.append(Element(name: name, line: line))
            } else {
                checks.append(Element(name: name, line: line))
            }
        } else if line.hasPrefix("PRIMARY KEY") {
            keys.append(Element(name: "PRIMARY", line: line))
        } else {
            keys.append(Element(name: name, line: line))
        }
    }

    /// The first quoted name of a line, without its quotes.
    private static func name(in line: String) -> String {
        guard let start = line.firstIndex(of: "`") else { return "" }
        var name = ""
        var index = line.index(after: start)
        while index < line.endIndex {
            if line[index] == "`" {
                let next = line.index(after: index)
                guard next < line.endIndex, line[next] == "`" else { break }
                index = next
            }
            name.append(line[index])
            index = line.index(after: index)
        }
        return name
    }

    /// The words of a line; what is in quotes or parentheses stays with the word around it.
    static func words(of line: String) -> [Substring] {
        var words: [Substring] = []
        var (start, depth) = (line.startIndex, 0)
        var quote: Character?
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
                continue
            }
            switch character {
            case "'", "`", "\"": quote = character
            case "(": depth += 1
            // The options' line begins with what closes the list.
            case ")": depth = max(0, depth - 1)
            case " " where depth == 0:
                words.append(line[start..<index])
                start = line.index(after: index)
            default: break
            }
        }
        return words + [line[start...]]
    }

    /// The same with other names of columns in its keys.
    func renamingKeys(_ renames: [String: String]) -> DefinitionLines {
        guard !renames.isEmpty else { return self }
        var lines = self
        lines.keys = keys.map { key in
            guard let start = key.line.firstIndex(of: "(") else { return key }
            // Each name once: one may become what another one was.
            let parts = key.line[start...].split(separator: "`", omittingEmptySubsequences: false).enumerated()
            let names = parts.map {
                $0.offset.isMultiple(of: 2) ? String($0.element) : renames[String($0.element)] ?? String($0.element)
            }
            return Element(name: key.name, line: key.line[..<start] + names.joined(separator: "`"))
        }
        return lines
    }

    /// The options without `AUTO_INCREMENT=…`, which every insert moves.
    var steadyOptions: String { TableDefinition.withoutCounter(options) }

    /// The names of its columns, keys and constraints, in lower case.
    var elementNames: Set<String> { Set(Self.kinds.flatMap { self[keyPath: $0.path].map { $0.name.lowercased() } }) }

    var hasPrimaryKey: Bool { keys.contains { $0.name == "PRIMARY" } }

    /// Whether an update changes columns that it does not name.
    var updatesItself: Bool { columns.contains { ColumnType(line: $0.line, tableSet: nil).updatesItself } }

    /// Whether nothing but the order of keys and constraints, and the counter, is different.
    func isSame(as other: DefinitionLines) -> Bool {
        func lines(_ elements: [Element]) -> [String] { elements.map(\.line).sorted() }
        return columns == other.columns && lines(keys) == lines(other.keys)
            && lines(foreignKeys) == lines(other.foreignKeys) && lines(checks) == lines(other.checks)
            && steadyOptions == other.steadyOptions
    }

    /// The table's default character set; nil if the options don't say it.
    var characterSet: String? {
        options.split(separator: " ").lazy.compactMap { word in
            ["CHARSET=", "SET="].lazy.compactMap { word.hasPrefix($0) ? String(word.dropFirst($0.count)) : nil }.first
        }.first
    }
}
