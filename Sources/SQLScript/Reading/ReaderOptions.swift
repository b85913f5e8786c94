/// How a script is read.
public struct ReaderOptions: Sendable {
    /// What happens at `\x` where no client knows a command of that name.
    public enum UnknownCommands: Sendable {
        /// A `ScriptError`, as the client stops there.
        case refuse
        /// It stays in the statement, as with the client's `--force`. Commands without their argument are passed over.
        case keep
    }

    /// Whose commands are known.
    public enum Client: Sendable {
        /// `mariadb` and `mysql`: each script is read the same on both servers.
        case either
        case mariadb
    }

    public var encoding: ScriptEncoding
    public var client: Client
    /// The modes in force when the script begins.
    public var sqlMode: LexicalModes
    /// Bytes. A longer statement is read to its end, but its text is not kept (`Statement.isTooLong`).
    public var maximumStatementLength: Int
    public var unknownCommands: UnknownCommands
    /// Recognise a routine's body that was written without `DELIMITER`; the clients cut it into pieces.
    public var recognizesRoutineBodies: Bool

    public init(
        encoding: ScriptEncoding = .utf8, client: Client = .either, sqlMode: LexicalModes = [],
        maximumStatementLength: Int = 1 << 30,
        unknownCommands: UnknownCommands = .refuse, recognizesRoutineBodies: Bool = true
    ) {
        self.encoding = encoding
        self.client = client
        self.sqlMode = sqlMode
        self.maximumStatementLength = maximumStatementLength
        self.unknownCommands = unknownCommands
        self.recognizesRoutineBodies = recognizesRoutineBodies
    }
}
