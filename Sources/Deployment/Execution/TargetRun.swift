import SQLScript

/// One deployment on one target while it runs: its sessions, its journal, and what has come into being so far.
final class TargetRun {
    let configuration: Configuration
    let plan: Plan
    /// Runs the scripts.
    let session: any Session
    /// The same, for what the journal has to do there by itself.
    let quietSession: any Session
    /// Asks, and writes what belongs to no script.
    let own: any Session
    /// Among the sessions on which scripts run at the same time; the first is 0.
    let place: Int
    /// Nil for one beside others.
    private let lock: DeploymentLock?
    let watch: Watch
    let emit: @Sendable (Event) -> Void
    /// Tells one run of the server from another.
    let serverStart: String
    /// The server's `max_allowed_packet`, in bytes.
    let packetLimit: Int?
    /// Those of a session at a script's start.
    let modes: LexicalModes

    /// How long definitions of the script's session wait for locks.
    let lockWait: LockWaitLimit
    let locks: LockWatch

    /// The objects that are there.
    let known: KnownObjects

    /// Nil until the database exists.
    private(set) var writer: JournalWriter?
    private(set) var applied: [ScriptIdentity] = []
    private var checkpoints: Checkpoints
    /// Steps up to the last one of a folder for fresh databases.
    private let freshSteps: Int
    private var isEstablished = false
    var hasUndoLogs = false
    private let hadJournal: Bool
    /// Whether the deployment before this one was cut off.
    let followsUnfinished: Bool
    /// Copies of tables that were made.
    var copies = 0
    /// Where each script stands in the plan.
    private let places: [ScriptIdentity: Int]
    /// The character set of the session, if it is as a reset would leave it otherwise.
    var cleanCharacterSet: String?
    /// The record of the last script's end, while it waits for the commit of the next one's first statement.
    var deferred = JournalRecords()
    /// Scripts that were opened ahead.
    private var ahead: [ScriptIdentity: ScriptStatements] = [:]
    /// What was seen then of the tables of which the next script needs copies.
    var seenAhead: (script: ScriptIdentity, tables: UndoPlanner.Sight)?
    /// What statements did to the objects that are there, for those who run beside this one.
    private var changes: [KnownObjects.Change] = []
    /// Scripts that ran before there was a journal.
    private var unrecorded: [(identity: ScriptIdentity, checksum: String)] = []

    init(
        configuration: Configuration, plan: Plan, journal: JournalSnapshot, modes: LexicalModes, session: any Session,
        lock: DeploymentLock, watch: Watch, connect: @escaping @Sendable () throws -> any Session,
        emit: @escaping @Sendable (Event) -> Void
    ) throws {
        locks = LockWatch(
            configuration, plan.strategy, isInCluster: lock.node != nil, connect: connect, emit: emit)
        lockWait = LockWaitLimit(seconds: locks.seconds)
        place = 0
        self.configuration = configuration
        self.plan = plan
        self.modes = modes
        self.session = session
        self.lock = lock
        own = WatchedSession(journal: lock.session, watch, at: 0, locks: locks)
        quietSession = WatchedSession(journal: session, watch, at: 0, locks: locks)
        followsUnfinished = journal.isUnfinished
        hadJournal = journal.hasJournal && journal.hasCheckpointTable
        known = KnownObjects(session: own)
        self.watch = watch
        self.emit = emit
        checkpoints = Checkpoints(plan: plan, journal: journal)
        let fresh = Set(configuration.folders.filter { $0.rule == .fresh }.map(\.name))
        freshSteps = (plan.steps.lastIndex { fresh.contains($0.script.identity.folder) } ?? -1) + 1
        places = Dictionary(uniqueKeysWithValues: plan.steps.enumerated().map { ($1.script.identity, $0) })
        let constants = try session.constants
        packetLimit = constants.packetLimit
        serverStart = constants.serverStart
    }

