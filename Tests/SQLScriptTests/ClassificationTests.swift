import Testing

@testable import SQLScript

@Suite("Classification")
struct ClassificationTests {
    private func classified(_ text: String, _ modes: LexicalModes = []) -> Classification {
        classify(Array(text.utf8), sqlMode: modes)
    }

    @Test(
        "Verb and effect",
        arguments: [
            ("create table t (a int)", .createTable, .commitsImplicitly),
            ("CREATE OR REPLACE TABLE t AS SELECT 1", .createTable, .commitsImplicitly),
            ("-- x\n/* y */ alter ignore table t add b int", .alterTable, .commitsImplicitly),
            ("/*!40000 ALTER TABLE `t` DISABLE KEYS */", .alterTable, .commitsImplicitly),
            (
                "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t BEFORE INSERT ON x FOR EACH ROW SET @a=1 */",
                .createTrigger, .commitsImplicitly
            ),
            ("create definer='view'@'%' sql security invoker view v as select 1", .createView, .commitsImplicitly),
            ("create unique index i on t (a)", .createIndex, .commitsImplicitly),
            ("create aggregate function f returns int soname 'x'", .createFunction, .commitsImplicitly),
            ("create package body p as end", .createPackageBody, .commitsImplicitly),
            ("drop tables a, b", .dropTable, .commitsImplicitly),
            ("truncate t", .truncate, .commitsImplicitly),
            ("rename table a to b", .renameTable, .commitsImplicitly),
            ("create temporary table t (a int)", .createTable, .sessionOnly),
            ("drop temporary table if exists t", .dropTable, .sessionOnly),
            ("insert into t values (1)", .insert, .transactional),
            ("replace into t values (1)", .replace, .transactional),
            ("with x as (select 1) delete from t", .delete, .transactional),
            ("with x as (select 1) select * from x", .select, .reads),
            ("(select 1) union (select 2)", .select, .reads),
            ("select 1 into @a", .selectInto, .sessionOnly),
            ("select 1 into outfile 'x'", .selectInto, .unbounded),
            ("load data infile 'x' into table t", .load, .unbounded),
            ("call p(1)", .call, .unbounded), ("do sleep(1)", .do, .unbounded),
            ("begin", .startTransaction, .transactionControl), ("begin work", .startTransaction, .transactionControl),
            ("begin not atomic select 1; end", .compound, .unbounded),
            ("start transaction read only", .startTransaction, .transactionControl),
            ("start slave", .startReplication, .commitsImplicitly),
            ("commit", .commit, .transactionControl), ("rollback to a", .rollback, .transactionControl),
            ("savepoint a", .savepoint, .transactionControl), ("xa commit 'a'", .xa, .transactionControl),
            ("lock tables t write", .lockTables, .commitsImplicitly),
            ("unlock tables", .unlockTables, .commitsImplicitly),
            ("create user a", .createUser, .commitsImplicitly), ("grant all on *.* to a", .grant, .commitsImplicitly),
            ("set password = 'x'", .setPassword, .commitsImplicitly), ("set role none", .setRole, .sessionOnly),
            ("set names utf8mb4", .setNames, .sessionOnly), ("set @a = 1, b = 2", .setVariable, .sessionOnly),
            ("set global a = 1", .setVariable, .unbounded), ("set autocommit=0", .setVariable, .transactionControl),
            ("set session transaction read only", .setTransaction, .transactionControl),
            ("set statement max_statement_time=1 for insert into t values (1)", .insert, .transactional),
            ("prepare s from 'select 1'", .prepare, .sessionOnly), ("execute s", .execute, .unbounded),
            ("execute immediate 'x'", .executeImmediate, .unbounded),
            ("analyze table t", .analyze, .commitsImplicitly),
            ("analyze format=json update t set a=1", .update, .transactional),
            ("flush privileges", .flush, .commitsImplicitly), ("kill 1", .kill, .unbounded),
            ("install plugin a soname 'b'", .installPlugin, .commitsImplicitly),
            ("show tables", .show, .reads), ("desc t", .describe, .reads), ("explain select 1", .explain, .reads),
            ("use x", .use, .sessionOnly), ("/*M!999999 enable the sandbox mode */", .empty, .reads),
            ("", .empty, .reads),
            ("frobnicate", .unknown, .unbounded), ("create frobnication", .unknown, .commitsImplicitly),
        ] as [(String, StatementVerb, StatementEffect)])
    func verbs(text: String, verb: StatementVerb, effect: StatementEffect) {
        let found = classified(text)
        #expect(found.verb == verb)
        #expect(found.effect == effect)
    }

