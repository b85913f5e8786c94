import SQLScript

/// Names that columns, keys and constraints of a table may have: all that it has are among them.
struct ElementNames: Sendable, Equatable {
    /// In lower case.
    private var names: Set<String>
    /// Whether the table keeps foreign keys: other engines pass them over in silence.
    let isInnoDB: Bool

    /// - Parameter definition: As `SHOW CREATE TABLE` says it.
    /// - Returns: Nil if a name goes beyond ASCII: which of those are one is a matter of collations.
    init?(definition: String) {
        let lines = DefinitionLines(definition)
        names = lines.elementNames
        isInnoDB = lines.options.contains("ENGINE=InnoDB")
        guard names.allSatisfy({ $0.allSatisfy(\.isASCII) }) else { return nil }
    }

    /// - Parameter words: Of the `CREATE TABLE`, in lower case and in their order.
    /// - Returns: Nil if the table may have elements that they don't name.
    init?(creating words: [String]) {
        names = Set(words)
        isInnoDB = zip(words, words.dropFirst()).contains { $0 == ("engine", "innodb") }
        // `LIKE u`, `TABLE u`, `VALUES …`, or a table elsewhere of which the engine asks for the columns.
        guard names.isDisjoint(with: ["like", "select", "values"]), words.count(where: { $0 == "table" }) == 1,
            isInnoDB || !names.contains("engine")
        else { return nil }
    }

    /// A statement changed the table.
    ///
    /// - Parameter words: All that may name something in it.
    mutating func add(_ words: [String]) { names.formUnion(words) }

    /// Whether the table has no element of that name for certain; one that the server may have made up counts as there ("CREATE
    /// TABLE Statement": names of keys and constraints that have none).
    ///
    /// - Parameter name: In lower case.
    func lacks(_ name: String) -> Bool {
        let stem = name.reversed().drop { $0.isNumber }
        let isNumbered = stem.first == "_" && stem.count < name.count
        return name.allSatisfy(\.isASCII) && !name.isEmpty && !names.contains(name) && name != "primary"
            && !name.hasPrefix("functional_index") && !name.contains("_ibfk_") && !name.contains("_chk_")
            && !(isNumbered
                && (stem.dropFirst().elementsEqual("constraint".reversed())
                    || names.contains(String(stem.dropFirst().reversed()))))
    }
}
