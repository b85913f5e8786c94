#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A moment, and the three ways in which we write one.
public struct Timestamp: Sendable, Comparable {
    /// Since 1970, UTC.
    public let seconds: Int
    public let nanoseconds: Int

    public init(seconds: Int, nanoseconds: Int = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    public static var now: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    /// `2024-01-20 14:15:35`, UTC.
    public var utc: String {
        var (time, parts) = (time_t(seconds), tm())
        gmtime_r(&time, &parts)
        return Self.text(parts)
    }

    /// `2024-01-20 14:15:35`, in the machine's time zone, as in the old program's `Log.txt`.
    public var local: String {
        var (time, parts) = (time_t(seconds), tm())
        localtime_r(&time, &parts)
        return Self.text(parts)
    }

    /// RFC 3339 in UTC with milliseconds: `2024-01-20T14:15:35.123Z`.
    public var rfc3339: String {
        let text = utc.split(separator: " ").joined(separator: "T")
        let milliseconds = String(nanoseconds / 1_000_000)
        return text + "." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds + "Z"
    }

    private static func text(_ parts: tm) -> String {
        var parts = parts
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            strftime(start, buffer.count, "%Y-%m-%d %H:%M:%S", &parts)
            return String(cString: start)
        }
    }
}