    @Test(
        "Names",
        arguments: [
            ("create table if not exists `a``b`.`c d` (x int)", ["table a`b.c d"]),
            ("create procedure p() begin end", ["procedure p"]),
            ("create definer=x@y function d.f() returns int return 1", ["function d.f"]),
            ("drop view if exists a, b.c", ["view a", "view b.c"]),
            ("create index i on d.t (a)", ["index i", "table d.t"]), ("drop index i on t", ["index i", "table t"]),
            ("alter table a add b int, rename to c.d", ["table a", "table c.d"]),
            ("alter table a rename column b to c, rename index d to e", ["table a"]),
            ("rename table a to b, c to d", ["table a", "table b", "table c", "table d"]),
            ("create database if not exists x", ["database x"]), ("drop schema `x`", ["database x"]),
            ("insert low_priority ignore into d.t (a) values (1)", ["table d.t"]), ("insert t set a = 1", ["table t"]),
            ("update ignore a join b.c as x on a.i = x.i, d set a.y = 1", ["table a", "table b.c", "table d"]),
            ("update a, (select 1 from z) s set a.b = 1", ["table a"]),
            ("update a join b on a.set = b.set join c set a.x = 1", ["table a", "table b", "table c"]),
            ("update {oj a left join b on a.i = b.i} set a.x = 1", ["table a", "table b"]),
            ("insert into d.2020 values (1.5)", ["table d.2020"]),
            ("alter table `d`.2020_a add c int", ["table d.2020_a"]),
            ("delete from t where a in (select b from c)", ["table t"]),
            ("delete a from t1 as a join t2 where 1", ["table t1", "table t2"]),
            ("delete from a using t1 as a join t2 where 1", ["table t1", "table t2"]),
            ("load data infile 'x' replace into table d.t (a)", ["table d.t"]), ("truncate table t", ["table t"]),
            ("create user 'a'@'%' identified by 'x', b@localhost, c", ["user a@%", "user b@localhost", "user c"]),
            ("grant select, insert on d.* to 'a'@'b'", ["user a@b"]), ("call d.p()", ["procedure d.p"]),
            ("optimize table a, b", ["table a", "table b"]),
            ("create trigger t before insert on x for each row set @a=1", ["trigger t"]),
        ])
    func names(text: String, objects: [String]) {
        let found = classified(text).objects.map { "\($0.kind) \($0.database.map { $0 + "." } ?? "")\($0.name)" }
        #expect(found == objects)
    }