    /// One that runs scripts beside another, which does all that is not a script's.
    ///
    /// - Parameters:
    ///   - place: From 1 on.
    ///   - session: Runs the scripts.
    ///   - own: A further one.
    init(beside main: Shared, place: Int, session: any Session, own: any Session) {
        self.place = place
        self.session = session
        self.own = WatchedSession(journal: own, main.watch, at: place, locks: main.locks)
        quietSession = WatchedSession(journal: session, main.watch, at: place, locks: main.locks)
        configuration = main.configuration
        plan = Plan(database: main.configuration.database, strategy: .update)
        lock = nil
        watch = main.watch
        locks = main.locks
        lockWait = LockWaitLimit(seconds: locks.seconds)
        emit = main.emit
        serverStart = main.serverStart
        packetLimit = main.packetLimit
        modes = main.modes
        writer = main.writer
        known = KnownObjects(session: self.own)
        checkpoints = Checkpoints(plan: plan, journal: JournalSnapshot())
        freshSteps = 0
        hasUndoLogs = true
        hadJournal = true
        followsUnfinished = false
        places = [:]
        // Names of copies must differ between all that run at the same time.
        copies = place * 1_000_000
    }

    /// What those that run beside this one have in common with it.
    struct Shared: Sendable {
        let configuration: Configuration
        let watch: Watch
        let locks: LockWatch
        let emit: @Sendable (Event) -> Void
        let serverStart: String
        let packetLimit: Int?
        let modes: LexicalModes
        let writer: JournalWriter
    }

    /// Nil as long as there is no journal.
    var shared: Shared? {
        writer.map {
            Shared(
                configuration: configuration, watch: watch, locks: locks, emit: emit, serverStart: serverStart,
                packetLimit: packetLimit, modes: modes, writer: $0)
        }
    }

    /// Whether scripts may run in groups: nobody else uses the database, nothing has to be waited for between two scripts, and
    /// the server's state tells what became of a definition.
    var takesGroups: Bool {
        writer?.isInCluster == false && !locks.isForOthers && configuration.replicas.isEmpty
            && session.dialect.hasAtomicDDL
    }

    /// The database to select at a script's start; nil while it does not exist.
    var selectedDatabase: String? { writer == nil ? nil : configuration.database }

    var tables: JournalTables { JournalTables(database: configuration.database) }

    /// Creates what the journal lacks, and records the start of the deployment with what the plan settles.
    func openJournal() throws {
        guard let lock else { return }
        let start = try begin(lock)
        let writer = JournalWriter(
            tables: tables, deploymentID: start.id, fence: start.fence, isInCluster: lock.node != nil,
            clock: start.clock)
        let adopted = Set(plan.adoptions)
        let sums = plan.scripts.filter { adopted.contains($0.identity) }.map { ($0.identity, $0.checksum ?? "") }
        let moves = checkpoints.missingRows() + checkpoints.moves()
        if !(sums.isEmpty && unrecorded.isEmpty && plan.resets.isEmpty && moves.isEmpty) {
            try own.execute("START TRANSACTION")
            try writer.record(sums, as: .adopted, on: own)
            try writer.record(unrecorded, as: .applied, on: own)
            try writer.forget(plan.resets, on: own)
            for statement in moves.flatMap(writer.move) { try own.execute(statement) }
            try own.commit()
        }
        self.writer = writer
        unrecorded = []
        try establishIfDone()
    }

    /// Takes the fencing number, and records the start: in one round trip and one commit where the tables are there.
    private func begin(_ lock: DeploymentLock) throws -> (id: Int, fence: UInt64, clock: ServerClock) {
        if lock.node != nil {
            // In a cluster a definition ends the transactions of other nodes on its table, also one that changes nothing.
            if !hadJournal { try JournalWriter.createTables(tables, on: own) }
            let fence = try lock.takeFence()
            let (id, clock) = try JournalWriter.begin(
                tables, strategy: plan.strategy.rawValue, serverStart: serverStart,
                connectionID: session.connectionID, on: own)
            return (id, fence, clock)
        }
        if hadJournal {
            do {
                return try beginAtOnce(lock)
            } catch let error as DatabaseError {
                guard error.isNoSuchTable else { throw error }
                try own.execute("ROLLBACK")
            }
        }
        try JournalWriter.createTables(tables, on: own)
        return try beginAtOnce(lock)
    }

