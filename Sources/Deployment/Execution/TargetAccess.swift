import SQLScript

/// Reaches one target and plans for it: what `status`, `plan`, `validate` and `deploy` have in common.
public final class TargetAccess {
    private let configuration: Configuration
    private let target: Target
    private let session: any Session
    private let pooled: PooledSessions?
    private var endpoint: Endpoint
    /// The scripts as they were when they were listed, where several targets share them.
    private let shared: ProjectScripts?
    /// What is known of the files; read when it is needed.
    private var ownCache: InspectionCache?
    /// The scripts of the last plan.
    private var catalog: ScriptCatalog?
    /// Whether its sessions serve other targets, too.
    var isPooled: Bool { pooled != nil }

    /// What the target remembered when it was last read.
    public private(set) var journal = JournalSnapshot()

    /// Connects.
    ///
    /// - Parameter scripts: The project's, where several targets share them; nil lists the folders for each plan.
    /// - Throws: `DeploymentError` when the server cannot be reached or refuses the user.
    public convenience init(configuration: Configuration, driver: any Driver, scripts: ProjectScripts? = nil) throws {
        try self.init(configuration: configuration, driver: driver, scripts: scripts, on: nil)
    }

    /// - Parameter pooled: Connections of the target's endpoint. Nil connects.
    init(
        configuration: Configuration, driver: any Driver, scripts: ProjectScripts?, on pooled: PooledSessions?
    ) throws {
        guard case .existing(let bootstrap, let database) = configuration.server else {
            throw DeploymentError(.configurationMissing, "The private server was not started.")
        }
        self.configuration = configuration
        shared = scripts
        target = Target(
            driver: driver, bootstrap: bootstrap, endpoint: database, database: configuration.database)
        self.pooled = pooled
        if let pooled {
            (session, endpoint) = (pooled.lock, database)
        } else {
            let connected = try target.connect()
            (session, endpoint) = (connected.session, connected.endpoint)
        }
    }

    deinit { if !isPooled { session.close() } }

    /// The server, as a person would name it.
    public var server: String {
        "\(session.dialect.product) \(session.dialect.version) at \(endpoint.location)"
    }

    /// Reads journal and folders, and compares them. Writes nothing.
    ///
    /// - Parameter recreating: Whether to plan as if the database were not there: it is dropped first.
    public func plan(recreating: Bool = false) throws -> Plan {
        let isDropped = try recreating && databaseExists()
        var listed: Result<ScriptCatalog, any Error>? = shared.map { .success($0.catalog) }
        // The folders are looked at while the server works; what is wrong with them is told after what is wrong there.
        journal = try readJournal { reader in
            if recreating { return JournalSnapshot() }
            return try reader.snapshot {
                if listed == nil { listed = Result { try ScriptCatalog(configuration: configuration) } }
            }
        }
        let catalog = try listed?.get() ?? ScriptCatalog(configuration: configuration)
        self.catalog = catalog
        var plan = try PlanMaker(configuration: configuration, cache: cache, modes: scriptModes).plan(
            journal, catalog)
        do {
            try UndoPlanner(configuration: configuration, session: session, isEmpty: journal.isEmpty).settle(&plan)
            let tables = JournalTables(database: configuration.database)
            if let misfit = try journal.checkpointShape?.misfit(plan, in: tables, on: session) {
                plan.problems.append(misfit)
            }
        } catch let error as DatabaseError {
            throw endpoint.failure(error)
        }
        // Until the database is established, scripts may need what only the bootstrap user may do.
        if plan.strategy == .fresh, endpoint != target.bootstrap {
            try target.checkBootstrap(session)
            endpoint = target.bootstrap
        }
        if isDropped {
            plan.problems.insert(
                Problem(
                    .recreate, .notice,
                    "The database \(configuration.database) is dropped, with everything in it, and built new."), at: 0)
        }
        return plan
    }

    /// The plan, if an earlier run saw that there is nothing to do, and neither scripts nor journal are others since.
    func settledPlan() throws -> Plan? {
        let settled = SettledFile(configuration)
        guard !settled.isEmpty else { return nil }
        var looked: Result<CatalogStamp, any Error>?
        let digest = try readJournal { reader in
            try reader.digest { looked = Result { try CatalogStamp(configuration: configuration, known: settled) } }
        }
        // What is wrong with the folders is told by who makes a plan.
        guard let digest, case .success(let stamp) = looked, settled.contains(stamp, digest) else { return nil }
        settled.renew(stamp)
        var plan = Plan(database: configuration.database, strategy: .update)
        plan.problems = stamp.doubtfulFolders.map(Planner.problem)
        plan.hasFolders = stamp.doubtfulFolders.count { !$0.isThere } < configuration.folders.count
        return plan
    }

