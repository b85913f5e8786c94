import SQLScript

/// Looks at definitions behind the script's changes.
extension UndoLog {
    /// Looks at definitions that the last statements changed, while the server is busy with another one: what others change
    /// from now on is told from what the script did.
    func look(during statement: ScriptStatement) {
        // It may wait for the statement, and that for this one.
        guard statement.transactionRule != .mayCommit,
            ![.lockTables, .flush, .unknown].contains(statement.effective.verb)
        else { return }
        let names = Set(statement.effective.objects.map { $0.name.lowercased() })
        for (object, index) in looking where !names.contains(object.name.lowercased()) || !statement.changesDefinitions
        {
            look(object, index)
        }
        for (index, text) in seen {
            do {
                foundDetails[index] = try settled(index, text, isDone: true).text
            } catch {
                // It is done once more when it is needed, and says so then.
            }
        }
    }

    /// Looks at them when the script has failed, and writes down again what may not have reached the log.
    func lookAfterFailure() throws -> [String] {
        _ = try takeSeen(areDone: true)
        for (object, index) in looking { look(object, index) }
        _ = try takeSeen(areDone: false)
        return entries.filter { [.definition, .values].contains($0.kind) }.compactMap { entry in
            entry.detail.map { table.setDetail($0, entry, of: script) }
        }
    }

    private func look(_ object: ObjectName, _ index: Int) {
        do throws(DatabaseError) {
            if let text = known.foreseenDefinition(of: object) {
                seen[index] = text
            } else if let text = try TableDefinition.ifThere(object, on: unwatched) {
                seen[index] = text
            }
            looking[object] = nil
        } catch {
            // Somebody holds it; the words of the statement tell then what the script did. A session that is lost says so
            // itself.
        }
    }

    func takeSeen(areDone: Bool) throws -> [String] {
        defer { (seen, foundDetails) = ([:], [:]) }
        return try seen.sorted { $0.key < $1.key }.flatMap { index, text in
            setDetail(try foundDetails[index] ?? settled(index, text, isDone: areDone).text, index)
        }
    }

    private func settled(_ index: Int, _ text: String, isDone: Bool) throws -> Alterations {
        var alterations = try Alterations(text: entries[index].detail)
        alterations.settle(entries[index].definition ?? "", text, isWatched: true, isDone: isDone)
        return alterations
    }

    func setDetail(_ text: String?, _ index: Int) -> [String] {
        guard entries[index].detail != text else { return [] }
        entries[index].detail = text
        return [table.setDetail(text, entries[index], of: script)]
    }
}