    private func beginAtOnce(_ lock: DeploymentLock) throws -> (id: Int, fence: UInt64, clock: ServerClock) {
        let beginning = JournalWriter.beginning(
            tables, strategy: plan.strategy.rawValue, serverStart: serverStart, connectionID: session.connectionID)
        let results = try own.results(
            """
            START TRANSACTION;
            \(lock.takingFence);
            \(beginning);
            \(JournalWriter.idAndClock);
            \(lock.fence);
            COMMIT AND NO CHAIN NO RELEASE
            """)
        let (id, clock) = JournalWriter.begun(results.first?.first)
        return (id, results.last?.first?[0].flatMap(UInt64.init) ?? 0, clock)
    }

    /// After a statement that may have created the database: opens the journal as soon as there is a place for it, and
    /// selects the database unless the script has selected another.
    ///
    /// - Returns: Whether the session's database may be another one now.
    func databaseMayExist(after statement: ScriptStatement, journal: ScriptJournal) throws -> Bool {
        switch statement.effective.verb {
        case .createDatabase: break
        case .createTable where try createsCheckpoint(statement):
            try adoptCheckpointTable()
            return false
        default: return false
        }
        guard writer == nil, try JournalReader(session: own, database: configuration.database).databaseExists()
        else { return false }
        try openJournal()
        if try selectedByScript() == nil { try session.select(database: configuration.database) }
        if let writer { journal.open(writer) }
        return true
    }

    /// Whether a statement creates the target database, which was there, empty, before the first script.
    func isFreshDatabase(of statement: ScriptStatement) -> Bool {
        let names = statement.effective.objects.map { $0.name.lowercased() }
        return statement.effective.verb == .createDatabase && names == [configuration.database.lowercased()]
            && plan.strategy == .fresh && applied.isEmpty && checkpoints.areEmpty
    }

    /// Whether a statement's first object is in the target database.
    func isInTarget(_ statement: ScriptStatement) throws -> Bool {
        let named = statement.effective.objects.first?.database
        let database = try named ?? selectedByScript()
        return database?.lowercased() == configuration.database.lowercased()
    }

    /// Whether a statement creates the old program's table. Where names differ by the case of their letters, another spelling
    /// is another table ("Identifier Case Sensitivity").
    func createsCheckpoint(_ statement: ScriptStatement) throws -> Bool {
        guard statement.createsCheckpoint, try isInTarget(statement) else { return false }
        return try statement.effective.objects.first?.name == JournalTables.checkpoint
            || own.value("SELECT @@lower_case_table_names") != "0"
    }

    /// The database that the script's session has selected.
    func selectedByScript() throws -> String? {
        try session.ask("SELECT DATABASE() LIMIT 1")?.rows.first?.first ?? nil
    }

    /// A script is about to create `DatabaseTrack` itself: its own definition is to stand, as it would with the client.
    ///
    /// What is in ours is in the other tables too, so dropping it loses nothing, also if the process dies here.
    func yieldCheckpointTable() throws {
        guard writer != nil, checkpoints.areAllKnown(in: configuration.folders) else { return }
        try own.execute("DROP TABLE IF EXISTS \(tables.name(JournalTables.checkpoint))")
        checkpoints.tableIsGone()
    }

    /// A script created `DatabaseTrack`: fills in what we know.
    private func adoptCheckpointTable() throws {
        guard let writer else { return }
        let columns = try own.query("SHOW COLUMNS FROM \(tables.name(JournalTables.checkpoint))")
        let shape = CheckpointShape(showColumns: columns)
        try shape.check(database: configuration.database)
        if let misfit = try shape.misfit(plan, in: tables, on: own) { throw DeploymentError(.problems, misfit.message) }
        for statement in checkpoints.missingRows().flatMap(writer.move) { try own.execute(statement) }
    }

