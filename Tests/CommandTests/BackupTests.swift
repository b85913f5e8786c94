import Deployment
import Foundation
import Synchronization
import SystemPackage
import TestServers
import Testing

/// Deployments while somebody locks the whole server, as backups do.
@Suite struct BackupTests {
    /// A project on a server of its own.
    private struct Target: Sendable {
        let project: CommandProject
        let socket: FilePath
        let server: TestServer

        init(_ server: TestServer) throws {
            self.server = server
            socket = try server.fresh().start().socket
            project = try CommandProject(server)
            try project.write(
                "databasedeploy.toml",
                """
                database = "\(project.database)"
                url = "mysql://root@localhost/?socket=\(socket)"
                """)
            #expect(try project.command().status == 0)
        }

        func session() throws -> any Session {
            try server.session(project.database, on: socket)
        }

        func count(_ query: String) throws -> String {
            try server.query("SELECT COUNT(*) FROM \(query)", database: project.database, on: socket)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }

        func waitForStatement(like pattern: String) throws {
            try waitUntil {
                try count("information_schema.PROCESSLIST WHERE INFO LIKE '\(pattern)' AND ID <> CONNECTION_ID()")
                    != "0"
            }
        }
    }

    /// The backup waits for the script's tables, and keeps every record of the journal waiting: one of them has to give way.
    @Test(arguments: TestServer.all)
    func aScriptWithTableLocksGivesWayToABackup(server: TestServer) throws {
        let target = try Target(server)
        try target.project.write(
            "Modifications/002.L.sql",
            """
            CREATE TABLE u (i INT);
            LOCK TABLES t WRITE, u WRITE;
            INSERT INTO u VALUES (1);
            SELECT SLEEP(2) FROM u;
            INSERT INTO t VALUES (3);
            UNLOCK TABLES;
            """)
        let running = try target.project.command.start([])
        try target.waitForStatement(like: "SELECT SLEEP%")
        let isLocked = Mutex(false)
        let thread = Thread {
            do {
                _ = try target.server.query("FLUSH TABLES WITH READ LOCK; UNLOCK TABLES", on: target.socket)
                isLocked.withLock { $0 = true }
            } catch { Issue.record("\(error)") }
        }
        thread.start()
        #expect(running.process.ending(by: .now + .seconds(60)) == .exited(2))
        // The backup gets its locks when the script's are free, and says so in its own time.
        try waitUntil { isLocked.withLock { $0 } }
        let errors = try running.errors() + running.output()
        #expect(errors.contains("FLUSH TABLES WITH READ LOCK"), "\(errors)")
        #expect(errors.contains("with: FLUSH TABLES WITH READ LOCK"), "\(errors)")
        #expect(errors.contains("Statements 1 to 4 are committed"), "\(errors)")
        #expect(
            errors.contains("Nothing is wrong with the script. When that is over, type: databasedeploy"), "\(errors)")
        #expect(try target.count("t") == "2")
        #expect(try target.project.command().status == 0)
        #expect(try target.count("t") == "3")
        #expect(try target.count("u") == "1")
    }

    /// Before the first script.
    @Test(arguments: TestServer.all)
    func aSignalEndsTheWaitForABackup(server: TestServer) throws {
        let target = try Target(server)
        try target.project.write("Modifications/002.S.sql", "INSERT INTO t VALUES (3);")
        let backup = try target.session()
        try backup.execute("FLUSH TABLES WITH READ LOCK")
        let running = try target.project.command.start([])
        try target.waitForStatement(like: "INSERT INTO%DatabaseTrackLock%")
        try waitUntil { try running.output().contains("Waiting for ") }
        #expect(kill(running.process.id, SIGINT) == 0)
        #expect(running.process.ending(by: .now + .seconds(20)) == .exited(2))
        let errors = try running.errors() + running.output()
        #expect(errors.contains("Stopped by a signal"), "\(errors)")
        #expect(errors.contains("No script ran."), "\(errors)")
        try backup.execute("UNLOCK TABLES")
        #expect(try target.project.command().status == 0)
        #expect(try target.count("t") == "3")
    }

    /// At the end of a script.
    @Test(arguments: TestServer.all)
    func aSignalEndsTheWaitWithinAScript(server: TestServer) throws {
        let target = try Target(server)
        try target.project.write("Modifications/002.S.sql", "INSERT INTO t VALUES (3); SELECT SLEEP(2);")
        let running = try target.project.command.start([])
        try target.waitForStatement(like: "SELECT SLEEP%")
        let backup = try target.session()
        try backup.execute("FLUSH TABLES WITH READ LOCK")
        try target.waitForStatement(like: "%002.S.sql%")
        #expect(kill(running.process.id, SIGINT) == 0)
        // What it is to write down about that waits, too, and another signal ends that.
        let limit = ContinuousClock.now + .seconds(30)
        var ending = running.process.ending(by: .now + .seconds(2))
        while ending == nil, ContinuousClock.now < limit {
            #expect(kill(running.process.id, SIGINT) == 0)
            ending = running.process.ending(by: .now + .seconds(2))
        }
        #expect(ending == .exited(2))
        let errors = try running.errors() + running.output()
        #expect(errors.contains("could not be recorded"), "\(errors)")
        #expect(errors.contains("Failed: 0 scripts applied"), "\(errors)")
        try backup.execute("UNLOCK TABLES")
        #expect(try target.project.command().status == 0)
        #expect(try target.count("t") == "3")
    }
}
