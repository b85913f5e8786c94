import MySQLDriver
import SystemPackage
import TestServers
import Testing

@testable import Deployment

/// A run with nothing to do is known again from digests, and only then.
@Suite struct SettledTests {
    /// A project with nothing to do, of which that is kept: its files are older than the grain of the file system's clock.
    private func settled(_ server: TestServer) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Modifications/1.sql", "CREATE TABLE t (id INT);\n")
        try project.write("Modifications/2.sql", "INSERT INTO t VALUES (2);\n")
        try waitUntil {
            try project.deploy()
            return try isSettled(project)
        }
        return project
    }

    private func isSettled(
        _ project: TestProject, _ change: (inout Configuration) -> Void = { _ in }
    ) throws -> Bool {
        var configuration = project.configuration
        change(&configuration)
        return try TargetAccess(configuration: configuration, driver: MySQLDriver()).settledPlan() != nil
    }

    @Test(arguments: TestServer.all)
    func itSaysTheSameAsAPlanDoes(server: TestServer) throws {
        let project = try settled(server)
        let access = try TargetAccess(configuration: project.configuration, driver: MySQLDriver())
        let known = try #require(try access.settledPlan())
        let made = try access.plan()
        #expect(known.isEmpty && made.isEmpty)
        #expect(known.strategy == made.strategy)
        #expect(known.problems.map(\.message) == made.problems.map(\.message))
        #expect(try project.deploy().kind == .nothingToDo)
    }

    @Test(arguments: TestServer.all)
    func whateverAPlanDependsOnIsSeen(server: TestServer) throws {
        let project = try settled(server)
        for (change, back) in [
            (
                "UPDATE DatabaseTrack SET LastExecutedFile = '1.sql' WHERE FolderName = 'Modifications'",
                "UPDATE DatabaseTrack SET LastExecutedFile = '2.sql' WHERE FolderName = 'Modifications'"
            ),
            (
                "UPDATE DatabaseTrackScript SET Checksum = REVERSE(Checksum) WHERE FileName = '1.sql'",
                "UPDATE DatabaseTrackScript SET Checksum = REVERSE(Checksum) WHERE FileName = '1.sql'"
            ),
            (
                "UPDATE DatabaseTrackScript SET FileName = '3.sql' WHERE FileName = '2.sql'",
                "UPDATE DatabaseTrackScript SET FileName = '2.sql' WHERE FileName = '3.sql'"
            ),
            (
                "UPDATE DatabaseTrackScript SET State = 'failed' WHERE FileName = '2.sql'",
                "UPDATE DatabaseTrackScript SET State = 'applied' WHERE FileName = '2.sql'"
            ),
            (
                "UPDATE DatabaseTrackDeployment SET Outcome = NULL ORDER BY Id DESC LIMIT 1",
                "UPDATE DatabaseTrackDeployment SET Outcome = 'succeeded' ORDER BY Id DESC LIMIT 1"
            ),
        ] {
            try project.execute(change, in: project.database)
            #expect(try !isSettled(project), "\(change)")
            try project.execute(back, in: project.database)
            #expect(try isSettled(project), "\(back)")
        }
        #expect(try !isSettled(project) { $0.outOfOrder = .run })
        #expect(try !isSettled(project) { $0.folders[2].rule = .fresh })
        #expect(try !isSettled(project) { $0.folders[2].encoding = "latin1" })
        try project.write("Modifications/0.sql", "DO 0;\n")
        #expect(try !isSettled(project))
        #expect(try project.plan().errors == ["late"])
        try project.remove("Modifications/0.sql")
        #expect(try isSettled(project))
        try createDirectory(project.directory.appending("Data"))
        #expect(try !isSettled(project), "the notice of a missing folder is gone")
    }

    /// The names are not read again from a directory that is as it was.
    @Test(arguments: TestServer.all)
    func aDirectoryThatIsAsItWasIsNotListed(server: TestServer) throws {
        let project = try settled(server)
        let directory = try FileDescriptor.open(project.directory.appending("Modifications"), .readOnly)
        let tellsByTime = try directory.closeAfter { FolderFiles.tellsByTime(directory.rawValue) }
        try swapScripts(project)
        #expect(try isSettled(project) == tellsByTime, "the order is that of the file")
        guard tellsByTime else { return }
        try project.write("Modifications/0.sql", "DO 0;\n")
        try project.remove("Modifications/0.sql")
        #expect(try !isSettled(project), "the order is that of the directory again")
        try swapScripts(project)
        #expect(try isSettled(project))
        // When the directory is old enough, the file says so.
        let before = try readBytes(file(project))
        try waitUntil { try isSettled(project) && readBytes(file(project)) != before }
        try swapScripts(project)
        #expect(try isSettled(project))
    }

    @Test(arguments: TestServer.all)
    func aFileThatIsCutOffSaysNothing(server: TestServer) throws {
        let project = try settled(server)
        let whole = try readBytes(file(project))
        for length in stride(from: 0, to: whole.count, by: 7) {
            try writeBytes(whole.prefix(length), to: file(project))
            #expect(try !isSettled(project), "\(length)")
        }
        try writeBytes(whole, to: file(project))
        #expect(try isSettled(project))
    }

    @Test(arguments: TestServer.all)
    func anEditOfTheSameLengthAndTimeIsSeen(server: TestServer) throws {
        let project = try settled(server)
        let script = script(project, "2.sql")
        let time = try modificationTime(script)
        try project.write("Modifications/2.sql", "INSERT INTO t VALUES (3);\n")
        try setModificationTime(script, time)
        #expect(try !isSettled(project))
        #expect(throws: DeploymentError.self) { try project.deploy() }
    }

    @Test(arguments: TestServer.all)
    func whatHasToBeToldEachTimeIsNotKept(server: TestServer) throws {
        let project = try settled(server)
        try project.write("Modifications/parts/a.txt", "INSERT INTO t VALUES (4);\n")
        try project.write("Modifications/4.sql", "source parts/a.txt\n")
        let kept = project.directory.appending(".databasedeploy").appending("checksums")
        try waitUntil {
            try project.deploy()
            return try readFile(kept).contains("Modifications/4.sql")
        }
        try project.deploy()
        #expect(try !isSettled(project), "the file that a script reads may change")
        try project.execute(
            "DELETE FROM DatabaseTrackScript WHERE FileName = '4.sql'; UPDATE DatabaseTrack SET LastExecutedFile = '2.sql'",
            in: project.database)
        try project.remove("Modifications/4.sql")
        try project.write("Modifications/2_2.sql", "DO 0;\n")
        try project.deploy()
        try project.write("Modifications/0.sql", "DO 0;\n")
        try waitUntil {
            try project.deploy { $0.outOfOrder = .skip }
            return FileStamp(path: script(project, "0.sql"))?.isOlder(than: .now) == true
        }
        #expect(try project.deploy { $0.outOfOrder = .skip }.kind == .nothingToDo)
        #expect(try !isSettled(project) { $0.outOfOrder = .skip }, "a script that is passed over is named each time")
    }

    /// However long the plan takes: another edit could have had the same time.
    @Test(arguments: TestServer.all)
    func aChecksumOfAFileThatWasYoungWhenItWasSeenIsNotKept(server: TestServer) throws {
        let project = try TestProject(server)
        try project.write("Modifications/1.sql", "DO 0;\n")
        let scripts = try ProjectScripts(configuration: project.configuration)
        let seen = try #require(scripts.catalog.scripts.first)
        try waitUntil { FileStamp(path: seen.path)?.isOlder(than: .now) == true }
        _ = try scripts.cache.checksum(seen, modes: [])
        scripts.remember()
        #expect(ChecksumFile(project: project.directory).read().checksum(of: seen) == nil)
        let old = try ProjectScripts(configuration: project.configuration)
        let same = try #require(old.catalog.scripts.first)
        _ = try old.cache.checksum(same, modes: [])
        old.remember()
        #expect(ChecksumFile(project: project.directory).read().checksum(of: same) != nil)
    }

    private func file(_ project: TestProject) -> FilePath {
        project.directory.appending(".databasedeploy").appending("settled")
    }

    /// Puts the two scripts into the other order, in what is kept.
    private func swapScripts(_ project: TestProject) throws {
        var bytes = try readBytes(file(project))
        let entry = "1.sql".utf8.count + 1 + MemoryLayout<FileStamp>.size
        let starts = try ["1.sql", "2.sql"].map { try #require(bytes.ranges(of: Array($0.utf8) + [0]).last).lowerBound }
        let entries = starts.map { Array(bytes[$0..<($0 + entry)]) }
        bytes.replaceSubrange(starts[0]..<(starts[0] + entry), with: entries[1])
        bytes.replaceSubrange(starts[1]..<(starts[1] + entry), with: entries[0])
        try writeBytes(bytes, to: file(project))
    }

    private func script(_ project: TestProject, _ name: String) -> FilePath {
        project.directory.appending("Modifications").appending(name)
    }
}
