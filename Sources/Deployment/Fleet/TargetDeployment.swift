import Synchronization

/// Deploys to one of several targets, and tells what came of it.
struct TargetDeployment: Sendable {
    let driver: any Driver
    let reader: any FleetReader
    let part: Deploy.FleetPart

    /// - Parameter pool: Connections that are there already; nil for a target that may need another user.
    func run(_ target: FleetTarget, _ pool: SessionPool?) -> TargetResult {
        let name = FleetTargetName(target)
        let events = TargetEvents(name, reader)
        let stopwatch = Stopwatch()
        var result: TargetResult
        do {
            let outcome = try Deploy(
                configuration: target.configuration, driver: driver, reader: events, fleet: part
            ).run(on: pool?.take(target.endpoint))
            switch outcome.kind {
            case .succeeded: result = TargetResult(target, .succeeded)
            case .nothingToDo: result = TargetResult(target, .upToDate)
            case .failed:
                result = TargetResult(target, .failed, trouble: outcome.failure.map { .script(name.naming($0)) })
            }
            result.applied = outcome.applied
            result.remaining = outcome.remaining
        } catch {
            let failure = name.naming(DeploymentError(stopping: target, error))
            let told = events.all
            result = TargetResult(
                target, .failed,
                trouble: failure.code == .problems && !told.problems.isEmpty
                    ? .problems(told.problems) : .error(failure))
            result.applied = told.applied
            result.remaining = told.planned.map { $0 - told.applied.count }
        }
        if result.state == .failed || events.all.isUnrecorded { pool?.drop() }
        result.milliseconds = stopwatch.milliseconds
        return result
    }
}

/// Passes the events of one target on, with its name, and with what to type for it.
private final class TargetEvents: EventReader {
    private let name: FleetTargetName
    private let reader: any FleetReader
    private let told = Mutex(Told())

    /// What the events said so far.
    struct Told {
        /// What keeps the target from being deployed.
        var problems: [Problem] = []
        /// Whether the journal does not say how it ended.
        var isUnrecorded = false
        /// What ran to its end, for an error that is of no script.
        var applied: [ScriptIdentity] = []
        /// How many scripts were to run; nil before that was known.
        var planned: Int?
    }

    init(_ name: FleetTargetName, _ reader: any FleetReader) {
        self.name = name
        self.reader = reader
    }

    var all: Told { told.withLock { $0 } }

    func read(_ event: Event) {
        switch event {
        case .started(let start): told.withLock { $0.planned = start.scripts }
        case .scriptFinished(let script, _, _): told.withLock { $0.applied.append(script) }
        default: break
        }
        switch event {
        case .notice(let problem):
            // It is the same for all, and was told.
            if problem.code == .folderMissing { return }
            if problem.code == .journal { told.withLock { $0.isUnrecorded = true } }
            let problem = name.naming(problem)
            if problem.severity == .error { told.withLock { $0.problems.append(problem) } }
            reader.read(.target(name, .notice(problem)))
        case .scriptFailed(let failure): reader.read(.target(name, .scriptFailed(name.naming(failure))))
        default: reader.read(.target(name, event))
        }
    }
}
