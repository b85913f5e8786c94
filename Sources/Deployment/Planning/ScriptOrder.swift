/// Which scripts of a sequence have to wait for which: two that touch the same, where at least one writes it, keep their
/// order; so the result is that of running all in order.
struct ScriptOrder {
    /// For each script the earlier ones that it waits for, by their places in the sequence.
    private(set) var predecessors: [[Int]] = []

    /// - Parameter footprints: Of the scripts, in their order.
    init(_ footprints: [Footprint], _ reach: Reach) {
        var lastWriter: [String: Int] = [:]
        var readers: [String: [Int]] = [:]
        for (index, footprint) in footprints.enumerated() {
            let (reads, writes) = reach.whole(footprint)
            var found: Set<Int> = []
            for name in reads.union(writes) {
                if let writer = lastWriter[name] { found.insert(writer) }
            }
            for name in writes { found.formUnion(readers[name] ?? []) }
            for name in reads { readers[name, default: []].append(index) }
            for name in writes {
                lastWriter[name] = index
                readers[name] = nil
            }
            predecessors.append(found.sorted())
        }
    }

    /// What the scripts cost of which each waits for the one before it, where that is the most.
    ///
    /// - Parameter costs: Of each script.
    func longestChain(_ costs: [Int]) -> Int {
        var longest: [Int] = []
        for (cost, predecessors) in zip(costs, predecessors) {
            longest.append(cost + (predecessors.map { longest[$0] }.max() ?? 0))
        }
        return longest.max() ?? 0
    }
}
