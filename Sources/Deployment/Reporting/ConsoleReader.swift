import Synchronization

/// Shows a deployment to a person: line by line, and on a terminal with a progress bar under the lines. A script has its line
/// when it is done; where no bar tells what runs, a slow one has one more before.
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
        /// The progress bar, and what is under it.
        var live = LiveLines()
        /// The script that was told to be running.
        var told: ScriptIdentity?
    }

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
            case .scriptStarted(let start): state.progress?.start(start.script)
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
        guard detail > .quiet else { return }
        state.withLock { state in
            guard let progress = state.progress else { return }
            // The last column stays free: some terminals go to the next line when it is written.
            if console.canRedraw { return state.live.show(progress.lines(width: console.width - 1), on: console) }
            guard let script = progress.scripts.first, script.clock.milliseconds > Progress.slow else { return }
            guard state.told != script.identity else { return }
            state.told = script.identity
            line("Executing: \(script.identity) …", &state)
        }
    }

    // MARK: Lines

    /// A line, above what moves.
    private func line(_ text: String, _ state: inout State) { console.write(state.live.erasure() + text + "\n") }

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

    private func show(_ script: ScriptIdentity, _ milliseconds: Int, _ state: inout State) {
        state.progress?.finish(script)
        guard detail > .quiet else { return }
        let time = milliseconds >= 1000 ? " \(duration(milliseconds))" : ""
        line("Executing: \(script) \(style.good("✓"))\(time)", &state)
    }

    private func show(_ failure: Failure, _ state: inout State) {
        state.progress?.fail(failure.script)
        line("Executing: \(failure.script) \(style.bad("✗"))", &state)
        line(failure.text(style), &state)
    }

    private func show(_ outcome: Outcome, _ state: inout State) {
        state.progress = nil
        let count = counted(outcome.applied.count, "script")
        let end = "Completed: \(outcome.at.local)"
        switch outcome.kind {
        case .nothingToDo: line("\(end)  Nothing to do: \(outcome.reasonForNothing).", &state)
        case .succeeded: line("\(end)  \(count) applied in \(duration(outcome.milliseconds)).", &state)
        case .failed:
            line("\(end)  \(style.bad("Failed")): \(count) applied, \(outcome.remaining) not.", &state)
        }
    }
}
