import Synchronization

/// How the rollout is, shared by its threads.
final class RolloutCourse: Sendable {
    private struct State {
        var results: [TargetResult?]
        var failures = 0
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(results: Array(repeating: nil, count: count)))
    }

    func set(_ result: TargetResult, at index: Int) {
        state.withLock { state in
            state.results[index] = result
            if result.state == .failed { state.failures += 1 }
        }
    }

    /// Failures since the last wave began.
    var failures: Int { state.withLock { $0.failures } }

    func beginWave() { state.withLock { $0.failures = 0 } }

    var results: [TargetResult?] { state.withLock { $0.results } }

    /// Whether one of these had no turn yet.
    func hasOpen(_ indices: [Int]) -> Bool {
        state.withLock { state in indices.contains { state.results[$0] == nil } }
    }
}
