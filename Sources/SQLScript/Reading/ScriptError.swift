/// Why a script cannot be read on.
public struct ScriptError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: Sendable, Equatable {
        /// A string or a quoted name has no end; the quote that opened it.
        case unterminatedQuote(Character)
        case unterminatedComment
        /// The block that begins here is still open at the end of the file.
        case unterminatedBlock
        /// `DELIMITER` without a string that can end a statement.
        case invalidDelimiter
        /// A command without its argument; its name.
        case missingArgument(String)
        /// `\x` that no client knows; its letter.
        case unknownCommand(Character)
        /// `\.` or `\r` behind the beginning of a statement, which the clients would forget.
        case statementBeforeCommand
        case nulByte
    }

    public let kind: Kind
    /// Where it began.
    public let position: ScriptPosition
    public let message: String

    public var description: String {
        "line \(position.line), column \(position.column): \(message)"
    }

    init(_ kind: Kind, at position: ScriptPosition) {
        self.kind = kind
        self.position = position
        message =
            switch kind {
            case .unterminatedQuote(let quote): "the quote \(quote) that begins here has no end"
            case .unterminatedComment: "the comment that begins here has no end"
            case .unterminatedBlock: "the block that begins here is not ended by its delimiter"
            case .invalidDelimiter: "DELIMITER wants a string, without a backslash, that ends each statement"
            case .missingArgument(let name): "the client command '\(name)' wants an argument"
            case .unknownCommand(let letter): "unknown client command '\\\(letter)'"
            case .statementBeforeCommand: "a client command that drops the statement before it"
            case .nulByte: "a NUL byte, which the clients do not send"
            }
    }
}
