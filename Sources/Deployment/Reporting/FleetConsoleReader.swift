import Synchronization

/// Shows a rollout to a person: a line for each wave, one line that moves on a terminal, and at the end a table.
public final class FleetConsoleReader: FleetReader {
    private struct State {
        var total = 0
        var done = 0
        var failed = 0
        /// Targets that are being deployed.
        var running: Set<String> = []
        var clock = Stopwatch()
        var wave: FleetWave?
        var isLooking = false
        /// The line that moves.
        var live = LiveLines()
        /// Warnings that were shown.
        var told: Set<String> = []
    }

    private let state = Mutex(State())
    private let console: Console
    private let detail: ConsoleReader.Detail
    private let style: Style
    private let commands: FleetCommands

    /// - Parameters:
    ///   - configuration: What they have in common.
    public init(
        console: Console, detail: ConsoleReader.Detail, configuration: Configuration
    ) {
        self.console = console
        self.detail = detail
        style = console.style
        commands = FleetCommands(configuration: configuration)
    }

    public func read(_ event: FleetEvent) {
        state.withLock { state in
            switch event {
            case .started(let count, let servers, let width, let at):
                state.total = count
                state.isLooking = true
                guard detail > .quiet else { return }
                line(
                    "Started: \(at.local)  \(counted(count, "database")) on \(counted(servers, "server")), \(width) at a time on each",
                    &state)
            case .notice(let problem): tell(problem, of: nil, &state)
            case .looked(let summary): show(summary, &state)
            case .waveStarted(let wave):
                state.wave = wave
                state.isLooking = false
            case .waveFinished(let wave, let failures): show(wave, failures, &state)
            case .target(let name, let event): show(event, of: name, &state)
            case .targetFinished(let result):
                state.running.remove(result.name.label)
                if result.state != .notStarted { state.done += 1 }
                if result.state == .failed { state.failed += 1 }
                if detail == .verbose, let text = verbose(result) { line(text, &state) }
            case .finished(let outcome): show(outcome, &state)
            }
        }
    }

    public func tick() {
        guard console.canRedraw, detail > .quiet else { return }
        state.withLock { state in
            guard state.total > 0 else { return }
            // The last column stays free: some terminals go to the next line when it is written.
            state.live.show([bar(state, width: console.width - 1)], on: console)
        }
    }

    private func bar(_ state: State, width: Int) -> String {
        var text = Progress.bar(state.done, of: state.total, width: width)
        text += "  \(duration(state.clock.milliseconds))"
        if state.isLooking { text += "  looking" }
        if let wave = state.wave { text += "  wave \(wave.number) of \(wave.of)" }
        if !state.running.isEmpty { text += ", \(state.running.count) running" }
        if state.failed > 0 { text += ", \(state.failed) failed" }
        if let name = state.running.min() { text += "  \(name)" }
        return Columns.fitted(text, width: width)
    }

    // MARK: Lines

    private func line(_ text: String, _ state: inout State) {
        console.write(state.live.erasure() + text + "\n")
    }

    private func show(_ summary: FleetLookSummary, _ state: inout State) {
        guard detail > .quiet, summary.toDeploy + summary.failed > 0 else { return }
        var parts = ["\(summary.toDeploy) to deploy", "\(summary.upToDate) up to date"]
        if summary.failed > 0 { parts.append(style.bad("\(summary.failed) cannot be deployed")) }
        line(parts.joined(separator: ", ") + ".", &state)
    }

    private func show(_ wave: FleetWave, _ failures: Int, _ state: inout State) {
        guard detail > .quiet else { return }
        let mark = failures > 0 ? style.bad("✗ \(failures) failed") : style.good("✓")
        line("Wave \(wave.number) of \(wave.of): \(counted(wave.targets, "database")) \(mark)", &state)
    }

