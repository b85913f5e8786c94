/// Writes what happens to several targets as JSON, one event a line. Those of a target have its name.
public final class FleetJSONReader: FleetReader {
    private let console: Console
    /// Whether every statement is an event.
    private let statements: Bool

    public init(console: Console, statements: Bool) {
        self.console = console
        self.statements = statements
    }

    public func tick() {}

    public func read(_ event: FleetEvent) {
        switch event {
        case .started(let targets, let servers, let width, _):
            var document = FleetEventDocument("rollout_started")
            document.targets = targets
            document.servers = servers
            document.width = width
            write(document)
        case .notice(let problem): write(EventDocument(.notice(problem)))
        case .looked(let summary):
            var document = FleetEventDocument("looked")
            document.upToDate = summary.upToDate
            document.toDeploy = summary.toDeploy
            document.failures = summary.failed
            write(document)
        case .waveStarted(let wave): write(FleetEventDocument("wave_started", wave))
        case .waveFinished(let wave, let failures):
            write(FleetEventDocument("wave_finished", wave, failures: failures))
        case .target(let name, let event): write(event, of: name)
        case .targetFinished(let result): write(FleetEventDocument(result))
        case .finished(let outcome): write(FleetFinishedDocument(outcome))
        }
    }

    private func write(_ event: Event, of name: FleetTargetName) {
        switch event {
        // Its result says more.
        case .finished, .statementStarted: return
        case .statementFinished where !statements: return
        default:
            var document = EventDocument(event)
            document.database = name.database
            document.server = name.server
            write(document)
        }
    }

    private func write(_ document: some Encodable) { console.line(JSON.line(document)) }
}
