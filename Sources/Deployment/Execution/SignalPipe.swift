#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

import Synchronization

/// Brings SIGINT, SIGTERM and SIGHUP from their handler, where hardly anything is allowed, to a thread that can act.
enum SignalPipe {
    private static let pipe: Pipe? = {
        do { return try Pipe() } catch { return nil }
    }()

    /// Takes the signals over, for the rest of the process.
    static func install() {
        guard pipe != nil else { return }
        for number in numbers { signal(number) { SignalPipe.pipe?.write(UInt8($0)) } }
        ignoreClosedPipes()
        // A parent may have left them blocked, and a mask is inherited.
        var mask = sigset_t()
        sigemptyset(&mask)
        for number in numbers { sigaddset(&mask, number) }
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    }

    /// Gives the signals back: from here on, one ends the process.
    static func release() {
        for number in numbers { signal(number, SIG_DFL) }
    }

    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Makes writing to a pipe that nobody reads any more an error like others, not the end of the process.
    static func ignoreClosedPipes() { signal(SIGPIPE, SIG_IGN) }

    /// Waits for a signal.
    ///
    /// - Returns: Its number; nil when the time was over or the other pipe had something.
    static func wait(orFor other: Pipe, milliseconds: Int32) -> Int32? {
        guard let pipe else { return nil }
        Pipe.wait(pipe, other, milliseconds: milliseconds)
        return pipe.read().map(Int32.init)
    }
}
