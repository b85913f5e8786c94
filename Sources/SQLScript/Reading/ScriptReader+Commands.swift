/// The commands to the client: words at a statement's start, and `\x` outside of quotes and comments.
extension ScriptReader {
    /// Bytes of a line that a short command reads its arguments from: a name, or a path or a command to the shell.
    private static let longestName = 255
    private static let longestText = 1024

    /// The command whose name stands at the cursor, where a statement begins.
    func commandWord() throws -> CommandName? {
        try ensure(CommandName.longestName + 4, from: cursor)
        let bytes = window.bytes
        var index = cursor
        while index - cursor <= CommandName.longestName, Self.isCommandLetter(bytes[index]) { index += 1 }
        guard index > cursor, index - cursor <= CommandName.longestName else { return nil }
        guard try endsWord(at: index) else { return nil }
        let word = String(decoding: window.slice(cursor..<index), as: UTF8.self).lowercased()
        guard let name = CommandName.byName[word], isKnown(name) else { return nil }
        if name == .delimiter && window.bytes[index] == Self.escape { return nil }
        if name.takesParameters { return name }
        while true {
            try ensure(1, from: index)
            let byte = window.bytes[index]
            guard index < window.end, byte == 0x20 || byte == 0x09 else { break }
            index += 1
        }
        return try isCommandEnd(at: index) ? name : nil
    }

