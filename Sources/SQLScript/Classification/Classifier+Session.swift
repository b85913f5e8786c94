/// SET, USE, prepared statements, and the questions.
extension Classifier {
    mutating func classifySession() -> Bool {
        if cursor.skip("SET") {
            classifySet()
        } else if cursor.skip("USE") {
            set(.use, .sessionOnly)
            add(cursor.name(.database))
        } else if cursor.skip("PREPARE") {
            set(.prepare, .sessionOnly)
            prepare()
        } else if cursor.skip("EXECUTE") {
            set(cursor.isWord("IMMEDIATE") ? .executeImmediate : .execute, .unbounded)
            execute()
        } else if cursor.skip("DEALLOCATE") {
            set(.deallocate, .sessionOnly)
        } else if cursor.skip("SIGNAL") {
            set(.signal, .sessionOnly)
        } else if cursor.skip("RESIGNAL") {
            set(.resignal, .sessionOnly)
        } else if cursor.skip("GET") {
            set(.getDiagnostics, .sessionOnly)
        } else if cursor.skip("SHOW") {
            set(.show, .reads)
        } else if cursor.skip("HELP") {
            set(.help, .reads)
        } else if cursor.skip("EXPLAIN") || cursor.skip("DESCRIBE") || cursor.isWord("DESC") {
            set(.explain, .reads)
            if cursor.skip("DESC") { result.verb = .describe }
        } else {
            return false
        }
        return true
    }

    private mutating func classifySet() {
        if cursor.skip("STATEMENT") {
            // `SET STATEMENT a = 1 FOR …` is what stands behind FOR.
            guard cursor.skip(upTo: ["FOR"]) else { return }
            cursor.advance()
            return classify()
        }
        if cursor.isWord("PASSWORD") {
            set(.setPassword, .commitsImplicitly)
            result.retainsPassword = cursor.skip(upTo: ["RETAIN"])
            return
        }
        if cursor.skip("DEFAULT", "ROLE") { return set(.setDefaultRole, .commitsImplicitly) }
        if cursor.isWord("ROLE") { return set(.setRole, .sessionOnly) }
        if cursor.skip("RESOURCE", "GROUP") { return set(.setResourceGroup, .sessionOnly) }
        if cursor.skip("NAMES") { return set(.setNames, .sessionOnly) }
        if cursor.isWord("CHARSET") || cursor.skip("CHARACTER", "SET") { return set(.setCharacterSet, .sessionOnly) }
        let start = cursor
        let isGlobal = cursor.isWord("GLOBAL")
        if isGlobal || cursor.isWord("SESSION") || cursor.isWord("LOCAL") { cursor.advance() }
        if cursor.isWord("TRANSACTION") { return set(.setTransaction, isGlobal ? .unbounded : .transactionControl) }
        cursor = start
        set(.setVariable, .sessionOnly)
        assignments()
    }

    private mutating func assignments() {
        // From the first token behind SET.
        guard let first = cursor.current else { return }
        let tokens = cursor.tokens.restarted(at: first.range.lowerBound)
        let statement = SetStatement(cursor.text, tokens)
        let known = SessionModes(initial: [])
        for assignment in statement.assignments {
            let isMode = assignment.target != .user && assignment.name == "sql_mode"
            let isLiteral = assignment.value.allSatisfy { $0.kind != .symbol }
            let mode =
                isMode && isLiteral
                ? ModeExpression(bytes: cursor.text, tokens: tokens, known: known).value(of: assignment.value) : nil
            let scope: Classification.AssignedVariable.Scope =
                switch assignment.target {
                case .user: .user
                case .session: .session
                case .global: .global
                }
            let value = assignment.value
            let only = value.count == 1 ? value.first.map { ObjectName.unquoted(cursor.text, $0).lowercased() } : nil
            result.assignedVariables.append(
                .init(
                    scope: scope, name: assignment.name, sqlMode: mode,
                    isDefault: value.count == 1 && tokens.matches(value.first, "DEFAULT"),
                    isOn: ["1", "on", "true"].contains(only)))
            // What every session sees is not undone with this one.
            if scope == .global { result.effect = .unbounded }
            if scope == .session && assignment.name == "autocommit" && result.effect != .unbounded {
                result.effect = .transactionControl
            }
        }
    }
}
