import PrivateServer

/// Scripts that alter, rename and drop.
extension Workshop {
    var alterations: [Recipe] {
        [
            ("AddColumn", Workshop.addColumn), ("Modify", Workshop.modifyColumn), ("Rename", Workshop.renameTables),
            ("Swap", Workshop.swapTables), ("Truncate", Workshop.truncate), ("Drop", Workshop.dropTables),
            ("DropRoutine", Workshop.dropRoutine), ("DropView", Workshop.dropView),
            ("AlterDatabase", Workshop.alterDatabase), ("ThirdDatabase", Workshop.thirdDatabase),
            ("Maintenance", Workshop.maintenance), ("Conditional", Workshop.conditionalComment),
            ("OnlyDefinitions", Workshop.chain), ("Copying", Workshop.copyingAlter),
        ]
    }

    func addColumn() {
        let table = table()
        sql("ALTER TABLE \(table) ADD COLUMN \(name("C")) INT NOT NULL DEFAULT \(dice.number(1...9))")
    }

    func modifyColumn() {
        let table = newTable(rows: 3)
        sql("ALTER TABLE \(table) MODIFY Name VARCHAR(80) NOT NULL DEFAULT 'x'")
        change(table)
        let column = name("C")
        sql("ALTER TABLE \(table) ADD COLUMN \(column) VARCHAR(10) AFTER Id, ADD INDEX (\(column))")
        sql("UPDATE \(table) SET \(column) = Value")
        sql("ALTER TABLE \(table) CHANGE \(column) \(column)b INT")
        sql("ALTER TABLE \(table) DROP COLUMN \(column)b, ADD COLUMN \(column)c INT DEFAULT 4")
        sql("ALTER TABLE \(table) CONVERT TO CHARACTER SET latin1")
        change(table)
        sql("ALTER TABLE \(table) DROP PRIMARY KEY, ADD PRIMARY KEY (Id, Value)")
        // Others count on it that a number comes once.
        sql("ALTER TABLE \(table) DROP PRIMARY KEY, ADD PRIMARY KEY (Id)")
    }

    func renameTables() {
        let table = newTable(rows: 2)
        sql("RENAME TABLE \(table) TO \(table)a")
        change("\(table)a")
        sql("ALTER TABLE \(table)a RENAME TO \(table)b")
        change("\(table)b")
        sql("ALTER TABLE \(table)b RENAME COLUMN Name TO Title")
        forget(table)
    }

    /// Run twice it is as if it had never run.
    func swapTables() {
        let (one, two) = (newTable(rows: 2), newTable(rows: 3))
        sql("RENAME TABLE \(one) TO Meanwhile, \(two) TO \(one), Meanwhile TO \(two)")
        change(one)
        sql("RENAME TABLE \(one) TO Meanwhile, \(two) TO \(one), Meanwhile TO \(two)")
        if dice.happens(50) { sql("RENAME TABLE \(one) TO Meanwhile, \(two) TO \(one), Meanwhile TO \(two)") }
    }

    func truncate() {
        let table = newTable(rows: 4)
        sql("TRUNCATE TABLE \(table)")
        insert(table, rows: 2)
        if dice.happens(50) {
            sql("TRUNCATE \(table)")
            insert(table, rows: 1)
        }
    }

    func dropTables() {
        let (one, two, three) = (newTable(rows: 1), newTable(rows: 1), newTable(rows: 1))
        sql("DROP TABLE \(one)")
        sql("DROP TABLE IF EXISTS \(two), \(three), NeverThere")
        // The same name again, with something else in it.
        sql("CREATE TABLE \(one) (Id INT PRIMARY KEY, Name VARCHAR(60), Value BIGINT NOT NULL DEFAULT 0, Again INT)")
        insert(one)
        sql("DROP TABLE \(one)")
        sql("CREATE TABLE \(one) (Id INT PRIMARY KEY, Name VARCHAR(60), Value BIGINT NOT NULL DEFAULT 0, Again INT)")
        forget(two)
        forget(three)
    }

    func dropRoutine() {
        let procedure = name("Procedure")
        routine("CREATE PROCEDURE \(procedure)()\nBEGIN\n    SELECT 1;\nEND")
        sql("DROP PROCEDURE \(procedure)")
        routine("CREATE PROCEDURE \(procedure)()\nBEGIN\n    SELECT 1;\nEND")
        // Not in a cluster: MariaDB 10.11 does not tell it to the other nodes.
        if !isCluster { sql("ALTER PROCEDURE \(procedure) COMMENT 'altered'") }
        sql("CREATE FUNCTION \(name("Function"))() RETURNS INT DETERMINISTIC RETURN 4")
    }

    func dropView() {
        let view = name("View")
        sql("CREATE VIEW \(view) AS SELECT 1 AS One")
        sql("ALTER VIEW \(view) AS SELECT 2 AS Two")
        sql("DROP VIEW \(view)")
        change(table())
        sql("CREATE VIEW \(view) AS SELECT 2 AS Two")
    }

    func alterDatabase() {
        sql("ALTER DATABASE \(Self.second) CHARACTER SET \(dice.pick(["latin1", "utf8mb4"]))")
        change(table())
        sql("ALTER DATABASE \(Self.second) CHARACTER SET \(dice.pick(["latin1", "utf8mb4", "ascii"]))")
    }

    func thirdDatabase() {
        sql("CREATE DATABASE \(Self.third)")
        sql("CREATE TABLE \(Self.third).t (Id INT PRIMARY KEY)")
        sql("INSERT INTO \(Self.third).t VALUES (1)")
        change(table())
        sql("DROP DATABASE \(Self.third)")
        change(table())
    }

    func maintenance() {
        let table = table()
        change(table)
        sql("ANALYZE TABLE \(table)")
        change(table)
        sql("OPTIMIZE TABLE \(table)")
        change(table)
        sql("FLUSH TABLES")
        sql("CHECK TABLE \(table)")
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES (\(id()), 'after', 1)")
    }

    func conditionalComment() {
        let table = table()
        sql("/*!50000 ALTER TABLE \(table) ADD COLUMN \(name("C")) INT DEFAULT 1 */")
        change(table)
        sql("/*!99999 ALTER TABLE \(table) DROP COLUMN Name */")
        change(table)
    }

    /// Nothing but definitions, each of which is the intent's carrier of the next.
    func chain() {
        let table = newTable()
        for _ in 1...dice.number(2...6) {
            sql("ALTER TABLE \(table) ADD COLUMN \(name("C")) INT DEFAULT \(dice.number(1...9))")
        }
        sql("CREATE INDEX \(name("ix")) ON \(table) (Value)")
    }

    /// Long enough to be caught at work.
    func copyingAlter() {
        let table = newTable(rows: 500)
        for _ in 1...3 {
            sql("INSERT INTO \(table) (Id, Name, Value) SELECT Id + \(id() * 1000), Name, Value FROM \(table)")
        }
        let column = name("C")
        sql("ALTER TABLE \(table) ADD COLUMN \(column) INT DEFAULT 3, ALGORITHM = COPY")
        change(table)
        sql("ALTER TABLE \(table) ENGINE = InnoDB")
        sql("UPDATE \(table) SET \(column) = \(column) + SLEEP(0.002) + 1 WHERE Id < 20000 ORDER BY Id LIMIT 20")
        sql("DELETE FROM \(table) WHERE Id % 3 = 0")
    }
}
