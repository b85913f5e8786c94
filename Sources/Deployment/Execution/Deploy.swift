/// One deployment: brings one target to the state that the project describes.
public struct Deploy: Sendable {
    private let configuration: Configuration
    private let driver: any Driver
    private let reader: any EventReader
    private let fleet: FleetPart?
    private let count: ScriptCount

    /// What a deployment shares with those of other targets that run at the same time.
    struct FleetPart: Sendable {
        let scripts: ProjectScripts
        /// Listens for signals.
        let watch: Watch
    }

    /// - Parameters:
    ///   - configuration: Its server must be an existing one; who uses a private server starts it first.
    ///   - reader: Gets every event, from the calling thread and from the watch.
    public init(configuration: Configuration, driver: any Driver, reader: any EventReader) {
        self.init(configuration: configuration, driver: driver, reader: reader, fleet: nil)
    }

    init(configuration: Configuration, driver: any Driver, reader: any EventReader, fleet: FleetPart?) {
        self.configuration = configuration
        self.driver = driver
        count = ScriptCount(for: reader)
        self.reader = count
        self.fleet = fleet
    }

    /// Runs what is to run.
    ///
    /// - Returns: How it ended; a script that failed is in the outcome.
    /// - Throws: `DeploymentError` when nothing could run.
    public func run() throws -> Outcome { try run(on: nil) }

    /// As `run`, with connections that serve other targets before and after, if there are any.
    ///
    /// - Parameter pooled: Of the target's endpoint. Only where the database is established:
    ///   until then another user may be needed.
    func run(on pooled: PooledSessions?) throws -> Outcome {
        let stopwatch = Stopwatch()
        SignalPipe.ignoreClosedPipes()
        // First: they may tell why the server is not reached.
        for problem in configuration.problems { emit(.notice(problem)) }
        let access = try TargetAccess(
            configuration: configuration, driver: driver, scripts: fleet?.scripts, on: pooled)
        defer { access.remember() }
        // Of a fleet's targets, the fleet knows that there is something to do.
        if !configuration.recreate, fleet == nil,
            let outcome = try explaining(access, { try doneAlready(access, stopwatch) })
        {
            return outcome
        }
        // Not earlier: with nothing to do there is nothing to watch, and an interrupted plan leaves nothing behind.
        let watch = try Watch(under: fleet?.watch) { [reader] in reader.tick() }
        defer { watch.stop() }
        return try explaining(access) { try locked(access, watch, stopwatch) }
    }

    /// Tells what it means that a statement fails which is no script's.
    private func explaining<Value>(_ access: TargetAccess, _ body: () throws -> Value) throws -> Value {
        try access.explaining(
            lacking: configuration.recreate ? ["DROP", "CREATE"] : ["CREATE"],
            state: {
                let isDropped = configuration.recreate && access.databaseIsThere == false
                return count.state + (isDropped ? " The database \(configuration.database) was dropped." : "")
            }, body)
    }

    private func emit(_ event: Event) { reader.read(event) }

    /// The outcome, if a look without the lock shows that there is nothing to do. Whatever else it shows may be half of what
    /// another deployer is about to write.
    private func doneAlready(_ access: TargetAccess, _ stopwatch: Stopwatch) throws -> Outcome? {
        let plan: Plan
        do {
            if let plan = try access.settledPlan() {
                start(plan, access)
                return finish(.nothingToDo, plan, applied: [], failure: nil, stopwatch)
            }
            plan = try access.plan()
        } catch let error as DeploymentError where error.code == .serverUnreachable || error.code == .problems {
            return nil
        }
        return plan.isBlocked ? nil : try decide(plan, access, stopwatch)
    }

    /// What a plan says about running at all: nil if there is something to run.
    private func decide(_ plan: Plan, _ access: TargetAccess, _ stopwatch: Stopwatch) throws -> Outcome? {
        try refuseIfBlocked(plan)
        guard plan.isEmpty, access.journal.isSettled else { return nil }
        access.rememberSettled(plan)
        start(plan, access)
        return finish(.nothingToDo, plan, applied: [], failure: nil, stopwatch)
    }

