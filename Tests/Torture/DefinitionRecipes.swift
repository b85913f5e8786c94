/// Scripts that make something.
extension Workshop {
    var definitions: [Recipe] {
        [
            ("CreateTable", Workshop.createTable), ("CreateFamily", Workshop.createFamily),
            ("CreateIndexes", Workshop.createIndexes), ("CreateView", Workshop.createView),
            ("CreateRoutines", Workshop.createRoutines), ("CreateTriggers", Workshop.createTriggers),
            ("CreateEvent", Workshop.createEvent), ("CreateUser", Workshop.createUser),
            ("CreateLike", Workshop.createLike), ("CreatePartitions", Workshop.createPartitions),
            ("CreateThere", Workshop.createThere), ("CreateSecond", Workshop.createInSecond),
            ("CreateForeign", Workshop.createForeignKeysBackwards),
        ] + (losesNodes ? [] : [("CreateSelect", Workshop.createSelect)])
            + (flavor == .mariaDB && !isCluster ? [("CreateSequence", Workshop.createSequence)] : [])
    }

    func createTable() {
        newTable(rows: dice.number(0...5))
    }

    func createFamily() {
        let parent = name("Parent")
        let child = name("Child")
        sql("CREATE TABLE \(parent) (Id INT PRIMARY KEY, Name VARCHAR(20), CONSTRAINT CHECK (Id > 0))")
        sql(
            """
            CREATE TABLE \(child) (
                Id INT PRIMARY KEY,
                ParentId INT,
                -- a comment; with a semicolon
                Twice INT GENERATED ALWAYS AS (Id * 2) STORED,
                Kind ENUM('a', 'b;c') DEFAULT 'a',
                FOREIGN KEY (ParentId) REFERENCES \(parent) (Id) ON DELETE CASCADE,
                KEY (Kind)
            ) COMMENT='a; "comment"'
            """)
        sql("INSERT INTO \(parent) VALUES (1, 'one'), (2, 'two'), (3, 'three')")
        sql("INSERT INTO \(child) (Id, ParentId) VALUES (1, 1), (2, 1), (3, 2), (4, 3)")
        sql("DELETE FROM \(parent) WHERE Id = 1")
        // Without a name each run of these makes another one.
        sql("ALTER TABLE \(child) ADD INDEX (ParentId, Kind)")
        sql("ALTER TABLE \(child) ADD FOREIGN KEY (ParentId) REFERENCES \(parent) (Id)")
        sql("ALTER TABLE \(child) ADD CHECK (Id < 100000)")
        sql("UPDATE \(parent) SET Name = CONCAT(Name, '!')")
    }

    func createIndexes() {
        let table = newTable(rows: 3)
        sql("CREATE INDEX \(name("ix")) ON \(table) (Name)")
        sql("CREATE UNIQUE INDEX \(name("ux")) ON \(table) (Value, Id)")
        change(table)
        let index = name("ix")
        sql("CREATE FULLTEXT INDEX \(index) ON \(table) (Name)")
        sql("DROP INDEX \(index) ON \(table)")
        sql("ALTER TABLE \(table) ADD INDEX (Value), ADD INDEX (Name, Value)")
    }

    func createView() {
        let view = name("View")
        sql("CREATE VIEW \(view) AS SELECT Id, Name, Value * 2 AS Twice FROM \(table())")
        sql("CREATE OR REPLACE VIEW \(view) AS SELECT Id, Value + 1 AS More FROM \(table()) WHERE Id > 3")
        views.append(view)
    }

    func createRoutines() {
        let table = table()
        let function = name("Function")
        let procedure = name("Procedure")
        routine(
            """
            CREATE FUNCTION \(function)(n INT) RETURNS INT DETERMINISTIC NO SQL
            BEGIN
                IF n > 10 THEN RETURN 10; END IF;
                RETURN n * 2;
            END
            """)
        routine(
            """
            CREATE PROCEDURE \(procedure)(IN n INT)
            BEGIN
                DECLARE done INT DEFAULT 0;
                WHILE done < n DO
                    UPDATE \(Self.database).\(table) SET Value = Value + 1;
                    SET done = done + 1;
                END WHILE;
            END
            """)
        sql("UPDATE \(table) SET Value = Value + \(function)(Value % 7)")
        if dice.happens(50) {
            sql("DROP PROCEDURE IF EXISTS \(procedure)")
            routine("CREATE PROCEDURE \(procedure)(IN n INT) COMMENT 'new; one'\nBEGIN\n    SELECT n;\nEND")
        }
        procedures.append(procedure)
    }

