import SQLScript

/// What a script reads and writes, as far as its text says: by that scripts are told that may run at the same time.
///
/// Names are in lower case and without their database, so two objects may count as one; never the other way round.
struct Footprint: Sendable, Equatable {
    /// An object that runs, or stands for, what its text names: a view, a routine, a trigger.
    struct Program: Sendable, Equatable {
        /// The object; of a trigger, its table.
        let name: String
        let words: Set<String>
    }

    /// A foreign key, or several.
    struct Link: Sendable, Equatable {
        let child: String
        let parent: String
        /// Whether rows of the child change with those of the parent.
        let cascades: Bool
    }

    /// A named constraint, whose name is one for the whole database.
    struct Constraint: Sendable, Equatable {
        let table: String
        let name: String
    }

    /// Every word that may name something.
    private(set) var words: Set<String> = []
    /// What it makes, changes or drops, constraints among it, and the tables whose rows it changes.
    private(set) var written: Set<String> = []
    /// Databases that its names mention.
    private(set) var databases: Set<String> = []
    private(set) var programs: [Program] = []
    private(set) var links: [Link] = []
    private(set) var constraints: [Constraint] = []
    /// Whether triggers and functions may run in it.
    private(set) var runsPrograms = false

    /// Bytes of statements that are looked at for one script.
    private static let limit = 1 << 18
    private var size = 0

    /// Adds a statement.
    ///
    /// - Returns: Whether its reach is known.
    mutating func add(_ statement: ScriptStatement) -> Bool {
        let what = statement.effective
        size += statement.length
        guard size <= Self.limit, statement.text.count == statement.length, let words = statement.nameWords else {
            return false
        }
        let set = Set(words)
        guard Self.areBounded(set), !Self.reachesFurther(words), !Self.reachesFurther(what, set), !statement.mayBeEmpty
        else { return false }
        switch (what.verb, statement.transactionRule) {
        case (.empty, _): return true
        case (.insert, .joins), (.replace, .joins), (.update, .joins), (.delete, .joins):
            guard !what.objects.isEmpty else { return false }
            runsPrograms = true
        case (.select, .joins), (.values, .joins), (.setVariable, .joins): runsPrograms = true
        case (.setVariable, .indifferent), (.setNames, .indifferent), (.setCharacterSet, .indifferent): break
        case (.createTable, .commits), (.createTable, .joins), (.createTable, .indifferent):
            runsPrograms = runsPrograms || set.contains("select")
        case (.alterTable, .commits), (.dropTable, _), (.truncate, .commits),
            (.createIndex, .commits), (.dropIndex, .commits), (.createView, .commits), (.alterView, .commits),
            (.dropView, .commits), (.createProcedure, .commits), (.dropProcedure, .commits),
            (.createFunction, .commits), (.dropFunction, .commits), (.createTrigger, .commits),
            (.dropTrigger, .commits):
            break
        default: return false
        }
        self.words.formUnion(set)
        written.formUnion(what.objects.map { $0.name.lowercased() })
        databases.formUnion(what.objects.compactMap { $0.database?.lowercased() })
        guard addPrograms(what, words, set) else { return false }
        if what.verb == .createTable || what.verb == .alterTable { addConstraints(what, words, set) }
        return true
    }

    /// - Returns: Whether it is known for what their text runs.
    private mutating func addPrograms(_ what: Classification, _ words: [String], _ set: Set<String>) -> Bool {
        guard let object = what.objects.first?.name.lowercased() else { return true }
        switch what.verb {
        case .createView, .alterView, .createProcedure, .createFunction:
            programs.append(Program(name: object, words: set))
        case .createTrigger:
            // Behind `INSERT`, as the trigger may be called `on`.
            let event = words.indices.dropLast().first {
                ["insert", "update", "delete"].contains(words[$0]) && words[$0 + 1] == "on"
            }
            guard let event, let table = Self.name(after: "on", in: words[(event + 1)...])?.name else { return false }
            written.insert(table)
            programs.append(Program(name: table, words: set))
        default: break
        }
        return true
    }

