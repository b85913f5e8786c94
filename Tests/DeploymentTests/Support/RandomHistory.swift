import TestServers

/// A made-up history of a database: scripts that build on one another in every way in which one can meet another, valid in
/// their order. The same seed makes the same history.
struct RandomHistory {
    private struct Table {
        let name: String
        var columns: [String] = []
        /// Whether something else names it, so that it must stay.
        var isUsed = false
    }

    private(set) var scripts: [String] = []
    private var random: SeededGenerator
    private var tables: [Table] = []
    private var views: [String] = []
    /// With the table that each reads.
    private var functions: [(name: String, table: Int)] = []
    private var triggered: Set<Int> = []
    private var number = 0

    init(seed: UInt64, scripts count: Int) {
        random = SeededGenerator(seed: seed)
        for _ in 0..<3 { add(table()) }
        while scripts.count < count {
            switch Int.random(in: 0..<14, using: &random) {
            case 0, 1: add(table())
            case 2, 3: add(column())
            case 4, 5: add(rows())
            case 6: add(update())
            case 7: add(copy())
            case 8: add(view())
            case 9: add(trigger())
            case 10: add(function())
            case 11: add(foreignKey())
            case 12: add(useOfFunction())
            default: add(removal())
            }
        }
    }

    private mutating func add(_ script: String?) {
        if let script { scripts.append(script) }
    }

    private mutating func next(_ prefix: String) -> String {
        number += 1
        return "\(prefix)\(number)"
    }

    private mutating func anyTable() -> Int { Int.random(in: 0..<tables.count, using: &random) }

    private mutating func table() -> String {
        let name = next("t")
        tables.append(Table(name: name))
        return """
            CREATE TABLE \(name) (id INT AUTO_INCREMENT PRIMARY KEY, n INT NOT NULL DEFAULT 0, parent INT NULL);
            INSERT INTO \(name) (n) VALUES (1), (2), (3);
            """
    }

    private mutating func column() -> String {
        let at = anyTable()
        let name = next("c")
        tables[at].columns.append(name)
        let table = tables[at].name
        return Bool.random(using: &random)
            ? "ALTER TABLE \(table) ADD COLUMN \(name) INT NOT NULL DEFAULT \(number);"
            : """
            ALTER TABLE \(table) ADD COLUMN \(name) INT NULL;
            UPDATE \(table) SET \(name) = n * 2 + id;
            ALTER TABLE \(table) MODIFY COLUMN \(name) BIGINT NULL;
            """
    }

    private mutating func rows() -> String {
        let table = tables[anyTable()].name
        return
            "INSERT INTO \(table) (n) VALUES (\(number)), (\(number + 1));\nUPDATE \(table) SET n = n + 1 WHERE id > 2;"
    }

    private mutating func update() -> String {
        let (left, right) = (tables[anyTable()].name, tables[anyTable()].name)
        return left == right
            ? "DELETE FROM \(left) WHERE id % 5 = 4;"
            : "UPDATE \(left) SET n = n + (SELECT COUNT(*) FROM \(right));"
    }

    private mutating func copy() -> String {
        let source = views.randomElement(using: &random) ?? tables[0].name
        return
            "INSERT INTO \(tables[anyTable()].name) (n) SELECT n + 1 FROM (SELECT n FROM \(source) ORDER BY n LIMIT 3) s;"
    }

    private mutating func view() -> String {
        let at = anyTable()
        tables[at].isUsed = true
        let source = views.randomElement(using: &random).flatMap { Bool.random(using: &random) ? $0 : nil }
        let name = next("v")
        views.append(name)
        return "CREATE VIEW \(name) AS SELECT id, n FROM \(source ?? tables[at].name);"
    }

    /// Only into later tables, so that none fires itself.
    private mutating func trigger() -> String? {
        let from = anyTable()
        guard from + 1 < tables.count, triggered.insert(from).inserted else { return nil }
        let into = Int.random(in: from + 1..<tables.count, using: &random)
        tables[from].isUsed = true
        tables[into].isUsed = true
        return """
            CREATE TRIGGER \(next("g")) AFTER INSERT ON \(tables[from].name) FOR EACH ROW
            INSERT INTO \(tables[into].name) (n) VALUES (NEW.n + 100);
            """
    }

    private mutating func function() -> String {
        let at = anyTable()
        tables[at].isUsed = true
        let name = next("f")
        functions.append((name, at))
        return "CREATE FUNCTION \(name)() RETURNS INT READS SQL DATA RETURN (SELECT COUNT(*) FROM \(tables[at].name));"
    }

    private mutating func useOfFunction() -> String? {
        guard let function = functions.randomElement(using: &random) else { return nil }
        // A table that the function, or a trigger, reads is locked by the statement already.
        let free = tables.indices.filter { $0 != function.table && !tables[$0].isUsed }
        guard let at = free.randomElement(using: &random) else { return nil }
        return "UPDATE \(tables[at].name) SET n = n + \(function.name)();"
    }

    private mutating func foreignKey() -> String? {
        let (child, parent) = (anyTable(), anyTable())
        guard child != parent else { return nil }
        tables[child].isUsed = true
        tables[parent].isUsed = true
        let column = next("k")
        let rule = Bool.random(using: &random) ? " ON DELETE CASCADE" : ""
        return """
            ALTER TABLE \(tables[child].name) ADD COLUMN \(column) INT NULL,
                ADD CONSTRAINT fk_\(column) FOREIGN KEY (\(column)) REFERENCES \(tables[parent].name) (id)\(rule);
            UPDATE \(tables[child].name) SET \(column) = 1 WHERE EXISTS (SELECT 1 FROM \(tables[parent].name) WHERE id = 1);
            """
    }

    private mutating func removal() -> String? {
        let at = anyTable()
        let table = tables[at]
        if !table.isUsed, tables.count > 3, !triggered.contains(at), at == tables.count - 1 {
            tables.removeLast()
            return Bool.random(using: &random) ? "DROP TABLE \(table.name);" : "DROP TABLE IF EXISTS \(table.name);"
        }
        guard !table.isUsed, let column = tables[at].columns.popLast() else { return nil }
        return "ALTER TABLE \(table.name) DROP COLUMN \(column);"
    }
}
