/// Whether a text is several statements, which the server runs one by one ("Executing Multiple Statements"): something
/// follows a `;` that is in no string and no comment. In the body of a routine `;` is part of the one statement.
public func holdsSeveralStatements(
    _ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8
) -> Bool {
    switch classify(text, sqlMode: sqlMode, encoding: encoding, findsSecrets: false).verb {
    case .createProcedure, .createFunction, .createTrigger, .createEvent, .alterEvent, .createPackage,
        .createPackageBody, .compound:
        return false
    default: break
    }
    return text.withUnsafeBufferPointer { bytes in
        var tokens = SQLTokens(bytes, modes: sqlMode, encoding: encoding)
        var isBehindEnd = false
        while let token = tokens.next() {
            if token.kind == .symbol && token.byte == UInt8(ascii: ";") {
                isBehindEnd = true
            } else if isBehindEnd {
                return true
            }
        }
        return false
    }
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
