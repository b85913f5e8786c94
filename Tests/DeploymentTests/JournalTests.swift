import Deployment
import TestServers
import Testing

/// What the journal's records say, and what keeps them from being written.
@Suite struct JournalTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(100));\n")
        try project.deploy()
        return project
    }

    /// The next run tells by the fingerprint whether the procedure was made.
    @Test(arguments: TestServer.all)
    func aProgramThatWentUnderAnotherSpellingOfItsNameIsKnownToBeGone(server: TestServer) throws {
        let project = try project(server)
        try project.execute("CREATE PROCEDURE pa() DO 1", in: project.database)
        try project.execute("CREATE PROCEDURE `p\u{e9}`() DO 1", in: project.database)
        let fingerprint =
            "INSERT INTO t (v) SELECT SUBSTRING_INDEX(IntentFingerprint, ' ', 3) FROM DatabaseTrackScript WHERE State = 'running'"
        try project.write(
            "Modifications/1.sql",
            """
            CREATE PROCEDURE pb() DO 1;
            DROP PROCEDURE PA;
            CREATE PROCEDURE pa() DO 2;
            \(fingerprint);
            DROP PROCEDURE `p\u{e9}`;
            CREATE PROCEDURE Pc() DO 1;
            \(fingerprint);
            """)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT v FROM t") == Array(repeating: "existence procedure absent", count: 2))
    }

    /// What takes the lock over, or away, in the middle of a script.
    static let takeovers = ["UPDATE DatabaseTrackLock SET Fence = Fence + 1", "DELETE FROM DatabaseTrackLock"]

    @Test(arguments: TestServer.all, takeovers)
    func whoLostTheLockRunsNothingMore(server: TestServer, takeover: String) throws {
        for mode in ["", "TRADITIONAL,ANSI", "NO_UNSIGNED_SUBTRACTION"] {
            for next in ["CREATE TABLE more (i INT)", "INSERT INTO t (v) VALUES ('more')"] {
                let project = try project(server)
                try project.write(
                    "Modifications/1.sql",
                    "SET sql_mode = '\(mode)';\nCREATE TABLE x (i INT);\n\(takeover);\n\(next);\n")
                try project.write("Modifications/2.sql", "CREATE TABLE later (i INT);\n")
                var end = "no error"
                do {
                    end = try project.deploy { $0.onFailure = .keep }.failure?.message ?? end
                } catch let error as DeploymentError {
                    end = error.message
                }
                #expect(end.contains("has taken over the lock"), "\(mode), \(next): \(end)")
                #expect(try project.rows("SELECT v FROM t") == [])
                #expect(try project.rows("SHOW TABLES LIKE 'more'") == [])
                #expect(try project.rows("SHOW TABLES LIKE 'later'") == [])
            }
        }
    }
}
