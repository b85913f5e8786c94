@testable import SQLScript

/// What our reader makes of a script, as requests to a server.
struct OurReading {
    var requests: [Request] = []
    var elements: [(element: ScriptElement, end: Int)] = []
    var error: ScriptError?

    init(_ script: [UInt8], recognizesRoutineBodies: Bool = true) throws {
        var position = 0
        let options = ReaderOptions(unknownCommands: .keep, recognizesRoutineBodies: recognizesRoutineBodies)
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
                case .command: break
                }
            }
        } catch let error as ScriptError {
            self.error = error
        }
    }

    /// Commands that make the client ask the server something of its own, or that a sandbox refuses.
    var holdsOtherCommands: Bool {
        elements.contains { element, _ in
            guard case .command(let command, _) = element else { return false }
            switch command {
            case .use, .delimiter, .clear, .sandbox, .quit, .noTee, .noPager, .warnings, .print: return false
            default: return true
            }
        }
    }

    /// The same script with one element a line: commands that begin their lines, nothing before them, and none but those
    /// that matter to splitting. What is between the elements is left out.
    func rewritten(_ script: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for (element, end) in elements {
            switch element {
            case .statement(let statement):
                result += script[statement.range]
                result.append(0x0A)
            case .command(let command, let position):
                // One that stands within a statement stays there.
                guard end > position.offset else { continue }
                switch command {
                case .use(let name): result += Array("use `\(name)`\n".utf8)
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
