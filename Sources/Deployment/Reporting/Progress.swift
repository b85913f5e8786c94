/// How far a deployment is.
struct Progress {
    let total: Int
    let clock = Stopwatch()
    private(set) var done = 0
    /// The scripts that run, in the order in which they began.
    private(set) var scripts: [(identity: ScriptIdentity, clock: Stopwatch)] = []
    /// The statements that run, one of a script, in the order in which they began.
    private var running: [(script: ScriptIdentity, statement: StatementSummary, clock: Stopwatch)] = []

    /// A statement is shown once it takes longer than this, in milliseconds.
    static let slow = 2000
    /// A statement gets a line of its own where less than this is left for it, in columns.
    private static let leastRoom = 24

    init(total: Int) {
        self.total = total
    }

    mutating func start(_ script: ScriptIdentity) {
        // One that a server kept from beginning is started once more.
        scripts.removeAll { $0.identity == script }
        scripts.append((script, Stopwatch()))
    }

    mutating func finish(_ script: ScriptIdentity) {
        scripts.removeAll { $0.identity == script }
        done += 1
    }

    mutating func fail(_ script: ScriptIdentity) {
        scripts.removeAll { $0.identity == script }
        end(script)
    }

    mutating func start(_ statement: StatementSummary, of script: ScriptIdentity) {
        end(script)
        running.append((script, statement, Stopwatch()))
    }

    mutating func end(_ script: ScriptIdentity) { running.removeAll { $0.script == script } }

    /// The bar, and under it the statement that takes long. No line is wider than `width`, in columns.
    func lines(width: Int) -> [String] {
        let elapsed = clock.milliseconds
        let slow = running.first { $0.clock.milliseconds > Self.slow }
        var parts = [Self.bar(done, of: total, width: width), duration(elapsed)]
        if done > 0 { parts.append("about \(duration(elapsed * (total - done) / done)) left") }
        if let script = slow?.script ?? scripts.last?.identity { parts.append(script.description) }
        var lines = Self.packed(parts, width: width)
        if let slow {
            let place = "  statement \(slow.statement.index + 1), \(duration(slow.clock.milliseconds)):"
            let text = slow.statement.text
            let isBeside = Columns.count(place) + 1 + min(Self.leastRoom, Columns.count(text)) <= width
            lines += isBeside ? ["\(place) \(text)"] : [place, "  \(text)"]
        }
        return lines.map { Columns.fitted($0, width: width) }
    }

    /// `[####................] 12/60`.
    static func bar(_ done: Int, of total: Int, width: Int) -> String {
        let cells = min(20, max(5, width / 4))
        let full = total > 0 ? cells * done / total : cells
        return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: cells - full)
            + "] \(done)/\(total)"
    }

    /// The parts one after the other, on as few lines as they need.
    private static func packed(_ parts: [String], width: Int) -> [String] {
        var lines: [String] = []
        for part in parts {
            if let last = lines.last, Columns.count(last) + 2 + Columns.count(part) <= width {
                lines[lines.count - 1] = "\(last)  \(part)"
            } else {
                lines.append(part)
            }
        }
        return lines
    }
}

/// Lines at the end of a terminal's text that are written anew again and again.
struct LiveLines {
    private var count = 0

    /// What takes them away: it goes before whatever is written next.
    mutating func erasure() -> String {
        defer { count = 0 }
        guard count > 0 else { return "" }
        return "\r" + (count > 1 ? "\u{1B}[\(count - 1)A" : "") + "\u{1B}[J"
    }

    /// Writes them in place of those from before.
    mutating func show(_ lines: [String], on console: Console) {
        // What has scrolled away cannot be taken away.
        let lines = lines.prefix(max(1, console.height - 1))
        console.write(erasure() + lines.joined(separator: "\n"))
        count = lines.count
    }
}
