@testable import SQLScript

/// Reads a whole script that is handed over in chunks of one size.
func read(
    _ script: [UInt8], chunk: Int = .max, options: ReaderOptions = .init()
) throws -> (elements: [ScriptElement], ends: [Int]) {
    var position = 0
    let reader = ScriptReader(options: options) { buffer in
        let count = min(buffer.count, chunk, script.count - position)
        script.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
        position += count
        return count
    }
    var elements: [ScriptElement] = []
    var ends: [Int] = []
    while let element = try reader.next() {
        elements.append(element)
        ends.append(reader.offset)
    }
    ends.append(reader.offset)
    return (elements, ends)
}

/// The statements' texts and the commands, in order, in a form that is easily written down: commands stand in angle brackets.
func summary(_ script: String, options: ReaderOptions = .init()) throws -> [String] {
    try summary(Array(script.utf8), options: options)
}

func summary(_ script: [UInt8], options: ReaderOptions = .init()) throws -> [String] {
    try read(script, options: options).elements.map { element in
        switch element {
        case .statement(let statement): String(decoding: statement.text, as: UTF8.self)
        case .command(let command, _): "<\(command)>"
        }
    }
}

func statements(_ script: String, options: ReaderOptions = .init()) throws -> [Statement] {
    try read(Array(script.utf8), options: options).elements.compactMap { element in
        if case .statement(let statement) = element { statement } else { nil }
    }
}

/// The error that ends the reading.
func failure(_ script: String, options: ReaderOptions = .init()) -> ScriptError? {
    do {
        _ = try read(Array(script.utf8), options: options)
        return nil
    } catch let error as ScriptError {
        return error
    } catch {
        return nil
    }
}