    private func show(_ event: Event, of name: FleetTargetName, _ state: inout State) {
        switch event {
        case .started: state.running.insert(name.label)
        case .notice(let problem): tell(problem, of: name, &state)
        case .waiting(let holder): line("\(name.label): waiting for another deployer: \(holder)", &state)
        case .holding(let reason): line("\(name.label): waiting: \(reason)", &state)
        case .lockWait(let script, let wait): line("\(name.label): \(wait.text(of: script))", &state)
        case .recovered(let script, let message):
            line("\(name.label): recovered: \(script): \(message)", &state)
        default: break
        }
    }

    /// The same warning is shown once; errors are in the table.
    private func tell(_ problem: Problem, of name: FleetTargetName?, _ state: inout State) {
        guard problem.severity == .warning || problem.severity == .notice && detail == .verbose else { return }
        guard state.told.insert(problem.message).inserted else { return }
        line((name.map { "\($0.label): " } ?? "") + problem.text(style), &state)
    }

    private func verbose(_ result: TargetResult) -> String? {
        switch result.state {
        case .succeeded:
            "\(result.name.label) \(style.good("✓")) \(counted(result.applied.count, "script")) in \(duration(result.milliseconds))"
        case .failed: "\(result.name.label) \(style.bad("✗"))"
        case .upToDate, .notStarted: nil
        }
    }

    private func show(_ outcome: FleetOutcome, _ state: inout State) {
        state.total = 0
        let end = "Completed: \(outcome.at.local)"
        guard outcome.kind != .nothingToDo else {
            return line(
                "\(end)  Nothing to do: \(counted(outcome.results.count, "database")) up to date.", &state)
        }
        var troubles = FleetTroubles(style: style)
        for result in outcome.results {
            if let trouble = result.trouble { troubles.add(result.name, trouble) }
        }
        let failures = troubles.lines(width: console.width)
        if detail > .quiet || outcome.kind == .failed {
            line("", &state)
            for text in outcome.table(width: console.width) { line(text, &state) }
            line("", &state)
        }
        for text in failures { line(text, &state) }
        if let stopped = outcome.stopped { line(style.bad(stopped), &state) }
        for text in advice(outcome) { line(text, &state) }
        let succeeded = counted(outcome.count(.succeeded), "database")
        guard outcome.kind == .failed else {
            return line("\(end)  \(succeeded) deployed in \(duration(outcome.milliseconds)).", &state)
        }
        let left = outcome.count(.notStarted)
        line(
            "\(end)  \(style.bad("Failed")): \(succeeded) deployed, \(outcome.count(.failed)) failed, \(left) not started.",
            &state)
    }

    private static let shownCommands = 10

    private func advice(_ outcome: FleetOutcome) -> [String] {
        guard outcome.kind == .failed else { return [] }
        var lines: [String] = []
        if let first = outcome.results.first(where: { $0.state == .failed }) {
            lines.append("To look at one of them:     \(first.name.command("status"))")
        }
        // Without the option they would be updated, and with it those that are done dropped once more.
        if commands.configuration.recreate {
            let dropped = outcome.results.filter { $0.state == .failed || $0.state == .notStarted }
            lines.append("To build the \(dropped.count) left new, one by one:")
            lines += dropped.prefix(Self.shownCommands).map { "  \($0.name.command("deploy")) --recreate" }
            let others = dropped.count - Self.shownCommands
            return others > 0 ? lines + ["  and so on for \(counted(others, "other"))"] : lines
        }
        let left = outcome.count(.failed) + outcome.count(.notStarted)
        lines.append("To go on with \(padded("the \(left) left:", 14))\(commands.goOn)")
        return lines
    }
}

extension FleetOutcome {
    /// One row for each kind of end, failures first.
    func table(width: Int) -> [String] {
        var table = FleetTable(state: "Result", number: "Scripts", width: width)
        for (state, text) in [
            (TargetResult.State.failed, "failed"), (.notStarted, "not started"), (.succeeded, "deployed"),
            (.upToDate, "up to date"),
        ] {
            for result in results where result.state == state {
                let number =
                    state == .notStarted || state == .failed
                    ? result.remaining.map { "\(result.applied.count) of \(result.applied.count + $0)" } ?? "-"
                    : "\(result.applied.count)"
                table.add(result.name.label, state: text, number: number)
            }
        }
        return table.lines
    }
}
