/// Reaches one target and plans for it: what `status`, `plan`, `validate` and `deploy` have in common.
public final class TargetAccess {
    private let configuration: Configuration
    private let target: Target
    private let session: any Session
    private var endpoint: Endpoint
    private let cache: InspectionCache
    /// The scripts as they were when they were listed, where several targets share them.
    private let shared: ProjectScripts?
    /// Whether the session serves other targets, too.
    let isPooled: Bool

    /// What the target remembered when it was last read.
    public private(set) var journal = JournalSnapshot()

    /// Connects.
    ///
    /// - Parameter scripts: The project's, where several targets share them; nil lists the folders for each plan.
    /// - Throws: `DeploymentError` when the server cannot be reached or refuses the user.
    public convenience init(configuration: Configuration, driver: any Driver, scripts: ProjectScripts? = nil) throws {
        try self.init(configuration: configuration, driver: driver, scripts: scripts, on: nil)
    }

    /// - Parameter pooled: A connection that serves other targets before and after: of the target's endpoint, with no database
    ///   selected. It is not closed here. Nil connects.
    init(
        configuration: Configuration, driver: any Driver, scripts: ProjectScripts?, on pooled: (any Session)?
    ) throws {
        guard case .existing(let bootstrap, let database) = configuration.server else {
            throw DeploymentError(.configurationMissing, "The private server was not started.")
        }
        self.configuration = configuration
        shared = scripts
        cache = scripts?.cache ?? InspectionCache(configuration: configuration)
        target = Target(
            driver: driver, bootstrap: bootstrap, endpoint: database, database: configuration.database)
        isPooled = pooled != nil
        if let pooled {
            (session, endpoint) = (pooled, database)
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
    public func plan() throws -> Plan {
        var catalog: Result<ScriptCatalog, any Error>? = shared.map { .success($0.catalog) }
        // The folders are looked at while the server works; what is wrong with them is told after what is wrong there.
        journal = try readJournal { reader in
            try reader.snapshot {
                if catalog == nil { catalog = Result { try ScriptCatalog(configuration: configuration) } }
            }
        }
        var plan = try PlanMaker(configuration: configuration, cache: cache)
            .plan(journal, try catalog?.get() ?? ScriptCatalog(configuration: configuration))
        do {
            try UndoPlanner(configuration: configuration, session: session, isEmpty: journal.isEmpty).settle(&plan)
        } catch let error as DatabaseError {
            throw endpoint.failure(error)
        }
        // Until the database is established, scripts may need what only the bootstrap user may do.
        if plan.strategy == .fresh { endpoint = target.bootstrap }
        return plan
    }

    /// Past deployments, the newest first.
    public func deployments(limit: Int) throws -> [DeploymentRecord] {
        try readJournal { reader in
            try reader.databaseExists() ? reader.deployments(limit: limit) : []
        }
    }

    /// Keeps what was seen of the files for the next run.
    func remember() { if shared == nil { cache.save() } }

    /// The database was created meanwhile.
    func databaseWasCreated() { journal.databaseExists = true }

    /// Opens further sessions on the server, from any thread; no database is selected.
    var connector: @Sendable () throws -> any Session {
        { [target, endpoint] in try target.connect(to: endpoint, database: nil) }
    }

    /// In a cluster, lets reading wait for what other nodes have committed.
    func readWhatOthersCommitted() throws { try session.execute("SET SESSION wsrep_sync_wait = 15") }

    /// The session for the lock; no database is selected.
    func lockSession() throws -> any Session { isPooled ? session : try openSession() }

    /// A further session on the server; no database is selected.
    func openSession() throws -> any Session {
        try target.connect(to: endpoint, database: nil)
    }

    private func readJournal<Value>(_ read: (JournalReader) throws -> Value) throws -> Value {
        do {
            return try read(JournalReader(session: session, database: configuration.database))
        } catch let error as DatabaseError {
            throw endpoint.failure(error)
        }
    }
}
