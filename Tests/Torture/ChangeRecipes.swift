/// Scripts that change rows.
extension Workshop {
    var changes: [Recipe] {
        [
            ("Insert", Workshop.insertRows), ("Update", Workshop.updateRows), ("Several", Workshop.severalTables),
            ("Transaction", Workshop.ownTransaction), ("Autocommit", Workshop.withoutAutocommit),
            ("Savepoint", Workshop.withSavepoint), ("Long", Workshop.longStatement),
            ("Variables", Workshop.userVariables), ("Modes", Workshop.sessionModes),
            ("Locks", Workshop.lockTables), ("LockedTransaction", Workshop.lockTablesInTransaction),
            ("Dump", Workshop.dump),
        ]
    }

    func insertRows() {
        let table = table()
        for _ in 1...dice.number(1...4) { insert(table, rows: dice.number(1...4)) }
    }

    func updateRows() {
        for _ in 1...dice.number(1...4) { change(table()) }
    }

    func severalTables() {
        let (one, two) = (table(), table())
        sql("UPDATE \(one) a, (SELECT COUNT(*) AS n FROM \(two)) b SET a.Value = a.Value + b.n")
        sql("REPLACE INTO \(one) (Id, Name, Value) VALUES (1, 'replaced', \(dice.number(1...9)))")
        sql("INSERT IGNORE INTO \(one) (Id, Name, Value) VALUES (1, 'ignored', 0)")
        sql("DELETE FROM \(two) WHERE Id % 11 = 3")
        sql("DELETE FROM \(one) WHERE Id > 500000")
        sql(
            "INSERT INTO \(one) (Id, Name, Value) SELECT d.i + 500000, 'copied', d.v FROM "
                + "(SELECT Id AS i, Value AS v FROM \(two) WHERE Id < 110) d")
    }

    func ownTransaction() {
        let table = table()
        change(table)
        sql(dice.pick(["START TRANSACTION", "BEGIN", "START TRANSACTION READ WRITE"]))
        change(table)
        insert(table)
        sql(dice.pick(["COMMIT", "COMMIT WORK"]))
        change(table)
        sql("START TRANSACTION")
        change(table)
        sql("ROLLBACK")
        insert(table)
        sql("BEGIN")
        change(table)
        if dice.happens(50) { sql("COMMIT") }
    }

    func withoutAutocommit() {
        let table = table()
        sql("SET autocommit = 0")
        change(table)
        sql("COMMIT")
        change(table)
        insert(table)
        sql("SET autocommit = 1")
        change(table)
    }

    func withSavepoint() {
        let table = table()
        sql("START TRANSACTION")
        change(table)
        sql("SAVEPOINT here")
        change(table)
        sql("ROLLBACK TO SAVEPOINT here")
        insert(table)
        sql("RELEASE SAVEPOINT here")
        sql("COMMIT")
    }

    /// Longer than what shares a packet with records; once, since every run reads all of it.
    func longStatement() {
        insert(table(), rows: hasLongStatement ? 5 : 1400)
        hasLongStatement = true
        change(table())
    }

    func userVariables() {
        let table = table()
        sql(
            "SET @a = (SELECT IFNULL(MAX(Value), 0) FROM \(table)), @`b c` = 'text; ''quoted'' — ü', @n = NULL, @f = 1.50"
        )
        change(table)
        sql("SELECT COUNT(*), @a := @a + 1 INTO @c, @d FROM \(table)")
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES (\(id()), CONCAT(@`b c`, @c), @a + IFNULL(@n, 1))")
        sql("SET @a := @a * 2")
        sql("UPDATE \(table) SET Value = @a := @a + 1 ORDER BY Id LIMIT 4")
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES (\(id()), @f, @a)")
    }

    func sessionModes() {
        let table = table()
        sql("SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT'")
        sql("INSERT INTO \"\(table)\" (\"Id\", \"Name\", \"Value\") VALUES (\(id()), 'a' || 'b', 1)")
        sql("SET NAMES latin1")
        sql("UPDATE \(table) SET Name = 'x' || LEFT(Name, 30) WHERE Id > 3 ORDER BY Id LIMIT 2")
        sql("SET NAMES utf8mb4")
        sql("SET time_zone = '+05:00', @old = @@sql_mode")
        sql("SET sql_mode = ''")
        sql("INSERT INTO \(table) (Id, Name, Value) VALUES (\(id()), FROM_UNIXTIME(1000000), 1 OR 0)")
        sql("SET sql_mode = @old")
        sql("UPDATE \(table) SET Name = 'y' || LEFT(Name, 30) ORDER BY Id LIMIT 2")
    }

    func lockTables() {
        let (one, two) = (table(), table())
        together {
            let locks = one == two ? "\(one) WRITE" : "\(one) WRITE, \(two) WRITE"
            sql("LOCK TABLES \(locks)")
            change(one)
            insert(one)
            change(two)
            sql("UNLOCK TABLES")
        }
        change(one)
    }

    /// As dump programs write it when they are asked not to commit each statement.
    func lockTablesInTransaction() {
        let table = table()
        sql("SET autocommit = 0")
        together {
            sql("LOCK TABLES \(table) WRITE")
            change(table)
            insert(table)
            sql(dice.pick(["COMMIT", "ALTER TABLE \(table) COMMENT = 'locked'", "SELECT 1 FROM \(table)"]))
            change(table)
            sql("UNLOCK TABLES")
        }
        sql("COMMIT")
        sql("SET autocommit = 1")
        change(table)
    }

    /// As dump programs write it.
    func dump() {
        let table = name("T")
        sql("/*!40101 SET @saved_client = @@character_set_client */")
        sql("/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */")
        sql("DROP TABLE IF EXISTS `\(table)`")
        sql(
            "CREATE TABLE `\(table)` (`Id` int NOT NULL, `Name` varchar(60), `Value` bigint NOT NULL DEFAULT 0, PRIMARY KEY (`Id`))"
        )
        together {
            sql("LOCK TABLES `\(table)` WRITE")
            sql("/*!40000 ALTER TABLE `\(table)` DISABLE KEYS */")
            sql("INSERT INTO `\(table)` VALUES (1, 'one', 1), (2, 'two', 2)")
            sql("INSERT INTO `\(table)` VALUES (3, 'three@example.com', 3)")
            sql("INSERT INTO `\(table)` VALUES (4, @name := 'four@example.com', 4)")
            sql("INSERT INTO `\(table)` VALUES (5, CONCAT(@name, 'five'), 5)")
            sql("/*!40000 ALTER TABLE `\(table)` ENABLE KEYS */")
            sql("UNLOCK TABLES")
        }
        sql("/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */")
        sql("/*!40101 SET character_set_client = @saved_client */")
        tables.append(table)
    }
}
