import Synchronization

/// Scripts that run at the same time: gives each one out as soon as those that it waits for are done, the first of the
/// order first. Short ones are given out with those that wait for nothing else.
final class ScriptQueue: Sendable {
    private struct State {
        /// Scripts that each one still waits for.
        var waits: [Int]
        /// Those that may run, in order.
        var ready: [Int]
        /// Those that were not given out.
        var remaining: Int
        /// Those that were.
        var taken: Set<Int> = []
        /// Workers that wait for a script.
        var idle: Set<Int> = []
        var workers: Int
        var isStopped = false
        /// Those that are done and were not taken yet.
        var done: [Int] = []
        var changes: [KnownObjects.Change] = []
        var again: Set<Int> = []
        var failures: [(index: Int, failure: Failure)] = []
        var error: (any Error)?
        /// Why a worker could not begin.
        var obstacle: (any Error)?
    }

    private let state: Mutex<State>
    private let predecessors: [[Int]]
    private let followers: [[Int]]
    /// Into how many parts for each worker what remains is divided at least, so that all have something to do to the end.
    private static let share = 3
    private let groups: Set<Int>
    private let pipes: [Pipe]
    private let mainPipe: Pipe

    /// - Parameters:
    ///   - workers: Who take scripts, from 0 on.
    ///   - groups: Scripts of which a worker may take several at once.
    init(_ order: ScriptOrder, workers: Int, groups: Set<Int>) throws {
        self.groups = groups
        var followers = [[Int]](repeating: [], count: order.predecessors.count)
        for (index, predecessors) in order.predecessors.enumerated() {
            for predecessor in predecessors { followers[predecessor].append(index) }
        }
        self.followers = followers
        pipes = try (0..<workers).map { _ in try Pipe() }
        mainPipe = try Pipe()
        predecessors = order.predecessors
        let waits = order.predecessors.map(\.count)
        state = Mutex(
            State(
                waits: waits, ready: waits.indices.filter { waits[$0] == 0 }, remaining: waits.count, workers: workers))
    }

    // MARK: Workers

    /// The next script for a worker, or several that may go together, in order, waiting for one if need be; none when there is
    /// none any more.
    func take(_ worker: Int) -> [Int] {
        while true {
            let next: (taken: [Int], isEnd: Bool) = state.withLock { state in
                let isEnd = state.isStopped || state.ready.isEmpty && state.idle.count + 1 == state.workers
                if isEnd || state.ready.isEmpty {
                    state.idle.insert(worker)
                    return ([], isEnd)
                }
                return (some(&state), false)
            }
            if !next.taken.isEmpty { return next.taken }
            if next.isEnd {
                stop()
                return []
            }
            pipes[worker].wait()
            _ = pipes[worker].read()
            state.withLock { _ = $0.idle.remove(worker) }
        }
    }

    private func some(_ state: inout State) -> [Int] {
        let first = state.ready[0]
        var taken: Set<Int> = [first]
        if groups.contains(first) {
            // As many as leave the others something to do.
            let limit = max(1, min(GroupRunner.limit, state.remaining / (Self.share * state.workers)))
            let ready = state.ready.dropFirst().filter(groups.contains).prefix(min(limit - 1, state.ready.count / 2))
            taken.formUnion(ready)
            // What waits for nothing else comes behind them on the same connection.
            var next = taken.flatMap { followers[$0] }.filter(groups.contains).sorted()
            while taken.count < limit, !next.isEmpty {
                let follower = next.removeFirst()
                guard !taken.contains(follower), !state.taken.contains(follower),
                    predecessors[follower].count(where: taken.contains) == state.waits[follower]
                else { continue }
                taken.insert(follower)
                next = (next + followers[follower].filter(groups.contains)).sorted()
            }
        }
        state.ready.removeAll(where: taken.contains)
        state.taken.formUnion(taken)
        state.remaining -= taken.count
        return taken.sorted()
    }

    /// A script ran to its end, and that is committed.
    func finished(_ index: Int, _ changes: [KnownObjects.Change]) {
        let woken: [Int] = state.withLock { state in
            state.done.append(index)
            state.changes += changes
            for follower in followers[index] {
                state.waits[follower] -= 1
                guard state.waits[follower] == 0, !state.taken.contains(follower) else { continue }
                let place = state.ready.firstIndex { $0 > follower } ?? state.ready.endIndex
                state.ready.insert(follower, at: place)
            }
            // The one that is done may have others in its hands before it takes the next.
            let woken = Array(state.idle.prefix(state.ready.count))
            state.idle.subtract(woken)
            return woken
        }
        for worker in woken { pipes[worker].write() }
    }

    /// A script met a lock and left nothing; it runs again when no other does.
    func putBack(_ index: Int) {
        state.withLock { _ = $0.again.insert(index) }
        stop()
    }

    /// A script failed: those that run end, and no other starts.
    func failed(_ index: Int, _ failure: Failure) {
        state.withLock { $0.failures.append((index, failure)) }
        stop()
    }

    /// Nothing can go on.
    func broke(_ error: any Error) {
        state.withLock { $0.error = $0.error ?? error }
        stop()
    }

    /// Whether no further script starts.
    var isStopped: Bool { state.withLock { $0.isStopped } }

    /// No further script starts.
    func stop() {
        state.withLock { $0.isStopped = true }
        for pipe in pipes { pipe.write() }
    }

    /// A worker could not begin; the others go on.
    func lost(_ error: any Error) {
        state.withLock { $0.obstacle = error }
    }

    /// A worker is gone.
    func left() {
        let isOver = state.withLock { state in
            state.workers -= 1
            return state.ready.isEmpty && state.idle.count == state.workers
        }
        if isOver { stop() }
        mainPipe.write()
    }

    /// What others did to the objects that are there, from the `count`th change on.
    func changes(from count: Int) -> [KnownObjects.Change] {
        state.withLock { Array($0.changes[min(count, $0.changes.count)...]) }
    }

    // MARK: The main thread

    /// Waits for a while, or until every worker is gone.
    ///
    /// - Returns: What was done meanwhile; and whether every worker is gone.
    func wait(milliseconds: Int32) -> (done: [Int], isOver: Bool) {
        mainPipe.wait(milliseconds: milliseconds)
        _ = mainPipe.read()
        return state.withLock { state in
            defer { state.done = [] }
            return (state.done, state.workers == 0)
        }
    }

    /// The failures, in the order of the scripts.
    var failures: [Failure] { state.withLock { $0.failures.sorted { $0.index < $1.index }.map(\.failure) } }

    /// Those that run again.
    var again: Set<Int> { state.withLock { $0.again } }

    /// Why nothing can go on; nil if it can.
    var error: (any Error)? { state.withLock { $0.error } }

    /// Why a worker could not begin; nil if all could.
    var obstacle: (any Error)? { state.withLock { $0.obstacle } }
}
