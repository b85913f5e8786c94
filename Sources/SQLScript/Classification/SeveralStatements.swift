/// Whether a text is several statements, which the server runs one by one ("Executing Multiple Statements"): something
/// follows a `;` that is in no string, no comment and no body of a routine.
public func holdsSeveralStatements(
    _ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8
) -> Bool {
    let verb = classify(text, sqlMode: sqlMode, encoding: encoding, findsSecrets: false).verb
    return text.withUnsafeBufferPointer { bytes in
        let tokens = SQLTokens(bytes, modes: sqlMode, encoding: encoding)
        return switch verb {
        case .createProcedure, .createFunction, .createTrigger, .createEvent, .alterEvent, .compound:
            RoutineBody.isFollowed(tokens)
        case .createPackage, .createPackageBody: isLastEndFollowed(tokens)
        default: isSemicolonFollowed(tokens)
        }
    }
}

private func isSemicolonFollowed(_ tokens: SQLTokens) -> Bool {
    var tokens = tokens
    var isBehindEnd = false
    while let token = tokens.next() {
        if token.isSemicolon {
            isBehindEnd = true
        } else if isBehindEnd {
            return true
        }
    }
    return false
}

/// Whether more than a name follows the last `END`, which closes a package.
private func isLastEndFollowed(_ tokens: SQLTokens) -> Bool {
    var tokens = tokens
    var behind = 0
    while let token = tokens.next() {
        if tokens.matches(token, "END") {
            behind = 0
        } else if !token.isSemicolon {
            behind += 1
        }
    }
    return behind > 1
}

/// Whether a text can be followed by `;` and another statement: it is one statement to the end, without a `;` of its own behind it,
/// which a packet must not have twice.
public func isOneStatement(
    _ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8
) -> Bool {
    let reader = splitter(of: text, sqlMode, encoding)
    do {
        guard case .statement(let statement)? = try reader.next(), statement.text == text else { return false }
        return try reader.next() == nil
    } catch {
        // A reader that cannot split it says nothing of where it ends.
        return false
    }
}

/// What the statements of a text are, in their order, up to what cannot be split.
public func verbs(in text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8) -> [StatementVerb] {
    classified(text, sqlMode, encoding).map(\.what.verb)
}

/// Those of the statements in a text that set variables of the session, `SET NAMES` and the like among them.
public func sessionSettings(in text: [UInt8]) -> [String] {
    classified(text, [], .utf8).filter { statement, what in
        switch what.verb {
        case .setVariable, .setNames, .setCharacterSet: what.effect != .unbounded
        // Without the word it is about the next transaction only.
        case .setTransaction: mentions(["SESSION", "LOCAL"], in: statement.text, sqlMode: statement.sqlMode)
        default: false
        }
    }.map { String(decoding: $0.statement.text, as: UTF8.self) }
}

/// The statements of a text, up to what cannot be split.
private func classified(
    _ text: [UInt8], _ sqlMode: LexicalModes, _ encoding: ScriptEncoding
) -> [(statement: Statement, what: Classification)] {
    let reader = splitter(of: text, sqlMode, encoding)
    var statements: [(Statement, Classification)] = []
    do {
        while let element = try reader.next() {
            guard case .statement(let statement) = element else { continue }
            let what = classify(statement.text, sqlMode: statement.sqlMode, encoding: encoding, findsSecrets: false)
            statements.append((statement, what))
        }
    } catch {
        // The server may have taken it otherwise.
    }
    return statements
}

private func splitter(of text: [UInt8], _ sqlMode: LexicalModes, _ encoding: ScriptEncoding) -> ScriptReader {
    var position = 0
    return ScriptReader(options: ReaderOptions(encoding: encoding, sqlMode: sqlMode)) { buffer in
        let count = min(buffer.count, text.count - position)
        text.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }
}
