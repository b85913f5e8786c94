/// Finds a statement's verb, effect and names. What it does not know is `unknown` and `unbounded`.
struct Classifier {
    var cursor: StatementCursor
    var result = Classification()

    init(_ cursor: StatementCursor) {
        self.cursor = cursor
    }

    mutating func set(_ verb: StatementVerb, _ effect: StatementEffect) {
        result.verb = verb
        result.effect = effect
    }

    mutating func classify() {
        while cursor.isSymbol("(") { cursor.advance() }
        guard let first = cursor.current else { return set(.empty, .reads) }
        guard first.kind == .word else { return }
        if classifyData() || classifyDefinition() || classifyTransaction() || classifyAccount() || classifySession() {
            return
        }
        _ = classifyAdministration()
    }

    /// Sees whether a `SET` has a parenthesis, and so may call a function.
    mutating func findFunctionCalls(_ tokens: SQLTokens) {
        guard result.verb == .setVariable else { return }
        var tokens = tokens
        while let token = tokens.next() {
            if token.kind == .symbol, token.byte == UInt8(ascii: "(") { result.callsFunctions = true }
        }
    }

    /// Statements that a transaction can hold.
    private mutating func classifyData() -> Bool {
        if cursor.skip("INSERT") {
            set(.insert, .transactional)
            insertTarget()
        } else if cursor.isWord("REPLACE") {
            cursor.advance()
            set(.replace, .transactional)
            insertTarget()
        } else if cursor.skip("UPDATE") {
            set(.update, .transactional)
            updateTargets()
        } else if cursor.skip("DELETE") {
            set(.delete, .transactional)
            deleteTargets()
        } else if cursor.skip("SELECT") {
            classifySelect()
        } else if cursor.skip("WITH") {
            classifyWith()
        } else if cursor.skip("TABLE") {
            set(.table, .reads)
        } else if cursor.skip("VALUES") {
            set(.values, .reads)
        } else if cursor.skip("CALL") {
            set(.call, .unbounded)
            add(cursor.name(.procedure))
        } else if cursor.skip("DO") {
            // An expression may call a function that writes.
            set(.do, .unbounded)
        } else if cursor.skip("HANDLER") {
            set(.handler, .reads)
        } else if cursor.skip("LOAD") {
            classifyLoad()
        } else if cursor.skip("IMPORT", "TABLE") {
            set(.importTable, .commitsImplicitly)
        } else if cursor.skip("TRUNCATE") {
            set(.truncate, .commitsImplicitly)
            _ = cursor.skip("TABLE")
            add(cursor.name(.table))
        } else {
            return false
        }
        return true
    }

    mutating func add(_ object: ObjectName?) {
        if let object, !result.objects.contains(object) { result.objects.append(object) }
    }

    private mutating func classifySelect() {
        set(.select, .reads)
        // INTO a variable, or into a file of the server. The words are looked for outside of parentheses.
        if cursor.skip(upTo: ["INTO"]) {
            cursor.advance()
            let isFile = cursor.isWord("OUTFILE") || cursor.isWord("DUMPFILE")
            set(.selectInto, isFile ? .unbounded : .sessionOnly)
        }
    }

    /// `WITH name AS (…) …`: the statement behind the list decides.
    private mutating func classifyWith() {
        guard cursor.skip(upTo: ["SELECT", "UPDATE", "DELETE", "INSERT", "REPLACE", "TABLE", "VALUES"]) else {
            return set(.select, .reads)
        }
        _ = classifyData()
    }

    private mutating func classifyLoad() {
        if cursor.skip("INDEX", "INTO", "CACHE") { return set(.loadIndex, .commitsImplicitly) }
        set(.load, .unbounded)
        if cursor.skip(upTo: ["INTO"]), cursor.skip("INTO", "TABLE") { add(cursor.name(.table)) }
    }

    private mutating func classifyTransaction() -> Bool {
        if cursor.skip("BEGIN") {
            if cursor.isAtEnd || cursor.isWord("WORK") {
                set(.startTransaction, .transactionControl)
            } else {
                set(.compound, .unbounded)
            }
        } else if cursor.skip("START", "TRANSACTION") {
            set(.startTransaction, .transactionControl)
        } else if cursor.skip("COMMIT") {
            set(.commit, .transactionControl)
        } else if cursor.skip("ROLLBACK") {
            set(.rollback, .transactionControl)
        } else if cursor.skip("SAVEPOINT") {
            set(.savepoint, .transactionControl)
        } else if cursor.skip("RELEASE", "SAVEPOINT") {
            set(.releaseSavepoint, .transactionControl)
        } else if cursor.skip("XA") {
            set(.xa, .transactionControl)
        } else if cursor.skip("LOCK", "INSTANCE") {
            set(.lockInstance, .sessionOnly)
        } else if cursor.skip("UNLOCK", "INSTANCE") {
            set(.unlockInstance, .sessionOnly)
        } else if cursor.isWord("LOCK") {
            cursor.advance()
            set(.lockTables, .commitsImplicitly)
        } else if cursor.skip("UNLOCK") {
            // Commits where LOCK TABLES was in force.
            set(.unlockTables, .commitsImplicitly)
        } else {
            return false
        }
        return true
    }
}
