/// "Did you mean": the nearest of the names that would have been right.
public enum Suggestion {
    /// The name that a person most likely meant, or nil if none is near.
    ///
    /// Near means: at most a third of the letters are wrong, missing, too many or swapped with a neighbour.
    static func nearest(to word: String, in names: some Sequence<String>) -> String? {
        let given = Array(word.lowercased())
        var best: (name: String, distance: Int)?
        for name in names {
            let distance = distance(given, Array(name.lowercased()))
            if distance < best?.distance ?? Int.max { best = (name, distance) }
        }
        guard let best, best.distance <= max(1, max(given.count, best.name.count) / 3) else { return nil }
        return best.name
    }

    /// ` (did you mean "x"?)`, or nothing.
    public static func phrase(for word: String, in names: some Sequence<String>) -> String {
        nearest(to: word, in: names).map { " (did you mean \"\($0)\"?)" } ?? ""
    }

    /// The number of single edits between two words, where swapping two neighbours is one (optimal string alignment).
    static func distance(_ left: [Character], _ right: [Character]) -> Int {
        guard !left.isEmpty, !right.isEmpty else { return left.count + right.count }
        var before: [Int] = []
        var above = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let same = left[row - 1] == right[column - 1]
                var cost = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (same ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current.append(cost)
            }
            before = above
            above = current
        }
        return above[right.count]
    }
}
