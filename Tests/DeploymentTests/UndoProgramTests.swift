import Deployment
import TestServers
import Testing

/// Views, routines and triggers are made again when what they need is there, and only by who may make them.
@Suite struct UndoProgramTests {
    private static let base = """
        CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(50), n INT, KEY by_name (name));
        CREATE TABLE child (id INT PRIMARY KEY, note VARCHAR(100));
        INSERT INTO parent VALUES (1, 'one', 1); INSERT INTO child VALUES (1, 'a');
        CREATE VIEW names AS SELECT id, name FROM parent;
        CREATE VIEW short AS SELECT LEFT(name, 2) AS two FROM names;
        CREATE FUNCTION f(x INT) RETURNS INT DETERMINISTIC RETURN x + 1;
        CREATE VIEW counted AS SELECT f(n) AS n FROM parent;
        CREATE TRIGGER child_before BEFORE INSERT ON child FOR EACH ROW SET NEW.note = CONCAT(NEW.note, '!');

        """

    private func project(_ server: TestServer) throws -> TestProject {
        try TestProject(server, base: Self.base)
    }

    static let scripts: [String] = [
        // The view was changed between two changes of its table.
        "ALTER TABLE parent DROP COLUMN n; CREATE OR REPLACE VIEW names AS SELECT id FROM parent; ALTER TABLE parent DROP KEY by_name, DROP COLUMN name",
        "ALTER TABLE parent ADD z INT; DROP VIEW names; ALTER TABLE parent RENAME COLUMN name TO title",
        // A view needs another one, which was changed before it.
        "CREATE OR REPLACE VIEW names AS SELECT 1 AS one; CREATE OR REPLACE VIEW short AS SELECT one FROM names",
        "DROP VIEW names; DROP VIEW short; ALTER TABLE parent DROP COLUMN n",
        "DROP FUNCTION f; DROP VIEW counted",
        // A trigger needs a column.
        "ALTER TABLE child ADD z INT; DROP TRIGGER child_before; ALTER TABLE child RENAME COLUMN note TO words",
        "DROP TABLE child; CREATE TABLE child (i INT); DROP VIEW names; RENAME TABLE parent TO p; CREATE VIEW names AS SELECT id FROM p",
    ]

    @Test(arguments: TestServer.all, scripts)
    func whatIsNeededIsThereBefore(server: TestServer, script: String) throws {
        let project = try project(server)
        let before = try project.state()
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        #expect(try project.plan().steps.first?.facts?.scriptClass == .undo)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        #expect(failure.state.hasPrefix("Nothing of this script is in the database"), "\(failure.state)")
        let differences = try project.state().differences(from: before)
        #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        #expect(try project.rows("SELECT * FROM DatabaseTrackStep").isEmpty)
    }

    /// What cannot be made again is not dropped, where the server can replace it.
    @Test(arguments: TestServer.all)
    func aViewThatCannotComeBackStaysAsItIs(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/002.Fails.sql",
            "CREATE OR REPLACE VIEW short AS SELECT 1 AS one; SELECT SLEEP(0); INSERT INTO nowhere SELECT * FROM short;\n"
        )
        try project.execute("DROP VIEW names", in: project.database)
        let failure = try #require(try project.deploy().failure)
        #expect(failure.state.contains("make view"), "\(failure.state)")
        #expect(try project.rows("SELECT * FROM short") == ["1"])
        try project.execute("CREATE VIEW names AS SELECT id, name FROM parent", in: project.database)
        try project.write("Modifications/002.Fails.sql", "SELECT 1;\n")
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT * FROM short") == ["on"])
    }

    @Test(
        arguments: TestServer.all,
        [
            "DROP FUNCTION f", "CREATE OR REPLACE VIEW names AS SELECT 1 AS one", "DROP TRIGGER child_before",
            "DROP VIEW IF EXISTS short",
        ])
    func whoMayNotMakeItAgainIsToldBefore(server: TestServer, script: String) throws {
        let project = try project(server)
        let user = "u_" + project.database.suffix(12)
        try project.execute(
            """
            CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1';
            GRANT ALL ON `\(project.database)`.* TO '\(user)'@'localhost'
            """)
        var limited = project
        let endpoint = try Endpoint(
            address: .socket(server.socket), user: user, password: Secret("Secret-1"), tls: .init(mode: .disabled))
        limited.configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        try project.write("Modifications/002.Fails.sql", script + "; INSERT INTO nowhere VALUES (1);\n")
        let facts = try #require(try limited.plan().steps.first?.facts)
        #expect(facts.scriptClass == .resume)
        // Of a routine such a user may not even read the text.
        let words = ["this user lacks the right to make it again", "its definition may not be read by this user"]
        #expect(words.contains { facts.classReason?.contains($0) == true }, "\(facts.classReason ?? "")")
        let failure = try #require(try limited.deploy().failure)
        #expect(
            failure.state.hasPrefix("Statement 1 is committed") || failure.number == 1142 || failure.number == 1227,
            "\(failure.state)")
        // Who may, takes it back.
        #expect(try project.plan().steps.first?.facts?.scriptClass == .undo)
    }

    /// What the script's end would have to say is said by the plan.
    @Test(arguments: TestServer.all)
    func aDroppedTableWithATriggerThatCannotBeMadeAgainIsSeenInThePlan(server: TestServer) throws {
        let project = try TestProject(
            server,
            base: """
                CREATE TABLE t (id INT PRIMARY KEY);
                SET NAMES latin1;
                CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET @x = 'é';
                """)
        try project.write("Modifications/002.Drops.sql", "DROP TABLE t; CREATE TABLE z (id INT PRIMARY KEY);\n")
        let facts = try #require(try project.plan().steps.first?.facts)
        #expect(facts.scriptClass == .resume)
        #expect(facts.classReason?.contains("the character set latin1") == true, "\(facts.classReason ?? "")")
    }
}
