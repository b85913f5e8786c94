/// What a statement is, what it names, and what in it must not be shown.
public struct Classification: Sendable, Equatable {
    /// A variable that a SET gives a value.
    public struct AssignedVariable: Sendable, Equatable {
        public enum Scope: Sendable, Equatable {
            case user, session, global
        }

        public let scope: Scope
        /// System variables in lower case; user variables as written, without `@`.
        public let name: String
        /// For `sql_mode` with a literal value: what of it changes where strings end.
        public let sqlMode: LexicalModes?
        /// Whether the value is `DEFAULT`.
        public internal(set) var isDefault = false
        /// Whether the value is `1`, `ON` or `TRUE`.
        public internal(set) var isOn = false
    }

    /// What a definition says about the case that the object is there, or is not.
    public enum Condition: Sendable, Equatable {
        case none, ifExists, ifNotExists, orReplace
    }

    public internal(set) var verb = StatementVerb.unknown
    public internal(set) var effect = StatementEffect.unbounded
    /// `CREATE TEMPORARY`, `DROP TEMPORARY`: such a statement does not commit.
    public internal(set) var isTemporary = false
    public internal(set) var condition = Condition.none
    /// For `CREATE EVENT`: whether the event may be over, and gone, at any time.
    public internal(set) var mayEnd = false
    /// For `CREATE TABLE … LIKE`: the table whose definition it takes.
    public internal(set) var model: ObjectName?
    /// For `ALTER TABLE`: what it does to what is in the table.
    public internal(set) var alteration = Alteration()
    /// For an `UPDATE` of one table: the columns that it sets; nil where they are not clear.
    public internal(set) var setColumns: Set<String>?
    /// For `PREPARE` and `EXECUTE`.
    public internal(set) var prepared: PreparedStatement?
    /// For `ALTER USER` and `SET PASSWORD`: whether the old password stays in force beside the new one, so that doing it
    /// twice is not the same as doing it once.
    public internal(set) var retainsPassword = false
    /// What is created, altered or dropped, the new name of a rename too; for DML the tables that may be written to.
    public internal(set) var objects: [ObjectName] = []
    /// Whether a table gets another name.
    public var renamesTables: Bool { verb == .renameTable || verb == .alterTable && objects.count > 1 }
    public internal(set) var assignedVariables: [AssignedVariable] = []
    /// For a `SET`: whether it may call a function, which may write.
    public internal(set) var callsFunctions = false
    /// Offsets in the text of literals that are, or may be, passwords, with their quotes.
    public internal(set) var secrets: [Range<Int>] = []

    init() {}
}

/// Classifies one statement's text. Comments are passed over; executable comments count as what they hold.
/// - Parameters:
///   - sqlMode: as `Statement.sqlMode` says; under ANSI_QUOTES `"…"` is a name.
///   - findsSecrets: set to false for text that will not be shown, which saves one look at every byte.
public func classify(
    _ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8, findsSecrets: Bool = true
) -> Classification {
    text.withUnsafeBufferPointer { bytes in
        var classifier = Classifier(StatementCursor(bytes, SQLTokens(bytes, modes: sqlMode, encoding: encoding)))
        classifier.classify()
        classifier.findFunctionCalls(SQLTokens(bytes, modes: sqlMode, encoding: encoding))
        if findsSecrets { classifier.result.secrets = SecretFinder(bytes, sqlMode, encoding).find() }
        return classifier.result
    }
}

/// The text with `'•••'` in the place of every string, and without comments.
public func withoutStrings(_ text: [UInt8], sqlMode: LexicalModes, encoding: ScriptEncoding = .utf8) -> String {
    text.withUnsafeBufferPointer { bytes in
        var shown: [UInt8] = []
        var end = 0
        var tokens = SQLTokens(bytes, modes: sqlMode, encoding: encoding)
        while let token = tokens.next() {
            if token.range.lowerBound > end, end > 0 { shown.append(UInt8(ascii: " ")) }
            shown += token.kind == .string ? Array("'•••'".utf8)[...] : text[token.range]
            end = token.range.upperBound
        }
        return String(decoding: shown, as: UTF8.self)
    }
}

/// The text with each literal that may be a password replaced by `'•••'`.
public func redacted(_ text: [UInt8], sqlMode: LexicalModes = [], encoding: ScriptEncoding = .utf8) -> String {
    let secrets = text.withUnsafeBufferPointer { SecretFinder($0, sqlMode, encoding).find() }
    var shown: [UInt8] = []
    var index = 0
    for range in secrets {
        shown += text[index..<range.lowerBound]
        shown += Array("'•••'".utf8)
        index = range.upperBound
    }
    shown += text[index...]
    return String(decoding: shown, as: UTF8.self)
}
