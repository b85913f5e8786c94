/// A number of bytes, as people write it.
struct ByteCount: Equatable, CustomStringConvertible {
    let bytes: Int

    private static let units: [(String, Int)] = [("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10), ("B", 1)]

    init(bytes: Int) {
        self.bytes = bytes
    }

    /// - Parameter spelling: A whole number and a unit: `256 MB`, `1GB`, `500000`. A unit is 1024 of the one below it, as
    ///   with MySQL's variables.
    init?(spelling: String) {
        let digits = spelling.prefix { $0.isASCII && $0.isNumber }
        let unit = String(spelling.dropFirst(digits.count)).trimmed.uppercased()
        guard let number = Int(digits),
            let factor = unit.isEmpty
                ? 1 : Self.units.first(where: { $0.0 == unit || $0.0 == unit + "B" })?.1
        else { return nil }
        let (bytes, isTooLarge) = number.multipliedReportingOverflow(by: factor)
        guard !isTooLarge else { return nil }
        self.bytes = bytes
    }

    var description: String {
        for (unit, size) in Self.units where bytes >= size {
            let tenths = bytes * 10 / size
            return unit == "B" || tenths % 10 == 0 || tenths >= 1000
                ? "\(bytes / size) \(unit)" : "\(tenths / 10).\(tenths % 10) \(unit)"
        }
        return "\(bytes) B"
    }
}
