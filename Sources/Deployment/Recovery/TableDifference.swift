/// The statements that bring a table from one definition to another, both as `SHOW CREATE TABLE` says them.
struct TableDifference {
    private let table: String
    private let current: DefinitionLines
    private var wanted: DefinitionLines
    /// Columns that get another name, by that of today.
    private let renames: [String: String]

    /// - Parameters:
    ///   - table: Its name, quoted.
    ///   - current: As it is.
    ///   - wanted: As it is to be.
    ///   - renames: The wanted names of columns, by those that they have.
    init(
        table: String, from current: DefinitionLines, to wanted: DefinitionLines, renames: [String: String] = [:]
    ) {
        self.table = table
        // A column that gets another name takes its keys along.
        self.current = current.renamingKeys(renames)
        self.wanted = wanted
        self.renames = renames
    }

    /// What brings the table's options back; nil if they are the same. What a column's line means depends on them, so the
    /// difference is taken anew after it.
    var optionStatement: String? {
        guard current.steadyOptions != wanted.steadyOptions else { return nil }
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

    /// The same as far as values can be put back into columns that are new or changed: until they are there, nothing is unique or
    /// checked, and the server counts nothing. Rows are found by the primary key.
    var statementsForValues: [String] {
        var open = self
        open.wanted.keys.removeAll { key in
            (key.line.hasPrefix("UNIQUE") || key.line.hasPrefix("SPATIAL")) && !current.keys.contains(key)
        }
        open.wanted.checks.removeAll { !current.checks.contains($0) }
        open.wanted.foreignKeys.removeAll { !current.foreignKeys.contains($0) }
        open.wanted.columns = wanted.columns.map { column in
            // What counts needs a key that begins with it.
            let isKeyed = open.wanted.keys.contains { $0.line.contains("(\(quoted(identifier: column.name))") }
            let counts = ColumnType(line: column.line, tableSet: nil).counts
            if current.columns.contains(column), isKeyed || !counts { return column }
            return DefinitionLines.Element(name: column.name, line: ColumnType.withoutDemands(column.line))
        }
        return open.statements
    }

    private func gone(_ current: [DefinitionLines.Element], _ wanted: [DefinitionLines.Element]) -> [String] {
        current.filter { !wanted.contains($0) }.map(\.name)
    }

    private func new(_ current: [DefinitionLines.Element], _ wanted: [DefinitionLines.Element]) -> [String] {
        wanted.filter { !current.contains($0) }.map(\.line)
    }

    /// The name that a column is to have; nil for one whose name another one gets back.
    private func name(of column: DefinitionLines.Element) -> String? {
        renames[column.name] ?? (renames.values.contains(column.name) ? nil : column.name)
    }

    private func columns() -> [String] {
        var clauses: [String] = []
        // By their names to come.
        var order = current.columns.compactMap { name(of: $0) }
        let names = Set(wanted.columns.map(\.name))
        for column in current.columns where name(of: column).map(names.contains) != true {
            clauses.append("DROP COLUMN \(quoted(identifier: column.name))")
        }
        order.removeAll { !names.contains($0) }
        for (index, column) in wanted.columns.enumerated() {
            let place = index == 0 ? "FIRST" : "AFTER \(quoted(identifier: wanted.columns[index - 1].name))"
            if let old = current.columns.first(where: { name(of: $0) == column.name }) {
                if isVirtual(old) != isVirtual(column) {
                    // No server makes one of the other.
                    clauses.append("DROP COLUMN \(quoted(identifier: old.name))")
                    clauses.append("ADD COLUMN \(column.line) \(place)")
                    order.removeAll { $0 == column.name }
                    order.insert(column.name, at: index)
                } else if old.line != column.line || order[index] != column.name {
                    let change =
                        old.name == column.name ? "MODIFY COLUMN" : "CHANGE COLUMN \(quoted(identifier: old.name))"
                    clauses.append("\(change) \(column.line) \(place)")
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

    private func isVirtual(_ column: DefinitionLines.Element) -> Bool {
        ColumnType(line: column.line, tableSet: nil).isVirtual
    }

    /// The table's options, of which those that have a default go back to it.
    private func options() -> [String] {
        var text = wanted.options.drop { $0 == ")" || $0 == " " }
        // What partitions say is not an option; whoever changes them is not taken back.
        if let end = text.firstIndex(of: "\n") { text = text[..<end] }
        var clauses = text.isEmpty ? [] : [String(text)]
        let defaults = [
            ("COMMENT=", "''"), ("ROW_FORMAT=", "DEFAULT"), ("AUTO_INCREMENT=", "1"), ("KEY_BLOCK_SIZE=", "0"),
            ("AVG_ROW_LENGTH=", "0"), ("MAX_ROWS=", "0"), ("MIN_ROWS=", "0"), ("CHECKSUM=", "0"),
            ("DELAY_KEY_WRITE=", "0"), ("PACK_KEYS=", "DEFAULT"), ("STATS_PERSISTENT=", "DEFAULT"),
            ("STATS_AUTO_RECALC=", "DEFAULT"), ("STATS_SAMPLE_PAGES=", "DEFAULT"), ("TRANSACTIONAL=", "DEFAULT"),
            ("PAGE_CHECKSUM=", "DEFAULT"), ("COMPRESSION=", "''"), ("AUTOEXTEND_SIZE=", "0"), ("CONNECTION=", "''"),
        ]
        for (key, value) in defaults
        where current.options.contains(" " + key) && !wanted.options.contains(" " + key) {
            clauses.append(key + value)
        }
        // MariaDB's engines have options of their own, which it quotes: `page_compressed`='1'.
        func own(_ options: String) -> [Substring] {
            DefinitionLines.words(of: options).filter { $0.hasPrefix("`") }.map { $0.prefix { $0 != "=" } }
        }
        let kept = own(wanted.options)
        return clauses + own(current.options).filter { !kept.contains($0) }.map { "\($0)=DEFAULT" }
    }
}
