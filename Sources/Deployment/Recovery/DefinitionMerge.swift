/// Takes a script's changes out of a table's definition, and leaves in it what others changed meanwhile.
struct DefinitionMerge {
    /// Before the script.
    let before: DefinitionLines
    /// Behind the script's last change.
    let behind: DefinitionLines
    let alterations: Alterations

    /// Finds what is to stay.
    ///
    /// - Parameter now: The definition as it is.
    /// - Throws: `UndoObstacle` where others changed what the script changed, too.
    func plan(_ now: DefinitionLines) throws -> Alterations.Plan {
        var plan = Alterations.Plan()
        for kind in DefinitionLines.kinds {
            let (old, own, current) = (before[keyPath: kind.path], behind[keyPath: kind.path], now[keyPath: kind.path])
            func line(_ name: String, _ elements: [DefinitionLines.Element]) -> String? {
                elements.first { $0.name == name }?.line
            }
            for name in Set((old + own + current).map(\.name)).sorted() {
                let element = "\(kind.word) \(name)"
                let (b, a, c) = (line(name, old), line(name, own), line(name, current))
                if alterations.others.contains(element) {
                    if c != nil { plan.added.insert(element) }
                } else if c == a || c == b {
                    continue
                } else if a == b {
                    if c == nil {
                        plan.gone.insert(element)
                    } else if b == nil {
                        plan.added.insert(element)
                    } else {
                        plan.changed.insert(element)
                    }
                } else if c == nil, kind.word != "column" {
                    plan.gone.insert(element)
                } else {
                    throw UndoObstacle(
                        """
                        the script and somebody else since both changed the \(kind.word) \(name): make it what it was before the \
                        script, or \(b.map { "as in “\($0)”" } ?? "drop it")
                        """)
                }
            }
        }
        if now.steadyOptions != behind.steadyOptions, now.steadyOptions != before.steadyOptions {
            guard behind.steadyOptions == before.steadyOptions else {
                throw UndoObstacle(
                    "the script and somebody else since both changed the table's options: \(before.steadyOptions)")
            }
            plan.keepsOptions = true
        }
        try refuseIfNeeded(plan, now)
        return plan
    }

    /// A key of somebody else would be changed with the columns that go.
    private func refuseIfNeeded(_ plan: Alterations.Plan, _ now: DefinitionLines) throws {
        let renames = alterations.renames(before, now)
        let going = now.columns.map(\.name).filter { name in
            !plan.added.contains("column \(name)") && !before.columns.contains { $0.name == name }
                && renames[name] == nil
        }
        for key in now.keys where plan.added.contains("key \(key.name)") || plan.changed.contains("key \(key.name)") {
            if let column = going.first(where: { key.line.contains(quoted(identifier: $0)) }) {
                throw UndoObstacle(
                    """
                    the index \(key.name), which the script did not make, is on the column \(column), which goes with the script: \
                    drop the index first
                    """)
            }
        }
    }

    /// What the definition is to be.
    ///
    /// - Parameter now: The definition as it is.
    func wanted(_ plan: Alterations.Plan, _ now: DefinitionLines) -> DefinitionLines {
        var wanted = before
        let now = now.renamingKeys(alterations.renames(before, now))
        if plan.keepsOptions { wanted.options = now.options }
        for kind in DefinitionLines.kinds {
            let current = now[keyPath: kind.path]
            var elements: [DefinitionLines.Element] = []
            for element in before[keyPath: kind.path] where !plan.gone.contains("\(kind.word) \(element.name)") {
                let isChanged = plan.changed.contains("\(kind.word) \(element.name)")
                elements.append(isChanged ? current.first { $0.name == element.name } ?? element : element)
            }
            for (index, element) in current.enumerated() where plan.added.contains("\(kind.word) \(element.name)") {
                // Behind the same column as now, or the next before it that stays.
                let place = current[..<index].reversed().lazy.compactMap { earlier in
                    elements.firstIndex { $0.name == earlier.name }
                }.first
                elements.insert(element, at: place.map { $0 + 1 } ?? 0)
            }
            wanted[keyPath: kind.path] = elements
        }
        return wanted
    }
}