    private static func isCommandLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "?")
    }

    private func isKnown(_ name: CommandName) -> Bool {
        options.client == .either || !name.isForeignToMariaDB
    }

    private func endsWord(at index: Int) throws -> Bool {
        let byte = window.bytes[index]
        if byte == 0x20 || byte == 0x09 { return true }
        return try isCommandEnd(at: index)
    }

    private func isCommandEnd(at index: Int) throws -> Bool {
        if try lineEnd(at: index).isLineEnd { return true }
        if try isDelimiter(at: index) { return true }
        return try isGo(at: index)
    }

    private func isGo(at index: Int) throws -> Bool {
        try ensure(2, from: index)
        return window.bytes[index] == Self.escape && window.bytes[index + 1] | 0x20 == UInt8(ascii: "g")
    }

    /// Runs the command at the cursor: it ends with its line, or before that at the delimiter or `\g`.
    func runCommand(_ name: CommandName) throws -> ScriptElement? {
        let begin = cursor
        let place = position(of: begin)
        var index = begin
        var quote: UInt8 = 0
        var end: Int?
        while end == nil {
            let line = try lineEnd(at: index)
            if line.isLineEnd {
                end = index
                cursor = index + line.length
                break
            }
            let byte = window.bytes[index]
            if byte == 0 {
                cursor = index
                throw nulByte()
            }
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if name == .delimiter {
                // Takes its whole line, whatever is in it.
            } else if try isDelimiter(at: index) {
                end = index
                cursor = index + rules.delimiter.count
            } else if try isGo(at: index) {
                end = index
                cursor = index + 2
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
                quote = byte
            } else if try isLineComment(at: index) {
                quote = 0x0A
            }
            index += 1
        }
        let stop = end ?? index
        let bytes = Array(window.slice(begin..<stop))
        if cursor == stop + rules.delimiter.count && name != .delimiter && holdsDelimiter(bytes) {
            // With a delimiter within its quotes the client sends it to the server.
            cursor = begin
            return nil
        }
        let text = CommandText(bytes: bytes[...])
        if cursor == stop + rules.delimiter.count, try isDelimiter(at: stop) { try skipTrailingComment(behind: stop) }
        skip(to: cursor)
        return try perform(name, text, at: place)
    }

    private func holdsDelimiter(_ bytes: [UInt8]) -> Bool {
        let delimiter = rules.delimiter
        return bytes.indices.contains { bytes[$0] == delimiter[0] && bytes[$0...].starts(with: delimiter) }
    }

    func isLineComment(at index: Int) throws -> Bool {
        try ensure(3, from: index)
        let bytes = window.bytes + index
        let dash = UInt8(ascii: "-")
        return bytes[0] == UInt8(ascii: "#") || (bytes[0] == dash && bytes[1] == dash && Self.isSpace(bytes[2]))
    }

    /// A `\x` at the cursor, outside of quotes and comments.
    func readShortCommand() throws -> ScriptElement? {
        let begin = cursor
        if try lineEnd(at: begin + 1).isLineEnd {
            takeOut(begin..<begin + 1)
            return nil
        }
        let letter = window.bytes[begin + 1]
        if letter == 0 {
            cursor += 1
            throw nulByte()
        }
        guard letter != UInt8(ascii: "N"), let name = CommandName(letter: letter), isKnown(name)
        else {
            if letter != UInt8(ascii: "N") && options.unknownCommands == .refuse {
                throw failure(.unknownCommand(Character(UnicodeScalar(letter))), at: begin)
            }
            if pending.isEmpty { pending.significant = begin }
            cursor += 2
            return nil
        }
        settlePlaces()
        switch name {
        case .go: return try finishStatement(at: begin, endedBy: .go)
        case .ego: return try finishStatement(at: begin, endedBy: .goVertically)
        case .quit:
            let place = position(of: begin)
            guard let statement = try finishStatement(at: begin, endedBy: .endOfFile) else {
                isFinished = true
                return .command(.quit, place)
            }
            isFinished = true
            queued = .command(.quit, place)
            return statement
        default: return try runShortCommand(name, at: begin)
        }
    }

    private func runShortCommand(_ name: CommandName, at begin: Int) throws -> ScriptElement? {
        let drops = name == .clear || name == .source || name == .connect
        if drops && name != .clear && !pending.isEmpty && options.unknownCommands == .refuse {
            throw failure(.statementBeforeCommand, at: begin)
        }
        let place = position(of: begin)
        let text: CommandText
        if name.takesParameters {
            let isName = name == .use || name == .delimiter || name == .charset || name == .connect
            text = CommandText(
                bytes: try argumentLine(from: begin, length: isName ? Self.longestName : Self.longestText)[...])
        } else {
            text = CommandText(bytes: [])
        }
        let isConditional = isConditional()
        let element = try perform(name, text, at: place)
        cursor = begin + 2
        if name.takesParameters { try skipParameters(isConditional: isConditional) }
        if drops {
            skip(to: cursor)
        } else {
            takeOut(begin..<cursor)
        }
        return element
    }

    private func takeOut(_ range: Range<Int>) {
        cursor = range.upperBound
        if pending.start == range.lowerBound {
            skip(to: range.upperBound)
        } else {
            pending.cut(range)
        }
    }

    /// The client drops what follows up to the delimiter, the delimiter too; within `/*! */` up to the comment's end.
    private func skipParameters(isConditional: Bool) throws {
        while true {
            if try lineEnd(at: cursor).isLineEnd { return }
            let bytes = window.bytes + cursor
            if bytes[0] == 0 { throw nulByte() }
            if isConditional {
                if bytes[0] == UInt8(ascii: "*") && bytes[1] == UInt8(ascii: "/") { return }
            } else if try isDelimiter(at: cursor) {
                cursor += rules.delimiter.count
                return
            }
            cursor += 1
        }
    }

    private func argumentLine(from begin: Int, length: Int) throws -> [UInt8] {
        try ensure(length + 1, from: begin)
        let last = min(window.end, begin + length)
        let bytes = window.bytes
        var end = begin
        while end < last && bytes[end] != 0x0A { end += 1 }
        if end > begin && end < window.end && window.bytes[end] == 0x0A && window.bytes[end - 1] == 0x0D { end -= 1 }
        return Array(window.slice(begin..<end))
    }

    private func perform(_ name: CommandName, _ text: CommandText, at place: ScriptPosition) throws -> ScriptElement? {
        let argument = text.bytes.isEmpty ? nil : text.argument
        let first = argument.map { String(decoding: $0.value, as: UTF8.self) }
        switch name {
        case .use:
            guard let first else { return try missing(name, place) }
            return .command(.use(first), place)
        case .source:
            guard !text.rest.isEmpty else { return try missing(name, place) }
            return .command(.source(text.rest), place)
        case .charset:
            guard let first else { return try missing(name, place) }
            if let encoding = ScriptEncoding(mysqlName: first) {
                charset = encoding
                rules = LexicalRules(delimiter: rules.delimiter, modes: rules.modes, encoding: encoding)
            }
            return .command(.charset(first), place)
        case .delimiter:
            guard let argument, let first, !argument.value.contains(Self.escape) else {
                if options.unknownCommands == .keep { return nil }
                isFinished = true
                throw ScriptError(.invalidDelimiter, at: place)
            }
            rules = LexicalRules(delimiter: argument.value, modes: rules.modes, encoding: rules.encoding)
            return .command(.delimiter(first), place)
        case .connect:
            let host = argument.flatMap { CommandText.argument(in: $0.rest) }
            return .command(
                .connect(database: first, host: host.map { String(decoding: $0.value, as: UTF8.self) }), place)
        case .quit, .exit:
            isFinished = true
            return .command(.quit, place)
        case .go, .ego: return nil
        case .system: return .command(.system(text.rest), place)
        case .help, .question: return .command(.help(text.rest), place)
        case .tee: return .command(.tee(text.rest), place)
        case .pager: return .command(.pager(text.rest), place)
        case .prompt: return .command(.prompt(text.rest), place)
        case .queryAttributes: return .command(.queryAttributes(text.rest), place)
        case .sslSessionData: return .command(.sslSessionData(text.rest), place)
        case .clear: return .command(.clear, place)
        case .print: return .command(.print, place)
        case .status: return .command(.status, place)
        case .edit: return .command(.edit, place)
        case .notee: return .command(.noTee, place)
        case .nopager: return .command(.noPager, place)
        case .rehash: return .command(.rehash, place)
        case .warnings: return .command(.warnings(true), place)
        case .nowarning: return .command(.warnings(false), place)
        case .sandbox: return .command(.sandbox, place)
        case .resetconnection: return .command(.resetConnection, place)
        case .costs: return .command(.costs, place)
        }
    }

    private func missing(_ name: CommandName, _ place: ScriptPosition) throws -> ScriptElement? {
        if options.unknownCommands == .keep { return nil }
        isFinished = true
        throw ScriptError(.missingArgument(name.rawValue), at: place)
    }
}
