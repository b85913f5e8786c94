import SQLScript

/// A session that is as a reset would leave it.
struct CleanSession: Equatable {
    let characterSet: String
    /// But for `LAST_INSERT_ID()`.
    var hasInsertID = false
}

extension TargetRun {
    /// What is left in the session behind scripts that ran in a group.
    ///
    /// - Parameter hadInsertID: Whether it had one before them.
    /// - Returns: Nil where it may be another one, and in doubt.
    func clean(
        behind members: [GroupMember], _ characterSet: String, hadInsertID: Bool
    ) throws(DatabaseError) -> CleanSession? {
        let rows = members.flatMap { $0.statements.filter { !$0.leavesNoTrace } }
        if !rows.isEmpty {
            guard rows.allSatisfy(isPlainRow), try !runsBodies(members) else { return nil }
        }
        return CleanSession(characterSet: characterSet, hasInsertID: hadInsertID || !rows.isEmpty)
    }

    /// Whether a trigger or a stored function may run in scripts of a group, or be made by one of them.
    func runsBodies(_ members: [GroupMember]) throws(DatabaseError) -> Bool {
        guard let database = selectedDatabase else { return true }
        let makes = members.contains { member in
            member.statements.contains { [.createTrigger, .createFunction].contains($0.effective.verb) }
        }
        if makes { return true }
        return try known.hasTriggers(in: database) ? true : known.hasFunctions(in: database)
    }

    /// Whether a statement changes rows of tables that were made here, and reads nothing else, so that only triggers and functions of
    /// the selected database may run in it.
    private func isPlainRow(_ statement: ScriptStatement) -> Bool {
        [.insert, .replace, .update, .delete].contains(statement.effective.verb) && !statement.isSeveral
            && statement.text.count < 65_536 && !statement.saysVariables
            && !statement.says(["SELECT", "TABLE", "WITH", "NEXTVAL", "NEXT", "SETVAL"])
            && statement.calledNames.allSatisfy { $0.count == 1 }
            && statement.effective.objects.allSatisfy { object in
                object.placed(in: selectedDatabase).map { known.elements(of: $0) != nil } ?? false
            }
    }
}

extension ScriptStatement {
    /// Whether the session is after the statement as it was before, so that the next script needs no reset. In doubt
    /// it is not: variables, temporary tables, locks, prepared statements and `LAST_INSERT_ID()` all count, also where a trigger or
    /// a function may change them with the rows.
    var leavesNoTrace: Bool {
        guard !isSeveral, !classification.isTemporary, text.count < 65_536, !saysVariables else {
            return false
        }
        switch classification.verb {
        case .createIndex, .dropIndex, .dropTable, .renameTable, .truncate, .createView, .alterView, .dropView,
            .createProcedure, .dropProcedure, .createFunction, .dropFunction, .createTrigger, .dropTrigger,
            .createEvent, .alterEvent, .dropEvent:
            return true
        case .createTable: return !mentions("SELECT")
        case .alterTable: return !mentions("AUTO_INCREMENT")
        default: return false
        }
    }

    /// Whether the text has a word anywhere, in strings and comments, too.
    ///
    /// - Parameter word: In upper case.
    private func mentions(_ word: StaticString) -> Bool {
        let length = word.utf8CodeUnitCount
        return text.withUnsafeBufferPointer { bytes in
            guard bytes.count >= length else { return false }
            return (0...bytes.count - length).contains { start in
                // Without the bit that tells lower case.
                (0..<length).allSatisfy { bytes[start + $0] & 0xDF == word.utf8Start[$0] }
            }
        }
    }
}