    /// What becomes of a folder's checkpoint once the script is applied.
    func checkpoint(after script: Script) -> CheckpointEffect {
        place == 0 ? .moves(checkpoints.move(after: script)) : .staysBehind
    }

    /// What will become of the folder's checkpoint as scripts of it are applied, one after the other.
    func foreseenCheckpoints(after scripts: [Script]) -> [CheckpointEffect] {
        var checkpoints = checkpoints
        return scripts.map { place == 0 ? .moves(checkpoints.move(after: $0)) : .staysBehind }
    }

    /// Scripts of a folder ran to their ends beside this run: moves its checkpoint.
    func completed(_ steps: [PlanStep]) throws {
        // Whatever was seen, others have been at work since.
        seenAhead = nil
        let move = CheckpointMove.merged(steps.compactMap { checkpoints.move(after: $0.script, isAhead: true) })
        if let writer, let move {
            try writer.write(JournalRecords(statements: writer.move(move)), .begins, on: own)
        }
        for step in steps { try finished(step) }
    }

    /// A statement is done.
    func note(_ change: KnownObjects.Change) {
        known.note(change)
        if place > 0 { changes.append(change) }
    }

    /// What statements did since the last call.
    func takeChanges() -> [KnownObjects.Change] {
        defer { changes = [] }
        return changes
    }

    var isInCluster: Bool { lock?.node != nil }

    /// Brings the script's session back to its start.
    func resetSession(database: String?, characterSet: String) throws {
        try session.reset(database: database, characterSet: characterSet)
        cleanCharacterSet = nil
        lockWait.wasReset()
    }

    /// What the next script has to write first.
    func takeDeferred() -> JournalRecords {
        defer { deferred = JournalRecords() }
        return deferred
    }

    /// Writes what waits for a script that does not come.
    func writeDeferred() throws {
        guard let writer, !deferred.isEmpty else { return }
        try resetSession(database: nil, characterSet: "utf8mb4")
        try writer.write(takeDeferred(), .begins, on: quietSession)
    }

    /// Writes ends once more that were written before what they speak of, with the times that they have now.
    ///
    /// - Parameter count: Scripts.
    func correctTimes(_ records: JournalRecords, of count: Int, _ writer: JournalWriter) {
        do {
            try writer.write(records, .begins, on: own)
        } catch {
            emit(
                .notice(
                    Problem(
                        .journal, .warning,
                        "The times of \(counted(count, "script")) in the journal are too early: \(error)")))
            do {
                // Nothing of ours may stay open there.
                try own.execute("ROLLBACK")
            } catch {
                // A session that is lost says so at its next statement.
            }
        }
    }

    /// Whether the record of a script's end may wait for the first commit of the next one: that begins with it, or, where nobody
    /// else is at work, is soon there.
    ///
    /// - Parameter waits: Whether the end may wait for more than the next packet.
    func nextCommitsSoon(after step: PlanStep, waits: Bool) -> Bool {
        guard let next = self.step(after: step), next.start == 0, let facts = next.facts else { return false }
        return facts.commitsAtOnce || waits && takesGroups && facts.isShortTransaction
    }

    private func step(after step: PlanStep) -> PlanStep? {
        guard let index = places[step.script.identity], index + 1 < plan.steps.count else { return nil }
        return plan.steps[index + 1]
    }

