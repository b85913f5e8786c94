/// What went wrong with one of several targets.
struct FleetFailureDocument: Encodable {
    var database: String
    var server: String
    var code: String
    var script: String?
    var statement: Int?
    var line: Int?
    var column: Int?
    var text: String?
    var errorNumber: Int?
    var sqlState: String?
    var message: String
    var state: String?
    var advice: String?
    var problems: [ProblemDocument]?

    init?(_ name: FleetTargetName, _ trouble: TargetResult.Trouble?) {
        database = name.database
        server = name.server
        switch trouble {
        case nil: return nil
        case .script(let failure):
            code = DeploymentError.Code.failed.rawValue
            script = failure.script.description
            statement = failure.statement.map { $0.index + 1 }
            line = failure.place?.line
            column = failure.place?.column
            text = failure.statement?.text
            errorNumber = failure.number
            sqlState = failure.sqlState
            message = failure.message
            state = failure.state
            advice = AdvisedCommand.complete(failure.advice)
        case .error(let error):
            code = error.code.rawValue
            message = error.place.map { "\($0): \(error.message)" } ?? error.message
            advice = error.advice.map(AdvisedCommand.complete)
        case .problems(let problems):
            code = DeploymentError.Code.problems.rawValue
            message = "Nothing ran: \(counted(problems.count, "problem")) to settle first."
            self.problems = problems.map(ProblemDocument.init)
        }
    }
}

/// The lines of `deploy --format json` that are about several targets.
struct FleetEventDocument: Encodable {
    var event: String
    var at = Timestamp.now.rfc3339
    var database: String?
    var server: String?
    var outcome: String?
    var applied: [String]?
    var failed: FleetFailureDocument?
    var remaining: Int?
    var targets: Int?
    var servers: Int?
    var width: Int?
    var toDeploy: Int?
    var upToDate: Int?
    var failures: Int?
    var wave: Int?
    var waves: Int?
    var durationMs: Int?

    init(_ event: String) {
        self.event = event
    }

    init(_ event: String, _ wave: FleetWave, failures: Int? = nil) {
        self.event = event
        self.wave = wave.number
        waves = wave.of
        targets = wave.targets
        self.failures = failures
    }

    init(_ result: TargetResult) {
        event = "target_finished"
        database = result.name.database
        server = result.name.server
        outcome = result.state.rawValue
        applied = result.applied.map(\.description)
        failed = FleetFailureDocument(result.name, result.trouble)
        remaining = result.remaining
        durationMs = result.milliseconds
    }
}

/// The last line.
struct FleetFinishedDocument: Encodable {
    var event = "finished"
    var at: String
    var outcome: String
    /// The scripts that were applied anywhere.
    var applied: [String]
    var failed: FleetFailureDocument?
    var failures: [FleetFailureDocument]
    var targets: Int
    var succeeded: Int
    var nothingToDo: Int
    var notStarted: [String]
    var stopped: String?
    var durationMs: Int

    init(_ outcome: FleetOutcome) {
        at = outcome.at.rfc3339
        self.outcome = outcome.kind.rawValue
        var seen: Set<ScriptIdentity> = []
        applied = outcome.results.flatMap(\.applied).filter { seen.insert($0).inserted }.map(\.description)
        failures = outcome.results.compactMap { FleetFailureDocument($0.name, $0.trouble) }
        failed = failures.first
        targets = outcome.results.count
        succeeded = outcome.count(.succeeded)
        nothingToDo = outcome.count(.upToDate)
        notStarted = outcome.results.filter { $0.state == .notStarted }.map(\.name.label)
        stopped = outcome.stopped
        durationMs = outcome.milliseconds
    }

    enum CodingKeys: String, CodingKey {
        case event, at, outcome, applied, failed, failures, targets, succeeded, nothingToDo, notStarted, stopped
        case durationMs
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(event, forKey: .event)
        try values.encode(at, forKey: .at)
        try values.encode(outcome, forKey: .outcome)
        try values.encode(applied, forKey: .applied)
        // `null`, not absent: a program looks here first.
        try values.encode(failed, forKey: .failed)
        try values.encode(failures, forKey: .failures)
        try values.encode(targets, forKey: .targets)
        try values.encode(succeeded, forKey: .succeeded)
        try values.encode(nothingToDo, forKey: .nothingToDo)
        try values.encode(notStarted, forKey: .notStarted)
        try values.encode(stopped, forKey: .stopped)
        try values.encode(durationMs, forKey: .durationMs)
    }
}
