import SQLScript

/// The user variables that a script may have set, by their names.
///
/// The server's own lists of them (`performance_schema.user_variables_by_thread`, `information_schema.USER_VARIABLES`)
/// need rights that an application's account lacks, or cannot be read under `LOCK TABLES`. Reading a variable by its
/// name always works: the names in the script's text, and those in strings that it may run, which are collected as the
/// statements pass. A name too many does no harm: its value is `NULL`, and is set to `NULL` again.
struct UserVariables {
    private var names: Set<String>
    /// Those whose names say that their values must not be written down.
    private var secretNames: Set<String> = []

    private static let secretWords = ["pass", "pwd", "secret", "token", "credential"]

    /// - Parameter names: Of the variables that are in the script's text: a function, a procedure or a trigger may set one that the
    ///   script only reads.
    init(_ names: Set<String>) {
        self.names = []
        for name in names { add(name) }
    }

    private mutating func add(_ name: String) {
        let isSecret = Self.secretWords.contains(where: name.lowercased().contains)
        if isSecret { secretNames.insert(name) } else { names.insert(name) }
    }

    /// Collects the names in a statement in which there may be the text of others as a string, to be prepared.
    mutating func collect(from statement: ScriptStatement) {
        guard statement.isSeveral || statement.classification.mayHoldStatements else { return }
        let text = statement.text
        var place = 0
        while let at = text[place...].firstIndex(of: UInt8(ascii: "@")) {
            let variable = VariableName(text, at: at)
            if let variable { add(variable.name) }
            place = min(variable?.end ?? at + 2, text.count)
        }
    }

    var isEmpty: Bool { names.isEmpty && secretNames.isEmpty }

    /// What tells whether one of the secret variables has a value.
    var secretColumn: String {
        secretNames.isEmpty
            ? "0" : secretNames.sorted().map { "@\(quoted(identifier: $0)) IS NOT NULL" }.joined(separator: " OR ")
    }

    /// The columns that read the variables, four for each; empty without variables.
    var columns: [String] {
        names.sorted().flatMap { name in
            let variable = "@" + quoted(identifier: name)
            return [variable, "CHARSET(\(variable))", "COLLATION(\(variable))", "HEX(CAST(\(variable) AS BINARY))"]
        }
    }

    /// The statements that set the variables to what `columns` gave.
    ///
    /// - Parameters:
    ///   - values: A row's values of those columns.
    ///   - types: Their types. What a number's text looks like says nothing: `'12'` is one, and `x'3132'` shows as one.
    func assignments(
        _ values: some Collection<String?>, _ types: some Collection<ResultSet.ValueType>
    ) -> [String] {
        let (values, types) = (Array(values), Array(types))
        return names.sorted().enumerated().map { index, name in
            let place = index * 4
            let literal = Self.literal(Array(values[place..<place + 4]), types[place])
            return "SET @\(quoted(identifier: name)) = \(literal)"
        }
    }

    /// A literal of the same type and value ("User-Defined Variables": integer, decimal, double, string or `NULL`).
    ///
    /// - Parameter values: Of the four columns of one variable.
    private static func literal(_ values: [String?], _ type: ResultSet.ValueType) -> String {
        guard let value = values[0] else { return "NULL" }
        switch type {
        case .integer: return value
        case .unsignedInteger: return "CAST(\(value) AS UNSIGNED)"
        case .decimal:
            let scale = value.firstIndex(of: ".").map { value[$0...].count - 1 } ?? 0
            // As many digits as there can be; without the cast a whole number would be an integer.
            return "CAST(\(value) AS DECIMAL(65, \(scale)))"
        case .double: return value.contains("e") ? value : value + "e0"
        case .string:
            guard let set = values[1], let collation = values[2], let bytes = values[3] else { return "NULL" }
            let text = bytes.isEmpty ? "_\(set) ''" : "_\(set) 0x\(bytes)"
            return set == "binary" ? text : text + " COLLATE \(collation)"
        }
    }
}

extension Classification {
    fileprivate var mayHoldStatements: Bool {
        switch verb {
        case .setVariable, .select, .selectInto, .call, .prepare, .execute, .executeImmediate, .compound: true
        default: false
        }
    }
}
