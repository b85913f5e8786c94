import Deployment
import SQLScript
import TestServers
import Testing

/// Columns whose values have to be something come back with them, and so does what is beside columns and rows.
@Suite struct UndoColumnTests {
    private static let base = """
        CREATE TABLE parent (id INT PRIMARY KEY);
        CREATE TABLE unique_one (id INT PRIMARY KEY, u INT NOT NULL, UNIQUE KEY u (u));
        CREATE TABLE hard (id INT PRIMARY KEY, c INT NOT NULL, g POINT NOT NULL, j JSON NOT NULL, SPATIAL KEY g (g),
            CONSTRAINT above CHECK (c > 5));
        CREATE TABLE child (id INT PRIMARY KEY, p INT NOT NULL, CONSTRAINT parents FOREIGN KEY (p) REFERENCES parent (id));
        CREATE TABLE counted (id INT PRIMARY KEY, n INT NOT NULL AUTO_INCREMENT, w INT, UNIQUE KEY (n));
        CREATE TABLE swapped (id INT PRIMARY KEY, a INT, b INT, x INT NOT NULL, UNIQUE KEY x (x));
        INSERT INTO swapped VALUES (1, 10, 20, 7), (2, 11, 21, 8);
        CREATE TABLE computed (id INT PRIMARY KEY, v INT AS (id + 1) VIRTUAL, w INT);
        INSERT INTO computed (id, w) VALUES (1, 1), (2, 2);
        CREATE TABLE longs (k TEXT NOT NULL, v INT, PRIMARY KEY (k(20)));
        INSERT INTO parent VALUES (7), (8);
        INSERT INTO hard VALUES (1, 6, ST_GeomFromText('POINT(1 2)'), '{"a": 1}'),
            (2, 7, ST_GeomFromText('POINT(3 4)'), '[]'), (3, 8, ST_GeomFromText('POINT(3 4)'), '0');
        INSERT INTO child VALUES (1, 7), (2, 8);
        INSERT INTO unique_one VALUES (1, 1000), (2, 2000), (3, 127);
        INSERT INTO counted (id, n) VALUES (1, 3), (2, 1), (3, 2);
        INSERT INTO longs VALUES ('one', 1), ('two', 2), (CONCAT('three', REPEAT('x', 4000)), 3);
        CREATE PROCEDURE p() SELECT 1;
        CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1;

        """

    private func project(_ server: TestServer, _ more: String = "") throws -> TestProject {
        try TestProject(server, base: Self.base + more)
    }

    private func check(_ project: TestProject, _ script: String) throws {
        let before = try project.state()
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        let plan = try project.plan()
        #expect(plan.steps.first?.facts?.scriptClass == .undo, "\(plan.steps.first?.facts?.classReason ?? "")")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        let differences = try project.state().differences(from: before)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        #expect(try project.rows("SHOW TABLES LIKE 'DatabaseTrackCopy%'").isEmpty)
    }

    @Test(
        arguments: TestServer.all,
        [
            "ALTER TABLE unique_one DROP COLUMN u", "ALTER TABLE hard DROP CONSTRAINT above, DROP COLUMN c",
            "ALTER TABLE hard DROP COLUMN g", "ALTER TABLE hard DROP COLUMN j",
            "ALTER TABLE child DROP FOREIGN KEY parents, DROP COLUMN p", "ALTER TABLE counted DROP COLUMN n",
            "SET sql_mode = ''; ALTER TABLE unique_one DROP KEY u, MODIFY u TINYINT NOT NULL",
            "UPDATE longs SET v = 5 WHERE v = 3; DELETE FROM longs WHERE v = 1; CREATE TABLE new (i INT)",
            "ALTER TABLE longs DROP COLUMN v", "TRUNCATE longs",
            "ALTER TABLE swapped DROP COLUMN x; ALTER TABLE swapped RENAME COLUMN a TO w; ALTER TABLE swapped RENAME COLUMN b TO a; ALTER TABLE swapped RENAME COLUMN w TO b",
            "ALTER TABLE counted DROP KEY n, ADD UNIQUE n2 (n), DROP COLUMN w",
            "ALTER TABLE swapped DROP COLUMN b, ADD COLUMN b INT AS (a * 2) VIRTUAL",
            "ALTER TABLE computed DROP COLUMN v; ALTER TABLE computed ADD COLUMN v INT AFTER id; UPDATE computed SET v = 1",
            "ALTER TABLE swapped ADD COLUMN c INT; ALTER TABLE swapped DROP COLUMN c, RENAME COLUMN b TO c; UPDATE swapped SET c = 0; CREATE TABLE new (i INT)",
            "ALTER TABLE swapped ADD COLUMN c INT; ALTER TABLE swapped DROP COLUMN c; ALTER TABLE swapped RENAME COLUMN b TO c; UPDATE swapped SET c = 0; CREATE TABLE new (i INT)",
        ])
    func valuesThatHaveToBeSomethingComeBack(server: TestServer, script: String) throws {
        try check(try project(server), script)
    }

