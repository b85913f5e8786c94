@testable import SQLScript

/// What our reader makes of a script, as requests to a server.
struct OurReading {
    var requests: [Request] = []
    var elements: [(element: ScriptElement, end: Int)] = []
    var error: ScriptError?

    init(_ script: [UInt8], recognizesRoutineBodies: Bool = true) throws {
        var position = 0
        let options = ReaderOptions(
            client: .mariadb, unknownCommands: .keep, recognizesRoutineBodies: recognizesRoutineBodies)
        let reader = ScriptReader(options: options) { buffer in
            let count = min(buffer.count, script.count - position)
            script.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
            position += count
            return count
        }
        do {
            while let element = try reader.next() {
                elements.append((element, reader.offset))
                switch element {
                case .statement(let statement): requests.append(.query(statement.text))
                case .command(.use(let name), _): requests.append(.database(Array(name.utf8)))
                // What the client asks the server on its own account.
                case .command(.charset(let name), _):
                    requests.append(.query(Array("SET NAMES \(name == "utf8" ? "utf8mb3" : name)".utf8)))
                case .command(.status, _): asksForStatus = true
                case .command(.help, _): asksForHelp = true
                case .command: break
                }
            }
        } catch let error as ScriptError {
            self.error = error
        }
    }

    private var asksForStatus = false
    private var asksForHelp = false

    /// What the client asks the server for `status` and `help`.
    func isQuestionOfTheClient(_ text: [UInt8]) -> Bool {
        guard asksForStatus || asksForHelp else { return false }
        let query = String(decoding: text, as: UTF8.self)
        if asksForHelp && query.hasPrefix("help '") { return true }
        let status = [
            "select DATABASE(), USER() limit 1", "select @@version_comment limit 1",
            "select @@character_set_client, @@character_set_connection, ",
        ]
        return asksForStatus && status.contains { query.hasPrefix($0) }
    }

    /// Commands that a sandbox refuses, or that connect anew.
    var holdsOtherCommands: Bool {
        elements.contains { element, _ in
            guard case .command(let command, _) = element else { return false }
            switch command {
            case .use, .delimiter, .clear, .sandbox, .quit, .noTee, .noPager, .warnings, .print, .charset, .help,
                .status:
                return false
            default: return true
            }
        }
    }

    /// The same script with one element a line: commands that begin their lines, nothing before them, and none but those
    /// that matter to splitting. What is between the elements is left out.
    func rewritten(_ script: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        // Commands that stand within a statement stay there, if the statement was not dropped.
        var within: [(string: String, offset: Int)] = []
        for (element, end) in elements {
            var kept = 0..<0
            if case .statement(let statement) = element { kept = statement.range }
            if case .command(.delimiter(let string), let position) = element, end <= position.offset {
                within.append((string, position.offset))
                continue
            }
            for command in within where !kept.contains(command.offset) {
                result += Array("delimiter \(command.string)\n".utf8)
            }
            within = []
            switch element {
            case .statement(let statement):
                // A space that the client owed from a comment before the delimiter.
                if statement.text.first == 0x20 && script[statement.range.lowerBound] != 0x20 { result.append(0x20) }
                result += script[statement.range]
                result.append(0x0A)
            case .command(let command, let position):
                guard end > position.offset else { continue }
                switch command {
                case .use(let name):
                    let isPlain = !name.contains { "`\\;".contains($0) }
                    result += isPlain ? Array("use `\(name)`\n".utf8) : script[position.offset..<end] + [0x0A]
                case .charset(let name): result += Array("charset \(name)\n".utf8)
                case .help(let topic) where !topic.isEmpty: result += Array("help \(topic)\n".utf8)
                case .status: result += Array("status\n".utf8)
                case .delimiter(let string): result += Array("delimiter \(string)\n".utf8)
                default: break
                }
            }
        }
        return result
    }
}

/// A query of nothing but comments and space, or of what only the client takes for a comment: `--` without a space behind it.
/// Such queries do nothing; our reader does not make statements of them.
func isOnlyComments(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    while let first = rest.first {
        if first <= 0x20 {
            rest.removeFirst()
        } else if first == UInt8(ascii: "#") || rest.starts(with: "--".utf8) {
            rest = rest.drop { $0 != 0x0A }
        } else if rest.starts(with: "/*".utf8), !rest.starts(with: "/*!".utf8), !rest.starts(with: "/*M!".utf8) {
            rest = rest.dropFirst(2)
            while !rest.isEmpty && !rest.starts(with: "*/".utf8) { rest.removeFirst() }
            rest = rest.dropFirst(2)
        } else {
            return false
        }
    }
    return true
}

/// Within a statement, the client loses the end of a line that begins with `delimiter`. No server takes such a statement, so
/// our reader does not follow it there.
func isSameButForLostLineEnds(_ ours: Request, _ theirs: Request) -> Bool {
    guard case .query(let ours) = ours, case .query(let theirs) = theirs, ours.count > theirs.count else {
        return false
    }
    var index = 0
    var line = 0
    var isBehindDelimiter = false
    for (place, byte) in ours.enumerated() {
        // Empty lines behind the line look like its own end.
        if byte == 0x0A && place > line {
            isBehindDelimiter = ours[line..<min(line + 9, place)].map { $0 | 0x20 } == Array("delimiter".utf8)
        }
        if index < theirs.count && theirs[index] == byte {
            index += 1
        } else if byte == 0x0A && isBehindDelimiter {
            isBehindDelimiter = false
        } else {
            return false
        }
        if byte == 0x0A { line = place + 1 }
    }
    return index == theirs.count
}