    /// Keeps for later runs that there is nothing to do, if that is all that can be said.
    func rememberSettled(_ plan: Plan) {
        guard shared == nil, let catalog, let digest = journal.digest, plan.isEmpty, plan.strategy == .update,
            plan.problems.allSatisfy({ $0.code == .folderMissing }),
            catalog.scripts.allSatisfy({ cache.sourced($0).isEmpty })
        else { return }
        var settled = SettledFile(configuration)
        settled.add(catalog.stamp, digest)
    }

    /// Whether the database is there, on the connection that is open.
    public func databaseExists() throws -> Bool { try readJournal { try $0.databaseExists() } }

    /// Past deployments, the newest first.
    public func deployments(limit: Int) throws -> [DeploymentRecord] {
        try readJournal { reader in
            try reader.databaseExists() ? reader.deployments(limit: limit) : []
        }
    }

    /// Keeps what was seen of the files for the next run.
    func remember() { ownCache?.save() }

    /// The database was created meanwhile.
    func databaseWasCreated() { journal.databaseExists = true }

    /// Those of a session at a script's start.
    ///
    /// - Throws: `DeploymentError` where the server was asked and did not answer.
    var scriptModes: LexicalModes {
        get throws(DeploymentError) {
            do {
                return try session.scriptModes
            } catch {
                throw endpoint.failure(error)
            }
        }
    }

    /// Opens further sessions on the server, from any thread; no database is selected.
    var connector: @Sendable () throws -> any Session {
        { [target, endpoint] in try target.connect(to: endpoint, database: nil) }
    }

    /// In a cluster, lets reading wait for what other nodes have committed.
    func readWhatOthersCommitted() throws { try session.execute("SET SESSION wsrep_sync_wait = 15") }

    /// Runs statements of ours, which are no script's, and tells what it means that one fails.
    ///
    /// - Parameters:
    ///   - unnamed: The rights that are missing where the server refuses and names none.
    ///   - needed: The rights that the command needs in all.
    ///   - command: What to type once it is mended.
    ///   - state: What became of the scripts, in words; asked after a failure.
    /// - Throws: `DeploymentError` in place of every error of the server.
    func explaining<Value>(
        lacking unnamed: [String] = [], of needed: [String] = ServerRefusal.writing,
        next command: String = "databasedeploy",
        state: () -> String, _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            throw ServerRefusal(
                error: error, endpoint: endpoint, database: configuration.database,
                account: error.isAccessDenied ? account(refusedBy: error) : nil, unnamed: unnamed, needed: needed,
                state: state(), command: command
            ).explained
        }
    }

    /// The account that statements of ours use, as `GRANT` spells it. The server's message may name the host instead from
    /// which it came.
    private func account(refusedBy error: DatabaseError) -> String? {
        do {
            let session = try openSession()
            defer { session.close() }
            // Until the database is established, there may be two of them.
            guard let name = try session.value("SELECT CURRENT_USER()"), let at = name.lastIndex(of: "@"),
                error.message.contains("'\(name[..<at])'@")
            else { return nil }
            return "'\(name[..<at])'@'\(name[name.index(after: at)...])'"
        } catch {
            // The advice does without.
            return nil
        }
    }

    /// Whether the database is there after a failure, on a connection of its own; nil if that cannot be told.
    var databaseIsThere: Bool? {
        do {
            let session = try openSession()
            defer { session.close() }
            return try JournalReader(session: session, database: configuration.database).databaseExists()
        } catch {
            return nil
        }
    }

    /// The session for the lock; no database is selected.
    func lockSession() throws -> any Session { try pooled?.lock ?? openSession() }

    /// A session for scripts that serves other targets, too; nil if there is none.
    var pooledScripts: (any Session)? { pooled?.scripts }

    /// A further session on the server; no database is selected.
    func openSession() throws -> any Session {
        try target.connect(to: endpoint, database: nil)
    }

    private var cache: InspectionCache {
        if let cache = shared?.cache ?? ownCache { return cache }
        let cache = InspectionCache(configuration: configuration)
        ownCache = cache
        return cache
    }

    private func readJournal<Value>(_ read: (JournalReader) throws -> Value) throws -> Value {
        do {
            return try read(JournalReader(session: session, database: configuration.database))
        } catch let error as DatabaseError where error.isAccessDenied && !error.isLoginRefused {
            return try explaining(of: ServerRefusal.reading, state: { "Nothing was read." }) { throw error }
        } catch let error as DatabaseError {
            throw endpoint.failure(error)
        }
    }
}
