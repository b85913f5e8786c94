import SQLScript

/// The temporary tables that a script makes. Their names mean other tables, or none, everywhere but in the script's session.
struct TemporaryTables {
    private var names: Set<ObjectName> = []

    /// What a statement does with them.
    enum Use {
        /// It makes one, which would hide a table of that name.
        case makes(ObjectName)
        /// It gives one another name.
        case renames
    }

    /// Takes note of a statement.
    ///
    /// - Parameter objects: What it names, with their databases.
    mutating func note(_ statement: Classification, _ objects: [ObjectName]) -> Use? {
        switch statement.verb {
        case .dropTable: names.subtract(objects)
        case .createTable where statement.isTemporary:
            guard let table = objects.first else { return nil }
            names.insert(table)
            return .makes(table)
        default: if statement.renamesTables, !names.isDisjoint(with: objects) { return .renames }
        }
        return nil
    }
}
