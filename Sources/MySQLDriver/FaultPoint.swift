#if DEBUG
    import Synchronization

    #if canImport(Glibc)
        import Glibc
    #else
        import Darwin
    #endif
#endif

/// A place at the edge of a packet at which a debug build can be made to die, to see what the next run does then.
///
/// `DATABASEDEPLOY_KILL_AT=N` ends the process by SIGKILL at the Nth of them. Release builds take no notice.
enum FaultPoint: String {
    case beforeSending = "before sending"
    case afterSending = "after sending"
    case afterAnswer = "after the answer"

    #if DEBUG
        private static let passed = Atomic<Int>(0)
        private static let wanted = getenv("DATABASEDEPLOY_KILL_AT").flatMap { Int(String(cString: $0)) }

        /// Dies here if it is the one.
        func pass() {
            guard let wanted = Self.wanted, Self.passed.add(1, ordering: .relaxed).newValue == wanted else { return }
            _ = "fault point \(wanted): \(rawValue)\n".withCString { write(2, $0, strlen($0)) }
            kill(getpid(), SIGKILL)
        }
    #else
        @inline(__always)
        func pass() {}
    #endif
}
