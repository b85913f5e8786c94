import Synchronization
import Testing

@testable import SQLScript

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A million generated scripts in a release build or with `SQLSCRIPT_FULL=1`, fewer in a debug build.
@Suite("Properties")
struct PropertyTests {
    static var isFull: Bool {
        #if DEBUG
            getenv("SQLSCRIPT_FULL") != nil
        #else
            true
        #endif
    }

    struct Reading: Equatable {
        var elements: [ScriptElement] = []
        var ends: [Int] = []
        var error: ScriptError?
        /// Bytes that were dealt with, at the end.
        var offset = 0

        init(_ script: [UInt8], chunk: Int, options: ReaderOptions) throws {
            var position = 0
            let reader = ScriptReader(options: options) { buffer in
                let count = min(buffer.count, chunk, script.count - position)
                script.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
                position += count
                return count
            }
            do {
                while let element = try reader.next() {
                    elements.append(element)
                    ends.append(reader.offset)
                }
            } catch let error as ScriptError {
                self.error = error
            }
            offset = error == nil ? reader.offset : 0
        }
    }

    @Test("Never crashes, gives back every byte, in any chunks")
    func generated() throws {
        let count = Self.isFull ? 1_000_000 : 20_000
        var generator = SeededGenerator(seed: 20_260_101)
        for round in 0..<count {
            let script = HostileScripts.script(&generator)
            let options = HostileScripts.options(&generator)
            let whole = try Reading(script, chunk: .max, options: options)
            let chunk = Int.random(in: 1...5, using: &generator)
            let pieces = try Reading(script, chunk: chunk, options: options)
            if whole != pieces {
                Issue.record("round \(round), chunk \(chunk): \(shown(script))\n\(whole)\n\(pieces)")
                return
            }
            if let complaint = complaint(whole, script, isStrict: options.unknownCommands == .refuse) {
                Issue.record("round \(round): \(complaint): \(shown(script))\n\(whole)")
                return
            }
            for case .statement(let statement) in whole.elements {
                let found = classify(statement.text, sqlMode: statement.sqlMode, encoding: options.encoding)
                let isInText = found.secrets.allSatisfy { $0.upperBound <= statement.text.count }
                if !isInText { Issue.record("round \(round): secrets of \(shown(statement.text))") }
            }
        }
    }

    private func shown(_ script: [UInt8]) -> String {
        String(decoding: script, as: UTF8.self).debugDescription
    }

    /// What is wrong with how the script's bytes were dealt out, if anything.
    private func complaint(_ reading: Reading, _ script: [UInt8], isStrict: Bool) -> String? {
        var end = 0
        var holdsCommand = false
        for (element, next) in zip(reading.elements, reading.ends) {
            if next < end || next > script.count { return "an element ends before the one in front of it" }
            switch element {
            case .command(.delimiter(let string), _) where string.contains { $0.isLetter }:
                // What is between statements may then look like their text.
                return nil
            case .command: holdsCommand = true
            case .statement(let statement):
                if statement.range.lowerBound < end || statement.range.upperBound != next { return "ranges overlap" }
                // With `keep`, a command without its argument is passed over in silence.
                if isStrict && !holdsCommand && !isGap(script[end..<statement.range.lowerBound]) { return "bytes were lost" }
                if !statement.isTooLong && !isText(statement.text, of: script[statement.range]) { return "text was made up" }
                if !statement.isTooLong && statement.length != statement.text.count { return "a wrong length" }
                if !statement.range.contains(statement.position.offset) { return "a place outside of the statement" }
                holdsCommand = false
            }
            end = next
        }
        let hasQuit = reading.elements.contains { if case .command(.quit, _) = $0 { true } else { false } }
        if reading.error == nil && !hasQuit && reading.offset != script.count { return "the end was not reached" }
        if let error = reading.error, error.position.offset > script.count { return "an error behind the end" }
        return nil
    }

    /// Between statements stand spaces, delimiters and comments. (Where a comment or a backslash stands, this looks no closer.)
    private func isGap(_ gap: ArraySlice<UInt8>) -> Bool {
        let ordinary = UInt8(ascii: "a")...UInt8(ascii: "z")
        if gap.contains(where: { [UInt8(ascii: "-"), UInt8(ascii: "#"), UInt8(ascii: "*"), 0x5C].contains($0) }) { return true }
        return !gap.contains { ordinary.contains($0) || $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
    }

    /// The text has the script's bytes in their order; only a space behind a comment is put in.
    private func isText(_ text: [UInt8], of source: ArraySlice<UInt8>) -> Bool {
        var rest = source
        var last: [UInt8] = [0, 0]
        for byte in text {
            defer { last = [last[1], byte] }
            if rest.first == byte {
                rest.removeFirst()
            } else if byte == 0x20 && (last == Array("*/".utf8) || last == Array("/*".utf8) || last == [0, 0]) {
                continue
            } else if let place = rest.firstIndex(of: byte) {
                rest = rest[(place + 1)...]
            } else {
                return false
            }
        }
        return true
    }
}