    @Test("Behind a dot a name may have digits alone; a fraction is none")
    func digits() {
        #expect(
            statementWords(Array("select a.2020, 1.5, 10.25e1 from d.7".utf8)) == [
                "select", "a", ".", "2020", ".", ".", "25e1", "from", "d", ".", "7",
            ])
    }

    @Test("A name in double quotes is one under ANSI_QUOTES only")
    func quotedNames() {
        let text = "insert into \"a\"\"b\" values (\"x\")"
        #expect(classified(text, .ansiQuotes).objects.first?.name == "a\"b")
    }

    @Test("Assigned variables")
    func variables() {
        let found = classified(
            "/*!40101 SET @OLD=@@SQL_MODE, SQL_MODE='ANSI', global x = 1, @@session.y := 2, @`a b` = 3 */")
        #expect(
            found.assignedVariables == [
                .init(scope: .user, name: "OLD", sqlMode: nil),
                .init(scope: .session, name: "sql_mode", sqlMode: .ansiQuotes),
                .init(scope: .global, name: "x", sqlMode: nil, isOn: true),
                .init(scope: .session, name: "y", sqlMode: nil),
                .init(scope: .user, name: "a b", sqlMode: nil),
            ])
    }

    @Test(
        "Secrets",
        arguments: [
            (
                "create user 'a'@'b' identified by 'p;w', 'c' identified with 'plugin' as 'hash' require ssl",
                ["'p;w'", "'hash'"]
            ),
            ("create user a identified via ed25519 using password('p')", ["'p'"]),
            ("alter user a identified by 'new' replace 'old'", ["'new'", "'old'"]),
            ("alter user a identified with x as 0xABC", ["0xABC"]),
            ("grant all on *.* to 'a'@'b' identified by password '*123'", ["'*123'"]),
            ("set password for 'a'@'b' = password('p')", ["'p'"]), ("set password = 'p'", ["'p'"]),
            ("change master to master_host='h', master_password='p', master_user='u'", ["'p'"]),
            ("change replication source to source_password = 'p'", ["'p'"]),
            ("start replica user='u' password='p'", ["'p'"]),
            ("create server s foreign data wrapper mysql options (user 'u', password 'p', host 'h')", ["'p'"]),
            ("create table t (a int) engine=federated connection='mysql://u:p@h/d/t'", ["'mysql://u:p@h/d/t'"]),
            ("insert into t values (aes_encrypt('text', 'key'), 'x')", ["'text'", "'key'"]),
            ("/*!50001 create user a identified by 'p' */", ["'p'"]),
            ("update users set password = sha1('p'), name = 'n'", ["'p'"]),
            ("insert into t (password) values ('x')", []), ("select 'identified by'", []),
        ])
    func secrets(text: String, secrets: [String]) {
        let bytes = Array(text.utf8)
        let found = classify(bytes).secrets.map { String(decoding: bytes[$0], as: UTF8.self) }
        #expect(found == secrets)
        for secret in secrets { #expect(!redacted(bytes).contains(secret)) }
    }

    @Test("A redacted text")
    func redaction() {
        let text = "create user a identified by 'p' account lock"
        #expect(redacted(Array(text.utf8)) == "create user a identified by '•••' account lock")
    }

    @Test(
        "A text without strings",
        arguments: [
            ("SELECT 'a' , \"b's\",`c` FROM t", "SELECT '•••' , '•••',`c` FROM t"),
            ("SELECT 'a\\'b', x'00'", "SELECT '•••', x'•••'"),
            ("SELECT 1 /* it's */ + 'open", "SELECT 1 + '•••'"), ("", ""),
        ])
    func hiddenStrings(text: String, shown: String) {
        #expect(withoutStrings(Array(text.utf8), sqlMode: []) == shown)
    }

    @Test(
        "What an ALTER TABLE adds by name",
        arguments: [
            ("ADD COLUMN a INT", ["a"], [], []), ("ADD `B b` INT AFTER x, ADD c INT", ["b b", "c"], [], []),
            ("ADD COLUMN IF NOT EXISTS a INT", [], [], []), ("ADD (a INT, b INT)", [], [], []),
            ("ADD INDEX i (a)", [], ["i"], []), ("ADD UNIQUE KEY I USING BTREE (a)", [], ["i"], []),
            ("ADD UNIQUE i (a)", [], ["i"], []), ("ADD FULLTEXT INDEX i (a), ADD SPATIAL j (b)", [], ["i", "j"], []),
            ("ADD INDEX (a)", [], [], []), ("ADD UNIQUE (a)", [], [], []), ("ADD KEY USING HASH (a)", [], [], []),
            ("ADD INDEX IF NOT EXISTS i (a)", [], [], []), ("ADD PRIMARY KEY (a)", [], [], []),
            ("ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (b)", [], [], ["f"]),
            ("ADD CONSTRAINT f FOREIGN KEY IF NOT EXISTS (a) REFERENCES u (b)", [], [], []),
            ("ADD CONSTRAINT FOREIGN KEY (a) REFERENCES u (b)", [], [], []),
            ("ADD VECTOR INDEX v (a)", [], [], []),
            ("ADD CONSTRAINT i UNIQUE KEY j (a)", [], [], []), ("ADD CONSTRAINT c CHECK (a > 0)", [], [], []),
            ("DROP COLUMN a, DROP INDEX i", [], [], []),
        ] as [(String, Set<String>, Set<String>, Set<String>)])
    func additions(_ text: String, columns: Set<String>, keys: Set<String>, foreignKeys: Set<String>) {
        let alteration = classified("ALTER TABLE t \(text)").alteration
        #expect(alteration.addedColumns == columns)
        #expect(alteration.addedKeys == keys)
        #expect(alteration.addedForeignKeys == foreignKeys)
    }

    @Test(
        "Columns that an ALTER TABLE defines anew, and nothing else",
        arguments: [
            ("MODIFY a INT", ["a"]),
            ("MODIFY COLUMN `A` INT NOT NULL DEFAULT 3 AFTER b, MODIFY c INT FIRST", ["a", "c"]),
            ("MODIFY COLUMN IF EXISTS a VARCHAR(3) COMMENT 'a unique key'", ["a"]), ("MODIFY a INT UNIQUE", []),
            ("MODIFY a INT PRIMARY KEY", []), ("MODIFY a INT CHECK (a > 0)", []), ("MODIFY a INT REFERENCES u (b)", []),
            ("MODIFY a INT, ADD b INT", []), ("MODIFY a INT, DROP b", []), ("CHANGE a a INT", []),
            ("MODIFY a SERIAL", []), ("MODIFY a INT SERIAL DEFAULT VALUE", []),
            ("MODIFY a INT REMOVE PARTITIONING", []),
            ("MODIFY a INT, COMMENT = 'x'", []), ("MODIFY a INT, RENAME TO u", []),
        ] as [(String, Set<String>)])
    func redefinitions(_ text: String, columns: Set<String>) {
        #expect(classified("ALTER TABLE t \(text)").alteration.redefinedColumns == columns)
    }
}
