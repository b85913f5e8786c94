import SQLScript

/// The user variables that a script may have set, by their names.
///
/// The server's own lists of them (`performance_schema.user_variables_by_thread`, `information_schema.USER_VARIABLES`)
/// need rights that an application's account lacks, or cannot be read under `LOCK TABLES`. Reading a variable by its
/// name always works, so the names are collected as the statements pass. A name too many does no harm: its value is
/// `NULL`, and is set to `NULL` again.
struct UserVariables {
    private(set) var names: Set<String> = []
    /// Whether a name says that its value must not be written down.
    private(set) var hasSecretNames = false

    private static let secretWords = ["pass", "pwd", "secret", "token", "credential"]

    /// Collects the names in a statement that can set a variable.
    mutating func collect(from statement: ScriptStatement) {
        guard statement.classification.canSetVariables || statement.hasAssignment else { return }
        let text = statement.text
        var place = 0
        while let at = text[place...].firstIndex(of: UInt8(ascii: "@")) {
            place = at + 1
            guard place < text.count else { return }
            if text[place] == UInt8(ascii: "@") {
                place += 1
            } else if let (name, end) = Self.name(text, from: place) {
                if Self.secretWords.contains(where: name.lowercased().contains) {
                    hasSecretNames = true
                } else {
                    names.insert(name)
                }
                place = end
            }
        }
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

    /// A name as in "User-Defined Variables": letters, digits, `.`, `_`, `$`, or quoted in any way.
    private static func name(_ text: [UInt8], from start: Int) -> (String, Int)? {
        let quote = text[start]
        if quote == UInt8(ascii: "`") || quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
            guard let end = text[(start + 1)...].firstIndex(of: quote), end - start <= 65 else { return nil }
            return (String(decoding: text[(start + 1)..<end], as: UTF8.self), end + 1)
        }
        let word = text[start...].prefix { byte in
            byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
                || (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
        }
        return word.isEmpty || word.count > 64 ? nil : (String(decoding: word, as: UTF8.self), word.endIndex)
    }
}

extension Classification {
    /// Whether such a statement can give a user variable a value without `:=`.
    fileprivate var canSetVariables: Bool {
        switch verb {
        case .setVariable, .select, .selectInto, .call, .prepare, .execute, .executeImmediate, .load, .getDiagnostics,
            .compound:
            true
        default: false
        }
    }
}
