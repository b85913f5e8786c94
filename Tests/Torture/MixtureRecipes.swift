import PrivateServer

/// Scripts in which a later statement needs what only the session knows from an earlier one.
extension Workshop {
    var mixtures: [Recipe] {
        [
            ("Mixed", Workshop.mixed), ("VariablesAcross", Workshop.variablesAcrossDefinitions),
            ("VariablesOfBodies", Workshop.variablesOfBodies),
            ("Prepared", Workshop.preparedAcrossDefinitions), ("PreparedDefinition", Workshop.preparedDefinition),
            ("Call", Workshop.call), ("CallTransaction", Workshop.callWithTransaction),
            ("CallDefinition", Workshop.callWithDefinition), ("Cleanup", Workshop.dropAfterUse),
            ("LastInsertId", Workshop.lastInsertID), ("Temporary", Workshop.temporaryTable),
            ("ModesAcross", Workshop.modesAcrossDefinitions),
            ("TransactionAcross", Workshop.transactionAcrossDefinition),
        ] + (flavor == .mariaDB ? [("Immediate", Workshop.executeImmediate), ("Block", Workshop.block)] : [])
    }

    func mixed() {
        let (one, two) = (table(), table())
        change(one)
        let column = name("C")
        sql("ALTER TABLE \(one) ADD COLUMN \(column) INT NOT NULL DEFAULT 0")
        sql("UPDATE \(one) SET \(column) = Value * 2, Value = Value + 1")
        sql("CREATE INDEX \(name("ix")) ON \(one) (\(column))")
        sql("DELETE FROM \(one) WHERE Id % 7 = 5")
        let copy = newTable()
        sql("INSERT INTO \(copy) (Id, Name, Value) SELECT Id, Name, Value FROM \(one)")
        sql("ALTER TABLE \(one) DROP COLUMN \(column)")
        change(two)
        insert(copy)
    }

    func variablesAcrossDefinitions() {
        let table = table()
        insert(table)
        sql("SET @max = (SELECT MAX(Value) FROM \(table)), @step = 0, @text = _latin1 0xFC, @date = DATE '2020-02-03'")
        sql("UPDATE \(table) SET Value = Value + (@step := @step + 1) ORDER BY Id LIMIT 5")
        sql("ALTER TABLE \(table) ADD COLUMN \(name("C")) INT")
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES (\(id()), CONCAT(@text, @date), @max + @step)")
        sql("CREATE INDEX \(name("ix")) ON \(table) (Name)")
        sql("SET @step = @step * 10, @max = @max + @step")
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES (\(id()), @text, @max - @step)")
    }

    /// The script's text reads what only a function, a procedure and a trigger set.
    func variablesOfBodies() {
        let (noted, own) = (newTable(), name("Bodies"))
        routine(
            """
            CREATE FUNCTION \(own)F(n INT) RETURNS INT DETERMINISTIC NO SQL
            BEGIN
                SET @f = n * 2;
                RETURN n;
            END
            """)
        sql("CREATE PROCEDURE \(own)P(n INT) SET @p = n + 1")
        sql("CREATE TRIGGER \(own)T BEFORE INSERT ON \(noted) FOR EACH ROW SET @t = IFNULL(@t, 0) + NEW.Value")
        insert(noted)
        sql("DO \(own)F(21)")
        sql("ALTER TABLE \(noted) ADD COLUMN \(name("C")) INT")
        sql("INSERT INTO \(noted) (Id, Name, Value) VALUES (\(id()), 'function', @f + @t)")
        sql("CALL \(own)P(8)")
        sql("CREATE INDEX \(name("ix")) ON \(noted) (Name)")
        sql("UPDATE \(noted) SET Value = Value + \(own)F(3)")
        sql("ALTER TABLE \(noted) COMMENT = 'with variables'")
        sql("INSERT INTO \(noted) (Id, Name, Value) VALUES (\(id()), 'all', @f + @p * 100 + @t * 1000)")
    }

    func preparedAcrossDefinitions() {
        let table = table()
        sql("PREPARE add_one FROM 'INSERT INTO \(table) (Id, Name, Value) VALUES (?, ''prepared'', ?)'")
        sql("SET @id = \(id()), @v = 5")
        sql("EXECUTE add_one USING @id, @v")
        sql("ALTER TABLE \(table) ADD COLUMN \(name("C")) INT")
        sql("SET @id = \(id()), @v = @v + 5")
        sql("EXECUTE add_one USING @id, @v")
        sql("DEALLOCATE PREPARE add_one")
        change(table)
    }

    /// The usual way to alter a table only if it lacks the column.
    func preparedDefinition() {
        let table = table()
        let column = name("C")
        sql(
            """
            SET @statement = IF((SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
                AND TABLE_NAME = '\(table)' AND COLUMN_NAME = '\(column)') = 0,
                'ALTER TABLE \(table) ADD COLUMN \(column) INT DEFAULT 3', 'DO 0')
            """)
        sql("PREPARE it FROM @statement")
        sql("EXECUTE it")
        sql("DEALLOCATE PREPARE it")
        sql("UPDATE \(table) SET Value = Value + \(column)")
    }

    func call() {
        let table = newTable(rows: 2)
        let procedure = name("Procedure")
        routine(
            "CREATE PROCEDURE \(procedure)(IN n INT)\nBEGIN\n    UPDATE \(table) SET Value = Value + n;\n"
                + "    INSERT INTO \(table) (Id, Name, Value) VALUES (n, 'called', n);\nEND")
        sql("CALL \(procedure)(\(id()))")
        change(table)
        sql("CALL \(procedure)(\(id()))")
    }

