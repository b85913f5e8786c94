/// One thing that a script says: a statement for the server, or a command to the client.
public enum ScriptElement: Sendable, Equatable {
    case statement(Statement)
    case command(ClientCommand, ScriptPosition)
}

/// A place in a script.
public struct ScriptPosition: Sendable, Hashable {
    /// Bytes before it.
    public let offset: Int
    /// From 1.
    public let line: Int
    /// From 1, in characters.
    public let column: Int

    public init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }
}

/// One statement, as the `mariadb` client with `--comments` sends it.
public struct Statement: Sendable, Equatable {
    /// What ended a statement.
    public enum Terminator: Sendable, Equatable {
        case delimiter
        /// `\g`
        case go
        /// `\G`
        case goVertically
        /// The end of the file, or `\q`.
        case endOfFile
    }

    /// What the server gets: without the delimiter, CRLF as LF, no space at the end. Comments before the statement belong
    /// to it, and so does a one-line comment behind its delimiter, as in the client. Empty if `isTooLong`.
    public let text: [UInt8]
    /// Bytes of the text, also where it was not kept.
    public let length: Int
    /// Bytes of `text` before its first byte that is neither space nor comment.
    public let leadingLength: Int
    /// From 0, among the script's statements.
    public let index: Int
    /// Of the first byte that is neither space nor a leading comment.
    public let position: ScriptPosition
    /// The bytes of the script that this statement was made of, with its delimiter.
    public let range: Range<Int>
    public let endedBy: Terminator
    /// The statement is longer than `ReaderOptions.maximumStatementLength`.
    public let isTooLong: Bool
    /// A delimiter other than `;` was in force, so the text may be several statements, which the server runs one by one.
    public let maybeSeveral: Bool
    /// An `@` stands outside of quotes and comments: of a variable, user's or system's, or of an account.
    public let hasVariables: Bool
    /// The modes in force where the statement ends, before it ran: what it takes to read its strings.
    public let sqlMode: LexicalModes
    /// The character set in which it was read.
    public let encoding: ScriptEncoding
}
