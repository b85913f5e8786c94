/// Runs several scripts of one folder at the same time.
///
/// Each script's end is committed before another one starts that waits for it; the checkpoint follows the completed part.
struct ParallelRun {
    let run: TargetRun
    let workers: Workers
    /// The scripts, with their numbers in the plan, in order.
    let steps: [(number: Int, step: PlanStep)]
    /// Scripts that the plan has in all.
    let total: Int
    let order: ScriptOrder
    /// Scripts at a time.
    let width: Int

    /// How it ended.
    struct Result {
        var completed: Set<ScriptIdentity> = []
        /// Those that met a lock, left nothing, and are to run alone.
        var again: Set<ScriptIdentity> = []
        /// In the order of the scripts.
        var failures: [Failure] = []
        /// Why there were fewer connections than scripts at a time.
        var obstacle: (any Error)?
    }

    /// Milliseconds after which the checkpoint follows at the latest.
    private static let pace: Int32 = 25

    func execute() throws -> Result {
        let groups = run.takesGroups ? steps.indices.filter { steps[$0].step.mayBeInGroup } : []
        let queue = try ScriptQueue(order, workers: width, groups: Set(groups))
        do {
            try workers.start(Workers.Job(queue: queue, steps: steps, total: total), width: width)
        } catch {
            queue.stop()
            throw error
        }
        var result = Result()
        while true {
            let (done, isOver) = queue.wait(milliseconds: Self.pace)
            if run.watch.signal != nil { queue.stop() }
            do {
                try run.completed(done.sorted().map { steps[$0].step })
            } catch {
                queue.broke(error)
            }
            result.completed.formUnion(done.map { steps[$0].step.script.identity })
            if isOver { break }
        }
        run.known.forget()
        if let error = queue.error { throw error }
        result.again = Set(queue.again.map { steps[$0].step.script.identity })
        result.failures = queue.failures
        result.obstacle = queue.obstacle
        return result
    }
}
