/// How far names reach: a view stands for its tables, a trigger writes where its text says, a foreign key ties tables.
struct Reach {
    private var programs: [String: Set<String>] = [:]
    /// What else a change of a table may meet: tables that a foreign key joins with it, and the names of its constraints.
    private var neighbours: [String: Set<String>] = [:]
    /// Tables whose rows change with those of one.
    private var dependents: [String: Set<String>] = [:]

    mutating func add(_ footprint: Footprint) {
        for program in footprint.programs { add(program) }
        for link in footprint.links { add(link) }
        for constraint in footprint.constraints { add(constraint) }
    }

    mutating func add(_ program: Footprint.Program) {
        programs[program.name, default: []].formUnion(program.words)
    }

    mutating func add(_ link: Footprint.Link) {
        neighbours[link.child, default: []].insert(link.parent)
        neighbours[link.parent, default: []].insert(link.child)
        if link.cascades { dependents[link.parent, default: []].insert(link.child) }
    }

    mutating func add(_ constraint: Footprint.Constraint) {
        neighbours[constraint.table, default: []].insert(constraint.name)
    }

    /// Whether no view, routine or trigger has one of some words in its text.
    func programsAvoid(_ words: Set<String>) -> Bool { programs.values.allSatisfy(words.isDisjoint) }

    /// All that a script reads and writes, as far as names lead.
    func whole(_ footprint: Footprint) -> (reads: Set<String>, writes: Set<String>) {
        let reached = closure(of: footprint.words, by: programs)
        var writes = footprint.written
        if footprint.runsPrograms {
            writes.formUnion(reached)
            writes.formUnion(closure(of: writes, by: dependents))
        }
        var reads = footprint.words.union(reached)
        for name in writes { reads.formUnion(neighbours[name] ?? []) }
        return (reads, writes)
    }

    /// What is reached from some names, without them.
    private func closure(of names: Set<String>, by steps: [String: Set<String>]) -> Set<String> {
        var reached: Set<String> = []
        var open = names.filter { steps[$0] != nil }
        while let name = open.popFirst() {
            for next in steps[name] ?? [] where reached.insert(next).inserted && steps[next] != nil {
                open.insert(next)
            }
        }
        return reached
    }
}