    private func refuseIfBlocked(_ plan: Plan) throws(DeploymentError) {
        guard plan.isBlocked else { return }
        for problem in plan.problems { emit(.notice(problem)) }
        throw DeploymentError(
            .problems,
            "Nothing ran: \(counted(plan.problems.count { $0.severity == .error }, "problem")) to settle first.",
            advice: "See everything: databasedeploy status")
    }

    /// Drops the database, so that it is built new; but not before everything is known that would keep it from being built.
    private func dropDatabase(_ access: TargetAccess, _ lock: DeploymentLock) throws {
        let plan = try access.plan(recreating: true)
        try refuseIfBlocked(plan)
        // Whoever builds it must be let in.
        try access.openSession().close()
        for problem in plan.problems where problem.code == .recreate { emit(.notice(problem)) }
        try lock.leaveDatabase()
        // Nothing ends it on its way: MariaDB drops one table after the other.
        try lock.session.execute("DROP DATABASE IF EXISTS \(quoted(identifier: configuration.database))")
    }

    /// Everything that happens while no other deployer can be at work.
    private func locked(_ access: TargetAccess, _ watch: Watch, _ stopwatch: Stopwatch) throws -> Outcome {
        let lock = try DeploymentLock(
            session: try access.lockSession(), database: configuration.database, timeout: configuration.lockTimeout,
            leaseSeconds: configuration.lease, isInterrupted: { watch.signal != nil },
            onWait: { emit(.waiting(holder: $0)) }, connect: access.connector)
        lock.keepsSession = access.isPooled
        defer { lock.release() }
        try lock.takeLease()
        let own = WatchedSession(
            journal: lock.session, watch, at: 0,
            locks: LockWatch(
                configuration, .update, isInCluster: lock.node != nil, connect: access.connector,
                emit: { [reader] in reader.read($0) }))
        if lock.node != nil { try access.readWhatOthersCommitted() }
        // Whoever held the lock may have changed everything.
        try Orphans(
            configuration: configuration, session: lock.session, isInterrupted: { watch.signal != nil }, emit: emit
        ).clear()
        if configuration.recreate { try dropDatabase(access, lock) }
        var plan = try access.plan()
        let settlement = Settlement(
            configuration: configuration, session: own, watch: watch, connect: access.connector,
            isInCluster: lock.node != nil, emit: { [reader] in reader.read($0) })
        if try settlement.settle(access.journal.records.values, plan.steps.map(\.script)) { plan = try access.plan() }
        if try settlement.takeBack(plan) { plan = try access.plan() }
        if let outcome = try decide(plan, access, stopwatch) { return outcome }
        let followers = Followers(
            configuration: configuration, driver: driver, node: lock.node == nil ? nil : lock.session, watch: watch,
            emit: emit)
        defer { followers.close() }
        try followers.check()
        start(plan, access)
        try createDatabaseIfNoScriptDoes(plan, access, own)
        // On a fresh database scripts start without a selected one, and perhaps as another user.
        let pooled = plan.strategy == .update ? access.pooledScripts : nil
        let run = try TargetRun(
            configuration: configuration, plan: plan, journal: access.journal, modes: access.scriptModes,
            session: try pooled ?? access.openSession(), lock: lock, watch: watch, connect: access.connector,
            emit: { [reader] in reader.read($0) })
        defer { if pooled == nil { run.session.close() } }
        if access.journal.databaseExists { try run.openJournal() }
        let failure = try runScripts(plan, run, access, followers)
        let kind: Outcome.Kind = failure != nil ? .failed : plan.steps.isEmpty ? .nothingToDo : .succeeded
        do {
            try tidyUp(run, after: failure)
            record(kind, failure, run)
        } catch let error as Untidy {
            // The next run finds this one unfinished, and tidies up.
            emit(.notice(Problem(.journal, .warning, "The journal could not be tidied up: \(error.underlying)")))
        }
        let applied = Set(run.applied)
        return finish(
            kind, plan, applied: plan.steps.map(\.script.identity).filter(applied.contains), failure: failure, stopwatch
        )
    }

