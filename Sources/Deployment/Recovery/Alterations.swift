import SQLScript

/// What the undo log knows of a script's changes to a table's definition, besides how that was before them: enough to tell
/// them from what others change meanwhile.
struct Alterations: UndoDetail, Equatable {
    /// The definition behind the statements that are known to be done; nil before the first.
    var behind: String?
    /// Whether there were statements since, of which it is not known whether they are done.
    var isOpen = false
    /// The words of those statements; nil where they are not known.
    var words: Set<String>? = []
    /// Columns that were given another name, by the new one; the old one is the one before the script.
    var renamed: [String: String] = [:]
    /// How many statements there were.
    var statements = 0
    /// Columns that they drop.
    var dropped: Set<String> = []
    /// Columns in whose values the last statement may show alone, as it gives one the name of another; nil for other statements.
    var alike: Set<String>?
    /// Columns that were dropped; one that has such a name now is another one.
    var gone: Set<String> = []
    /// Columns, by their names before the script and in lower case, of which values may be lost.
    var lossy: Set<String> = []
    /// Elements that others added while it was not known what the script did.
    var others: Set<String> = []
    /// What is to stay as it is; nil until taking back begins, by which it cannot be told any more.
    var plan: Plan?

    /// How what others changed is kept when a script is taken back. Elements are named by kind and name.
    struct Plan: Codable, Equatable {
        /// Others added them.
        var added: Set<String> = []
        /// Others dropped them.
        var gone: Set<String> = []
        /// Others changed them.
        var changed: Set<String> = []
        var keepsOptions = false

        var isEmpty: Bool { added.isEmpty && gone.isEmpty && changed.isEmpty && !keepsOptions }
    }

    init() {}

    /// - Parameter text: As `text` gave it; nil for a log that knows nothing.
    init(text: String?) throws {
        guard let text else {
            // Whatever is there, the script made.
            self.init()
            isOpen = true
            words = nil
            return
        }
        try self.init(written: text)
    }

    /// A statement is about to change the definition.
    mutating func begin(_ statement: ScriptStatement) {
        isOpen = true
        statements += 1
        let own = statement.nameWords.map(Set.init)
        words = own.flatMap { own in words.map { $0.union(own) } }
        for (old, new) in statement.effective.alteration.renamedColumns {
            let known = renamed.first { $0.key.lowercased() == old.lowercased() }
            if let known { renamed[known.key] = nil }
            renamed[new] = known?.value ?? old
        }
        let alteration = statement.effective.alteration
        dropped = alteration.droppedColumns
        let renames = alteration.renamedColumns.flatMap { [$0.key.lowercased(), $0.value.lowercased()] }
        alike = alteration.reusesNames ? dropped.union(renames) : nil
    }

    /// The statements that had begun are done, or not; what they may have changed shows.
    ///
    /// - Parameters:
    ///   - before: The definition before the first statement.
    ///   - current: As it is now.
    ///   - isWatched: Whether nobody else can have changed it in between; else what the statements don't speak of counts
    ///     as the change of somebody else.
    ///   - isDone: Whether the last statement is known to be done, also where nothing shows.
    mutating func settle(_ before: String, _ current: String, isWatched: Bool, isDone: Bool) {
        guard isOpen else { return }
        if isDone || !Self.isSame(behind ?? before, current) {
            lossy.formUnion(dropped)
            gone.formUnion(dropped)
        }
        if !isDone, let alike, Self.isSame(behind ?? before, current) {
            // Done or not, the names are what they were.
            renamed = renamed.filter { !alike.contains($0.key.lowercased()) }
            lossy.formUnion(alike)
            gone.formUnion(alike)
        }
        (dropped, alike) = ([], nil)
        let (old, now) = (DefinitionLines(behind ?? before), DefinitionLines(current))
        if !isWatched, let words {
            for kind in DefinitionLines.kinds {
                for element in now[keyPath: kind.path]
                where !old[keyPath: kind.path].contains(where: { $0.name == element.name })
                    && !Self.isSaid(element, kind.word, in: words)
                {
                    others.insert("\(kind.word) \(element.name)")
                }
            }
        }
        lossy.formUnion(lost(DefinitionLines(before), now))
        behind = current
        isOpen = false
        words = []
    }

