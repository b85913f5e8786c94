/// Pull reader: hands out one element of a script after the other, holding only the current statement and a chunk.
///
/// It splits as `mariadb --comments` does; where it knows better, the module's README says so.
public final class ScriptReader {
    enum State {
        case statement, single, double, backtick, lineComment, blockComment
    }

    let options: ReaderOptions
    let window: ScriptWindow
    var rules: LexicalRules
    var lines = LineCounter()
    var modes: SessionModes
    /// What the command `charset` said last, here or in the file from which it goes on.
    var charset: ScriptEncoding?

    /// The first byte that was not looked at yet.
    var cursor = 0
    var state = State.statement
    /// Where the open quote or comment began.
    var openedAt = 0
    /// The place of `openedAt` where the window has moved on.
    var openedPosition: ScriptPosition?
    /// Where `/*!` stands, if its line has not ended since, or -1. The client forgets it at a line's end.
    var conditionalAt = -1
    /// Where a comment ended that the client puts a space behind, which a delimiter keeps waiting.
    var owesSpaceAt = -1
    /// The statement under way.
    var pending = PendingStatement()
    /// The cursor is behind the statement's delimiter, among spaces that may or may not belong to it.
    var isBehindStatement = false
    /// Statements so far.
    var count = 0
    var isFinished = false
    /// A command that comes behind the statement just ended.
    var queued: ScriptElement?

    /// - Parameter read: fills the buffer with the next bytes of the script, and returns their number, 0 at the end. A byte
    ///   order mark is not among them.
    public init(options: ReaderOptions = .init(), read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int) {
        self.options = options
        window = ScriptWindow(read: read)
        rules = LexicalRules(delimiter: [UInt8(ascii: ";")], modes: options.sqlMode, encoding: options.encoding)
        modes = SessionModes(initial: options.sqlMode)
    }

    /// Goes on with the delimiter, the modes and the character set that another reader has by now, as the client does behind
    /// `source`: what is set in one file stays in the next.
    public func goOn(from other: ScriptReader) {
        modes = other.modes
        charset = other.charset
        rules = LexicalRules(
            delimiter: other.rules.delimiter, modes: modes.current, encoding: charset ?? rules.encoding)
    }

    /// Bytes of the script that the elements so far were made of, with the delimiters and gaps between them.
    public var offset: Int { pending.start }

    /// The next element, or nil at the end.
    /// - Throws: `ScriptError`, or what `read` threw.
    public func next() throws -> ScriptElement? {
        if let element = queued {
            queued = nil
            return element
        }
        while !isFinished {
            let element =
                switch state {
                case .statement: try pending.significant < 0 ? readLeading() : readStatement()
                case .single: try readQuoted(by: UInt8(ascii: "'"), rules.single)
                case .double: try readQuoted(by: UInt8(ascii: "\""), rules.double)
                case .backtick: try readQuoted(by: UInt8(ascii: "`"), rules.backtick)
                case .lineComment: try readLineComment()
                case .blockComment: try readBlockComment()
                }
            if let element { return element }
        }
        return nil
    }

    // MARK: The window

    /// Makes `count` bytes from `index` on readable, or as many as there are, followed by zeros.
    @inline(__always)
    func ensure(_ count: Int, from index: Int) throws {
        while index + count > window.end && !window.isAtEndOfFile { try fill() }
    }

    func fill() throws {
        if !isBehindStatement && cursor - pending.start > options.maximumStatementLength { forgetText() }
        _ = isConditional()
        let keep = pending.keep(cursor)
        try window.fill(keeping: lines.pass(keep, in: window, encoding: rules.encoding))
    }

    /// True at the end of the file; reads on where the cursor has reached the end of the window.
    func isAtEnd() throws -> Bool {
        while cursor >= window.end {
            if window.isAtEndOfFile { return true }
            try fill()
        }
        return false
    }

    /// The length of the line end at `index`: 0 where there is none. The file's end counts as one, of length 0.
    func lineEnd(at index: Int) throws -> (isLineEnd: Bool, length: Int) {
        try ensure(2, from: index)
        if index >= window.end { return (true, 0) }
        let bytes = window.bytes
        if bytes[index] == 0x0A { return (true, 1) }
        if bytes[index] == 0x0D && index + 1 < window.end && bytes[index + 1] == 0x0A { return (true, 2) }
        return (false, 0)
    }

    func isDelimiter(at index: Int) throws -> Bool {
        let delimiter = rules.delimiter
        guard window.bytes[index] == delimiter[0] else { return false }
        if delimiter.count == 1 { return true }
        try ensure(delimiter.count, from: index)
        guard index + delimiter.count <= window.end else { return false }
        let bytes = window.bytes + index
        return delimiter.indices.allSatisfy { bytes[$0] == delimiter[$0] }
    }

    // MARK: Places

    /// Where `offset` is. Offsets must be asked for in their order.
    func position(of offset: Int) -> ScriptPosition {
        lines.advance(to: offset, in: window, encoding: rules.encoding)
        return lines.position
    }

    /// Works out the places that an error may have to name, before the counter goes past them.
    func settlePlaces() {
        if pending.significant >= 0 && pending.position == nil {
            pending.position = position(of: pending.significant)
        }
        if pending.versionedAt >= 0 && pending.versionedPosition == nil {
            pending.versionedPosition = position(of: pending.versionedAt)
        }
        if state != .statement && openedPosition == nil { openedPosition = position(of: openedAt) }
    }

    func open(_ state: State, at offset: Int) {
        self.state = state
        openedAt = offset
        openedPosition = nil
    }

    func failure(_ kind: ScriptError.Kind, at offset: Int) -> ScriptError {
        isFinished = true
        let known = [openedPosition, pending.versionedPosition, pending.position].compactMap { $0 }
        return ScriptError(kind, at: known.first { $0.offset == offset } ?? position(of: offset))
    }

    func nulByte() -> ScriptError {
        failure(.nulByte, at: cursor)
    }
}
