import SQLScript

/// One statement of a script, classified.
final class ScriptStatement: Sendable {
    /// The first of the script is 0.
    let index: Int
    let place: Place
    let text: [UInt8]
    /// In bytes; larger than the text where that was too long to keep.
    let length: Int
    let classification: Classification
    /// What the statement does: for an `EXECUTE` what the prepared statement does, once that is known.
    let effective: Classification
    /// For an `EXECUTE`, once that is known: the prepared statement.
    private let executedText: [UInt8]?
    /// Whether the server gets several statements at once, and runs one after the other.
    let isSeveral: Bool
    /// Whether another statement can follow in the same packet.
    let canBeFollowed: Bool
    /// Whether it changes rows of tables without transactions, so that nothing can be committed with it.
    let rowsOutlast: Bool

    private let hasVariables: Bool
    private let modes: LexicalModes
    private let encoding: ScriptEncoding

    init(index: Int, place: Place, statement: Statement) {
        self.index = index
        self.place = place
        encoding = statement.encoding
        text = statement.text
        length = statement.length
        hasVariables = statement.hasVariables
        modes = statement.sqlMode
        classification = classify(statement.text, sqlMode: modes, encoding: encoding, findsSecrets: false)
        effective = classification
        executedText = nil
        isSeveral =
            statement.maybeSeveral && holdsSeveralStatements(statement.text, sqlMode: modes, encoding: encoding)
        canBeFollowed =
            !statement.maybeSeveral || !statement.text.contains(UInt8(ascii: ";"))
            || isOneStatement(statement.text, sqlMode: modes, encoding: encoding)
        rowsOutlast = false
    }

    /// The same statement with more known of it.
    private init(_ other: ScriptStatement, executedText: [UInt8]?, effective: Classification, rowsOutlast: Bool) {
        index = other.index
        place = other.place
        text = other.text
        length = other.length
        classification = other.classification
        self.effective = effective
        self.executedText = executedText
        isSeveral = other.isSeveral
        canBeFollowed = other.canBeFollowed
        self.rowsOutlast = rowsOutlast
        hasVariables = other.hasVariables
        modes = other.modes
        encoding = other.encoding
    }

    /// The same statement, which executes a prepared one.
    ///
    /// - Parameter text: The prepared one's.
    func executing(_ text: String) -> ScriptStatement {
        let text = Array(text.utf8)
        return ScriptStatement(
            self, executedText: text, effective: classify(text, sqlMode: modes, findsSecrets: false),
            rowsOutlast: rowsOutlast)
    }

    /// The same statement, which changes rows of tables without transactions.
    func outlasting() -> ScriptStatement {
        ScriptStatement(self, executedText: executedText, effective: effective, rowsOutlast: true)
    }

    /// How the statement stands to the transaction that carries the journal.
    var transactionRule: TransactionRule {
        let rule = effective.transactionRule
        return isSeveral || rowsOutlast && rule == .joins ? .mayCommit : rule
    }

    /// What it does, of several statements each in its order.
    var verbs: [StatementVerb] {
        isSeveral ? SQLScript.verbs(in: text, sqlMode: modes, encoding: encoding) : [effective.verb]
    }

    /// The words that may name something, in their order; nil where they are not in its own text, or cannot be told.
    var nameWords: [String]? {
        executedText == nil && !isSeveral ? statementWords(text, sqlMode: modes, encoding: encoding) : nil
    }

    /// The names in its text, or in that of what it executes, that may be called as functions; see `SQLScript.calledNames`.
    var calledNames: Set<[String]> {
        let objects = Set(effective.objects.map { $0.name.lowercased() })
        return SQLScript.calledNames(executedText ?? text, sqlMode: modes, encoding: encoding)
            .filter { $0.last.map(objects.contains) == false }
    }

    /// Whether one of the words may be in its text, outside of strings, quoted names and comments; of what an `EXECUTE` executes,
    /// any may be.
    ///
    /// - Parameter words: In upper case.
    func says(_ words: [StaticString]) -> Bool {
        executedText != nil || mentions(words, in: text, sqlMode: modes, encoding: encoding)
    }

    /// What stands behind one of the words in its text, or in that of what it executes, in lower case; see `SQLScript.values`.
    func values(behind words: [StaticString]) -> [String] {
        SQLScript.values(behind: words, in: executedText ?? text, sqlMode: modes, encoding: encoding)
    }

    /// Whether there may be variables in its text.
    var saysVariables: Bool { executedText != nil || hasVariables }

    /// The user variables in its text, outside of strings and comments.
    var variableNames: Set<String> {
        hasVariables ? SQLScript.variableNames(in: text, sqlMode: modes, encoding: encoding) : []
    }

    /// Whether its text is Unicode, or nothing in it depends on the character set.
    var isUnicode: Bool { encoding == .utf8 || text.allSatisfy { $0 < 0x80 } }

    /// Whether the statement, or what it runs, holds what may be a password.
    var mayHideSecrets: Bool {
        isSeveral || [.prepare, .execute, .executeImmediate, .call].contains(classification.verb)
            || shown.speaksOfPasswords || hasSecrets
    }

    /// Whether it begins a transaction that may not write.
    var isReadOnlyTransaction: Bool { values(behind: ["READ"]).contains("only") }

    /// Whether a failure may leave a part of it done.
    func mayHappenInPart(on dialect: any Dialect) -> Bool { !dialect.hasAtomicLists && isDoneOneByOne }

    /// Whether a server without atomic lists does it step by step. Of several objects the first may be done: MariaDB drops and
    /// grants one by one.
    var isDoneOneByOne: Bool {
        switch effective.verb {
        case .dropDatabase: return true
        case .dropTable, .dropView, .dropSequence, .alterUser, .dropUser, .dropRole, .grant, .revoke:
            return effective.objects.count > 1
        // Old and new names in turn.
        case .renameUser: return effective.objects.count > 2
        case .createUser, .createRole: return effective.objects.count > 1 || effective.condition == .orReplace
        case .createDatabase: return effective.condition == .orReplace
        default: return dropsFirst
        }
    }

    /// Whether a failure may leave the old table dropped, without a new one ("CREATE TABLE": `OR REPLACE` is a `DROP` before).
    var dropsFirst: Bool {
        [.createTable, .createSequence].contains(effective.verb) && effective.condition == .orReplace
    }

    /// Whether the statement holds what may be a password.
    var hasSecrets: Bool { !classify(text, sqlMode: modes, encoding: encoding).secrets.isEmpty }

    /// As a person may see it: one line, without secrets, not too long.
    var summary: StatementSummary {
        StatementSummary(index: index, place: place) { self.shown.line(160) }
    }

    private var shown: ShownStatement { ShownStatement(text, modes: modes, encoding: encoding) }
}
