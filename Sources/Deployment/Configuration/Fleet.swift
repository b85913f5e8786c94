/// Several databases that get the same scripts, and how they get them.
public struct Fleet: Sendable, Equatable {
    public var targets: TargetSource
    /// Databases of one server on which scripts run at the same time.
    public var width: Int
    /// One after the other; each is as large as it says, the last takes what is left.
    public var waves: [WaveSize]
    /// Databases that may fail in a wave without stopping what comes after them.
    public var maxFailures: Int

    public init(
        targets: TargetSource, width: Int = standardWidth, waves: [WaveSize] = WaveSize.standard, maxFailures: Int = 0
    ) {
        self.targets = targets
        self.width = width
        self.waves = waves
        self.maxFailures = maxFailures
    }

    public static let standardWidth = 8
    static let widths = 1...256
}

/// How many databases a wave has.
public enum WaveSize: Sendable, Equatable {
    case count(Int)
    /// Of all that have something to run, rounded up.
    case percent(Int)
    /// All that are left.
    case all

    /// One, then a tenth, then the rest.
    public static let standard: [WaveSize] = [.count(1), .percent(10), .all]

    /// As `init(spelling:)` reads it.
    var spelling: String {
        switch self {
        case .count(let count): "\(count)"
        case .percent(let percent): "\(percent)%"
        case .all: "all"
        }
    }

    /// - Parameter spelling: `5`, `10%` or `all`; nil for something else.
    init?(spelling: String) {
        let text = Spelling.trimmed(spelling[...])
        if text.lowercased() == "all" {
            self = .all
        } else if text.hasSuffix("%"), let percent = Int(Spelling.trimmed(text.dropLast())), (1...100).contains(percent)
        {
            self = .percent(percent)
        } else if let count = Int(text), count > 0 {
            self = .count(count)
        } else {
            return nil
        }
    }

    /// The waves of so many databases, as ranges of their places; none is empty.
    static func ranges(_ sizes: [WaveSize], of total: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for size in sizes + [.all] where start < total {
            let wanted =
                switch size {
                case .count(let count): count
                case .percent(let percent): (total * percent + 99) / 100
                case .all: total
                }
            let end = min(total, start + wanted)
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }
}
