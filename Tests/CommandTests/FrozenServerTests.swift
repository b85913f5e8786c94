import Foundation
import PrivateServer
import TestServers
import Testing

/// A server that says nothing any more, and takes connections all the same.
@Suite struct FrozenServerTests {
    @Test(arguments: TestServer.all)
    func aThirdSignalEndsTheTool(server: TestServer) throws {
        let proxy = try Proxy(target: server.socket)
        let project = try CommandProject(server)
        try project.write(
            "databasedeploy.toml",
            """
            database = "\(project.database)"
            url = "mysql://\(server.user)@127.0.0.1:\(proxy.port)/?ssl-mode=disabled&connect-timeout=60"
            """)
        #expect(try project.command().status == 0)
        try project.write("Modifications/001.S.sql", "CREATE TABLE s (i INT);\nSELECT SLEEP(3600);\n")
        let running = try project.command.start([])
        try waitUntilRuns("SELECT SLEEP", project)
        proxy.freeze(true)
        var ending: ChildProcess.Ending?
        let limit = ContinuousClock.now + .seconds(30)
        // It takes them one by one, and the third counts some seconds behind the second.
        while ending == nil, ContinuousClock.now < limit {
            kill(running.process.id, SIGINT)
            ending = running.process.ending(by: .now + .seconds(1))
        }
        #expect(ending == .killed(signal: SIGINT))
        proxy.freeze(false)
        let sleeping = "information_schema.PROCESSLIST WHERE DB = '\(project.database)' AND INFO LIKE 'SELECT SLEEP%'"
        let id = try ask(project, "SELECT ID FROM \(sleeping)")
        if !id.isEmpty { try server.query("KILL CONNECTION \(id)") }
        try project.write("Modifications/001.S.sql", "CREATE TABLE s (i INT);\nINSERT INTO s VALUES (1);\n")
        let again = try project.command()
        #expect(again.status == 0, "\(again.output)\(again.errors)")
        #expect(try count(project, "SELECT COUNT(*) FROM s") == "1")
    }
}
