import Synchronization

/// Shows a deployment to a person: line by line, and on a terminal with a progress bar under the lines.
public final class ConsoleReader: EventReader {
    /// What is shown.
    public enum Detail: Int, Sendable, Comparable {
        /// Failures, warnings and the last line.
        case quiet
        case normal
        /// Every statement, too.
        case verbose

        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    private struct State {
        var progress: Progress?
        /// Whether the last line is not ended: `Executing: …` without its mark, or the progress bar.
        var openLine = OpenLine.none
    }

    private enum OpenLine { case none, script, bar }

    private let state = Mutex(State())
    private let console: Console
    private let detail: Detail
    private let style: Style

    public init(console: Console, detail: Detail) {
        self.console = console
        self.detail = detail
        style = console.style
    }

    public func read(_ event: Event) {
        state.withLock { state in
            switch event {
            case .started(let start): show(start, &state)
            case .notice(let problem): show(problem, &state)
            case .waiting(let holder):
                line("Waiting for another deployer: \(holder). Ctrl-C gives up.", &state)
            case .recovered(let script, let message): line("Recovered: \(script): \(message)", &state)
            case .scriptStarted(let start): show(start, &state)
            case .statementStarted(let script, let statement): state.progress?.start(statement, of: script)
            case .statementFinished(let script, let statement, let milliseconds):
                state.progress?.end(script)
                if detail == .verbose {
                    line("  \(statement.place): \(statement.text)  \(duration(milliseconds))", &state)
                }
            case .lockWait(_, let wait): show(wait, &state)
            case .holding(let reason): line("Waiting: \(reason). Ctrl-C gives up.", &state)
            case .scriptFinished(let script, _, let milliseconds): show(script, milliseconds, &state)
            case .scriptFailed(let failure): show(failure, &state)
            case .finished(let outcome): show(outcome, &state)
            }
        }
    }

    public func tick() {
        guard console.isTerminal, detail > .quiet else { return }
        state.withLock { state in
            guard let progress = state.progress else { return }
            console.write("\r\u{1B}[K" + progress.bar(width: console.width - 3))
            state.openLine = .bar
        }
    }

    // MARK: Lines

    /// A whole line, whatever is on the line now.
    private func line(_ text: String, _ state: inout State) {
        switch state.openLine {
        case .none: console.write(text + "\n")
        case .script: console.write("\n" + text + "\n")
        case .bar: console.write("\r\u{1B}[K" + text + "\n")
        }
        state.openLine = .none
    }

    private func show(_ start: Event.Start, _ state: inout State) {
        guard detail > .quiet else { return }
        let kind = start.recreates ? ", built new" : start.strategy == .fresh ? ", fresh" : ""
        line("Started: \(start.at.local)  \(start.database) on \(start.server)\(kind)", &state)
        if start.scripts > 0 { line("\(counted(start.scripts, "script")) to run.", &state) }
        state.progress = start.scripts > 0 ? Progress(total: start.scripts) : nil
    }

    private func show(_ problem: Problem, _ state: inout State) {
        guard problem.severity != .notice || detail > .quiet else { return }
        line(problem.text(style), &state)
    }

    private func show(_ wait: LockWait, _ state: inout State) {
        line([wait.text, wait.remedy.map { indented($0, by: 2) }].compactMap { $0 }.joined(separator: "\n"), &state)
    }

    private func show(_ start: Event.ScriptStart, _ state: inout State) {
        state.progress?.script = start.script
        // Of those that run at the same time, each gets its line when it is done.
        guard detail > .quiet, !console.isTerminal, !start.isBesideOthers else { return }
        console.write("Executing: \(start.script)")
        state.openLine = .script
    }

    private func show(_ script: ScriptIdentity, _ milliseconds: Int, _ state: inout State) {
        state.progress?.done += 1
        guard detail > .quiet else { return }
        let time = milliseconds >= 1000 ? " \(duration(milliseconds))" : ""
        if state.openLine == .script {
            console.write(" ✓\(time)\n")
            state.openLine = .none
        } else {
            line("Executing: \(script) \(style.good("✓"))\(time)", &state)
        }
    }

    private func show(_ failure: Failure, _ state: inout State) {
        state.progress?.end(failure.script)
        if state.openLine == .script {
            console.write(" ✗\n")
            state.openLine = .none
        } else {
            line("Executing: \(failure.script) \(style.bad("✗"))", &state)
        }
        line(failure.text(style), &state)
    }

    private func show(_ outcome: Outcome, _ state: inout State) {
        state.progress = nil
        let count = counted(outcome.applied.count, "script")
        let end = "Completed: \(outcome.at.local)"
        switch outcome.kind {
        case .nothingToDo: line("\(end)  Nothing to do: everything is applied.", &state)
        case .succeeded: line("\(end)  \(count) applied in \(duration(outcome.milliseconds)).", &state)
        case .failed:
            line("\(end)  \(style.bad("Failed")): \(count) applied, \(outcome.remaining) not.", &state)
        }
    }
}

/// How far a deployment is.
private struct Progress {
    let total: Int
    let clock = Stopwatch()
    var done = 0
    var script: ScriptIdentity?
    /// The statements that run, one of a script, in the order in which they began.
    private var running: [(script: ScriptIdentity, statement: StatementSummary, clock: Stopwatch)] = []

    /// A statement is shown once it takes longer than this.
    private static let slow = 2000

    init(total: Int) {
        self.total = total
    }

    mutating func start(_ statement: StatementSummary, of script: ScriptIdentity) {
        end(script)
        running.append((script, statement, Stopwatch()))
    }

    mutating func end(_ script: ScriptIdentity) { running.removeAll { $0.script == script } }

    /// One line, no longer than the terminal is wide.
    func bar(width: Int) -> String {
        let elapsed = clock.milliseconds
        let estimate = done > 0 ? elapsed * (total - done) / done : nil
        let cells = 20
        let full = total > 0 ? cells * done / total : cells
        var text = "[" + String(repeating: "#", count: full) + String(repeating: ".", count: cells - full) + "] "
        text += "\(done)/\(total)  \(duration(elapsed))"
        if let estimate { text += ", about \(duration(estimate)) left" }
        let slow = running.first { $0.clock.milliseconds > Self.slow }
        if let script = slow?.script ?? script { text += "  \(script)" }
        if let slow {
            text +=
                "  statement \(slow.statement.index + 1), \(duration(slow.clock.milliseconds)): \(slow.statement.text)"
        }
        return text.count > width ? text.prefix(width - 1) + "…" : text
    }
}