    /// Opens the script after one, or the group of scripts, and reads the first statements, while the server is busy with the last
    /// one of this.
    ///
    /// - Parameter running: The statements that the server is busy with.
    func readAhead(after step: PlanStep, during running: [ScriptStatement]) {
        guard let next = self.step(after: step) else { return }
        do {
            var coming: [ScriptStatement] = []
            for next in takesGroups ? group(from: next) : [next] {
                let statements = try self.statements(of: next.script)
                keep(statements, of: next.script)
                guard next.start == 0 else { break }
                if let all = takesGroups && next.mayBeInGroup
                    ? statements.readAllAhead(limit: ScriptFacts.fewStatements) : nil
                {
                    coming += all.count == 1 ? all.filter { !isSettledByNames($0) } : all
                } else if let first = statements.readAhead() {
                    coming.append(first)
                } else {
                    break
                }
            }
            try foresee(coming, during: running)
            try lookAhead(next, during: running)
        } catch {
            // Its own run says so.
            ahead = [:]
        }
    }

    /// The scripts from one on that may be a group; itself in any case.
    private func group(from step: PlanStep) -> [PlanStep] {
        guard step.mayBeInGroup, let first = places[step.script.identity] else { return [step] }
        return Array(plan.steps[first...].prefix(GroupRunner.limit).prefix(while: \.mayBeInGroup))
    }

    /// Looks at the tables of which the next script needs copies, unless what runs now may change them.
    private func lookAhead(_ next: PlanStep, during running: [ScriptStatement]) throws {
        guard let facts = next.facts, !facts.copies.isEmpty, wantsUndoLog(facts),
            running.allSatisfy(\.leavesOtherTables),
            !facts.copies.contains(where: { copy in running.contains { $0.names(copy.table) } })
        else { return }
        seenAhead = (next.script.identity, try look(facts))
    }

    /// Reads the definitions of the tables that the next statements change, as their fingerprints need them, while the server is
    /// busy.
    func foresee(_ coming: [ScriptStatement], during running: [ScriptStatement]) throws {
        guard running.allSatisfy(\.leavesOtherDefinitions) else { return }
        let changed = running.filter(\.changesDefinitions)
        try known.foresee(
            coming.filter { $0.transactionRule == .commits }.flatMap { statement in
                try SettlementRule(statement.effective, database: configuration.database).tablesToRead
                    .filter { table in try !changed.contains { $0.names(table) } && known.exists(table) == true }
            })
    }

    /// Whether a definition in a group needs no look at the table: it adds to one of which the names are known.
    private func isSettledByNames(_ statement: ScriptStatement) -> Bool {
        let table = statement.effective.objects.last?.placed(in: configuration.database)
        return !statement.addedElements(withForeignKeys: true).isEmpty && table.flatMap(known.elements) != nil
    }

    /// The statements of a script, from the first.
    func statements(of script: Script) throws(DeploymentError) -> ScriptStatements {
        if let statements = ahead.removeValue(forKey: script.identity) { return statements }
        return try ScriptStatements(script, root: configuration.project, modes: modes)
    }

    /// Closes scripts that were opened ahead.
    func forgetAhead() { ahead = [:] }

    /// Gives back what `statements(of:)` gave, where nothing was taken from it.
    func keep(_ statements: ScriptStatements, of script: Script) { ahead[script.identity] = statements }

    /// Digits for each of a script's first statements; nil for none, and for a file that was changed meanwhile.
    func digests(of step: PlanStep, _ facts: ScriptFacts, count: Int) throws -> String? {
        guard count > 0, facts.areTrue(of: step.script) else { return nil }
        return try ScriptInspector(root: configuration.project, modes: modes).statementDigests(
            step.script, count: count)
    }

    /// A script ran to its end.
    func finished(_ step: PlanStep) throws {
        applied.append(step.script.identity)
        if writer == nil { unrecorded.append((step.script.identity, step.facts?.checksum ?? "")) }
        try establishIfDone()
    }

    /// Records that the database is established as soon as every script of the folders for fresh databases ran.
    private func establishIfDone() throws {
        guard plan.strategy == .fresh, !isEstablished, let writer, applied.count >= freshSteps else { return }
        try writer.establish(on: own)
        isEstablished = true
    }
}