    private mutating func addConstraints(_ what: Classification, _ words: [String], _ set: Set<String>) {
        guard let table = what.objects.first?.name.lowercased() else { return }
        var rest = words[...]
        while let (parent, end) = Self.name(after: "references", in: rest) {
            // The parent's own definition says that it is one.
            written.insert(parent)
            let cascades = set.contains("cascade") || set.contains("set")
            links.append(Link(child: table, parent: parent, cascades: cascades))
            rest = rest[end...]
        }
        for place in words.indices where ["constraint", "check", "key"].contains(words[place]) {
            let isDropped =
                words[..<place].last(where: { $0 != "foreign" }).map { ["drop", "alter"].contains($0) } ?? false
            guard isDropped || words[place] == "constraint",
                let name = words[(place + 1)...].first(where: { !["if", "not", "exists"].contains($0) }),
                !["foreign", "primary", "unique", "check"].contains(name)
            else { continue }
            written.insert(name)
            if !isDropped { constraints.append(Constraint(table: table, name: name)) }
        }
    }

    /// The last part of the name behind a word, and where it ends.
    private static func name(after word: String, in words: ArraySlice<String>) -> (name: String, end: Int)? {
        guard let at = words.firstIndex(of: word), at + 1 < words.endIndex else { return nil }
        var index = at + 1
        while index + 2 < words.endIndex, words[index + 1] == "." { index += 2 }
        return (words[index], index + 1)
    }

    /// Words of what reaches further than the statement's first name: the server's own tables, locks by name, sequences,
    /// files, tables that are made of others or are elsewhere.
    private static let unbounded: Set<String> = [
        "exchange", "merge", "mrg_myisam", "federated", "connect", "spider",
        "information_schema", "performance_schema", "mysql", "sys", "get_lock", "release_lock", "release_all_locks",
        "is_free_lock", "is_used_lock", "nextval", "lastval", "setval", "outfile", "dumpfile", "soname", "load_file",
    ]

    /// Whether everything behind some words of a text is named in it.
    static func areBounded(_ words: Set<String>) -> Bool {
        words.isDisjoint(with: unbounded) && !usesSequence(words) && !namesJournal(words)
            && !(words.contains("convert") && words.contains("partition"))
    }

    /// Whether a statement locks what it reads, or makes a table whose engine is not a plain one, or is not among the words.
    private static func reachesFurther(_ words: [String]) -> Bool {
        words.indices.contains { place in
            let next = place + 1 < words.endIndex ? words[place + 1] : ""
            return switch words[place] {
            case "for": next == "update" || next == "share"
            case "lock": next == "in"
            case "engine": !plainEngines.contains(next)
            default: false
            }
        }
    }

    /// Whether a statement decides how others are read, by an expression, or where tables are; or gives a table another name: what
    /// names it, such as a view or a trigger, is then about the old one or the new one, and only the server knows.
    private static func reachesFurther(_ what: Classification, _ words: Set<String>) -> Bool {
        switch what.verb {
        case .setVariable:
            words.contains("sql_mode") && what.callsFunctions
                || !words.isDisjoint(with: ["default_storage_engine", "storage_engine"])
        case .renameTable: true
        case .alterTable: what.objects.count > 1
        default: false
        }
    }

    private static let plainEngines: Set<String> = [
        "innodb", "myisam", "aria", "memory", "heap", "archive", "csv", "blackhole", "rocksdb",
    ]

    private static func namesJournal(_ words: Set<String>) -> Bool {
        words.contains { $0.hasPrefix("databasetrack") }
    }

    private static func usesSequence(_ words: Set<String>) -> Bool {
        words.contains("value") && (words.contains("next") || words.contains("previous"))
    }
}
