import SQLScript

/// The prepared statements of a script's session, as far as their text is known: what an `EXECUTE` does, and what has to be
/// prepared again in another session.
struct PreparedStatements {
    private enum Text: Equatable {
        case known(String)
        case unknown
    }

    private var texts: [String: Text] = [:]

    var isEmpty: Bool { texts.isEmpty }

    /// The statement that another one executes; nil for one that executes none, or whose text is not known.
    ///
    /// - Parameter variable: Reads a user variable of the session.
    func executed(
        by statement: ScriptStatement, variable: (String) throws -> String?
    ) rethrows -> ScriptStatement? {
        guard [.execute, .executeImmediate].contains(statement.classification.verb),
            let prepared = statement.classification.prepared
        else { return nil }
        if let name = prepared.name {
            guard case .known(let text) = texts[name] else { return nil }
            return statement.executing(text)
        }
        return try Self.text(prepared.source, variable).map(statement.executing)
    }

    /// A statement of the script is done.
    ///
    /// - Parameter variable: Reads a user variable of the session.
    mutating func collect(from statement: ScriptStatement, variable: (String) throws -> String?) rethrows {
        guard statement.classification.verb == .prepare, let prepared = statement.classification.prepared,
            let name = prepared.name
        else { return }
        // In another character set it would be brought back as another text.
        guard statement.isUnicode else {
            texts[name] = .unknown
            return
        }
        texts[name] = try Self.text(prepared.source, variable).map(Text.known) ?? .unknown
    }

    /// Those of an earlier session, as they were brought back.
    ///
    /// - Parameter state: SQL with what `restoring` gave.
    mutating func restore(from state: String) {
        var text: String?
        for line in state.split(separator: "\n") {
            if line.hasPrefix(Self.assignment) {
                text = literalValue(line.dropFirst(Self.assignment.count).split(separator: ";")[0])
            } else if line.hasPrefix(Self.preparation), let known = text {
                let name = line.dropFirst(Self.preparation.count).split(separator: "`").first ?? ""
                texts[String(name)] = .known(known)
                text = nil
            }
        }
    }

    private static func text(
        _ source: PreparedStatement.Source?, _ variable: (String) throws -> String?
    ) rethrows -> String? {
        switch source {
        case .literal(let text): text
        case .variable(let name): try variable(name)
        case .expression, nil: nil
        }
    }

    /// Our own user variable, from which a text is prepared: `PREPARE` takes no other literal than a plain string.
    private static let variable = "@databasedeploy_prepared"
    private static let assignment = "SET \(variable) = "
    private static let preparation = "PREPARE `"

    /// What prepares the statements again; nil for a reason why that cannot be.
    var restoring: [String] {
        texts.sorted { $0.key < $1.key }.flatMap { name, text -> [String] in
            guard case .known(let text) = text else { return [] }
            return [
                Self.assignment + quoted(literal: text), "\(Self.preparation)\(name)` FROM \(Self.variable)",
                Self.assignment + "NULL",
            ]
        }
    }

    /// Why they cannot be brought back; nil if they can.
    var obstacle: String? {
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard case .known(let text) = text, !name.contains("`") else {
                return "what the prepared statement \(name) says is not known"
            }
            let mayBeSecret = [[], LexicalModes.noBackslashEscapes].contains { modes in
                !classify(Array(text.utf8), sqlMode: modes).secrets.isEmpty
            }
            if mayBeSecret {
                return "the prepared statement \(name) seems to hold a password, which is not kept"
            }
        }
        return nil
    }
}
