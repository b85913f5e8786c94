import Synchronization

/// The threads, with sessions of their own, that run scripts at the same time: started when they are first needed, and kept
/// for the whole deployment.
final class Workers {
    /// What a thread is to do.
    struct Job: Sendable {
        let queue: ScriptQueue
        /// The scripts, with their numbers in the plan, in order.
        let steps: [(number: Int, step: PlanStep)]
        /// Scripts that the plan has in all.
        let total: Int
    }

    private let shared: TargetRun.Shared
    private let connect: @Sendable () throws -> any Session
    private var inboxes: [Inbox] = []

    /// - Parameter connect: Opens a session on the server, from any thread.
    init(_ shared: TargetRun.Shared, connect: @escaping @Sendable () throws -> any Session) {
        self.shared = shared
        self.connect = connect
    }

    /// Ends the threads, and waits until their sessions are closed: a connection that is still there later would look like
    /// one of a deployer that died.
    func end() {
        for inbox in inboxes { inbox.put(nil) }
        for inbox in inboxes { inbox.waitForEnd() }
        inboxes = []
    }

    /// Gives a job to as many threads as its queue is for.
    func start(_ job: Job, width: Int) throws {
        while inboxes.count < width {
            let inbox = try Inbox()
            let place = inboxes.count + 1
            try Thread.detach { [shared, connect] in
                Worker(place: place, shared: shared, inbox: inbox).live(connect)
            }
            inboxes.append(inbox)
        }
        for inbox in inboxes.prefix(width) { inbox.put(job) }
    }
}

/// How a thread gets its jobs.
private final class Inbox: Sendable {
    private struct State {
        var job: Workers.Job?
        var isClosed = false
    }

    private let state = Mutex(State())
    private let pipe: Pipe
    private let endPipe: Pipe

    init() throws {
        pipe = try Pipe()
        endPipe = try Pipe()
    }

    /// The thread is done.
    func end() { endPipe.write() }

    func waitForEnd() { endPipe.wait() }

    /// - Parameter job: Nil ends the thread.
    func put(_ job: Workers.Job?) {
        state.withLock { state in
            state.job = job
            state.isClosed = job == nil
        }
        pipe.write()
    }

    /// The next job; nil when there will be none.
    func take() -> Workers.Job? {
        while true {
            pipe.wait()
            _ = pipe.read()
            let (job, isClosed) = state.withLock { state in
                defer { state.job = nil }
                return (state.job, state.isClosed)
            }
            if isClosed || job != nil { return job }
        }
    }
}

/// One thread.
private struct Worker {
    let place: Int
    let shared: TargetRun.Shared
    let inbox: Inbox

    func live(_ connect: () throws -> any Session) {
        var run: TargetRun?
        while let job = inbox.take() {
            if run == nil {
                do { run = try open(connect) } catch { job.queue.lost(error) }
            }
            if let run {
                do { try work(job, run) } catch { job.queue.broke(error) }
            }
            job.queue.left()
        }
        run?.session.close()
        run?.own.close()
        inbox.end()
    }

    private func open(_ connect: () throws -> any Session) throws -> TargetRun {
        let session = try connect()
        do {
            let own = try connect()
            do {
                // Before anything runs: the next deployer looks for statements that outlive this one. Copies of tables and
                // taking back run on the further one.
                try shared.writer.add(connections: [session, own].map(\.connectionID), on: own)
                return TargetRun(beside: shared, place: place, session: session, own: own)
            } catch {
                own.close()
                throw error
            }
        } catch {
            session.close()
            throw error
        }
    }

    private func work(_ job: Workers.Job, _ run: TargetRun) throws {
        // Scripts that ran alone may have changed anything.
        run.known.forget()
        var seen = 0
        while true {
            var taken = job.queue.take(place - 1)[...]
            if taken.isEmpty { return }
            for change in job.queue.changes(from: seen) {
                run.known.note(change)
                seen += 1
            }
            // Of several, what has not begun when a script fails stays where it is.
            var isFirst = true
            while !taken.isEmpty, isFirst || !job.queue.isStopped {
                taken.removeFirst(try executeSome(taken, job, run))
                isFirst = false
            }
        }
    }

    /// - Returns: How many scripts of the first are dealt with.
    private func executeSome(_ indices: ArraySlice<Int>, _ job: Workers.Job, _ run: TargetRun) throws -> Int {
        guard let group = try GroupRunner(run, indices.map { job.steps[$0] }, total: job.total) else {
            try execute(indices[indices.startIndex], job, run)
            return 1
        }
        let result = group.run()
        for index in indices.prefix(result.done.count) { job.queue.finished(index, run.takeChanges()) }
        guard let failure = result.failure else { return result.done.count }
        // Not always the one behind those that are done: what could not be recorded is not.
        let failed = indices.first { job.steps[$0].step.script.identity == failure.failure.script }
        report(failure, of: failed ?? indices[indices.startIndex], job)
        return indices.count
    }

    private func execute(_ index: Int, _ job: Workers.Job, _ run: TargetRun) throws {
        let (number, step) = job.steps[index]
        guard let facts = step.facts else { return }
        let script = step.script.identity
        shared.emit(
            .scriptStarted(
                .init(
                    script: script, number: number, total: job.total, statements: facts.statementCount, start: 0,
                    isBesideOthers: true)))
        let stopwatch = Stopwatch()
        do {
            try ScriptRunner(target: run, step: step, facts: facts).run()
            shared.emit(
                .scriptFinished(script, statements: facts.statementCount, milliseconds: stopwatch.milliseconds))
            job.queue.finished(index, run.takeChanges())
        } catch let failure as ScriptFailure {
            report(failure, of: index, job)
        }
    }

    private func report(_ failure: ScriptFailure, of index: Int, _ job: Workers.Job) {
        let script = job.steps[index].step.script.identity
        guard failure.isContention else {
            shared.emit(.scriptFailed(failure.failure))
            return job.queue.failed(index, failure.failure)
        }
        shared.emit(
            .notice(
                Problem(
                    .contention, .notice,
                    "\(script) met a lock (\(failure.failure.message)); nothing of it is left, and it runs again alone.",
                    script: script)))
        job.queue.putBack(index)
    }
}
