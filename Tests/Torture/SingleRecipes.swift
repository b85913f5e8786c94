/// Scripts that are one definition each, as most scripts of real projects are: several in a row travel together.
extension Workshop {
    var singles: [Recipe] {
        [
            ("OneTable", Workshop.oneTable), ("OneTableThere", Workshop.oneTableThere),
            ("OneColumn", Workshop.oneColumn),
            ("OneIndex", Workshop.oneIndex), ("OneView", Workshop.oneView), ("OneViewAgain", Workshop.oneViewAgain),
            ("OneProcedure", Workshop.oneProcedure), ("OneKey", Workshop.oneKey),
        ]
    }

    func oneTable() {
        let table = name("One")
        sql("CREATE TABLE \(table) (Id INT NOT NULL PRIMARY KEY, Name VARCHAR(60))")
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

    /// A table of these scripts.
    private func anyOne() -> String { dice.pick(oneTables) }
}