    /// MariaDB takes rows that a check does not pass, and keeps options of tables and databases that MySQL does not have.
    @Test(
        arguments: TestServer.all.filter { $0.flavor == .mariaDB },
        [
            "DROP TABLE unchecked", "TRUNCATE unchecked", "ALTER TABLE unchecked DROP COLUMN w",
            "ALTER TABLE unchecked DROP CONSTRAINT much", "ALTER DATABASE % COMMENT 'other'",
            "ALTER TABLE counted page_compressed = 1",
            "ALTER TABLE counted page_compressed = 1, page_compression_level = 2",
            "ALTER TABLE small page_compressed = 0", "ALTER TABLE counted encrypted = NO",
            "ALTER TABLE counted TRANSACTIONAL = 0",
            "ALTER TABLE times ADD COLUMN c INT; UPDATE times FOR PORTION OF p FROM '2024-01-01' TO '2024-02-01' SET c = 1; CREATE TABLE new (i INT)",
            "RENAME TABLE IF EXISTS nothing TO small", "ALTER TABLE IF EXISTS nothing RENAME TO small",
            "RENAME TABLE IF EXISTS small TO other",
        ])
    func whatOnlyMariaDBHasComesBack(server: TestServer, script: String) throws {
        let more = """
            CREATE TABLE unchecked (id INT PRIMARY KEY, v INT, w INT, CONSTRAINT much CHECK (v > 5));
            SET check_constraint_checks = 0; INSERT INTO unchecked VALUES (1, 1, 1), (2, 6, 2); SET check_constraint_checks = 1;
            CREATE TABLE times (id INT, a DATE, b DATE, PERIOD FOR p (a, b), PRIMARY KEY (id, b));
            INSERT INTO times VALUES (1, '2023-01-01', '2025-01-01');
            CREATE TABLE small (id INT PRIMARY KEY) page_compressed = 1;

            """
        let project = try project(server, more)
        try project.execute("ALTER DATABASE `\(project.database)` COMMENT 'it''s'")
        let comment = "SELECT SCHEMA_COMMENT FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = DATABASE()"
        let before = try project.rows(comment)
        try check(project, script.replacing("%", with: quoted(identifier: project.database)))
        #expect(try project.rows(comment) == before)
    }

    @Test(
        arguments: TestServer.all,
        [
            "DROP PROCEDURE p", "DROP FUNCTION f; CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 2",
            "ALTER PROCEDURE p COMMENT 'other'",
        ])
    func rightsOnARoutineComeBack(server: TestServer, script: String) throws {
        let project = try project(server)
        let user = "r_" + project.database.suffix(12)
        try project.execute(
            """
            CREATE USER '\(user)'@'localhost', '\(user)'@'10.0.0.%';
            GRANT EXECUTE ON PROCEDURE p TO '\(user)'@'localhost';
            GRANT EXECUTE, ALTER ROUTINE ON FUNCTION f TO '\(user)'@'10.0.0.%' WITH GRANT OPTION
            """, in: project.database)
        let rights = "SELECT Host, Routine_name, Proc_priv FROM mysql.procs_priv WHERE User = '\(user)' ORDER BY 1"
        let before = try project.rows(rights)
        #expect(before.count == 2)
        try check(project, script)
        #expect(try project.rows(rights) == before)
    }
}
