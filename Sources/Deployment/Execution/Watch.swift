import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Watches a deployment from a thread of its own: ends statements that take too long, ends the running statement when a
/// person interrupts, and makes the readers of events move.
///
/// The server has no limit that covers every kind of statement (`max_execution_time` in MySQL is for `SELECT` only),
/// so a statement is ended by `KILL QUERY` from here.
final class Watch: Sendable {
    /// Why a statement was ended from here.
    enum Cause: Sendable {
        case timeout(seconds: Int)
        case signal(Int32)
    }

    private struct State {
        var interrupter: (any Interrupter)?
        var deadline: ContinuousClock.Instant?
        var timeout = 0
        var cause: Cause?
        /// When `KILL QUERY` was last sent, so that it is sent again if the statement goes on all the same.
        var killedAt: ContinuousClock.Instant?
        var isStopped = false
    }

    private let state = Mutex(State())
    private let tick: @Sendable () -> Void
    private let wakeUp: Pipe

    /// Starts watching.
    ///
    /// - Parameter tick: Called about five times a second.
    init(tick: @escaping @Sendable () -> Void) throws {
        self.tick = tick
        wakeUp = try Pipe()
        SignalPipe.install()
        try Thread.detach { [self] in run() }
    }

    /// Ends the watch.
    func stop() {
        state.withLock { $0.isStopped = true }
        wakeUp.write()
    }

    /// The signal that was received, if any: nothing new should start.
    var signal: Int32? {
        if case .signal(let number) = state.withLock({ $0.cause }) { return number }
        return nil
    }

    /// Runs a statement under watch.
    ///
    /// - Parameter timeout: Seconds; 0 means no limit.
    /// - Returns: Whether the server was told to end the statement. It may have ended well all the same: `SLEEP()` in
    ///   MySQL returns a value then.
    func during(_ interrupter: any Interrupter, timeout: Int, _ body: () throws -> Void) throws -> Bool {
        state.withLock { state in
            state.interrupter = interrupter
            state.timeout = timeout
            state.deadline = timeout > 0 ? ContinuousClock.now + .seconds(timeout) : nil
            state.killedAt = nil
            if case .timeout = state.cause { state.cause = nil }
        }
        defer {
            state.withLock { state in
                state.interrupter = nil
                state.deadline = nil
            }
        }
        try body()
        return state.withLock { $0.killedAt != nil }
    }

    /// Why the last statement was ended from here, if it was.
    var cause: Cause? { state.withLock { $0.cause } }

    private func run() {
        while !state.withLock({ $0.isStopped }) {
            if let signal = SignalPipe.wait(orFor: wakeUp, milliseconds: 200) {
                state.withLock { $0.cause = .signal(signal) }
            }
            interruptIfDue()
            tick()
        }
    }

    private func interruptIfDue() {
        let interrupter: (any Interrupter)? = state.withLock { state in
            let now = ContinuousClock.now
            if let deadline = state.deadline, now >= deadline, state.cause == nil {
                state.cause = .timeout(seconds: state.timeout)
            }
            guard state.cause != nil, let interrupter = state.interrupter else { return nil }
            if let killed = state.killedAt, now - killed < .seconds(2) { return nil }
            state.killedAt = now
            return interrupter
        }
        // A failure to connect is no reason to give up: the next round tries again.
        do { try interrupter?.interrupt() } catch { state.withLock { $0.killedAt = nil } }
    }
}
