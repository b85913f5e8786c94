import TestServers
import Testing

/// What the server tells of a procedure's body is not what the script said of it.
@Suite struct ProcedureBodyTests {
    /// MySQL gives the body with the values of its strings, in which a quote stands alone.
    @Test(arguments: TestServer.all)
    func aRollbackBetweenQuotesIsSeen(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.P.sql",
            """
            CREATE TABLE t (v VARCHAR(20));
            DELIMITER //
            CREATE PROCEDURE p()
            BEGIN
                INSERT INTO t VALUES ('it''s'); ROLLBACK; INSERT INTO t VALUES ('x');
            END //
            """)
        try project.deploy()
        try project.write("Modifications/1.sql", "CALL p();")
        try project.deploy()
        #expect(try project.rows("SELECT v FROM t ORDER BY v") == ["it's", "x"])
    }
}
