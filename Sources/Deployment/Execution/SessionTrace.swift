import SQLScript

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
