/// One thing that happened while several targets are deployed.
public enum FleetEvent: Sendable {
    /// The targets are known; they are looked at now.
    case started(targets: Int, servers: Int, width: Int, at: Timestamp)
    /// Something to know that stops nothing, and is of no single target.
    case notice(Problem)
    /// What the look showed.
    case looked(FleetLookSummary)
    case waveStarted(FleetWave)
    case waveFinished(FleetWave, failures: Int)
    /// Something happened in the deployment of one target.
    case target(FleetTargetName, Event)
    /// A target is done, or will not be done in this run.
    case targetFinished(TargetResult)
    case finished(FleetOutcome)
}

/// What a target is called.
public struct FleetTargetName: Sendable {
    public var database: String
    public var server: String
    public var label: String
    /// What means it alone on the command line.
    let options: String

    init(_ target: FleetTarget) {
        options = target.options
        database = target.configuration.database
        server = target.server
        label = target.label
    }
}

/// How many targets have something to do.
public struct FleetLookSummary: Sendable {
    public var upToDate: Int
    public var toDeploy: Int
    public var failed: Int
}

/// One of the waves.
public struct FleetWave: Sendable {
    /// The first is 1.
    public var number: Int
    public var of: Int
    public var targets: Int
}

/// How it ended for one target.
public struct TargetResult: Sendable {
    public enum State: String, Sendable {
        case succeeded, failed
        case upToDate = "nothing_to_do"
        /// The rollout stopped before.
        case notStarted = "not_started"
    }

    /// What went wrong.
    public enum Trouble: Sendable {
        case script(Failure)
        case error(DeploymentError)
        /// What there is to settle first.
        case problems([Problem])
    }

    public var name: FleetTargetName
    public var state: State
    public var applied: [ScriptIdentity] = []
    /// Scripts that were to run and did not; nil if that is not known.
    public var remaining: Int?
    public var trouble: Trouble?
    public var milliseconds = 0

    init(_ target: FleetTarget, _ state: State, remaining: Int? = nil, trouble: Trouble? = nil) {
        name = FleetTargetName(target)
        self.state = state
        self.remaining = remaining
        self.trouble = trouble
    }

    /// The status with which a deployment of this target alone would have ended.
    var exitStatus: Int32 {
        switch trouble {
        case nil: 0
        case .script: DeploymentError.Code.failed.exitStatus
        case .error(let error): error.code.exitStatus
        case .problems: DeploymentError.Code.problems.exitStatus
        }
    }
}

/// How it ended for all of them.
public struct FleetOutcome: Sendable {
    /// In the order of the targets.
    public var results: [TargetResult]
    /// Why no further target was started, in words; nil if all had their turn.
    public var stopped: String?
    public var milliseconds: Int
    public var at: Timestamp

    public func count(_ state: TargetResult.State) -> Int { results.count { $0.state == state } }

    public var kind: Outcome.Kind {
        if stopped != nil || count(.failed) > 0 || count(.notStarted) > 0 { return .failed }
        return count(.succeeded) == 0 ? .nothingToDo : .succeeded
    }

    /// That of the failures, if they all have the same, and otherwise that of a deployment that failed.
    public var exitStatus: Int32 {
        guard kind == .failed else { return 0 }
        let statuses = Set(results.filter { $0.state == .failed }.map(\.exitStatus))
        return statuses.count == 1 ? statuses.first ?? 2 : DeploymentError.Code.failed.exitStatus
    }
}

/// Reads what happens to several targets. Called from several threads.
public protocol FleetReader: Sendable {
    func read(_ event: FleetEvent)
    /// Called several times a second.
    func tick()
}