    func createTriggers() {
        let table = newTable(rows: 2)
        let log = name("Log")
        sql("CREATE TABLE \(log) (Id INT, Was INT, Became INT, Second INT)")
        let trigger = name("trigger_")
        routine(
            """
            CREATE TRIGGER \(trigger) AFTER UPDATE ON \(table) FOR EACH ROW
            BEGIN
                INSERT INTO \(log) (Id, Was, Became) VALUES (NEW.Id, OLD.Value, NEW.Value);
                UPDATE \(log) SET Second = IFNULL(Second, 0) + 1 WHERE Id = NEW.Id;
            END
            """)
        sql("UPDATE \(table) SET Value = Value + 5")
        sql("CREATE TRIGGER \(name("trigger_")) BEFORE INSERT ON \(table) FOR EACH ROW SET NEW.Value = NEW.Value + 1")
        insert(table, rows: 2)
        if dice.happens(50) {
            sql("DROP TRIGGER \(trigger)")
            sql("UPDATE \(table) SET Value = Value + 5")
        }
    }

    func createEvent() {
        let event = name("Event")
        routine(
            """
            CREATE EVENT \(event) ON SCHEDULE EVERY 1 DAY STARTS '2036-01-01 00:00:00' DISABLE COMMENT 'daily'
            DO BEGIN
                UPDATE \(table()) SET Value = 0;
                DELETE FROM RunCount;
            END
            """)
        if dice.happens(50) { sql("ALTER EVENT \(event) COMMENT 'altered; twice'") }
        if dice.happens(30) { sql("ALTER EVENT \(event) RENAME TO \(event)Renamed") }
        if dice.happens(30) {
            sql("CREATE EVENT \(event)b ON SCHEDULE AT '2037-02-03 04:05:06' DO DELETE FROM RunCount")
            sql("DROP EVENT \(event)b")
        }
    }

    func createUser() {
        let user = "'\(Self.accountPrefix)\(name("user"))'@'localhost'"
        let other = "'\(Self.accountPrefix)\(name("user"))'@'localhost'"
        sql("CREATE USER \(user) IDENTIFIED BY 'secret; \(dice.number(1...9))'")
        sql("GRANT SELECT, INSERT ON \(Self.database).* TO \(user)")
        sql("GRANT UPDATE (Value), REFERENCES ON \(Self.database).\(table()) TO \(user)")
        sql("REVOKE INSERT ON \(Self.database).* FROM \(user)")
        sql("CREATE USER \(other)")
        switch dice.number(1...3) {
        case 1: sql("DROP USER \(other)")
        case 2: sql("RENAME USER \(other) TO '\(Self.accountPrefix)\(name("renamed"))'@'localhost'")
        default: sql("ALTER USER \(other) ACCOUNT LOCK")
        }
        let role = Self.accountPrefix + name("role")
        sql("CREATE ROLE '\(role)'")
        sql("GRANT SELECT ON \(Self.second).* TO '\(role)'")
        sql("GRANT '\(role)' TO \(user)")
        if dice.happens(30) { sql("DROP ROLE '\(role)'") }
    }

    func createLike() {
        let table = name("T")
        let model = self.table()
        sql("CREATE TABLE \(table) LIKE \(model)")
        sql("INSERT INTO \(table) (Id, Name, Value) SELECT Id, Name, Value FROM \(model)")
        change(table)
        tables.append(table)
    }

    func createSelect() {
        let table = name("Copy")
        sql("CREATE TABLE \(table) (PRIMARY KEY (Id)) AS SELECT Id, Name, Value FROM \(self.table())")
        change(table)
        sql("CREATE TABLE \(table)b AS SELECT COUNT(*) AS N, SUM(Value) AS Total FROM \(table)")
        tables.append(table)
    }

