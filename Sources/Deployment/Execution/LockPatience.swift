/// How long something that met a lock of others is tried again: pauses that grow, in which the application's statements pass.
struct LockPatience {
    private let limit: Int
    private let clock = Stopwatch()
    private var pause = 1

    /// Seconds of the longest pause.
    private static let longest = 30

    /// - Parameter limit: Seconds for all tries and pauses; 0 is no limit.
    init(limit: Int) {
        self.limit = limit
    }

    /// Seconds to wait before the next try; nil when the time is over.
    mutating func next() -> Int? {
        guard limit == 0 || clock.milliseconds + pause * 1000 < limit * 1000 else { return nil }
        defer { pause = min(2 * pause, Self.longest) }
        return pause
    }
}
