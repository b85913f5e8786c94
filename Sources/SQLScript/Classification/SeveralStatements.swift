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
    var options = ReaderOptions()
    options.sqlMode = sqlMode
    options.encoding = encoding
    var position = 0
    let reader = ScriptReader(options: options) { buffer in
        let count = min(buffer.count, text.count - position)
        text.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }
    do {
        guard case .statement(let statement)? = try reader.next(), statement.text == text else { return false }
        return try reader.next() == nil
    } catch {
        // A reader that cannot split it says nothing of where it ends.
        return false
    }
}
