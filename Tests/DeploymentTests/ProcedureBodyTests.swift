import Deployment
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

    /// What stands before the dot is no database, and what the procedure committed does not happen again.
    @Test(arguments: TestServer.all.filter { $0.flavor == .mariaDB })
    func aProcedureOfAPackageIsNotMissing(server: TestServer) throws {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.P.sql",
            """
            CREATE TABLE t (v VARCHAR(20));
            SET sql_mode = 'ORACLE';
            DELIMITER //
            CREATE PACKAGE jobs AS PROCEDURE fill; END //
            CREATE PACKAGE BODY jobs AS
                PROCEDURE fill AS BEGIN INSERT INTO t VALUES ('a'); COMMIT; INSERT INTO nothere VALUES (1); END;
            END //
            """)
        try project.deploy()
        try project.write(
            "Modifications/1.sql", "SET sql_mode = 'ORACLE'; START TRANSACTION; CALL jobs.fill(); COMMIT;")
        let failure = try #require(try project.deploy().failure)
        #expect(failure.number == 1146, "\(failure.message)")
        try project.execute("CREATE TABLE nothere (i INT)", in: project.database)
        #expect(throws: DeploymentError.self) { try project.deploy() }
        #expect(try project.rows("SELECT v FROM t") == ["a"])
    }
}
