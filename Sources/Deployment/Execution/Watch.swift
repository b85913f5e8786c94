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

    /// What is under watch.
    private struct Slot: Hashable {
        /// Of the session, among those on which statements run at the same time.
        let place: Int
        let isOurs: Bool
    }

    /// A statement under watch.
    private struct Watched {
        let interrupter: any Interrupter
        let begin: ContinuousClock.Instant
        let timeout: Int
        var deadline: ContinuousClock.Instant?
        /// Signals that had come before, and do not end it.
        let earlier: Int
        var isTooLong = false
        /// When `KILL QUERY` was last sent, so that it is sent again if the statement goes on all the same.
        var killedAt: ContinuousClock.Instant?
        /// Whether somebody is on the way to send it.
        var isKilling = false
        /// How often the server could not be told.
        var failures = 0
        /// Looks what keeps it, when it takes long.
        let look: LockLook?
        var nextLook: ContinuousClock.Instant
        var lookInterval: Duration
        var isLooking = false

        mutating func restart() {
            if timeout > 0 { deadline = ContinuousClock.now + .seconds(timeout) }
        }
    }

    /// The place of sessions with other servers, such as replicas: what these do says nothing about that of the target.
    static let elsewhere = -1

    private struct State {
        var signal: Int32?
        var signals = 0
        /// When the last signal came that is listened to; the next one ends the process.
        var release: ContinuousClock.Instant?
        var statements: [Slot: Watched] = [:]
        /// Places whose last statement took too long, with the limit in seconds.
        var timeouts: [Int: Int] = [:]
        var isStopped = false
        /// Whether the target's server does not answer at all.
        var isGivenUp = false
    }

    private let state = Mutex(State())
    private let tick: @Sendable () -> Void
    private let wakeUp: Pipe
    /// Listens for signals, where several deployments run in the process: only one can.
    private let parent: Watch?

    /// Starts watching.
    ///
    /// - Parameters:
    ///   - parent: The one that listens for signals, if several deployments run in the process.
    ///   - tick: Called about five times a second.
    init(under parent: Watch? = nil, tick: @escaping @Sendable () -> Void) throws {
        self.tick = tick
        self.parent = parent
        wakeUp = try Pipe()
        if parent == nil { SignalPipe.install() }
        try Thread.detach { [self] in run() }
    }

    /// Ends the watch.
    func stop() {
        state.withLock { $0.isStopped = true }
        wakeUp.write()
    }

    /// The signal that was received, if any: nothing new should start.
    var signal: Int32? { parent.map(\.signal) ?? state.withLock { $0.signal } }

    /// How many came.
    var signals: Int { parent.map(\.signals) ?? state.withLock { $0.signals } }

    /// Runs a statement under watch.
    ///
    /// - Parameters:
    ///   - place: Of the session, among those on which statements run at the same time.
    ///   - timeout: Seconds; 0 means no limit.
    ///   - earlier: Signals that do not end it: those that had come when a script was begun to be taken back.
    ///   - isOurs: Whether it is one of ours, which may run while the script's does. It takes milliseconds, and a signal ends it
    ///     only when it takes longer: then somebody's lock is in the way.
    ///   - look: Looks what keeps the statement, on a thread of its own, at intervals that grow.
    /// - Returns: Whether the server was told to end the statement. It may have ended well all the same: `SLEEP()` in
    ///   MySQL returns a value then.
    func during<Failure: Error>(
        _ interrupter: any Interrupter, at place: Int = 0, timeout: Int, earlier: Int = 0, isOurs: Bool = false,
        look: LockLook? = nil, _ body: () throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        let slot = Slot(place: place, isOurs: isOurs)
        let now = ContinuousClock.now
        let deadline = timeout > 0 ? now + .seconds(timeout) : nil
        let interval = Duration.milliseconds(look?.interval ?? 0)
        state.withLock { state in
            state.statements[slot] = Watched(
                interrupter: interrupter, begin: now, timeout: timeout, deadline: deadline, earlier: earlier,
                look: look,
                nextLook: now + interval, lookInterval: interval)
            if !isOurs { state.timeouts[place] = nil }
        }
        defer { state.withLock { $0.statements[slot] = nil } }
        try body()
        return state.withLock { state in
            // It answers, after all.
            if place != Self.elsewhere { state.isGivenUp = false }
            return state.statements[slot]?.killedAt != nil
        }
    }

    /// The next statement of a session's packet begins: it has its own time.
    func restart(at place: Int) {
        state.withLock { $0.statements[Slot(place: place, isOurs: false)]?.restart() }
    }

    /// Waits while nothing is under way.
    ///
    /// - Parameter earlier: Signals that do not end it.
    /// - Returns: Whether the time is over; false if a signal came.
    func pause(_ time: Duration, earlier: Int = 0) -> Bool {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            if signals > earlier { return false }
            Thread.sleep(milliseconds: 50)
        }
        return signals <= earlier
    }

    /// Why the last statement of a session was ended from here, if it was.
    ///
    /// - Parameter earlier: Signals that do not count.
    func cause(at place: Int = 0, earlier: Int = 0) -> Cause? {
        if signals > earlier, let signal { return .signal(signal) }
        return state.withLock { $0.timeouts[place] }.map { .timeout(seconds: $0) }
    }

    private func run() {
        while !state.withLock({ $0.isStopped }) {
            listen()
            releaseSignals()
            interruptIfDue()
            lookIfDue()
            tick()
        }
    }

    private func listen() {
        if parent != nil { return wakeUp.wait(milliseconds: 200) }
        guard let signal = SignalPipe.wait(orFor: wakeUp, milliseconds: 200) else { return }
        state.withLock { state in
            state.signal = signal
            state.signals += 1
            // Not at once: who is in a hurry presses the keys three times.
            if state.signals == 2 { state.release = .now + .seconds(3) }
        }
    }

    /// Leaves the next signal to the system, where two did not end the deployment: a server may be frozen, and what runs there is
    /// found out by the next run, as after any crash.
    private func releaseSignals() {
        let isDue = state.withLock { state in
            guard let release = state.release, release <= .now else { return false }
            state.release = nil
            return true
        }
        if isDue { SignalPipe.release() }
    }

    private func interruptIfDue() {
        for slot in state.withLock({ Array($0.statements.keys) }) { interruptIfDue(slot) }
    }

    /// How long a statement of ours may take before a signal ends it.
    private static let grace = Duration.seconds(1)

    private func interruptIfDue(_ slot: Slot) {
        let signals = signals
        let interrupter: (any Interrupter)? = state.withLock { state in
            guard var watched = state.statements[slot] else { return nil }
            let now = ContinuousClock.now
            if let deadline = watched.deadline, now >= deadline, !watched.isTooLong {
                watched.isTooLong = true
                state.timeouts[slot.place] = watched.timeout
            }
            defer { state.statements[slot] = watched }
            let isStopped = signals > watched.earlier && (!slot.isOurs || now - watched.begin > Self.grace)
            let isGivenUp = state.isGivenUp && slot.place != Self.elsewhere && now - watched.begin > Self.grace
            guard isStopped || watched.isTooLong || isGivenUp, !watched.isKilling else { return nil }
            // What is asked of it behind that would not be answered either.
            if isGivenUp {
                watched.interrupter.abandon()
                return nil
            }
            if let killed = watched.killedAt, now - killed < .seconds(2) { return nil }
            watched.killedAt = now
            watched.isKilling = true
            return watched.interrupter
        }
        guard let interrupter else { return }
        do {
            // A server that is slow to answer must not keep the watch from its work, such as to take another signal.
            try Thread.detach { [self] in end(slot, interrupter) }
        } catch {
            end(slot, interrupter)
        }
    }

    private func end(_ slot: Slot, _ interrupter: any Interrupter) {
        var failure: DatabaseError?
        do { try interrupter.interrupt() } catch { failure = error }
        let failures = state.withLock { state in
            state.statements[slot]?.isKilling = false
            guard let failure else { return 0 }
            // A failure to connect is no reason to give up: the next round tries again.
            state.statements[slot]?.killedAt = nil
            if failure.isUnreachable || failure.isConnectionLost { state.statements[slot]?.failures += 1 }
            return state.statements[slot]?.failures ?? 0
        }
        // Where the server does not answer at all, its answer to the statement is not waited for either.
        if failures >= Self.attempts {
            if slot.place != Self.elsewhere { state.withLock { $0.isGivenUp = true } }
            interrupter.abandon()
        }
    }

    /// How often a server is told in vain to end a statement before its connection is cut.
    private static let attempts = 2

    /// Longest time between two looks at one statement.
    private static let longestInterval = Duration.seconds(30)

    private func lookIfDue() {
        let now = ContinuousClock.now
        let due = state.withLock { state in
            state.statements.compactMap { slot, watched -> (slot: Slot, look: LockLook)? in
                guard let look = watched.look, !watched.isLooking, now >= watched.nextLook else { return nil }
                state.statements[slot]?.isLooking = true
                return (slot, look)
            }
        }
        for (slot, look) in due {
            do {
                try Thread.detach { [self] in
                    look.look()
                    hasLooked(slot)
                }
            } catch {
                // No thread can be had just now: the next round tries again.
                hasLooked(slot)
            }
        }
    }

    private func hasLooked(_ slot: Slot) {
        state.withLock { state in
            guard var watched = state.statements[slot] else { return }
            watched.isLooking = false
            watched.nextLook = ContinuousClock.now + watched.lookInterval
            watched.lookInterval = min(watched.lookInterval * 2, Self.longestInterval)
            state.statements[slot] = watched
        }
    }
}
