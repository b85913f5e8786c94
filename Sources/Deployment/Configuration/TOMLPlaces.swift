/// Finds where the keys of a TOML document stand, as the parser does not tell.
///
/// Only for documents that the parser has accepted: it does not look for mistakes, only for its way. Keys have their
/// full name, such as `environments.production.url`, and `folders[0].name` within arrays of tables.
struct TOMLPlaces {
    private(set) var places: [String: (line: Int, column: Int)] = [:]
    /// Where the first escape for the character NUL stands: the parser's C strings end at it.
    private(set) var nul: (line: Int, column: Int)?
    private let text: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var lineStart = 0
    private var arrays: [String: Int] = [:]

    init(_ document: String) {
        text = Array(document.unicodeScalars)
        var table = ""
        while true {
            skipBlanks(lines: true)
            guard let next = peek() else { return }
            if next == "[" {
                table = readHeader()
            } else if !readPair(in: table) {
                return
            }
        }
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        index + ahead < text.count ? text[index + ahead] : nil
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < text.count {
            if text[index] == "\n" { (line, lineStart) = (line + 1, index + 1) }
            index += 1
        }
    }

    private mutating func skipBlanks(lines: Bool) {
        while let next = peek() {
            if next == "#" {
                while let next = peek(), next != "\n" { advance() }
            } else if next == " " || next == "\t" || (lines && (next == "\n" || next == "\r" || next == ",")) {
                advance()
            } else {
                return
            }
        }
    }

    private mutating func readHeader() -> String {
        let place = (line, index - lineStart + 1)
        let isArray = peek(1) == "["
        advance(isArray ? 2 : 1)
        var name = readKey(in: "")
        if isArray {
            let element = arrays[name, default: 0]
            arrays[name] = element + 1
            if places[name] == nil { places[name] = place }
            name += "[\(element)]"
        }
        places[name] = place
        while peek() == "]" { advance() }
        return name
    }

    /// Reads `a.b` and notes where it stands; a name that is an array of tables means its last element.
    private mutating func readKey(in table: String) -> String {
        var name = table
        while true {
            skipBlanks(lines: false)
            let place = (line, index - lineStart + 1)
            if let count = arrays[name] { name += "[\(count - 1)]" }
            name += (name.isEmpty ? "" : ".") + readPart()
            if places[name] == nil { places[name] = place }
            skipBlanks(lines: false)
            guard peek() == "." else { return name }
            advance()
        }
    }

    private mutating func readPart() -> String {
        if peek() == "\"" || peek() == "'" { return readString() }
        var part = ""
        while let next = peek(), !" \t.=]\n".unicodeScalars.contains(next) {
            part.unicodeScalars.append(next)
            advance()
        }
        return part
    }

    /// Reads `key = value`; false if that is not what stands here, so that a mistake here cannot make an endless loop.
    private mutating func readPair(in table: String) -> Bool {
        let start = index
        let name = readKey(in: table)
        guard peek() == "=" else { return false }
        advance()
        skipBlanks(lines: false)
        skipValue(name)
        return index > start
    }

    private mutating func skipValue(_ name: String) {
        switch peek() {
        case "\"", "'": _ = readString()
        case "{":
            advance()
            skipBlanks(lines: true)
            while let next = peek(), next != "}", readPair(in: name) { skipBlanks(lines: true) }
            advance()
        case "[":
            advance()
            skipBlanks(lines: true)
            var element = 0
            while let next = peek(), next != "]" {
                places["\(name)[\(element)]"] = (line, index - lineStart + 1)
                let start = index
                skipValue("\(name)[\(element)]")
                if index == start { return }
                element += 1
                skipBlanks(lines: true)
            }
            advance()
        default:
            while let next = peek(), !",]}#\n".unicodeScalars.contains(next) { advance() }
        }
    }

    private var isNUL: Bool {
        ["\\u0000", "\\U00000000", "\\x00"].contains { escape in
            escape.unicodeScalars.enumerated().allSatisfy { peek($0.offset) == $0.element }
        }
    }

    private mutating func readString() -> String {
        guard let quote = peek() else { return "" }
        let isLong = peek(1) == quote && peek(2) == quote
        advance(isLong ? 3 : 1)
        var content = ""
        while let next = peek() {
            if next == "\\", quote == "\"" {
                if nul == nil, isNUL { nul = (line, index - lineStart + 1) }
                advance(2)
            } else if next == quote, !isLong || (peek(1) == quote && peek(2) == quote) {
                advance(isLong ? 3 : 1)
                // Up to two quotation marks may stand before the closing three.
                while isLong, peek() == quote { advance() }
                return content
            } else {
                content.unicodeScalars.append(next)
                advance()
            }
        }
        return content
    }
}
