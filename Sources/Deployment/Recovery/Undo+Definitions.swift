import SQLScript

/// Taking back changes of a table's definition.
extension Undo {
    /// Takes an entry back that keeps a definition, and perhaps a copy of the rows.
    ///
    /// - Returns: What stays because others made it, in words; nil if there was nothing to do.
    func takeBackDefinition(_ entry: UndoEntry) throws -> String? {
        let before = entry.definition ?? ""
        guard let current = try TableDefinition.ifThere(entry.object, on: session) else { return nil }
        var alterations = try Alterations(text: entry.detail)
        let isRepeated = alterations.plan != nil
        if !isRepeated {
            let lines = DefinitionLines(current)
            alterations.settle(before, current, isWatched: false, isDone: false)
            let merge = DefinitionMerge(
                before: DefinitionLines(before), behind: DefinitionLines(alterations.behind ?? before),
                alterations: alterations)
            let plan = try merge.plan(lines)
            alterations.plan = plan
            if entry.kind == .values { try refuseIfKeyChanged(entry, &alterations) }
            let isThere = lines.isSame(as: merge.wanted(plan, lines))
            if isThere, entry.kind == .definition || alterations.lossy.isEmpty { return nil }
            // It shows only until the definition is brought back.
            try session.execute(table.setDetail(try alterations.text, entry, of: script))
        }
        let columns = alterations.lossy.filter { name in
            alterations.plan.map { !$0.gone.contains("column \(name)") && !$0.changed.contains("column \(name)") }
                ?? true
        }
        var isBack = false
        if entry.kind == .values, !columns.isEmpty, let copy = entry.copy {
            try bringBack(entry.object, before, alterations, forValues: true)
            guard let shape = try TableShape(entry.object, on: session) else { return nil }
            let converted = try convert(copy, before, alterations)
            let statements = copies.putBackValues(copy, of: shape, columns, converted: converted)
            try together { for statement in statements { try session.execute(statement) } }
            if let converted { try session.execute("DROP TABLE \(tables.name(converted.name))") }
            isBack = true
            // Names are what they were.
            alterations.renamed = [:]
        }
        if try bringBack(entry.object, before, alterations, isRepeated: isRepeated && !isBack) { isBack = true }
        guard isBack else { return nil }
        let kept = (alterations.plan?.added ?? []).union(alterations.plan?.changed ?? []).sorted()
        return kept.isEmpty ? "" : "; others made the \(kept.joined(separator: ", the ")), which stays"
    }

    /// Lets the server convert the copied values as the script's statement did, and back. What comes back the same, the
    /// statement did not lose; so if there is something else now, somebody wrote it.
    ///
    /// - Returns: The table with the values, and its columns that count; nil where that cannot be had.
    private func convert(
        _ copy: String, _ definition: String, _ alterations: Alterations
    ) throws -> (name: String, columns: Set<String>)? {
        let (before, behind) = (DefinitionLines(definition), DefinitionLines(alterations.behind ?? definition))
        let names = alterations.tellable(before)
        guard !names.isEmpty else { return nil }
        let (name, table) = (copy + "v", tables.name(copy + "v"))
        func change(_ lines: DefinitionLines, _ name: (String) -> String) -> String {
            let columns = names.keys.sorted().compactMap { old in
                lines.columns.first { $0.name == name(old) }.map { column in
                    "MODIFY COLUMN \(quoted(identifier: old))"
                        + column.line.dropFirst(quoted(identifier: column.name).count)
                }
            }
            // What a column's line leaves open, the table's options say.
            let set = lines.characterSet.map { ["DEFAULT CHARACTER SET \($0)"] } ?? []
            return "ALTER TABLE \(table) " + (set + columns).joined(separator: ", ")
        }
        do throws(DatabaseError) {
            try session.execute("DROP TABLE IF EXISTS \(table)")
            try session.execute("CREATE TABLE \(table) LIKE \(tables.name(copy))")
            // Unique keys know nothing of a value that is cut off on its way.
            let keys = try session.query("SHOW KEYS FROM \(table)").compactMap { $0[2] }.filter { $0 != "PRIMARY" }
            for key in Set(keys).sorted() {
                try session.execute("ALTER TABLE \(table) DROP INDEX \(quoted(identifier: key))")
            }
            guard
                let shape = try TableShape(ObjectName(kind: .table, database: tables.database, name: copy), on: session)
            else { return nil }
            let columns = TableShape.list(shape.columns)
            try session.execute(
                "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM \(tables.name(copy))")
            let options = change(behind) { names[$0] ?? $0 }
            try session.execute(options)
            try session.execute(change(before) { $0 })
            return (name, Set(names.keys))
        } catch {
            if error.isInterrupted || error.isConnectionLost { throw error }
            // Then every value of these columns is put back.
            try session.execute("DROP TABLE IF EXISTS \(table)")
            return nil
        }
    }

