/// What a column can hold, from its line in `SHOW CREATE TABLE`.
struct ColumnType: Equatable {
    /// Such as `int` or `varchar`.
    let name: String
    /// What is in the parentheses behind it, as written.
    let parameters: String
    let isUnsigned: Bool
    let mayBeNull: Bool
    /// Whether the server computes its values.
    let isGenerated: Bool
    /// Whether it does so whenever they are read, and keeps none.
    let isVirtual: Bool
    /// Whether it counts (`AUTO_INCREMENT`).
    let counts: Bool
    /// Whether an update of other columns changes its values (`ON UPDATE`).
    let updatesItself: Bool
    /// Of text; nil where neither the column nor its table says it.
    let characterSet: String?

    /// - Parameter tableSet: The table's default character set.
    init(line: String, tableSet: String?) {
        // Behind the name, in which a quote is doubled.
        var rest = Substring(line)
        if rest.first == "`" {
            rest.removeFirst()
            while let end = rest.firstIndex(of: "`") {
                rest = rest[rest.index(after: end)...]
                guard rest.first == "`" else { break }
                rest.removeFirst()
            }
        }
        rest = rest.drop { $0 == " " }
        name = rest.prefix { $0 != " " && $0 != "(" }.lowercased()
        rest = rest.dropFirst(name.count)
        parameters = Self.takeParentheses(&rest)
        // What is in strings, such as a comment, says nothing of the type.
        let words = Self.withoutStrings(rest).split(separator: " ")
        isUnsigned = words.contains("unsigned")
        isGenerated = words.contains("GENERATED") || words.contains("AS")
        isVirtual = isGenerated && words.contains("VIRTUAL")
        counts = words.contains("AUTO_INCREMENT")
        let pairs = zip(words, words.dropFirst())
        mayBeNull = !pairs.contains { $0 == "NOT" && $1 == "NULL" }
        updatesItself = pairs.contains { $0 == "ON" && $1 == "UPDATE" }
        func behind(_ word: Substring) -> Substring? {
            words.firstIndex(of: word).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
        }
        let collation = behind("COLLATE")?.split(separator: "_").first
        let isText = name.hasSuffix("char") || name.hasSuffix("text") || name == "enum" || name == "set"
        characterSet =
            isText ? (behind("SET") ?? collation).map(String.init) ?? tableSet : nil
    }

    /// A column's line without what its values have to be: what it checks, that it counts, and, where the type has no value
    /// that stands for none, that there has to be one.
    static func withoutDemands(_ line: String) -> String {
        let isSpatial = spatial.contains(ColumnType(line: line, tableSet: nil).name)
        var words = DefinitionLines.words(of: line)
        if let index = words.firstIndex(of: "CHECK") { words.removeSubrange(index...min(index + 1, words.count - 1)) }
        words.removeAll { $0 == "AUTO_INCREMENT" || isSpatial && $0 == "NOT" }
        return words.joined(separator: " ")
    }

    private static func takeParentheses(_ rest: inout Substring) -> String {
        guard rest.first == "(" else { return "" }
        var isString = false
        var index = rest.startIndex
        while index < rest.endIndex {
            if rest[index] == "'" { isString.toggle() }
            if rest[index] == ")", !isString { break }
            index = rest.index(after: index)
        }
        let inner = rest[rest.index(after: rest.startIndex)..<index]
        rest = rest[index...].dropFirst()
        return String(inner)
    }

    private static func withoutStrings(_ text: Substring) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: "''")
    }

    private static let integers = ["tinyint", "smallint", "mediumint", "int", "bigint"]
    private static let texts = ["tinytext", "text", "mediumtext", "longtext"]
    private static let blobs = ["tinyblob", "blob", "mediumblob", "longblob"]
    private static let spatial: Set<String> = [
        "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geomcollection",
        "geometrycollection",
    ]
    private static let times: Set<String> = ["datetime", "timestamp", "time"]

    /// Whether every value outlives the way into another type and back. Where that is not certain, no.
    func survives(in other: ColumnType) -> Bool {
        (!mayBeNull || other.mayBeNull) && (isGenerated || !other.isGenerated) && hasRoom(in: other)
    }

    /// Whether what becomes of a value in another such type depends on nothing but the two: no time zone, no day.
    var convertsPlainly: Bool {
        let plain: Set<String> = [
            "char", "varchar", "binary", "varbinary", "enum", "set", "decimal",
        ]
        return !isGenerated && !counts
            && (plain.contains(name) || Self.integers.contains(name) || Self.texts.contains(name)
                || Self.blobs.contains(name))
    }

    private func hasRoom(in other: ColumnType) -> Bool {
        if let rank = Self.integers.firstIndex(of: name), let otherRank = Self.integers.firstIndex(of: other.name) {
            return isUnsigned == other.isUnsigned ? otherRank >= rank : isUnsigned && otherRank > rank
        }
        guard isUnsigned == other.isUnsigned, Self.set(characterSet, isIn: other.characterSet) else { return false }
        if name == other.name, parameters == other.parameters { return true }
        switch name {
        case "char", "varchar":
            guard let length else { return false }
            // A character has four bytes at most.
            if name == "varchar", let bytes = Self.bytes(other.name, Self.texts) { return length * 4 <= bytes }
            return name == other.name && length <= other.length ?? 0
        case "varbinary":
            guard let length else { return false }
            if let bytes = Self.bytes(other.name, Self.blobs) { return length <= bytes }
            return name == other.name && length <= other.length ?? 0
        case "enum", "set": return name == other.name && other.parameters.hasPrefix(parameters + ",")
        case "decimal":
            let (own, others) = (digits, other.digits)
            return name == other.name && others.before >= own.before && others.behind >= own.behind
        case let name where Self.times.contains(name):
            return name == other.name && (length ?? 0) <= (other.length ?? 0)
        default: break
        }
        guard characterSet == other.characterSet else { return false }
        return Self.rank(name, other.name, Self.texts) || Self.rank(name, other.name, Self.blobs)
    }

    private static func rank(_ name: String, _ other: String, _ ranks: [String]) -> Bool {
        guard let rank = ranks.firstIndex(of: name), let otherRank = ranks.firstIndex(of: other) else { return false }
        return rank <= otherRank
    }

    /// What a type can hold: "Data Type Storage Requirements".
    private static func bytes(_ name: String, _ ranks: [String]) -> Int? {
        ranks.firstIndex(of: name).map { (1 << (8 * ($0 + 1))) - 1 }
    }

    /// Whether a character set holds every character of another.
    private static func set(_ own: String?, isIn other: String?) -> Bool {
        own == other || other == "utf8mb4" && ["ascii", "latin1", "utf8", "utf8mb3"].contains(own)
    }

    private var length: Int? { Int(parameters) }

    private var digits: (before: Int, behind: Int) {
        let numbers = parameters.split(separator: ",").compactMap { Int($0) }
        let behind = numbers.count > 1 ? numbers[1] : 0
        return ((numbers.first ?? 10) - behind, behind)
    }
}