    /// What is still to do does not change how the deployment ended.
    private struct Untidy: Error {
        let underlying: any Error
    }

    /// Writes what waits for a script that does not come, and removes what is needed no more.
    ///
    /// - Throws: `Untidy` where everything that counts is recorded, or has failed before.
    private func tidyUp(_ run: TargetRun, after failure: Failure?) throws {
        var hasEnded = failure != nil
        do {
            try run.writeDeferred()
            hasEnded = true
            try run.sweepUndo()
        } catch {
            throw hasEnded ? Untidy(underlying: error) : error
        }
    }

    private func start(_ plan: Plan, _ access: TargetAccess) {
        emit(
            .started(
                .init(
                    database: configuration.database, server: access.server, strategy: plan.strategy,
                    scripts: plan.steps.count, recreates: configuration.recreate, at: .now)))
        for problem in plan.problems { emit(.notice(problem)) }
    }

    /// A project whose scripts leave the database to somebody else gets it from us.
    private func createDatabaseIfNoScriptDoes(_ plan: Plan, _ access: TargetAccess, _ own: any Session) throws {
        let name = configuration.database
        guard !access.journal.databaseExists, !plan.steps.isEmpty else { return }
        let created = plan.steps.lazy.flatMap { $0.facts?.createdDatabases ?? [] }
        guard !created.contains(where: { $0.lowercased() == name.lowercased() }) else { return }
        do throws(DatabaseError) {
            try own.execute("CREATE DATABASE \(quoted(identifier: name)) CHARACTER SET utf8mb4")
        } catch {
            guard error.isAccessDenied else { throw error }
            throw DeploymentError(
                .accessDenied, "The user may not create the database \(name): \(error.description)",
                advice: """
                    The right CREATE is missing. An administrator can give it: \
                    GRANT CREATE ON \(quoted(identifier: name)).* TO the user; or create the database.
                    """)
        }
        access.databaseWasCreated()
    }

    /// Runs the scripts up to the first that fails.
    private func runScripts(
        _ plan: Plan, _ run: TargetRun, _ access: TargetAccess, _ followers: Followers
    ) throws -> Failure? {
        var open = plan.steps.enumerated().map { (number: $0.offset + 1, step: $0.element) }[...]
        var waves =
            width(plan, run) > 1
            ? Waves(plan: plan, isEmpty: access.journal.isEmpty, mustPay: configuration.parallel == nil) : nil
        var alone: Set<ScriptIdentity> = []
        var workers: Workers?
        defer { workers?.end() }
        while let (number, step) = open.first {
            guard let facts = step.facts else {
                open.removeFirst()
                continue
            }
            let obstacle = try followers.wait()
            if let signal = run.watch.signal {
                return stopped(
                    before: step, facts, "Stopped by signal \(signal) before this script.",
                    advice: "To go on, type: databasedeploy", isInterruption: true)
            }
            if let obstacle {
                return stopped(
                    before: step, facts, "This script was not begun: \(obstacle).",
                    advice: "When that has changed, type: databasedeploy", isInterruption: false)
            }
            if let shared = run.shared, let wave = try waves?.next(of: open, without: alone, on: run.own) {
                run.forgetAhead()
                try run.writeDeferred()
                try run.prepareUndoLogs()
                let team = workers ?? Workers(shared, connect: access.connector)
                workers = team
                let result = try ParallelRun(
                    run: run, workers: team, steps: wave.steps, total: plan.steps.count, order: wave.order,
                    width: min(width(plan, run), wave.steps.count)
                ).execute()
                open.removeAll { result.completed.contains($0.step.script.identity) }
                for index in open.indices where result.again.contains(open[index].step.script.identity) {
                    open[index].step.isRepeated = true
                }
                alone.formUnion(result.again)
                if let obstacle = result.obstacle {
                    emit(.notice(fewConnections(obstacle)))
                    team.end()
                    (workers, waves) = (nil, nil)
                }
                if let failure = result.failures.first { return failure }
                continue
            }
            if let group = try GroupRunner(run, Self.folder(of: open), total: plan.steps.count) {
                let result = group.run()
                for step in result.done {
                    try run.finished(step)
                    waves?.ranAlone(step)
                }
                open.removeFirst(result.done.count)
                guard let failure = result.failure?.failure else { continue }
                emit(.scriptFailed(failure))
                return failure
            }
            if let failure = try runScript(step, facts, number: number, of: plan.steps.count, run) { return failure }
            waves?.ranAlone(step)
            open.removeFirst()
        }
        if run.writer == nil, !plan.steps.isEmpty {
            throw DeploymentError(
                .failed, "Every script ran, but the database \(configuration.database) does not exist.",
                advice: "Look at the name in the configuration and in the script that creates the database.")
        }
        return nil
    }

