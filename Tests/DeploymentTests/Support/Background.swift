import SystemPackage
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Work on a thread of its own, and the error it ended with.
final class Background: Sendable {
    private struct State {
        var isDone = false
        var error: (any Error)?
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    private let state = Mutex(State())

    init(_ body: @escaping @Sendable () throws -> Void) throws {
        let work = Body { [self] in
            do { try body() } catch { state.withLock { $0.error = error } }
            state.withLock { $0.isDone = true }
        }
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
                return nil
            }, Unmanaged.passRetained(work).toOpaque())
        guard result == 0 else { throw SystemPackage.Errno(rawValue: result) }
        pthread_detach(thread)
    }

    /// Waits for a condition while the work goes on; work that has ended makes no condition come true any more.
    func waitUntil(_ condition: () throws -> Bool) throws {
        try DeploymentTests.waitUntil {
            if try condition() { return true }
            if state.withLock({ $0.isDone }) {
                if let error = state.withLock({ $0.error }) { throw error }
                throw Missing(what: "what was waited for: the work has ended")
            }
            return false
        }
    }

    /// Waits for the end.
    func join() throws {
        try DeploymentTests.waitUntil { state.withLock { $0.isDone } }
        if let error = state.withLock({ $0.error }) { throw error }
    }
}

/// Waits for a condition, a minute at most.
func waitUntil(_ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try !condition() {
        guard ContinuousClock.now < deadline else { throw Missing(what: "what was waited for") }
        usleep(20_000)
    }
}

func killProcess(_ id: Int32) { kill(id, SIGKILL) }
