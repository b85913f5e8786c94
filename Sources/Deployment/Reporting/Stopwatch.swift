/// Measures how long things take.
struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    /// Since it was made.
    var milliseconds: Int {
        let elapsed = (ContinuousClock.now - start).components
        return Int(elapsed.seconds) * 1000 + Int(elapsed.attoseconds / 1_000_000_000_000_000)
    }
}
