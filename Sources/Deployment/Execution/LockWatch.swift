/// What a deployment knows about the locks of others: how long to wait for one, and how to find out who holds it.
struct LockWatch: Sendable {
    /// Seconds that a definition waits before it steps aside and is tried again; nil leaves it to the server.
    let seconds: Int?
    /// Whether it is found out who is in the way of a statement that takes long: nobody is on a fresh database.
    private let looks: Bool
    /// The target.
    let database: String
    /// Opens a further session on the server, from any thread.
    let connect: @Sendable () throws -> any Session
    let emit: @Sendable (Event) -> Void

    /// - Parameter isInCluster: There a definition ends the transactions that are in its way, on all nodes alike ("Total Order
    ///   Isolation"); one that gives up on one of them would part it from the others.
    init(
        _ configuration: Configuration, _ strategy: Plan.Strategy, isInCluster: Bool,
        connect: @escaping @Sendable () throws -> any Session, emit: @escaping @Sendable (Event) -> Void
    ) {
        let isLimited = strategy == .update && !isInCluster && configuration.lockWaitTimeout > 0
        seconds = isLimited ? configuration.lockWaitTimeout : nil
        looks = strategy == .update
        database = configuration.database
        self.connect = connect
        self.emit = emit
    }

    /// Whether others may use the database meanwhile, so that definitions have to step aside for them.
    var isForOthers: Bool { looks || seconds != nil }

    /// A look at who is in the way.
    ///
    /// - Parameters:
    ///   - script: Whose statements are under way; nil for the journal's work.
    ///   - connections: Of ours; the first is the one that may have to wait.
    func look(_ script: ScriptIdentity?, _ connections: [UInt64]) -> LockLook? {
        looks ? LockLook(script, connections, self) : nil
    }
}