    /// Whether a statement may be what added an element: by name, or by a name that the server made of a column's or the
    /// table's ("CREATE TABLE Statement", "FOREIGN KEY Constraints").
    private static func isSaid(_ element: DefinitionLines.Element, _ kind: String, in words: Set<String>) -> Bool {
        let name = element.name.lowercased()
        if words.contains(name) { return true }
        let stem = name.last?.isNumber == true ? String(name.reversed().drop { $0.isNumber }.reversed()) : name
        switch kind {
        case "key":
            return name == "primary" || stem.hasSuffix("_") && words.contains(String(stem.dropLast()))
                || words.contains("references") || name.hasPrefix("functional_index")
        case "foreign key": return words.contains("references")
        case "constraint": return words.contains("check")
        default: return false
        }
    }

    /// Columns of a definition of which another one may have lost values, by their names in the first.
    func lost(_ before: DefinitionLines, _ after: DefinitionLines) -> [String] {
        let origins = self.origins(before, after)
        return before.columns.filter { column in
            guard let now = after.columns.first(where: { origins[$0.name] == column.name }) else { return true }
            let type = ColumnType(line: column.line, tableSet: before.characterSet)
            return !type.survives(in: ColumnType(line: now.line, tableSet: after.characterSet))
        }.map { $0.name.lowercased() }
    }

    /// The columns of today that were there before the script, with their names then.
    func origins(_ before: DefinitionLines, _ now: DefinitionLines) -> [String: String] {
        let renames = self.renames(before, now)
        let unclear = Set(renamed.filter { isUnclear($0.key, $0.value, before, now) }.flatMap { [$0.key, $0.value] })
        var origins = renames
        for column in now.columns where renames[column.name] == nil && !renames.values.contains(column.name) {
            let isThere = before.columns.contains { $0.name == column.name }
            if isThere, !unclear.contains(column.name) { origins[column.name] = column.name }
        }
        return origins
    }

    /// The renames that happened, by the new name.
    func renames(_ before: DefinitionLines, _ now: DefinitionLines) -> [String: String] {
        var happened: [String: String] = [:]
        for (new, old) in renamed {
            guard let column = now.columns.first(where: { $0.name.lowercased() == new.lowercased() }),
                let origin = before.columns.first(where: { $0.name.lowercased() == old.lowercased() }),
                !isUnclear(new, old, before, now)
            else { continue }
            happened[column.name] = origin.name
        }
        return happened
    }

    /// Whether both names were there before and are there now, and the column that had the new one was not renamed itself:
    /// then it was dropped, and one with the old name was added, or nothing of that happened.
    private func isUnclear(_ new: String, _ old: String, _ before: DefinitionLines, _ now: DefinitionLines) -> Bool {
        func has(_ lines: DefinitionLines, _ name: String) -> Bool {
            lines.columns.contains { $0.name.lowercased() == name.lowercased() }
        }
        return has(now, old) && has(before, new)
            && !renamed.contains { $0.value.lowercased() == new.lowercased() && has(now, $0.key) }
    }

    /// Columns that may have lost values in one statement, and whose types convert the same way in every session, by their
    /// names before the script: of these it can be found out which values fitted, with the name behind it.
    func tellable(_ before: DefinitionLines) -> [String: String] {
        guard statements == 1, let behind else { return [:] }
        let after = DefinitionLines(behind)
        var names: [String: String] = [:]
        for (now, old) in origins(before, after)
        where lossy.contains(old.lowercased()) && !gone.contains(old.lowercased()) {
            guard let first = before.columns.first(where: { $0.name == old }),
                let second = after.columns.first(where: { $0.name == now }),
                ColumnType(line: first.line, tableSet: nil).convertsPlainly,
                ColumnType(line: second.line, tableSet: nil).convertsPlainly
            else { continue }
            names[old] = now
        }
        return names
    }

    /// Whether two definitions differ in nothing that a statement changed.
    static func isSame(_ left: String, _ right: String) -> Bool {
        TableDefinition.withoutCounter(left) == TableDefinition.withoutCounter(right)
    }
}
