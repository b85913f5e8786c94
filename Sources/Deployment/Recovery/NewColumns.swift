import SQLScript

/// The columns that a script added to tables: what is in them goes with them.
struct NewColumns {
    private var names: [ObjectName: Set<String>] = [:]

    /// A statement of the script.
    ///
    /// - Parameter place: Puts a name into its database; nil if none is selected.
    mutating func note(_ statement: Classification, _ place: (ObjectName) -> ObjectName?) {
        if statement.renamesTables { names = [:] }
        guard statement.verb == .alterTable, let table = statement.objects.first.flatMap(place) else { return }
        let alteration = statement.alteration
        // A name that goes, or that another column gets, is the new column's no more.
        let lost = alteration.renamedColumns.flatMap { [$0.key.lowercased(), $0.value.lowercased()] }
        let kept = (names[table] ?? []).subtracting(alteration.droppedColumns).subtracting(lost)
        names[table] = kept.union(alteration.addedColumns)
    }

    /// Whether they are all that an update sets.
    ///
    /// - Parameter columns: In lower case; nil if they are not known.
    func include(_ columns: Set<String>?, of table: ObjectName) -> Bool {
        columns?.isSubset(of: names[table] ?? []) == true
    }
}
