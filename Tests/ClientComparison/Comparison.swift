@testable import SQLScript

/// How one script came out.
enum Outcome: String, CaseIterable {
    case same = "the same as the client's"
    case refused = "the same up to where we refuse to read on (an unterminated quote, comment or block, a NUL)"
    case routine = "the same but for a routine's body without DELIMITER, which we keep whole"
    case rewritten =
        "the same once each client command begins its line (the client misses those behind a comment, a blank or a statement)"
    case different = "DIFFERENT"
}

/// Compares what our reader makes of a script with what the client sends for it.
struct Comparison {
    let client: RecordedClient
    /// Bytes of statements that were compared.
    private(set) var comparedBytes = 0
    private(set) var comparedRequests = 0
    private(set) var difference = ""

    init(client: RecordedClient) {
        self.client = client
    }

    mutating func compare(_ script: [UInt8]) throws -> Outcome {
        let script = script.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(script.dropFirst(3)) : script
        let ours = try OurReading(script)
        if !ours.holdsOtherCommands {
            let theirs = try sent(for: script)
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
        let theirs = try sent(for: rewritten)
        if agrees(again, theirs) != nil { return ours.error == nil ? .rewritten : .refused }
        let plain = try OurReading(rewritten, recognizesRoutineBodies: false)
        if plain.requests != again.requests, agrees(plain, theirs) != nil { return .routine }
        difference = Self.describe(ours.requests, theirs, "ours", "client")
        return .different
    }

    private func sent(for script: [UInt8]) throws -> [Request] {
        var requests: [Request] = []
        for request in try client.requests(for: script) {
            switch request {
            case .query(let text):
                if !isOnlyComments(text) { requests.append(request) }
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
        let isSame = ours.error == nil ? theirs == ours.requests : theirs.starts(with: ours.requests)
        guard isSame else { return nil }
        comparedRequests += ours.requests.count
        for case .query(let text) in ours.requests { comparedBytes += text.count }
        return ours.error == nil ? .same : .refused
    }

    private static func describe(_ left: [Request], _ right: [Request], _ leftName: String, _ rightName: String)
        -> String
    {
        let index = zip(left, right).prefix { $0 == $1 }.count
        let shown = { (requests: [Request]) in
            index < requests.count ? String(requests[index].description.prefix(300)) : "nothing"
        }
        return "request \(index):\n    \(leftName): \(shown(left))\n    \(rightName): \(shown(right))"
    }
}
