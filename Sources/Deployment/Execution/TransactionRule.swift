import SQLScript

/// How a statement stands to the transaction that carries the journal.
enum TransactionRule {
    /// It takes part, and is taken back with it.
    case joins
    /// It commits the transaction before it does anything, and itself when it is done.
    case commits
    /// What it runs may commit: a procedure, a prepared statement, a block.
    case mayCommit
    /// It ends the script's own transaction.
    case endsTransaction
    /// It commits what is open and starts the script's own transaction.
    case startsTransaction
    /// The server refuses it inside a transaction.
    case needsNoTransaction
    /// It neither needs nor disturbs one.
    case indifferent
}

extension Classification {
    var transactionRule: TransactionRule {
        switch verb {
        case .commit: return .endsTransaction
        case .startTransaction: return .startsTransaction
        case .xa, .setTransaction: return .needsNoTransaction
        case .rollback, .savepoint, .releaseSavepoint: return .indifferent
        case .load, .do: return .joins
        // A function may write. And what reads `FOUND_ROWS()` next must find nothing of ours in between.
        case .select, .selectInto, .values, .table: return effect == .unbounded ? .mayCommit : .joins
        default: break
        }
        switch effect {
        case .transactional: return .joins
        case .commitsImplicitly: return .commits
        case .unbounded: return .mayCommit
        case .transactionControl: return .startsTransaction
        case .sessionOnly:
            let names = assignedVariables.lazy.filter { $0.scope != .user }.map(\.name)
            // Setting it to 1 commits ("autocommit"), so the journal's position must be in the transaction by then.
            if names.contains("autocommit") { return .startsTransaction }
            if names.contains(where: Self.refusedInTransactions.contains) { return .needsNoTransaction }
            return callsFunctions ? .joins : .indifferent
        case .reads: return .indifferent
        }
    }

    /// Whether it may turn `autocommit` off, behind which a `ROLLBACK` reaches back to the last commit.
    fileprivate var mayTurnAutocommitOff: Bool {
        assignedVariables.contains { $0.scope == .session && $0.name == "autocommit" && !$0.isOn }
    }

    /// "Binary Logging Options and Variables", "SET TRANSACTION Statement": errors 1694, 1679, 1766, 1568.
    private static let refusedInTransactions: Set<String> = [
        "sql_log_bin", "binlog_format", "binlog_row_image", "binlog_direct_non_transactional_updates", "gtid_next",
        "gtid_domain_id", "gtid_seq_no", "server_id", "skip_replication", "transaction_isolation",
        "transaction_read_only", "tx_isolation", "tx_read_only", "pseudo_slave_mode",
    ]
}

extension TransactionRule {
    /// Whether what is open is committed once the statement is done, but not if it fails.
    var commitsWhenDone: Bool { self == .endsTransaction || self == .startsTransaction }
}

extension ScriptStatement {
    /// Whether what is open is committed before the statement does anything, so also if it fails.
    ///
    /// - Parameter isOwnTransaction: Whether what is open is the script's own transaction, and not ours.
    func commitsBefore(isOwnTransaction: Bool) -> Bool {
        switch transactionRule {
        case .commits, .mayCommit, .needsNoTransaction: true
        case .indifferent: effective.verb == .rollback && !isOwnTransaction
        case .startsTransaction: effective.mayTurnAutocommitOff && !isOwnTransaction
        case .joins, .endsTransaction: false
        }
    }

    /// Whether it commits nothing of its own: several statements that begin a transaction, and change rows in it at most, or a procedure
    /// that ends and begins transactions, and does nothing else.
    ///
    /// - Parameter body: That of the procedure that it calls.
    func onlyBegins(_ body: RoutineBody) -> Bool {
        if isSeveral {
            return verbs.first == .startTransaction
                && verbs.dropFirst().allSatisfy { [.insert, .replace, .update, .delete, .select].contains($0) }
        }
        guard effective.verb == .call, case .known(let body) = body else { return false }
        return everyWord(in: body).isSubset(of: Self.controlWords)
    }

    private static let controlWords: Set = [
        "begin", "end", "start", "transaction", "read", "only", "write", "commit", "rollback", "work", "and", "no",
        "chain", "release",
    ]

    /// Whether a transaction that is open behind it, and none of ours, may be one that it began: it says so, runs what may say
    /// so, or begins the next one as it ends one (`AND CHAIN`, `completion_type`).
    var mayBeginTransaction: Bool {
        switch transactionRule {
        case .mayCommit: true
        // A comment for other versions leaves ours open.
        case .endsTransaction: !mayBeEmpty
        case .startsTransaction, .indifferent: [.startTransaction, .rollback].contains(effective.verb)
        case .joins, .commits, .needsNoTransaction: false
        }
    }

    /// Whether it can be the last statement of a packet with our own: one that is certain to be one, and is not large.
    /// The client library sends a file for `LOAD DATA LOCAL` only as the first answer to a packet.
    var canTravelWithRecords: Bool {
        switch transactionRule {
        case .joins, .commits, .endsTransaction, .startsTransaction:
            !isSeveral && text.count < 65_536 && classification.verb != .load
        case .mayCommit, .needsNoTransaction, .indifferent: false
        }
    }

