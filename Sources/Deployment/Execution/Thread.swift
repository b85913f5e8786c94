import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A thread of the operating system, for code that blocks.
enum Thread {
    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Runs a closure on a new thread, which ends with it.
    static func detach(_ body: @escaping @Sendable () -> Void) throws {
        pthread_detach(try start(body))
    }

    /// Runs a closure on this thread and on a new one at the same time, and returns when both have ended. Where no thread is
    /// to be had, this one does it alone.
    static func onTwo(_ body: @escaping @Sendable () -> Void) {
        let other: pthread_t?
        do {
            other = try start(body)
        } catch {
            other = nil
        }
        body()
        if let other { pthread_join(other, nil) }
    }

    private static func start(_ body: @escaping @Sendable () -> Void) throws -> pthread_t {
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        guard result == 0 else {
            box.release()
            throw SystemPackage.Errno(rawValue: result)
        }
        return thread
    }

    /// Lets the calling thread rest.
    static func sleep(milliseconds: Int32) { _ = poll(nil, 0, milliseconds) }
}
