/// The parts of `sql_mode` that change where a string ends ("Server SQL Modes" in both manuals).
public struct LexicalModes: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// - Parameter sqlMode: A value of `sql_mode`.
    public init(sqlMode: String) { self = ModeExpression.modes(named: sqlMode) }

    /// `ANSI_QUOTES`: double quotes enclose names, in which a backslash is an ordinary character.
    public static let ansiQuotes = LexicalModes(rawValue: 1)
    /// `NO_BACKSLASH_ESCAPES`: a backslash is an ordinary character in strings.
    public static let noBackslashEscapes = LexicalModes(rawValue: 2)
}
