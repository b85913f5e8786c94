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

    /// The default engine that the script itself sets; nil for the server's.
    private var defaultEngine: String?
    private var ofHeirs: Set<ObjectName> = []

    /// - Parameter database: The one that names without one are of, where the script tells.
    mutating func add(_ statement: ScriptStatement, in database: String?) {
        func placed(_ name: ObjectName) -> ObjectName { database.flatMap { name.placed(in: $0) } ?? name }
        let what = statement.effective
        switch what.verb {
        case .setVariable where what.assignedVariables.contains { $0.scope == .session && Self.names.contains($0.name) }:
            // What is no literal puts back what was there, as a rule.
            defaultEngine = statement.engine(behind: Self.defaultOptions)
        case .createTable where !what.isTemporary:
            guard let table = what.objects.first.map(placed) else { return }
            if let model = what.model {
                add(Heir(table: table, from: placed(model)))
            } else if let engine = statement.engine(behind: ["ENGINE"])
                // `SET STATEMENT … FOR CREATE TABLE`.
                ?? statement.engine(behind: Self.defaultOptions) ?? defaultEngine
            {
                if TableTraits.enginesWithoutTransactions.contains(engine) { lasting.insert(table) }
            } else {
                ofDefault.insert(table)
            }
        case .alterTable:
            guard let table = what.objects.first.map(placed) else { return }
            if let engine = statement.engine(behind: ["ENGINE"]) {
                lasting.remove(table)
                heirs.removeAll { $0.table == table }
                if TableTraits.enginesWithoutTransactions.contains(engine) { lasting.insert(table) }
            }
            if let new = what.objects.dropFirst().first { add(Heir(table: placed(new), from: table)) }
        case .renameTable:
            for index in stride(from: 1, to: what.objects.count, by: 2) {
                add(Heir(table: placed(what.objects[index]), from: placed(what.objects[index - 1])))
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
        } else if isOpen(table) {
            changedOpen.insert(table)
        }
    }

    private func isOpen(_ table: ObjectName) -> Bool { ofDefault.contains(table) || ofHeirs.contains(table) }

    private mutating func add(_ heir: Heir) {
        heirs.append(heir)
        ofHeirs.insert(heir.table)
    }

    /// Those of some tables that have no transactions, as far as the text tells.
    func lasting(among tables: some Sequence<ObjectName>) -> Set<ObjectName> {
        lasting.isEmpty ? [] : lasting.intersection(tables)
    }

    /// Whether only the server can tell of one of some tables.
    func mayLast(among tables: [ObjectName]) -> Bool { tables.contains(where: isOpen) }

    private static let defaultOptions: [StaticString] = ["DEFAULT_STORAGE_ENGINE", "STORAGE_ENGINE"]
    private static let names = Set(defaultOptions.map { "\($0)".lowercased() })
}

extension ScriptStatement {
    /// The storage engine that its text names behind one of the words, in lower case.
    fileprivate func engine(behind words: [StaticString]) -> String? {
        // `engine` may be a column, too.
        values(behind: words).first { $0 == "innodb" || TableTraits.enginesWithoutTransactions.contains($0) }
    }
}
