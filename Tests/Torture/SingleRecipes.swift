/// Scripts of one or a few statements, as most scripts of real projects are: several in a row travel together.
extension Workshop {
    var singles: [Recipe] {
        [
            ("OneTable", Workshop.oneTable), ("OneTableThere", Workshop.oneTableThere),
            ("OneColumn", Workshop.oneColumn),
            ("OneIndex", Workshop.oneIndex), ("OneView", Workshop.oneView), ("OneViewAgain", Workshop.oneViewAgain),
            ("OneProcedure", Workshop.oneProcedure), ("OneKey", Workshop.oneKey),
            ("OneInsert", Workshop.oneInsert), ("OneCount", Workshop.oneCount), ("OneChange", Workshop.oneChange),
            ("OneFilled", Workshop.oneFilledColumn), ("OneFilledTable", Workshop.oneFilledTable),
            ("OneNewProcedure", Workshop.oneNewProcedure), ("OneType", Workshop.oneType),
            ("OneColumnOfOld", Workshop.oneColumnOfOldTable),
        ]
    }

    func oneTable() {
        let table = name("One")
        sql("CREATE TABLE \(table) (Id INT NOT NULL PRIMARY KEY, Name VARCHAR(60), Count INT DEFAULT 0)")
        oneTables.append(table)
    }

    func oneTableThere() { sql("CREATE TABLE IF NOT EXISTS \(anyOne()) (Id INT NOT NULL PRIMARY KEY)") }

    func oneColumn() {
        sql("ALTER TABLE \(anyOne()) ADD COLUMN \(name("c")) INT NOT NULL DEFAULT \(dice.number(1...9))")
    }

    func oneIndex() {
        let index = name("ix")
        sql(
            dice.happens(50)
                ? "CREATE INDEX \(index) ON \(anyOne()) (Name)"
                : "ALTER TABLE \(anyOne()) ADD INDEX \(index) (Name, Id)")
    }

    func oneView() {
        let view = name("OneView")
        // The columns are those of the moment.
        sql("CREATE VIEW \(view) AS SELECT * FROM \(anyOne())")
        oneViews.append(view)
    }

    func oneViewAgain() {
        guard !oneViews.isEmpty else { return oneView() }
        sql("CREATE OR REPLACE VIEW \(dice.pick(oneViews)) AS SELECT * FROM \(anyOne())")
    }

    func oneProcedure() {
        routine("CREATE PROCEDURE \(name("OneProcedure"))(IN n INT)\nBEGIN\n    SELECT n + \(dice.number(1...9));\nEND")
    }

    func oneKey() {
        let column = name("c")
        sql(
            """
            ALTER TABLE \(anyOne()) ADD COLUMN \(column) INT,
                ADD CONSTRAINT \(name("fk")) FOREIGN KEY (\(column)) REFERENCES \(anyOne()) (Id)
            """)
    }

    func oneInsert() {
        let rows = (1...dice.number(1...3)).map { _ in "(\(id()), 'one@example.com')" }.joined(separator: ", ")
        sql("INSERT INTO \(anyOne()) (Id, Name) VALUES \(rows)")
    }

    /// A second time would show.
    func oneCount() {
        let table = anyOne()
        sql("UPDATE \(table) SET Name = CONCAT(LEFT(Name, 50), '\(dice.number(1...9))')")
        if dice.happens(50) { sql("INSERT INTO \(anyOne()) (Id, Name) VALUES (\(id()), 'counted')") }
        if dice.happens(30) { sql("DELETE FROM \(table) WHERE Id % 11 = 3") }
    }

    func oneChange() {
        change(table())
        if dice.happens(30) { insert(table()) }
    }

    func oneFilledColumn() {
        let table = anyOne()
        let column = name("c")
        sql("ALTER TABLE \(table) ADD COLUMN \(column) VARCHAR(80) NULL")
        sql("UPDATE \(table) SET \(column) = CONCAT(Name, ' ', Id)")
        switch dice.number(1...4) {
        case 1: break
        case 2: sql("CREATE INDEX \(name("ix")) ON \(table) (\(column))")
        case 3: sql("CREATE TABLE \(name("Beside")) (Id INT)")
        default: sql("ALTER TABLE \(table) MODIFY COLUMN \(column) VARCHAR(90) NOT NULL DEFAULT ''")
        }
    }

    func oneFilledTable() {
        let table = name("OneFilled")
        if dice.happens(50) { sql("DROP TABLE IF EXISTS \(table)") }
        sql("CREATE TABLE \(table) (Id INT NOT NULL PRIMARY KEY, Name VARCHAR(60), Count INT DEFAULT 0) ENGINE=InnoDB")
        sql("INSERT INTO \(table) (Id, Name) VALUES (\(id()), 'made')")
        if dice.happens(50) { sql("ALTER TABLE \(table) ADD COLUMN \(name("c")) INT DEFAULT 3") }
        if dice.happens(50) { sql("UPDATE \(table) SET Count = Count + 1") }
        oneTables.append(table)
    }

    func oneNewProcedure() {
        let procedure = dice.happens(60) ? name("OneProcedure") : "OneProcedureAgain"
        sql("DROP PROCEDURE IF EXISTS \(procedure)")
        routine("CREATE PROCEDURE \(procedure)(IN n INT)\nBEGIN\n    SELECT n * \(dice.number(1...9));\nEND")
    }

    func oneType() { sql("ALTER TABLE \(anyOne()) MODIFY COLUMN Name VARCHAR(\(dice.number(60...99)))") }

    func oneColumnOfOldTable() {
        let table = table()
        let column = name("c")
        sql("ALTER TABLE \(table) ADD COLUMN \(column) INT NULL, ADD COLUMN \(column)b INT NULL")
        if dice.happens(50) { sql("UPDATE \(table) SET \(column) = Value * 2") }
    }

    /// A table of these scripts.
    private func anyOne() -> String { dice.pick(oneTables) }
}
