import Deployment
import MySQLDriver
import TestServers
import Testing

/// What `repair` records, and what the next run makes of it: no text runs twice, and none is passed over.
@Suite struct RepairTests {
    /// A project whose modifications are applied; each puts its number into `t`.
    private func applied(_ server: TestServer, _ numbers: [Int]) throws -> TestProject {
        let project = try TestProject(server)
        try project.writeSchema()
        try project.write("Schema/002.T.sql", "CREATE TABLE t (id INT)")
        for number in numbers { try write(project, number) }
        #expect(try project.deploy().kind == .succeeded)
        return project
    }

    /// - Parameter file: Its name without the ending; nil for the number.
    private func write(_ project: TestProject, _ number: Int, as file: String? = nil) throws {
        try project.write("Modifications/\(file ?? "\(number)").sql", "INSERT INTO t VALUES (\(number))")
    }

    private func rename(_ project: TestProject, _ file: Int, to new: Int) throws {
        try project.rename("Modifications/\(file).sql", to: "Modifications/\(new).sql")
    }

    private func numbers(_ project: TestProject) throws -> [String] { try project.rows("SELECT id FROM t ORDER BY id") }

    /// Of the folder `Modifications`.
    private func checkpoint(_ project: TestProject) throws -> String? {
        try project.rows("SELECT LastExecutedFile FROM DatabaseTrack WHERE FolderName = 'Modifications'").first
    }

    private func moveCheckpoint(_ project: TestProject, to file: String) throws {
        try project.execute(
            "UPDATE DatabaseTrack SET LastExecutedFile = '\(file)' WHERE FolderName = 'Modifications'",
            in: project.database)
    }

    // MARK: Another number

    @Test(arguments: TestServer.all, [[150, 145, 148], [100, 200, 200], [150, 50, 148], [148, 149, 150]])
    func aScriptWithAnotherNumberRunsNothingAgain(server: TestServer, renaming: [Int]) throws {
        let project = try applied(server, [100, 148, 150])
        try rename(project, renaming[0], to: renaming[1])
        #expect(try project.plan().errors == ["renamed"])
        try project.repair()
        #expect(try checkpoint(project) == "\(renaming[2]).sql")
        #expect(try project.deploy().kind == .nothingToDo)
        try write(project, 201)
        #expect(try project.deploy().names == ["Modifications/201.sql"])
        #expect(try numbers(project) == ["100", "148", "150", "201"])
    }

