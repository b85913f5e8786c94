import SQLScript

/// Taking back changes of views, routines, triggers and events.
extension Undo {
    /// - Returns: Whether it was another one.
    func makeProgram(_ entry: UndoEntry) throws -> Bool {
        guard let saved = entry.definition, let end = saved.firstIndex(of: "\n") else { return false }
        guard try SavedProgram.current(entry.object, on: session) != saved else { return try giveRightsBack(entry) }
        var create = String(saved[saved.index(after: end)...])
        // One that cannot be made then leaves what is there; MySQL has that for views only.
        if entry.object.kind == .view || session.dialect.product == "MariaDB", create.hasPrefix("CREATE ") {
            create = "CREATE OR REPLACE " + create.dropFirst("CREATE ".count)
        } else {
            try session.execute("DROP \(SavedProgram.word(entry.object.kind)) IF EXISTS \(entry.object.spelled)")
        }
        try use(entry.object.database)
        do {
            try session.execute(String(saved[..<end]))
            try session.execute(create)
        } catch {
            try resetSettings()
            throw error
        }
        try resetSettings()
        try giveRightsBack(entry)
        return true
    }

    /// - Returns: Whether any was gone.
    @discardableResult
    private func giveRightsBack(_ entry: UndoEntry) throws -> Bool {
        guard let text = entry.detail else { return false }
        let missing = try RoutineRights(written: text).missing(
            from: try RoutineRights(of: entry.object, on: session) ?? RoutineRights())
        for statement in missing { try session.execute(statement) }
        return !missing.isEmpty
    }

    private func resetSettings() throws {
        try session.base.execute(
            "SET SESSION \(session.dialect.restoringSettings), time_zone = DEFAULT; SET NAMES utf8mb4")
    }
}
