/// The syntax of .NET's connection strings: `Key=Value;Key="Value"`.
///
/// As `DbConnectionStringBuilder` reads them: blanks around keys and values don't count, a value may stand in `'` or
/// `"`, which is doubled within, and `==` in a key is one `=`.
enum ConnectionString {
    /// Where the syntax ends. Without any of the text: what is malformed may be a password.
    struct Problem: Error, Equatable {
        var reason: String
    }

    static func parse(_ text: String) throws(Problem) -> [(key: String, value: String)] {
        var pairs: [(key: String, value: String)] = []
        var rest = Substring(text)
        while true {
            rest = rest.drop { $0.isWhitespace || $0 == ";" }
            guard !rest.isEmpty else { return pairs }
            let number = pairs.count + 1
            let key = try takeKey(&rest, number: number)
            // A key that is none may be the rest of a password with `;`.
            let shown = ConnectionStringKey(key) == nil ? "its part \(number)" : "`\(key)`"
            pairs.append((key, try takeValue(&rest, of: shown)))
        }
    }

    private static func takeKey(_ rest: inout Substring, number: Int) throws(Problem) -> String {
        var key = ""
        while let character = rest.popFirst() {
            if character == ";" { break }
            if character == "=" {
                guard rest.first == "=" else {
                    key = Spelling.trimmed(key)
                    guard !key.isEmpty else { throw Problem(reason: "its part \(number) has no key before `=`") }
                    return key
                }
                rest.removeFirst()
            }
            key.append(character)
        }
        throw Problem(reason: "its part \(number) has no `=`; a value with `;` must be written in quotation marks")
    }

    private static func takeValue(_ rest: inout Substring, of key: String) throws(Problem) -> String {
        rest = rest.drop(while: \.isWhitespace)
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            let value = rest.prefix { $0 != ";" }
            rest = rest[value.endIndex...]
            return Spelling.trimmed(value)
        }
        rest.removeFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == quote {
                guard rest.first == quote else {
                    rest = rest.drop(while: \.isWhitespace)
                    guard rest.isEmpty || rest.first == ";" else {
                        throw Problem(reason: "something follows the closing quotation mark of \(key)")
                    }
                    return value
                }
                rest.removeFirst()
            }
            value.append(character)
        }
        throw Problem(reason: "the quotation mark that opens the value of \(key) is not closed")
    }
}
