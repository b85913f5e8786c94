/// The statements that bring a table from one definition to another, both as `SHOW CREATE TABLE` says them: one line for each
/// column, key and constraint.
struct TableDifference {
    private struct Definition {
        var columns: [(name: String, line: String)] = []
        var keys: [(name: String, line: String)] = []
        var foreignKeys: [(name: String, line: String)] = []
        var checks: [(name: String, line: String)] = []
        var options = ""

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
                columns.append((name, line))
            } else if line.hasPrefix("CONSTRAINT ") {
                let rest = line.dropFirst("CONSTRAINT ".count + name.utf8.count + 2)
                if rest.contains("FOREIGN KEY (") {
                    foreignKeys.append((name, line))
                } else {
                    checks.append((name, line))
                }
            } else if line.hasPrefix("PRIMARY KEY") {
                keys.append(("PRIMARY", line))
            } else {
                keys.append((name, line))
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
    }

    private let table: String
    private let current: Definition
    private let wanted: Definition

    /// - Parameters:
    ///   - table: Its name, quoted.
    ///   - current: As it is.
    ///   - wanted: As it is to be.
    init(table: String, from current: String, to wanted: String) {
        self.table = table
        self.current = Definition(current)
        self.wanted = Definition(wanted)
    }

    /// Columns of the wanted definition that are not there, or are another way, and so may have lost values: all where the
    /// table's options differ, on which their meaning depends.
    var changedColumns: [String] {
        guard optionStatement == nil else { return wanted.columns.map(\.name) }
        return wanted.columns.filter { column in !current.columns.contains { $0 == column } }.map(\.name)
    }

    /// Whether values of the primary key may be others now: then rows cannot be told by it.
    func changes(key: [String]) -> Bool {
        wanted.columns.contains { column in
            key.contains(column.name)
                && (!current.columns.contains { $0 == column }
                    || optionStatement != nil && column.line.contains("char"))
        }
    }

    /// What brings the table's options back; nil if they are the same. What a column's line means depends on them, so the
    /// difference is taken anew after it.
    var optionStatement: String? {
        guard TableDefinition.withoutCounter(current.options) != TableDefinition.withoutCounter(wanted.options) else {
            return nil
        }
        return "ALTER TABLE \(table) \(options().joined(separator: ", "))"
    }

    /// In order; a foreign key is dropped before another of its name can be added.
    var statements: [String] {
        let first =
            gone(current.foreignKeys, wanted.foreignKeys).map { "DROP FOREIGN KEY \(quoted(identifier: $0))" }
            + gone(current.checks, wanted.checks).map { "DROP CONSTRAINT \(quoted(identifier: $0))" }
        var second = gone(current.keys, wanted.keys).map {
            $0 == "PRIMARY" ? "DROP PRIMARY KEY" : "DROP INDEX \(quoted(identifier: $0))"
        }
        second += columns()
        second += new(current.keys, wanted.keys).map { "ADD \($0)" }
        second += new(current.checks, wanted.checks).map { "ADD \($0)" }
        if current.options != wanted.options { second += options() }
        let third = new(current.foreignKeys, wanted.foreignKeys).map { "ADD \($0)" }
        return [first, second, third].filter { !$0.isEmpty }.map {
            "ALTER TABLE \(table) \($0.joined(separator: ", "))"
        }
    }

    private func gone(_ current: [(name: String, line: String)], _ wanted: [(name: String, line: String)]) -> [String] {
        current.filter { element in !wanted.contains { $0 == element } }.map(\.name)
    }

    private func new(_ current: [(name: String, line: String)], _ wanted: [(name: String, line: String)]) -> [String] {
        wanted.filter { element in !current.contains { $0 == element } }.map(\.line)
    }

    private func columns() -> [String] {
        var clauses: [String] = []
        var order = current.columns.map(\.name)
        let names = Set(wanted.columns.map(\.name))
        for name in order where !names.contains(name) { clauses.append("DROP COLUMN \(quoted(identifier: name))") }
        order.removeAll { !names.contains($0) }
        for (index, column) in wanted.columns.enumerated() {
            let place = index == 0 ? "FIRST" : "AFTER \(quoted(identifier: wanted.columns[index - 1].name))"
            if let old = current.columns.first(where: { $0.name == column.name }) {
                if old.line != column.line || order[index] != column.name {
                    clauses.append("MODIFY COLUMN \(column.line) \(place)")
                    order.removeAll { $0 == column.name }
                    order.insert(column.name, at: index)
                }
            } else {
                clauses.append("ADD COLUMN \(column.line) \(place)")
                order.insert(column.name, at: index)
            }
        }
        return clauses
    }

    /// The table's options, of which those that have a default go back to it.
    private func options() -> [String] {
        var text = wanted.options.drop { $0 == ")" || $0 == " " }
        // What partitions say is not an option; whoever changes them is not taken back.
        if let end = text.firstIndex(of: "\n") { text = text[..<end] }
        var clauses = text.isEmpty ? [] : [String(text)]
        for (key, value) in [("COMMENT=", "''"), ("ROW_FORMAT=", "DEFAULT"), ("AUTO_INCREMENT=", "1")]
        where current.options.contains(" " + key) && !wanted.options.contains(" " + key) {
            clauses.append(key + value)
        }
        return clauses
    }
}
