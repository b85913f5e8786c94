/// The server's clock, read once and carried on here.
///
/// Records are written in a script's session, where the functions for the time are the script's: `SET timestamp` stops
/// them, and for `SYSDATE()`, which it spares, `time_zone` decides what it means.
struct ServerClock: Sendable {
    /// Columns for `init`, the same moment in seconds and in millionths of the last one. Neither depends on a time zone.
    static let columns = "UNIX_TIMESTAMP(), MICROSECOND(NOW(6))"

    private let read = ContinuousClock.now
    private let moment: Timestamp

    /// - Parameter values: Of `columns`, as they come from the server.
    init(_ values: some Collection<String?>) {
        let numbers = values.map { $0.flatMap(Int.init) ?? 0 }
        moment = Timestamp(seconds: numbers[0], nanoseconds: numbers[1] * 1000)
    }

    /// Now, as a literal for a `DATETIME(6)` in UTC.
    var now: String {
        let elapsed = (ContinuousClock.now - read).components
        let nanoseconds = moment.nanoseconds + Int(elapsed.attoseconds / 1_000_000_000)
        let seconds = moment.seconds + Int(elapsed.seconds) + nanoseconds / 1_000_000_000
        let fraction = String(nanoseconds % 1_000_000_000 / 1000)
        return "'\(Timestamp(seconds: seconds).utc).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)'"
    }

    /// The same for a `DATETIME`, which would round a fraction up.
    var nowInSeconds: String { "\(now.dropLast(8))'" }
}