    @Test(arguments: TestServer.all)
    func aCheckpointThatIsGoneComesBackWithTheNewName(server: TestServer) throws {
        let project = try applied(server, [100, 148, 150])
        try project.execute("DELETE FROM DatabaseTrack WHERE FolderName = 'Modifications'", in: project.database)
        try rename(project, 150, to: 145)
        try project.repair()
        #expect(try checkpoint(project) == "148.sql")
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try numbers(project) == ["100", "148", "150"])
    }

    /// What a person wants to run again does, and where that is out of order now, it is told.
    @Test(arguments: TestServer.all)
    func aCheckpointThatWasMovedBackIsObeyedAlsoWithAnotherNumber(server: TestServer) throws {
        for (new, isLate) in [(101, false), (200, true)] {
            let project = try applied(server, [100, 148, 150])
            try moveCheckpoint(project, to: "148.sql")
            try rename(project, 100, to: new)
            let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
            #expect(repair.actions.map(\.description).contains { $0.contains("150.sql count as new") })
            try repair.apply(repair.actions)
            #expect(try checkpoint(project) == (isLate ? "200.sql" : "148.sql"))
            #expect(try project.plan().errors == (isLate ? ["late"] : []))
            let names = try project.deploy { $0.outOfOrder = .run }.names
            #expect(names == ["Modifications/150.sql"])
            #expect(try numbers(project) == ["100", "148", "150", "150"])
        }
    }

    /// A file came in between, and the numbers of those behind it moved.
    @Test(arguments: TestServer.all, [[Int](), [4], [5]])
    func scriptsWhoseNumbersMovedRunNothingAgain(server: TestServer, inserted: [Int]) throws {
        let project = try applied(server, [3, 5, 6, 7])
        for number in [7, 6, 5] { try rename(project, number, to: number + 1) }
        for number in inserted { try write(project, 10 * number, as: "\(number)") }
        let late = inserted.map { _ in "late" }
        #expect(try project.plan().errors == ["renamed", "renamed", "renamed"] + late)
        #expect(try project.plan().steps.isEmpty)
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.repair()
        #expect(try checkpoint(project) == "8.sql")
        #expect(try project.plan().errors == late)
        #expect(try project.deploy { $0.outOfOrder = .run }.names == inserted.map { "Modifications/\($0).sql" })
        #expect(try numbers(project) == (["3", "5", "6", "7"] + inserted.map { "\(10 * $0)" }))
    }

    /// The last one has another text now, as it failed, and so has a name that is free.
    @Test(arguments: TestServer.all)
    func theNameOfAScriptThatLeftNothingIsFree(server: TestServer) throws {
        let project = try applied(server, [4, 5])
        try project.write("Modifications/6.sql", "INSERT INTO nowhere VALUES (6)")
        #expect(try project.deploy().kind == .failed)
        try rename(project, 5, to: 6)
        try write(project, 7)
        #expect(try project.plan().errors == ["renamed"])
        try project.repair()
        #expect(try project.deploy().names == ["Modifications/7.sql"])
        #expect(try numbers(project) == ["4", "5", "7"])
    }

    /// Two that have changed places are as they were, but for their names.
    @Test(arguments: TestServer.all)
    func scriptsThatChangedPlacesRunNothingAgain(server: TestServer) throws {
        let project = try applied(server, [5, 6])
        for (number, file) in [(5, 6), (6, 5)] { try write(project, number, as: "\(file)") }
        #expect(try project.plan().errors == ["changed", "changed"])
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try numbers(project) == ["5", "6"])
    }

    // MARK: Gone

    @Test(arguments: TestServer.all)
    func severalScriptsThatAreGoneTakeTheCheckpointBehindNoneOfThem(server: TestServer) throws {
        let project = try applied(server, Array(147...150))
        for number in 148...150 { try project.remove("Modifications/\(number).sql") }
        try write(project, 1480, as: "148_other")
        try project.repair()
        #expect(try checkpoint(project) == "147.sql")
        #expect(try project.deploy().names == ["Modifications/148_other.sql"])
        #expect(try numbers(project) == ["147", "148", "149", "150", "1480"])
    }

    /// As an earlier version left it.
    @Test(arguments: TestServer.all)
    func aCheckpointAtARemovedScriptStopsEverything(server: TestServer) throws {
        let project = try applied(server, Array(147...149))
        for number in 148...149 { try project.remove("Modifications/\(number).sql") }
        try write(project, 1490, as: "149_other")
        try project.repair()
        try moveCheckpoint(project, to: "149.sql")
        #expect(try project.plan().errors == ["checkpoint_missing"])
        try project.repair()
        #expect(try checkpoint(project) == "147.sql")
        #expect(try project.deploy().names == ["Modifications/149_other.sql"])
    }

    /// What of a folder is applied is not known then, so neither is where its checkpoint would go.
    @Test(arguments: TestServer.all)
    func aCheckpointThatNamesNoKnownFileIsSettledFirst(server: TestServer) throws {
        let project = try applied(server, Array(147...150))
        try rename(project, 147, to: 160)
        try moveCheckpoint(project, to: "999.old.sql")
        try project.repair()
        #expect(try project.plan().errors == ["checkpoint_missing", "renamed"])
        try moveCheckpoint(project, to: "150.sql")
        try project.repair()
        #expect(try checkpoint(project) == "160.sql")
        #expect(try project.deploy().kind == .nothingToDo)
    }

    // MARK: Back

    /// Two of its four statements ran.
    @Test(arguments: TestServer.all)
    func aHalfDoneScriptWhoseFileIsBackIsNotDone(server: TestServer) throws {
        let project = try applied(server, [1])
        func write(into table: String) throws {
            try project.write(
                "Modifications/2.sql",
                """
                CREATE TABLE a (i INT); DROP USER IF EXISTS nobody@localhost; INSERT INTO \(table) VALUES (3);
                INSERT INTO t VALUES (4);
                """)
        }
        func error() throws -> Problem { try #require(try project.plan().problems.first { $0.severity == .error }) }
        try write(into: "nowhere")
        #expect(try project.deploy().failure?.number == 1146)
        try project.remove("Modifications/2.sql")
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        try write(into: "nowhere")
        #expect(try project.plan().scripts.first { $0.identity.file == "2.sql" }?.state == .failed)
        let back = try error()
        #expect(back.code == .interrupted)
        #expect(back.message.contains("is back. Before"), "\(back.message)")
        #expect(back.message.contains("stopped after statement 2"), "\(back.message)")
        #expect(back.advice?.contains("--resume-at 3") == true, "\(back.advice ?? "")")
        try write(into: "t")
        #expect(try error().message.contains("is back, with another text"))
        #expect(throws: DeploymentError.self) { try project.deploy() }
        let repair = try Repair(configuration: project.configuration, driver: MySQLDriver())
        #expect(repair.actions.isEmpty)
        let script = ScriptIdentity(folder: "Modifications", file: "2.sql")
        try repair.apply([try repair.check(.resume(script, at: 2))])
        #expect(try project.deploy().names == ["Modifications/2.sql"])
        #expect(try numbers(project) == ["1", "3", "4"])
    }

    /// One that counted as applied is whole, whatever became of an earlier run.
    @Test(arguments: TestServer.all)
    func anAppliedScriptWhoseFileIsBackIsApplied(server: TestServer) throws {
        let project = try applied(server, [1, 2])
        try write(project, 3)
        try project.write(
            "Modifications/4.sql", "INSERT INTO t VALUES (4); DROP USER IF EXISTS nobody@localhost; SELECT wrong")
        #expect(try project.deploy().kind == .failed)
        try write(project, 4)
        try Baseline(
            configuration: project.configuration, driver: MySQLDriver(),
            at: ScriptIdentity(folder: "Modifications", file: "4.sql")
        ).apply()
        for number in 1...4 { try project.remove("Modifications/\(number).sql") }
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        for number in 1...4 { try write(project, number) }
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try numbers(project) == ["1", "2", "3", "4"])
    }

    @Test(arguments: TestServer.all)
    func aRemovedScriptThatIsBackUnderAnotherNameRunsNothingAgain(server: TestServer) throws {
        let project = try applied(server, [1, 2])
        try project.remove("Modifications/2.sql")
        try project.repair()
        try write(project, 2, as: "3")
        #expect(try project.plan().errors == ["renamed"])
        #expect(throws: DeploymentError.self) { try project.deploy() }
        try project.repair()
        #expect(try project.deploy().kind == .nothingToDo)
        #expect(try numbers(project) == ["1", "2"])
    }

    /// A text that runs again and again is not that of a script that was removed; but one whose number moved is.
    @Test(arguments: TestServer.all, [false, true])
    func aTextThatRecursIsNewBehindARemovedOne(server: TestServer, isRemoved: Bool) throws {
        let project = try applied(server, [1])
        for file in ["2", "3"] { try write(project, 7, as: file) }
        try project.deploy()
        if isRemoved {
            try project.remove("Modifications/2.sql")
        } else {
            try write(project, 8, as: "2")
            try write(project, 7, as: "4")
        }
        try project.repair()
        if isRemoved { try write(project, 7, as: "4") }
        #expect(try project.plan().errors == (isRemoved ? [] : ["late"]))
        if isRemoved { #expect(try project.deploy().names == ["Modifications/4.sql"]) }
        #expect(try numbers(project) == (isRemoved ? ["1", "7", "7", "7"] : ["1", "7", "7"]))
    }
}
