import SQLScript

extension ScriptStatement {
    /// Whether the session is after the statement as it was before, so that the next script needs no reset. In doubt
    /// it is not: variables, temporary tables, locks, prepared statements and `LAST_INSERT_ID()` all count.
    var leavesNoTrace: Bool {
        guard !isSeveral, !classification.isTemporary, text.count < 65_536, !text.contains(UInt8(ascii: "@")) else {
            return false
        }
        switch classification.verb {
        case .createIndex, .dropIndex, .dropTable, .renameTable, .truncate, .createView, .alterView, .dropView,
            .createProcedure, .dropProcedure, .createFunction, .dropFunction, .createTrigger, .dropTrigger,
            .createEvent, .alterEvent, .dropEvent, .delete:
            return true
        case .createTable: return !mentions("SELECT")
        case .alterTable: return !mentions("AUTO_INCREMENT")
        case .update: return !mentions("LAST_INSERT_ID")
        default: return false
        }
    }

    private func mentions(_ word: String) -> Bool {
        String(decoding: text, as: UTF8.self).uppercased().contains(word)
    }
}
