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
