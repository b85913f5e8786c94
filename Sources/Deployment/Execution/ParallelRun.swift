/// Runs several scripts of one folder at the same time, on sessions of their own.
///
/// Each script's end is committed before another one starts that waits for it; the checkpoint follows the completed part.
struct ParallelRun {
    let run: TargetRun
    let shared: TargetRun.Shared
    /// The scripts, with their numbers in the plan, in order.
    let steps: [(number: Int, step: PlanStep)]
    /// Scripts that the plan has in all.
    let total: Int
    let order: ScriptOrder
    /// Scripts at a time.
    let width: Int
    let connect: @Sendable () throws -> any Session

    /// How it ended.
    struct Result {
        var completed: Set<ScriptIdentity> = []
        /// Those that met a lock, left nothing, and are to run alone.
        var again: Set<ScriptIdentity> = []
        /// In the order of the scripts.
        var failures: [Failure] = []
    }

    /// Milliseconds after which the checkpoint follows at the latest.
    private static let pace: Int32 = 25

    func execute() throws -> Result {
        let queue = try ScriptQueue(order, workers: width)
        for place in 1...width {
            do {
                try Thread.detach { [shared, steps, total, connect] in
                    Worker(queue: queue, place: place, shared: shared, steps: steps, total: total).work(connect)
                }
            } catch {
                queue.broke(error)
                queue.left()
            }
        }
        var result = Result()
        while true {
            let (done, isOver) = queue.wait(milliseconds: Self.pace)
            if shared.watch.signal != nil { queue.stop() }
            do {
                try run.completed(done.sorted().map { steps[$0].step })
            } catch {
                queue.broke(error)
            }
            result.completed.formUnion(done.map { steps[$0].step.script.identity })
            if isOver { break }
        }
        run.known.forget()
        let rest = queue.rest
        if let error = rest.error { throw error }
        result.again = Set(rest.again.map { steps[$0].step.script.identity })
        result.failures = rest.failures
        return result
    }
}

/// One thread that runs scripts.
private struct Worker {
    let queue: ScriptQueue
    let place: Int
    let shared: TargetRun.Shared
    let steps: [(number: Int, step: PlanStep)]
    let total: Int

    func work(_ connect: () throws -> any Session) {
        defer { queue.left() }
        do {
            let session = try connect()
            defer { session.close() }
            let own = try connect()
            defer { own.close() }
            let run = TargetRun(beside: shared, place: place, session: session, own: own)
            // Before anything runs: the next deployer looks for statements that outlive this one.
            try shared.writer.add(connection: session.connectionID, on: own)
            var seen = 0
            while let index = queue.take(place - 1) {
                for change in queue.changes(from: seen) {
                    run.known.note(change.verb, change.objects)
                    seen += 1
                }
                try execute(index, run)
            }
        } catch {
            queue.broke(error)
        }
    }

    private func execute(_ index: Int, _ run: TargetRun) throws {
        let (number, step) = steps[index]
        guard let facts = step.facts else { return }
        let script = step.script.identity
        shared.emit(
            .scriptStarted(
                .init(
                    script: script, number: number, total: total, statements: facts.statementCount, start: 0,
                    isBesideOthers: true)))
        let stopwatch = Stopwatch()
        do {
            try ScriptRunner(target: run, step: step, facts: facts).run()
            shared.emit(
                .scriptFinished(script, statements: facts.statementCount, milliseconds: stopwatch.milliseconds))
            queue.finished(index, run.takeChanges())
        } catch let failure as ScriptFailure where failure.isContention {
            shared.emit(
                .notice(
                    Problem(
                        .contention, .notice,
                        "\(script) met a lock (\(failure.failure.message)); nothing of it is left, and it runs again alone.",
                        script: script)))
            queue.putBack(index)
        } catch let failure as ScriptFailure {
            shared.emit(.scriptFailed(failure.failure))
            queue.failed(index, failure.failure)
        }
    }
}