    func callWithTransaction() {
        let table = newTable(rows: 2)
        let procedure = name("Procedure")
        routine(
            "CREATE PROCEDURE \(procedure)()\nBEGIN\n    START TRANSACTION;\n    UPDATE \(table) SET Value = Value + 1;\n"
                + "    COMMIT;\n    UPDATE \(table) SET Value = Value * 3;\nEND")
        sql("CALL \(procedure)()")
        sql("DROP PROCEDURE \(procedure)")
    }

    func callWithDefinition() {
        let table = newTable(rows: 2)
        let procedure = name("Procedure")
        let column = name("C")
        sql("DROP PROCEDURE IF EXISTS \(procedure)")
        routine(
            """
            CREATE PROCEDURE \(procedure)()
            BEGIN
                IF NOT EXISTS (SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
                    AND TABLE_NAME = '\(table)' AND COLUMN_NAME = '\(column)') THEN
                    ALTER TABLE \(table) ADD COLUMN \(column) INT DEFAULT 2;
                END IF;
            END
            """)
        sql("CALL \(procedure)()")
        sql("DROP PROCEDURE \(procedure)")
        sql("UPDATE \(table) SET Value = Value + \(column)")
    }

    func dropAfterUse() {
        let table = table()
        let copy = name("Old")
        sql("CREATE TABLE \(copy) AS SELECT * FROM \(table)")
        sql("UPDATE \(table) t JOIN \(copy) o ON o.Id = t.Id SET t.Value = o.Value + t.Value")
        sql("DROP TABLE \(copy)")
    }

    /// The counters may have gaps, so what is compared is who belongs to whom.
    func lastInsertID() {
        let parent = name("Auto")
        sql("CREATE TABLE \(parent) (AutoId INT AUTO_INCREMENT PRIMARY KEY, Name VARCHAR(20))")
        sql("CREATE TABLE \(parent)Child (Id INT PRIMARY KEY, ParentAutoId INT, ParentName VARCHAR(20))")
        sql(
            "CREATE VIEW \(parent)Check AS SELECT c.Id, p.Name, p.Name = c.ParentName AS Fits FROM \(parent)Child c "
                + "LEFT JOIN \(parent) p ON p.AutoId = c.ParentAutoId")
        sql("INSERT INTO \(parent) (Name) VALUES ('first'), ('second')")
        sql("SET @parent = LAST_INSERT_ID()")
        sql("INSERT INTO \(parent)Child VALUES (1, @parent, 'first')")
        sql("INSERT INTO \(parent) (Name) VALUES ('third')")
        together {
            sql("INSERT INTO \(parent)Child VALUES (2, LAST_INSERT_ID(), 'third')")
            sql("INSERT INTO \(parent) (Name) VALUES ('fourth')")
            sql("ALTER TABLE \(parent)Child ADD COLUMN More INT")
            sql("INSERT INTO \(parent)Child (Id, ParentAutoId, ParentName) VALUES (3, LAST_INSERT_ID(), 'fourth')")
        }
        sql("INSERT INTO \(parent)Child (Id, ParentAutoId, ParentName) VALUES (4, @parent, 'first')")
    }

    func temporaryTable() {
        let table = table()
        sql("CREATE TEMPORARY TABLE Scratch (Id INT PRIMARY KEY, V INT)")
        sql("INSERT INTO Scratch SELECT Id, Value FROM \(table)")
        sql("ALTER TABLE \(table) ADD COLUMN \(name("C")) INT")
        sql("UPDATE \(table) t JOIN Scratch s ON s.Id = t.Id SET t.Value = t.Value + s.V")
        if dice.happens(50) { sql("DROP TEMPORARY TABLE Scratch") }
    }

    func modesAcrossDefinitions() {
        let table = table()
        sql("SET SESSION sql_mode = 'ANSI_QUOTES'")
        routine("CREATE PROCEDURE \"\(name("Procedure"))\"()\nBEGIN\n    SELECT \"Name\" FROM \"\(table)\";\nEND")
        sql("INSERT INTO \"\(table)\" (\"Id\", \"Name\", \"Value\") VALUES (\(id()), 'ansi', 1)")
        sql("ALTER TABLE \"\(table)\" ADD COLUMN \"\(name("C"))\" INT")
        sql("UPDATE \"\(table)\" SET \"Value\" = \"Value\" + 1")
        sql("SET SESSION sql_mode = DEFAULT")
        change(table)
    }

    func transactionAcrossDefinition() {
        let table = table()
        sql("START TRANSACTION")
        change(table)
        sql("ALTER TABLE \(table) ADD COLUMN \(name("C")) INT")
        change(table)
        sql("SET autocommit = 0")
        change(table)
        sql("CREATE TABLE \(name("Within")) (Id INT)")
        change(table)
        sql("ROLLBACK")
        change(table)
        sql("COMMIT")
    }

    func executeImmediate() {
        let table = table()
        let column = name("C")
        sql("EXECUTE IMMEDIATE 'ALTER TABLE \(table) ADD COLUMN \(column) INT DEFAULT 2'")
        sql("EXECUTE IMMEDIATE 'UPDATE \(table) SET Value = Value + ?' USING 3")
        sql("UPDATE \(table) SET Value = Value + \(column)")
    }

    func block() {
        let table = table()
        routine(
            "BEGIN NOT ATOMIC\n    UPDATE \(table) SET Value = Value + 1;\n    UPDATE \(table) SET Value = Value * 2;\nEND"
        )
        change(table)
    }
}
