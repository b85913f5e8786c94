import Deployment
import TestServers
import Testing

/// What a statement does is not always what its names say: temporary tables, functions, what a database was when something was made.
@Suite struct UndoHiddenTests {
    private static let base = """
        CREATE TABLE t (id INT PRIMARY KEY, a INT);
        CREATE TABLE u (id INT PRIMARY KEY, b INT);
        INSERT INTO t VALUES (1, 1), (2, 2);
        CREATE PROCEDURE p(x VARCHAR(10)) SELECT x;
        DELIMITER //
        CREATE FUNCTION f() RETURNS INT DETERMINISTIC MODIFIES SQL DATA BEGIN UPDATE t SET a = 100; RETURN 1; END //
        DELIMITER ;

        """

    private func project(_ server: TestServer) throws -> TestProject {
        try TestProject(server, base: Self.base)
    }

    /// What the tool says is true: nothing is left, or the script counts as one that goes on.
    private func check(_ project: TestProject, _ script: String, isUndone: Bool) throws {
        let before = try project.state()
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        let isNothing = failure.state.hasPrefix("Nothing of this script is in the database")
        #expect(isNothing == isUndone, "\(failure.state)")
        let differences = try project.state().differences(from: before)
        if isNothing { #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))") }
    }

    @Test(
        arguments: TestServer.all,
        [
            "CREATE TEMPORARY TABLE tmp AS SELECT * FROM t; ALTER TABLE tmp RENAME TO u",
            "UPDATE t SET a = 0; CREATE TEMPORARY TABLE t (q INT); CREATE TABLE w (i INT)",
            "CREATE TABLE w (i INT); SET @x = f()", "ALTER TABLE u ADD z INT; DO f(); CREATE TABLE w (i INT)",
            "ALTER TABLE u ADD z INT; SELECT f(); CREATE TABLE w (i INT)",
            "SELECT f() INTO @x; ALTER TABLE u ADD z INT",
            "PREPARE s FROM 'INSERT INTO u VALUES (f(), 1)'; EXECUTE s; ALTER TABLE u ADD z INT",
            "ALTER DATABASE DEFAULT CHARACTER SET latin1",
        ])
    func whatCannotBeSeenIsNotTakenBack(server: TestServer, script: String) throws {
        let project = try project(server)
        try check(project, script, isUndone: false)
        // Only what a function may do shows no sooner than it runs.
        let isFunction = script.contains("f()")
        let other = try self.project(server)
        try other.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        #expect(try other.plan().steps.first?.facts?.scriptClass == (isFunction ? .undo : .resume))
    }

    @Test(
        arguments: TestServer.all,
        [
            "CREATE TEMPORARY TABLE tmp AS SELECT * FROM t; UPDATE tmp SET a = 0; INSERT INTO u SELECT id, a FROM tmp; ALTER TABLE u ADD z INT",
            "CREATE TEMPORARY TABLE t (id INT PRIMARY KEY, q INT); INSERT INTO t VALUES (1, 99); CREATE TABLE fin (id INT)",
            "CREATE TEMPORARY TABLE t AS SELECT * FROM t; UPDATE t SET a = 0; DROP TABLE t; ALTER TABLE t ADD z INT",
            "CREATE TABLE w (i INT); CREATE TEMPORARY TABLE w (j INT); INSERT INTO w VALUES (1); ALTER TABLE w ADD z INT",
            "CREATE TABLE m (i INT) ENGINE=MyISAM; INSERT INTO m VALUES (1); INSERT INTO m VALUES (2); ALTER TABLE t ADD z INT",
            "CREATE TEMPORARY TABLE tmp (i INT); DROP TABLE tmp; CREATE TABLE tmp (i INT); RENAME TABLE tmp TO other",
        ])
    func temporaryTablesAndNewOnesWithoutTransactionsAreInNobodysWay(server: TestServer, script: String) throws {
        let project = try project(server)
        try check(project, script, isUndone: true)
        try project.write("Modifications/002.Fails.sql", script)
        #expect(try project.deploy().kind == .succeeded)
    }

    /// Also where another database, or a package of MariaDB, is named in front of the function.
    @Test(arguments: TestServer.all)
    func functionsOfOthersAreReckonedWith(server: TestServer) throws {
        let other = server.databaseName()
        try server.query(
            """
            CREATE DATABASE `\(other)`; USE `\(other)`;
            CREATE FUNCTION g() RETURNS INT DETERMINISTIC MODIFIES SQL DATA RETURN 1
            """)
        defer { #expect(throws: Never.self) { try server.query("DROP DATABASE `\(other)`") } }
        try check(
            try project(server), "INSERT INTO u VALUES (`\(other)`.g(), 5); ALTER TABLE u ADD z INT", isUndone: false)
        try check(
            try project(server), "INSERT INTO u (id, b) VALUES (5, ABS(5)); ALTER TABLE u ADD z INT", isUndone: true)
        guard server.flavor == .mariaDB else { return }
        let project = try project(server)
        try project.execute(
            """
            SET sql_mode = ORACLE;
            CREATE PACKAGE pack AS FUNCTION g() RETURN INT; END;
            CREATE PACKAGE BODY pack AS FUNCTION g() RETURN INT AS BEGIN RETURN 1; END; END
            """, in: project.database)
        try check(
            project, "SET sql_mode = ORACLE; INSERT INTO u VALUES (pack.g(), 5); ALTER TABLE u ADD z INT",
            isUndone: false)
    }

    /// The server shows triggers to those only who have a right on them.
    @Test(
        arguments: TestServer.all,
        ["UPDATE t SET a = 7; CREATE TABLE w (i INT)", "DROP TABLE t; CREATE TABLE w (i INT)"])
    func triggersThatThisUserDoesNotSeeAreReckonedWith(server: TestServer, script: String) throws {
        let project = try project(server)
        try project.execute(
            "CREATE TRIGGER audit AFTER UPDATE ON t FOR EACH ROW INSERT INTO u VALUES (NEW.id, NEW.a)",
            in: project.database)
        let user = "u_" + project.database.suffix(12)
        let pattern = project.database.split(separator: "_", omittingEmptySubsequences: false).joined(separator: "\\_")
        func plan(_ rights: String) throws -> ScriptFacts {
            try project.execute(
                """
                DROP USER IF EXISTS '\(user)'@'localhost'; CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1';
                GRANT \(rights) ON `\(pattern)`.* TO '\(user)'@'localhost'
                """)
            let endpoint = try Endpoint(
                address: .socket(server.socket), user: user, password: Secret("Secret-1"), tls: .init(mode: .disabled))
            return try #require(
                try project.plan { $0.server = .existing(bootstrap: endpoint, database: endpoint) }.steps.first?.facts)
        }
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        let rights = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, ALTER, LOCK TABLES"
        let blind = try plan(rights)
        #expect(blind.scriptClass == .resume)
        #expect(blind.classReason?.contains("may have triggers, which this user does not see") == true)
        // Without a trigger, who would see one knows that there is none.
        try project.execute("DROP TRIGGER audit", in: project.database)
        #expect(try plan(rights).scriptClass == .resume)
        #expect(try plan(rights + ", TRIGGER").scriptClass == .undo)
        #expect(try plan("ALL").scriptClass == .undo)
    }

    /// A parameter has the character set that the database had.
    @Test(arguments: TestServer.all)
    func whatTheDatabasesCollationMadeIsNotMadeAgainUnderAnother(server: TestServer) throws {
        let project = try project(server)
        try project.execute(
            "ALTER DATABASE `\(project.database)` CHARACTER SET latin1 COLLATE latin1_bin", in: project.database)
        try project.write("Modifications/002.Fails.sql", "DROP PROCEDURE p; INSERT INTO nowhere VALUES (1);\n")
        let facts = try #require(try project.plan().steps.first?.facts)
        #expect(facts.scriptClass == .resume)
        #expect(facts.classReason?.contains("which is latin1_bin now") == true, "\(facts.classReason ?? "")")
    }

    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func aSequenceThatIsSetIsNotTakenBack(server: TestServer) throws {
        let project = try project(server)
        try project.execute("CREATE SEQUENCE s START 5", in: project.database)
        try check(project, "SELECT SETVAL(s, 500); ALTER TABLE t ADD z INT", isUndone: false)
    }

    @Test(arguments: TestServer.all)
    func anEventWhoseTimeIsOverIsToldOf(server: TestServer) throws {
        let project = try project(server)
        try project.execute(
            "CREATE EVENT e ON SCHEDULE AT '2037-01-01 00:00:00' DISABLE DO SELECT 1",
            in: project.database)
        try project.write(
            "Modifications/002.Fails.sql",
            "CREATE EVENT brief ON SCHEDULE AT NOW() + INTERVAL 1 SECOND ON COMPLETION PRESERVE DISABLE DO SELECT 1;")
        #expect(try project.deploy().kind == .succeeded)
        try project.write(
            "Modifications/003.Fails.sql",
            "DO SLEEP(2); DROP EVENT brief; DROP EVENT e; INSERT INTO nowhere VALUES (1);\n")
        let failure = try #require(try project.deploy().failure)
        let isThere = try !project.rows("SHOW EVENTS LIKE 'brief'").isEmpty
        #expect(isThere != failure.state.contains("its time is over"), "\(failure.state)")
        #expect(try project.rows("SHOW EVENTS LIKE 'e'").count == 1)
    }
}
