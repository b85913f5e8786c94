import Deployment
import TestServers
import Testing

/// Bytes of scripts, and what arrives in the database.
@Suite struct EncodingTests {
    private func project(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write(
            "Schema/002.T.sql", "CREATE TABLE t (v VARCHAR(100)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        return project
    }

    private let statement = "INSERT INTO t VALUES ('Zürich 🪨')"

    private func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        ("\u{FEFF}" + text).utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return bigEndian ? bytes : bytes.reversed()
        }
    }

    @Test(arguments: TestServer.all)
    func unicodeArrivesFromEveryEncoding(server: TestServer) throws {
        let project = try project(server)
        let text = Array(statement.utf8)
        try project.write("Modifications/1.sql", bytes: text)
        try project.write("Modifications/2.sql", bytes: [0xEF, 0xBB, 0xBF] + text)
        try project.write("Modifications/3.sql", bytes: utf16(statement, bigEndian: false))
        try project.write("Modifications/4.sql", bytes: utf16(statement, bigEndian: true))
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT v FROM t") == Array(repeating: "Zürich 🪨", count: 4))
    }

    @Test(arguments: TestServer.all)
    func otherBytesAreAnErrorWithOffsetAndCure(server: TestServer) throws {
        let project = try project(server)
        try project.write(
            "Modifications/1.sql", bytes: Array("INSERT INTO t VALUES ('Z".utf8) + [0xFC] + Array("rich')".utf8))
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.code == .badScript)
        #expect(error.message.contains("0xFC at offset 24"))
        #expect(error.advice?.contains("encoding = \"latin1\"") == true)
        #expect(error.advice?.contains("-- databasedeploy: encoding=latin1") == true)
    }

    @Test(arguments: TestServer.all)
    func aDeclaredEncodingTravelsAsItIs(server: TestServer) throws {
        var project = try project(server)
        let latin1 = Array("INSERT INTO t VALUES ('Z".utf8) + [0xFC] + Array("rich')".utf8)
        try project.write("Modifications/1.sql", bytes: Array("-- databasedeploy: encoding=latin1\n".utf8) + latin1)
        #expect(try project.deploy().kind == .succeeded)
        project.configuration.folders[2].encoding = "latin1"
        try project.write("Modifications/2.sql", bytes: latin1)
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT v FROM t") == ["Zürich", "Zürich"])
    }

    /// What the client's command says counts for what a statement is, too. The character's second byte is a backslash in ASCII.
    @Test(arguments: TestServer.all, [false, true])
    func aStatementIsUnderstoodInTheClientsCharacterSet(server: TestServer, isSourced: Bool) throws {
        let project = try TestProject(
            server, base: "CREATE TABLE t (id INT PRIMARY KEY, w INT); INSERT INTO t VALUES (1, 5);")
        let statement =
            Array("ALTER TABLE t ADD c INT COMMENT '".utf8) + [0xBF, 0x5C] + Array("', DROP COLUMN w;\n".utf8)
        try project.write("part.sql", bytes: statement)
        let head = Array("-- databasedeploy: encoding=latin1\ncharset gbk\n".utf8)
        try project.write(
            "Modifications/002.C.sql",
            bytes: head + (isSourced ? Array("source part.sql\n".utf8) : statement)
                + Array("INSERT INTO nothere VALUES (1);\n".utf8))
        let failure = try #require(try project.deploy { $0.onFailure = .undo }.failure)
        #expect(failure.state.contains("taken back"), "\(failure.message) \(failure.state)")
        #expect(try project.rows("SELECT w FROM t") == ["5"])
    }

    /// Before scripts run at the same time, the end of the last one is written in a session that is brought back for that.
    @Test(arguments: TestServer.all)
    func theEncodingIsSetAgainBehindScriptsAtTheSameTime(server: TestServer) throws {
        var project = try project(server)
        project.configuration.folders[0].encoding = "latin1"
        // What may use a variable travels alone.
        try project.write(
            "Schema/003.E.sql", "CREATE EVENT e ON SCHEDULE AT '2037-01-01' DO DELETE FROM t WHERE v = @e")
        for name in ["004.X", "005.Y"] {
            try project.write("Schema/\(name).sql", "CREATE TABLE \(name.suffix(1)) (i INT)")
        }
        try project.write(
            "Schema/006.Z.sql",
            bytes: Array("INSERT INTO t SELECT 'Z".utf8) + [0xFC]
                + Array("rich' FROM information_schema.SCHEMATA LIMIT 1".utf8))
        let (outcome, events) = try project.recorded { $0.parallel = 2 }
        #expect(outcome.kind == .succeeded, "\(outcome.failure?.message ?? "")")
        let together = events.filter { if case .scriptStarted(let start) = $0 { start.isBesideOthers } else { false } }
        #expect(together.count == 2)
        #expect(try project.rows("SELECT v FROM t") == ["Zürich"])
    }

    @Test(arguments: TestServer.all)
    func aCharacterOnTheBorderOfTwoPiecesIsWhole(server: TestServer) throws {
        let project = try project(server)
        // Around the 256 KB at which the file is read piece by piece, every offset of a four-byte character.
        for shift in 0..<4 {
            let padding = String(repeating: " ", count: 256 * 1024 - 40 + shift)
            try project.write("Modifications/\(shift).sql", "/*\(padding)*/ INSERT INTO t VALUES ('🪨🪨🪨🪨🪨🪨🪨🪨🪨')")
        }
        #expect(try project.deploy().kind == .succeeded)
        #expect(try project.rows("SELECT DISTINCT v FROM t") == ["🪨🪨🪨🪨🪨🪨🪨🪨🪨"])
    }

    @Test(arguments: TestServer.all)
    func anUnknownDirectiveIsAnError(server: TestServer) throws {
        let project = try project(server)
        try project.write("Modifications/1.sql", "-- databasedeploy: encodign=latin1\nSELECT 1;")
        let error = try #require(throws: DeploymentError.self) { try project.deploy() }
        #expect(error.place?.description == "Modifications/1.sql:1")
        #expect(error.message.contains("encodign"))
    }
}
