import Testing

@testable import SQLScript

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// No script takes long for its length: 100 MB each in a release build or with `SQLSCRIPT_FULL=1`, less in a debug build.
@Suite("Linear time")
struct LinearTimeTests {
    /// Times what plain text takes, per byte.
    private static let bound = 80.0

    struct Script: Sendable, CustomTestStringConvertible {
        let name: String
        let head: String
        let unit: String
        var chunk = Int.max

        var testDescription: String { name }
    }

    static let plain = Script(
        name: "plain", head: "", unit: "insert into t values (1,'abc','def ghi',-2.5),(2,'x','y',3);\n")

    static let hostile = [
        Script(name: "nested comments", head: "", unit: "/*"),
        Script(name: "nested executable comments", head: "", unit: "/*! /* "),
        Script(name: "executable comments", head: "", unit: "/*!*/"),
        Script(name: "comment in comment on one line", head: "", unit: "/* /*! */ */"),
        Script(name: "an unclosed quote", head: "select '", unit: "abcdefg "),
        Script(name: "an unclosed quote of escapes", head: "select \"", unit: "\\\""),
        Script(name: "a long statement in small chunks", head: "select ", unit: "'a', /*b*/ `c`, -- d\n", chunk: 100),
        Script(name: "quotes", head: "", unit: "'"),
        Script(name: "delimiters", head: "", unit: ";"),
        Script(name: "dashes", head: "", unit: "-"),
        Script(name: "slashes and stars", head: "x", unit: "/ *"),
        Script(name: "empty lines", head: "", unit: "\r\n"),
        Script(name: "line comments", head: "", unit: "-- \n"),
        Script(name: "one line comment", head: "-- ", unit: "abc "),
        Script(name: "commands on one line", head: "", unit: "use a;"),
        Script(name: "commands with open quotes", head: "", unit: "use 'a;use \"b;"),
        Script(name: "short commands on one line", head: "", unit: "\\ua;"),
        Script(name: "short commands in executable comments", head: "", unit: "/*! \\u a"),
        Script(name: "words that are almost commands", head: "", unit: "status x;"),
        Script(name: "one delimiter after the other", head: "", unit: "delimiter a\ndelimiter bc\n"),
        Script(name: "almost delimiters", head: "delimiter aaaaaaaaaaaaaaab\n", unit: "a"),
        Script(name: "a routine without end", head: "create procedure p() begin ", unit: "x;"),
        Script(name: "cases without end", head: "create procedure p() begin ", unit: "case ;"),
        Script(name: "routines", head: "", unit: "create procedure p() begin x; end;\n"),
        Script(name: "modes", head: "", unit: "set sql_mode='ansi';set sql_mode='';"),
        Script(name: "backslashes", head: "", unit: "\\\n"),
    ]

    /// This thread's, so that whatever else the machine does is left out.
    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private static func seconds(_ script: Script, length: Int) throws -> Double {
        let unit = Array(script.unit.utf8)
        let block = Array(repeatElement(unit, count: 65_536 / unit.count).joined())
        var head = Array(script.head.utf8)[...]
        var left = length / block.count * block.count
        var position = 0
        let reader = ScriptReader(options: .init(maximumStatementLength: 1 << 24)) { buffer in
            if !head.isEmpty {
                let count = min(buffer.count, head.count)
                buffer.copyBytes(from: head.prefix(count))
                head = head.dropFirst(count)
                return count
            }
            let count = min(buffer.count, script.chunk, block.count - position, left)
            block.withUnsafeBytes { buffer.copyMemory(from: .init(rebasing: $0[position..<position + count])) }
            position = (position + count) % block.count
            left -= count
            return count
        }
        let start = cpuSeconds()
        do {
            while try reader.next() != nil {}
        } catch is ScriptError {
            // Most of them have no end.
        }
        return cpuSeconds() - start
    }

    @Test("Hostile scripts", arguments: hostile)
    func linear(script: Script) throws {
        let length = PropertyTests.isFull ? 100_000_000 : 2_000_000
        let plain = try Self.seconds(Self.plain, length: length)
        let half = try Self.seconds(script, length: length / 2)
        let whole = try Self.seconds(script, length: length)
        print("\(script.name): \(whole / plain) of plain text, \(whole / half) of its half")
        #expect(whole / plain < Self.bound)
        // Twice the length takes twice the time: four times would be quadratic.
        if whole > 0.5 { #expect(whole / half < 3.2) }
    }
}
