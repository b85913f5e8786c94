/// The JSON documents: their keys are fixed, programs rely on them. Keys come out as snake_case.
struct EventDocument: Encodable {
    var event: String
    var at = Timestamp.now.rfc3339
    var database: String?
    var server: String?
    var strategy: String?
    var scripts: Int?
    var folder: String?
    var file: String?
    var number: Int?
    var total: Int?
    var statements: Int?
    var statement: Int?
    var line: Int?
    var column: Int?
    var text: String?
    var code: String?
    var severity: String?
    var message: String?
    /// What state the database is in.
    var state: String?
    var errorNumber: Int?
    var sqlState: String?
    var advice: String?
    var holder: String?
    var lock: String?
    var isGuess: Bool?
    var holders: [LockHolderDocument]?
    var durationMs: Int?

    init(_ event: Event) {
        switch event {
        case .started(let start):
            self.event = "started"
            database = start.database
            server = start.server
            strategy = start.strategy.rawValue
            scripts = start.scripts
        case .notice(let problem):
            self.event = "notice"
            code = problem.code.rawValue
            severity = problem.severity.rawValue
            message = problem.message
            advice = problem.advice.map(AdvisedCommand.complete)
            folder = problem.script?.folder
            file = problem.script?.file
        case .waiting(let holder):
            self.event = "waiting"
            self.holder = holder
        case .recovered(let script, let message):
            self.event = "recovered"
            name(script)
            self.message = message
        case .scriptStarted(let start):
            self.event = "script_started"
            name(start.script)
            number = start.number
            total = start.total
            statements = start.statements
        case .statementStarted(let script, let summary):
            self.event = "statement_started"
            name(script)
            show(summary)
        case .statementFinished(let script, let summary, let milliseconds):
            self.event = "statement"
            name(script)
            show(summary)
            durationMs = milliseconds
        case .lockWait(let script, let wait):
            self.event = "lock_wait"
            if let script { name(script) }
            wait.statement.map { show($0) }
            message = wait.text
            advice = wait.advice.map(AdvisedCommand.complete)
            lock = wait.lock
            isGuess = wait.isGuess
            holders = wait.holders.map(LockHolderDocument.init)
        case .holding(let reason):
            self.event = "holding"
            message = reason
        case .scriptFinished(let script, let statements, let milliseconds):
            self.event = "script_finished"
            name(script)
            self.statements = statements
            durationMs = milliseconds
        case .scriptFailed(let failure):
            self.event = "script_failed"
            name(failure.script)
            failure.statement.map { show($0) }
            line = failure.place?.line
            column = failure.place?.column
            statements = failure.statements
            message = failure.message
            state = failure.state
            errorNumber = failure.number
            sqlState = failure.sqlState
            advice = AdvisedCommand.complete(failure.advice)
            durationMs = failure.milliseconds
        case .finished:
            self.event = "finished"
        }
    }

    private mutating func name(_ script: ScriptIdentity) {
        folder = script.folder
        file = script.file
    }

    private mutating func show(_ summary: StatementSummary) {
        statement = summary.index + 1
        line = summary.place.line
        column = summary.place.column
        text = summary.text
    }
}

/// A session that holds a lock.
struct LockHolderDocument: Encodable {
    var session: UInt64
    var user: String
    var host: String
    var database: String?
    var isIdle: Bool
    var seconds: Int
    var transactionSeconds: Int?
    var statement: String?

    init(_ holder: LockHolder) {
        session = holder.session
        user = holder.user
        host = holder.host
        database = holder.database
        isIdle = holder.isIdle
        seconds = holder.seconds
        transactionSeconds = holder.transactionSeconds
        statement = holder.statement
    }
}

/// The last line of `deploy --format json`.
struct FinishedDocument: Encodable {
    struct Failed: Encodable {
        /// As in `DeploymentError.Code`.
        var code: String
        /// Absent where no script is to blame, as are `state` and the statement.
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
    }

    var event = "finished"
    var at: String
    var outcome: String
    var applied: [String]
    var failed: Failed?
    var remaining: Int
    var durationMs: Int

    init(_ outcome: Outcome) {
        at = outcome.at.rfc3339
        self.outcome = outcome.kind.rawValue
        applied = outcome.applied.map(\.description)
        failed = outcome.failure.map { failure in
            Failed(
                code: (failure.isInterruption ? DeploymentError.Code.interrupted : .failed).rawValue,
                script: failure.script.description, statement: failure.statement.map { $0.index + 1 },
                line: failure.place?.line, column: failure.place?.column,
                text: failure.statement?.text, errorNumber: failure.number, sqlState: failure.sqlState,
                message: failure.message, state: failure.state,
                advice: AdvisedCommand.complete(failure.advice))
        }
        remaining = outcome.remaining
        durationMs = outcome.milliseconds
    }

    /// An end that is no script's.
    init(_ error: DeploymentError, applied: [ScriptIdentity], remaining: Int, milliseconds: Int) {
        at = Timestamp.now.rfc3339
        outcome = Outcome.Kind.failed.rawValue
        self.applied = applied.map(\.description)
        let place = error.place.map { "\($0): " } ?? ""
        failed = Failed(
            code: error.code.rawValue, line: error.place?.line, column: error.place?.column,
            message: place + error.message,
            advice: error.advice.map(AdvisedCommand.complete))
        self.remaining = max(0, remaining)
        durationMs = milliseconds
    }

    enum CodingKeys: String, CodingKey {
        case event, at, outcome, applied, failed, remaining, durationMs
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(event, forKey: .event)
        try values.encode(at, forKey: .at)
        try values.encode(outcome, forKey: .outcome)
        try values.encode(applied, forKey: .applied)
        // `null`, not absent: a program looks here first.
        try values.encode(failed, forKey: .failed)
        try values.encode(remaining, forKey: .remaining)
        try values.encode(durationMs, forKey: .durationMs)
    }
}