    /// Values are put back by the key that a row had.
    private func refuseIfKeyChanged(_ entry: UndoEntry, _ alterations: inout Alterations) throws {
        let rows = ObjectName(kind: .table, database: tables.database, name: entry.copy ?? "")
        let (before, behind) = (
            DefinitionLines(entry.definition ?? ""), DefinitionLines(alterations.behind ?? entry.definition ?? "")
        )
        guard !alterations.lossy.isEmpty else { return }
        guard let key = try TableShape(rows, on: session)?.key, !key.isEmpty,
            alterations.lossy.isDisjoint(with: key.map { $0.lowercased() })
        else { throw UndoObstacle("the script changed the primary key, by which values are put back") }
        let renames = alterations.renames(before, behind)
        for column in behind.columns where ColumnType(line: column.line, tableSet: nil).counts {
            let name = renames[column.name] ?? column.name
            guard key.contains(name), let old = before.columns.first(where: { $0.name == name }),
                !ColumnType(line: old.line, tableSet: nil).counts
            else { continue }
            // "Using AUTO_INCREMENT": a zero became a number that nobody knows.
            let zeros = "SELECT COUNT(*) FROM \(rows.spelled) WHERE \(quoted(identifier: name)) = 0"
            guard try session.value(zeros) == "0" else {
                throw UndoObstacle("the script made \(name) count, and gave another number to the row with 0")
            }
        }
    }

    /// Brings a definition back.
    ///
    /// - Parameters:
    ///   - forValues: Only as far as values can be put back.
    ///   - isRepeated: Whether an undo that was cut off may have done it.
    /// - Returns: Whether anything was different.
    @discardableResult
    private func bringBack(
        _ object: ObjectName, _ definition: String, _ alterations: Alterations, forValues: Bool = false,
        isRepeated: Bool = false
    ) throws -> Bool {
        let before = DefinitionLines(definition)
        let merge = DefinitionMerge(before: before, behind: before, alterations: alterations)
        let plan = alterations.plan ?? Alterations.Plan()
        guard let text = try TableDefinition.text(of: object, on: session) else { return false }
        guard text != definition || !plan.isEmpty else { return false }
        var current = DefinitionLines(text)
        // Where an undo that was cut off did this already, columns that changed names with each other would do so once more.
        if forValues || isRepeated {
            var spent = alterations
            spent.renamed = [:]
            let done = DefinitionMerge(before: before, behind: before, alterations: spent).wanted(plan, current)
            let rest = TableDifference(table: object.spelled, from: current, to: done)
            let isDone =
                forValues
                ? rest.optionStatement == nil && rest.statementsForValues.isEmpty : current.isSame(as: done)
            if isDone { return false }
        }
        func difference() -> TableDifference {
            TableDifference(
                table: object.spelled, from: current, to: merge.wanted(plan, current),
                renames: alterations.renames(before, current))
        }
        var isDifferent = false
        if let statement = difference().optionStatement {
            try session.execute(statement)
            current = try lines(object)
            isDifferent = true
        }
        let statements = forValues ? difference().statementsForValues : difference().statements
        for statement in statements { try session.execute(statement) }
        isDifferent = isDifferent || !statements.isEmpty
        if forValues { return isDifferent }
        let result = try lines(object)
        guard result.isSame(as: merge.wanted(plan, result)) else {
            throw UndoObstacle(
                """
                the definition came out as
                \(try TableDefinition.text(of: object, on: session) ?? "")
                and was
                \(definition)
                """)
        }
        return isDifferent
    }

    private func lines(_ object: ObjectName) throws -> DefinitionLines {
        DefinitionLines(try TableDefinition.text(of: object, on: session) ?? "")
    }

    /// Lets the counter of a table go on where it did before it was emptied.
    func bringCounterBack(_ object: ObjectName, _ definition: String?) throws {
        let options = DefinitionLines(definition ?? "").options.split(separator: " ")
        guard let counter = options.first(where: { $0.hasPrefix("AUTO_INCREMENT=") }) else { return }
        try session.execute("ALTER TABLE \(object.spelled) \(counter)")
    }

    /// The columns of a table that a copy of it has, too: others may have added some since, or dropped some.
    func commonColumns(_ shape: TableShape, _ copy: String) throws -> [String] {
        let rows = ObjectName(kind: .table, database: tables.database, name: copy)
        let copied = try TableShape(rows, on: session)?.columns ?? []
        return shape.columns.filter(copied.contains)
    }
}