    func createPartitions() {
        let table = name("Part")
        sql(
            """
            CREATE TABLE \(table) (Id INT PRIMARY KEY, Name VARCHAR(60), Value BIGINT NOT NULL DEFAULT 0)
            PARTITION BY RANGE (Id) (PARTITION p0 VALUES LESS THAN (100), PARTITION p1 VALUES LESS THAN (100000))
            """)
        sql("INSERT INTO \(table) VALUES (1, 'low', 1), (101, 'high', 2)")
        sql("ALTER TABLE \(table) ADD PARTITION (PARTITION p2 VALUES LESS THAN (200000))")
        sql("INSERT INTO \(table) VALUES (150000, 'top', 3)")
        switch dice.number(1...3) {
        case 1: sql("ALTER TABLE \(table) DROP PARTITION p0")
        case 2: sql("ALTER TABLE \(table) TRUNCATE PARTITION p1")
        default:
            sql(
                "ALTER TABLE \(table) REORGANIZE PARTITION p1 INTO (PARTITION pa VALUES LESS THAN (500), "
                    + "PARTITION pb VALUES LESS THAN (100000))")
        }
        sql("UPDATE \(table) SET Value = Value + 1")
    }

    /// What does nothing is the hardest to see from outside.
    func createThere() {
        let table = table()
        sql("CREATE TABLE IF NOT EXISTS \(table) (Other INT)")
        sql("DROP TABLE IF EXISTS NeverThere")
        change(table)
        sql("CREATE DATABASE IF NOT EXISTS \(Self.second)")
        sql("ALTER TABLE \(table) COMMENT = 'the same'")
        sql("ALTER TABLE \(table) COMMENT = 'the same'")
        change(table)
        sql("DROP VIEW IF EXISTS NeverThere")
    }

    func createInSecond() {
        let table = name("Far")
        sql("CREATE TABLE \(Self.second).\(table) (Id INT PRIMARY KEY, Value INT)")
        sql("INSERT INTO \(Self.second).\(table) VALUES (1, 1), (2, 2)")
        sql("USE \(Self.second)")
        sql("ALTER TABLE \(table) ADD COLUMN More INT DEFAULT 7")
        sql("UPDATE \(table) SET Value = Value + More")
        sql("CREATE VIEW \(table)View AS SELECT Value FROM \(table)")
        sql("UPDATE \(table) SET More = More + Value")
        sql("USE \(Self.database)")
        change(self.table())
        sql("CREATE TABLE \(table)Here \(losesNodes ? "LIKE" : "AS SELECT * FROM") \(Self.second).\(table)")
        if dice.happens(40) { sql("RENAME TABLE \(table)Here TO \(Self.second).\(table)There") }
    }

    func createForeignKeysBackwards() {
        let child = name("Late")
        sql("SET FOREIGN_KEY_CHECKS = 0")
        sql(
            "CREATE TABLE \(child) (Id INT PRIMARY KEY, P INT, CONSTRAINT fk_\(child) FOREIGN KEY (P) REFERENCES \(child)P (Id))"
        )
        sql("INSERT INTO \(child) VALUES (1, 99)")
        sql("CREATE TABLE \(child)P (Id INT PRIMARY KEY)")
        sql("INSERT INTO \(child) VALUES (2, 98)")
        sql("INSERT INTO \(child)P VALUES (98), (99)")
        sql("SET FOREIGN_KEY_CHECKS = 1")
        sql("ALTER TABLE \(child) ADD COLUMN Q INT")
    }

    func createSequence() {
        let sequence = name("Sequence")
        sql("CREATE SEQUENCE \(sequence) START WITH 10 INCREMENT BY 5")
        sql("ALTER SEQUENCE \(sequence) MAXVALUE 1000")
        sql("CREATE OR REPLACE TABLE \(sequence)T (Id INT PRIMARY KEY, V INT)")
        sql("INSERT INTO \(sequence)T VALUES (1, 1)")
        sql("CREATE OR REPLACE TABLE \(sequence)T (Id INT PRIMARY KEY, V INT, W INT)")
        sql("INSERT INTO \(sequence)T VALUES (1, 1, 1)")
        sql("CREATE OR REPLACE TABLE \(sequence)T (Id INT PRIMARY KEY) AS SELECT Id, Value FROM \(table())")
    }
}