    /// The scripts of the first one's folder.
    private static func folder(
        of steps: ArraySlice<(number: Int, step: PlanStep)>
    ) -> ArraySlice<(number: Int, step: PlanStep)> {
        let folder = steps.first?.step.script.identity.folder
        return steps.prefix { $0.step.script.identity.folder == folder }
    }

    /// Scripts that run at the same time. In a cluster definitions run one by one on all nodes.
    private func width(_ plan: Plan, _ run: TargetRun) -> Int {
        run.isInCluster ? 1 : configuration.parallel ?? (plan.strategy == .fresh ? Self.standardWidth : 1)
    }

    private func fewConnections(_ error: any Error) -> Problem {
        Problem(
            .connections, .notice,
            """
            A further connection could not be had (\((error as? DeploymentError)?.message ?? "\(error)")); from here on scripts run \
            one after the other.
            """, advice: "To have it so from the start: --set parallel=1")
    }

    /// For a database that nobody uses yet.
    private static let standardWidth = 4

    private func runScript(
        _ step: PlanStep, _ facts: ScriptFacts, number: Int, of total: Int, _ run: TargetRun
    ) throws -> Failure? {
        let script = step.script.identity
        emit(
            .scriptStarted(
                .init(
                    script: script, number: number, total: total, statements: facts.statementCount, start: step.start)))
        let stopwatch = Stopwatch()
        do {
            try ScriptRunner(target: run, step: step, facts: facts).run()
            try run.finished(step)
        } catch let failure as ScriptFailure {
            emit(.scriptFailed(failure.failure))
            return failure.failure
        }
        emit(.scriptFinished(script, statements: facts.statementCount, milliseconds: stopwatch.milliseconds))
        return nil
    }

    private func stopped(
        before step: PlanStep, _ facts: ScriptFacts, _ message: String, advice: String, isInterruption: Bool
    ) -> Failure {
        let failure = Failure(
            script: step.script.identity, message: message, statement: nil, statements: facts.statementCount,
            number: nil, sqlState: nil, state: "Nothing of this script ran.", advice: advice, milliseconds: 0,
            isInterruption: isInterruption)
        emit(.scriptFailed(failure))
        return failure
    }

    /// Writes down how the deployment ended. The scripts' records are what counts; where even this cannot be written,
    /// the deployment's row stays open, and the failure has been told.
    private func record(_ kind: Outcome.Kind, _ failure: Failure?, _ run: TargetRun) {
        do {
            try run.writer?.finish(
                outcome: kind.rawValue, applied: run.applied.count,
                error: failure.map { "\($0.script): \($0.message)" }, on: run.own)
        } catch {
            emit(.notice(Problem(.journal, .warning, "The end of the deployment could not be recorded: \(error)")))
        }
    }

    private func finish(
        _ kind: Outcome.Kind, _ plan: Plan, applied: [ScriptIdentity], failure: Failure?, _ stopwatch: Stopwatch
    ) -> Outcome {
        let outcome = Outcome(
            kind: kind, applied: applied, failure: failure, remaining: plan.steps.count - applied.count,
            reasonForNothing: plan.reasonForNothing, milliseconds: stopwatch.milliseconds, at: .now)
        emit(.finished(outcome))
        return outcome
    }
}