    /// Whether the server did not understand the statement itself, so that it did nothing.
    func isNotUnderstood(_ error: any Error) -> Bool {
        guard let error = error as? DatabaseError, error.isSyntaxError, !isSeveral else { return false }
        return ![.call, .execute, .executeImmediate, .compound].contains(classification.verb)
    }

    /// Whether a statement that runs others does the same in a transaction as outside of one: with `autocommit`, each of
    /// them would commit, and a `ROLLBACK` among them would take back less.
    ///
    /// - Parameter body: That of the procedure that it calls.
    func isWholeInTransaction(_ body: RoutineBody) -> Bool {
        guard !isSeveral, !rowsOutlast else { return false }
        switch effective.verb {
        case .call:
            switch body {
            case .missing: return true
            case .hidden: return false
            case .known(let body):
                return everyWord(in: body).isDisjoint(with: Self.transactionWords.map { "\($0)".lowercased() })
            }
        case .compound: return !says(Self.transactionWords)
        case .execute, .executeImmediate: return false
        default: return true
        }
    }

    /// Whether it is a `CALL` of a procedure that is not there, which does nothing.
    func callsWhatIsMissing(_ body: RoutineBody) -> Bool {
        if case .missing = body { return effective.verb == .call && !isSeveral }
        return false
    }

    /// Whether it is a `CALL` that changes no variable of the session, as far as its body says, so that what is behind it
    /// can be recorded before it runs.
    func leavesSession(_ body: RoutineBody) -> Bool {
        guard effective.verb == .call, canBeFollowed, !isSeveral, text.count < 65_536, !saysVariables,
            case .known(let body) = body
        else { return false }
        return !body.utf8.contains(UInt8(ascii: "@")) && everyWord(in: body).isDisjoint(with: Self.sessionWords)
    }

    private static let sessionWords = Set(
        SessionState.variables + [
            "session", "local", "names", "charset", "isolation", "sql_log_bin", "call", "execute", "prepare", "use",
            "temporary",
        ])

    /// What begins or ends transactions, and what runs others that may.
    private static let transactionWords: [StaticString] = [
        "ROLLBACK", "TRANSACTION", "XA", "AUTOCOMMIT", "CALL", "EXECUTE",
    ]

    /// Whether it can change what a later statement of the session means: `SET`, `USE`, or a user variable anywhere, which a
    /// function or a trigger may change, too.
    var mayChangeSession: Bool {
        if isSeveral { return true }
        return switch classification.verb {
        case .setVariable, .use, .setTransaction, .call, .prepare, .execute, .executeImmediate, .deallocate: true
        default: classification.effect == .sessionOnly || saysVariables
        }
    }

    /// Whether a trigger or a stored function may run in it.
    var mayRunBodies: Bool {
        switch transactionRule {
        case .joins, .mayCommit: true
        case .commits: effective.verb == .createTable
        case .endsTransaction, .startsTransaction, .needsNoTransaction, .indifferent: false
        }
    }

    /// Whether it, or what it runs, may read a user variable.
    var mayUseVariables: Bool { isSeveral || saysVariables || classification.effect == .unbounded }

    /// Whether it may give a user variable a value by `:=`.
    var mayAssignVariables: Bool { saysVariables && hasAssignment }

    /// Whether a `:=` stands anywhere, in strings and comments, too.
    private var hasAssignment: Bool {
        text.withUnsafeBytes { bytes in
            var place = 0
            while let colon = bytes.firstIndex(of: UInt8(ascii: ":"), from: place) {
                place = colon + 1
                if place < bytes.count, bytes[place] == UInt8(ascii: "=") { return true }
            }
            return false
        }
    }
}

/// What a server tells of a procedure's body.
enum RoutineBody {
    /// There is no such procedure, so a `CALL` of it does nothing.
    case missing
    /// This user may not read it.
    case hidden
    case known(String)
}

extension ScriptStatement {
    /// Whether it changes no definition but those of the objects that it names. Renames reach into the foreign keys of others.
    var leavesOtherDefinitions: Bool {
        switch effective.verb {
        case .alterTable:
            !effective.alteration.isLossy && effective.alteration.renamedColumns.isEmpty && effective.objects.count == 1
        case .createTable, .createIndex, .dropIndex, .createView, .createProcedure, .createFunction, .createTrigger,
            .createEvent, .insert, .replace, .update, .delete:
            !isSeveral
        default: false
        }
    }
}

extension ScriptStatement {
    /// Whether an object of that name, in any database, is among those that it is about.
    func names(_ object: ObjectName) -> Bool {
        effective.objects.contains { $0.name.lowercased() == object.name.lowercased() }
    }

    /// Whether it leaves all other tables as they are, with their triggers, and what changes with them: a foreign key is also
    /// its parent's.
    var leavesOtherTables: Bool {
        leavesOtherDefinitions && effective.verb != .createTrigger && !says(["REFERENCES"])
    }

    /// Whether it commits the open transaction before it does anything.
    var commitsFirst: Bool {
        transactionRule == .commits || transactionRule == .startsTransaction || transactionRule == .needsNoTransaction
    }

    /// Whether it may wait for a look at the tables that it names, or keep that waiting.
    var changesDefinitions: Bool { transactionRule == .commits }
}

extension StatementVerb {
    /// As SQL spells it: `CREATE TABLE`.
    var words: String {
        rawValue.map { $0.isUppercase ? " \($0)" : $0.uppercased() }.joined()
    }
}
