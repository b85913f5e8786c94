import SQLScript

/// The temporary tables that a script makes. Their names mean other tables, or none, everywhere but in the script's session.
struct TemporaryTables {
    private var names: Set<ObjectName> = []

    var isEmpty: Bool { names.isEmpty }

    func contains(_ table: ObjectName) -> Bool { names.contains(table) }

    /// Takes note of a statement.
    ///
    /// - Parameters:
    ///   - objects: What it names, with their databases.
    ///   - changed: Tables that are changed, and looked at again by name in the script's session when they are committed.
    /// - Returns: Why the script cannot be taken back; nil if nothing is in the way.
    mutating func note(
        _ statement: Classification, _ objects: [ObjectName], changed: (ObjectName) -> Bool
    ) -> String? {
        switch statement.verb {
        case .dropTable: names.subtract(objects)
        case .createTable where statement.isTemporary:
            guard let table = objects.first else { return nil }
            names.insert(table)
            if changed(table) { return "makes a temporary table with the name of one that was changed" }
        default: if statement.renamesTables, !names.isDisjoint(with: objects) { return "renames a temporary table" }
        }
        return nil
    }
}

extension UndoNeed {
    /// The same without what leaves nothing that lasts.
    func leaving(out isOut: (ObjectName) -> Bool) -> UndoNeed {
        switch self {
        case .definition(let table), .lossyDefinition(let table), .replacement(let table), .emptying(let table):
            return isOut(table) ? .nothing : self
        case .tables(let tables):
            let rest = tables.filter { !isOut($0) }
            return rest.isEmpty ? .nothing : .tables(rest)
        case .rows(let tables):
            let rest = tables.filter { !isOut($0) }
            return rest.isEmpty ? .nothing : .rows(rest)
        default: return self
        }
    }
}
