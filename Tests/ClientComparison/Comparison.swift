@testable import SQLScript

/// How one script came out.
enum Outcome: String, CaseIterable {
    case same = "the same as the client's"
    case refused = "the same up to where we refuse to read on (an unterminated quote, comment or block, a NUL)"
    case routine = "the same but for a routine's body without DELIMITER, which we keep whole"
    case rewritten =
        "the same once each client command begins its line, and those that the sandbox refuses are left out"
    case different = "DIFFERENT"
}

/// Compares what our reader makes of a script with what the client sends for it.
struct Comparison {
    let client: RecordedClient
    /// Bytes of statements that were compared.
    private(set) var comparedBytes = 0
    private(set) var comparedRequests = 0
    private(set) var difference = ""
    /// Why scripts were read only in part.
    private(set) var refusals: [String: Int] = [:]

    init(client: RecordedClient) {
        self.client = client
    }

    mutating func compare(_ script: [UInt8]) throws -> Outcome {
        let script = script.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(script.dropFirst(3)) : script
        let ours = try OurReading(script)
        if let error = ours.error { refusals["\(error.kind)", default: 0] += 1 }
        if !ours.holdsOtherCommands {
            let theirs = try sent(for: script, ours)
            if let outcome = agrees(ours, theirs) { return outcome }
            let plain = try OurReading(script, recognizesRoutineBodies: false)
            if plain.requests != ours.requests, agrees(plain, theirs) != nil { return .routine }
        }
        let rewritten = ours.rewritten(script)
        let again = try OurReading(rewritten)
        guard again.requests == ours.requests else {
            difference = Self.describe(again.requests, ours.requests, "rewritten", "ours")
            return .different
        }
        let theirs = try sent(for: rewritten, again)
        if agrees(again, theirs) != nil { return ours.error == nil ? .rewritten : .refused }
        let plain = try OurReading(rewritten, recognizesRoutineBodies: false)
        if plain.requests != again.requests, agrees(plain, theirs) != nil { return .routine }
        difference = Self.describe(ours.requests, theirs, "ours", "client")
        return .different
    }

    private func sent(for script: [UInt8], _ ours: OurReading) throws -> [Request] {
        var requests: [Request] = []
        for request in try client.requests(for: script) {
            switch request {
            case .query(let text):
                if !isOnlyComments(text) && !ours.isQuestionOfTheClient(text) { requests.append(request) }
            case .database:
                // The client asks for the current database before it changes it.
                if requests.last == .query(Array("SELECT DATABASE()".utf8)) { requests.removeLast() }
                requests.append(request)
            }
        }
        return requests
    }

    private mutating func agrees(_ ours: OurReading, _ theirs: [Request]) -> Outcome? {
        var theirs = theirs
        // `exit;` makes the client send the word itself as it leaves.
        if case .command(.quit, _)? = ours.elements.last?.element, theirs.count == ours.requests.count + 1,
            case .query(let last)? = theirs.last, last.count < 16
        {
            theirs.removeLast()
        }
        let isWhole = ours.error != nil || theirs.count == ours.requests.count
        let isSame =
            isWhole && theirs.count >= ours.requests.count
            && zip(ours.requests, theirs).allSatisfy { $0 == $1 || isSameButForLostLineEnds($0, $1) }
        guard isSame else { return nil }
        comparedRequests += ours.requests.count
        for case .query(let text) in ours.requests { comparedBytes += text.count }
        return ours.error == nil ? .same : .refused
    }

    private static func describe(_ left: [Request], _ right: [Request], _ leftName: String, _ rightName: String)
        -> String
    {
        let index = zip(left, right).prefix { $0 == $1 || isSameButForLostLineEnds($0, $1) }.count
        // From a little before the first byte that differs.
        let start = max(0, zip(bytes(left, index), bytes(right, index)).prefix { $0 == $1 }.count - 60)
        let shown = { (requests: [Request]) in
            String(decoding: bytes(requests, index).dropFirst(start).prefix(160), as: UTF8.self).debugDescription
        }
        return "request \(index), byte \(start):\n    \(leftName): \(shown(left))\n    \(rightName): \(shown(right))"
    }

    private static func bytes(_ requests: [Request], _ index: Int) -> [UInt8] {
        guard index < requests.count else { return Array("(nothing)".utf8) }
        switch requests[index] {
        case .query(let text): return text
        case .database(let name): return Array("USE ".utf8) + name
        }
    }
}
