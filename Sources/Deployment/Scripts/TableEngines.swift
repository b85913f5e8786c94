import SQLScript

/// What a script's text tells of the storage engines of tables: rows of tables without transactions outlast a rollback.
struct TableEngines: Sendable, Equatable {
    /// A table that has the engine of another one, for it was made like it, or was that one under another name.
    struct Heir: Sendable, Equatable {
        let table: ObjectName
        let from: ObjectName
    }

    /// Tables that get an engine without transactions.
    private(set) var lasting: Set<ObjectName> = []
    /// Tables that are made with the server's default engine.
    private(set) var ofDefault: Set<ObjectName> = []
    /// In the order of the statements.
    private(set) var heirs: [Heir] = []
    /// Tables whose rows are changed, and that the script did not make.
    private(set) var changed: Set<ObjectName> = []
    /// Tables whose rows are changed, and of whose engine only the server can tell, though the script makes them.
    private(set) var changedOpen: Set<ObjectName> = []

    /// Whether the script itself sets a default engine without transactions.
    private var isDefaultLasting = false

    /// - Parameter database: The one that names without one are of, where the script tells.
    mutating func add(_ statement: ScriptStatement, in database: String?) {
        func placed(_ name: ObjectName) -> ObjectName { database.flatMap { name.placed(in: $0) } ?? name }
        let what = statement.effective
        switch what.verb {
        case .setVariable where statement.says(Self.defaultEngine):
            isDefaultLasting = statement.values(behind: Self.defaultEngine).contains { $0 != "innodb" }
        case .createTable where !what.isTemporary:
            guard let table = what.objects.first.map(placed) else { return }
            if let model = what.model {
                heirs.append(Heir(table: table, from: placed(model)))
            } else if let engine = statement.engine {
                if TableTraits.enginesWithoutTransactions.contains(engine) { lasting.insert(table) }
            } else if isDefaultLasting || statement.executed != nil {
                // What `EXECUTE` executes tells no more of itself.
                lasting.insert(table)
            } else {
                ofDefault.insert(table)
            }
        case .alterTable:
            guard let table = what.objects.first.map(placed) else { return }
            if let engine = statement.engine, TableTraits.enginesWithoutTransactions.contains(engine) {
                lasting.insert(table)
            }
            if let new = what.objects.dropFirst().first { heirs.append(Heir(table: placed(new), from: table)) }
        case .renameTable:
            for index in stride(from: 1, to: what.objects.count, by: 2) {
                heirs.append(Heir(table: placed(what.objects[index]), from: placed(what.objects[index - 1])))
            }
        default: break
        }
    }

    /// Rows of a table are changed.
    ///
    /// - Parameter isMade: Whether the script made the table.
    mutating func change(_ table: ObjectName, isMade: Bool) {
        if !isMade {
            changed.insert(table)
        } else if ofDefault.contains(table) || heirs.contains(where: { $0.table == table }) {
            changedOpen.insert(table)
        }
    }

    /// Those of some tables that have no transactions, as far as the text tells.
    func lasting(among tables: some Sequence<ObjectName>) -> Set<ObjectName> {
        lasting.isEmpty ? [] : lasting.intersection(tables)
    }

    private static let defaultEngine: [StaticString] = ["DEFAULT_STORAGE_ENGINE", "STORAGE_ENGINE"]
}

extension ScriptStatement {
    /// The storage engine that its text names, in lower case.
    fileprivate var engine: String? {
        // `engine` may be a column, too.
        values(behind: ["ENGINE"]).first { $0 == "innodb" || TableTraits.enginesWithoutTransactions.contains($0) }
    }
}
