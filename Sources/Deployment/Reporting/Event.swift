/// One thing that happened. Terminal, Log.txt and JSON are readers of the same events.
public enum Event: Sendable {
    case started(Start)
    /// Something to know that stops nothing.
    case notice(Problem)
    /// Another deployer holds the lock.
    case waiting(holder: String)
    /// What an earlier deployer left undecided was settled, or taken back: in words.
    case recovered(ScriptIdentity, String)
    case scriptStarted(ScriptStart)
    /// A statement begins.
    case statementStarted(ScriptIdentity, StatementSummary)
    /// A statement ended well.
    case statementFinished(ScriptIdentity, StatementSummary, milliseconds: Int)
    /// A statement waits for a lock of others; told once for each time that it is tried. Without a script it is the journal's.
    case lockWait(ScriptIdentity?, LockWait)
    /// The next script waits until other servers have caught up: in words.
    case holding(String)
    case scriptFinished(ScriptIdentity, statements: Int, milliseconds: Int)
    case scriptFailed(Failure)
    case finished(Outcome)

    /// The start of a deployment.
    public struct Start: Sendable {
        public var database: String
        public var server: String
        public var strategy: Plan.Strategy
        /// Scripts that are to run.
        public var scripts: Int
        /// Whether the old database was dropped for it.
        public var recreates: Bool
        public var at: Timestamp
    }

    /// The start of one script.
    public struct ScriptStart: Sendable {
        public var script: ScriptIdentity
        /// Its place among the scripts that run; the first is 1.
        public var number: Int
        /// Scripts that run in all.
        public var total: Int
        public var statements: Int
        /// The statement at which it goes on; the first is 0.
        public var start: Int
        /// Whether others run at the same time.
        public var isBesideOthers = false
    }
}

/// A statement as a person may see it: short, and without secrets.
public struct StatementSummary: Sendable, CustomStringConvertible {
    /// The first is 0.
    public let index: Int
    public let place: Place
    private let shown: @Sendable () -> String

    /// - Parameter shown: Gives the text. Hardly any statement is ever shown, and finding secrets takes time.
    init(index: Int, place: Place, shown: @escaping @Sendable () -> String) {
        self.index = index
        self.place = place
        self.shown = shown
    }

    /// One line, redacted.
    public var text: String { shown() }

    public var description: String { "\(place): \(text)" }
}

/// A failed script.
public struct Failure: Sendable {
    public var script: ScriptIdentity
    /// What happened, redacted.
    public var message: String
    public var statement: StatementSummary?
    /// Statements of the script in all.
    public var statements: Int
    /// The server's error number and SQLSTATE, if it was the server.
    public var number: Int?
    public var sqlState: String?
    /// What state the database is in, in words.
    public var state: String
    /// What to type next.
    public var advice: String
    public var milliseconds: Int
    /// Whether a person stopped it.
    public var isInterruption: Bool
    /// Where, if it was no statement: a client command such as `use`, or the file.
    var otherPlace: Place?

    /// Where it failed, if that is a place in a file.
    public var place: Place? { statement?.place ?? otherPlace }
}

/// How a deployment ended. Partial success is data: what was applied, what failed, and why.
public struct Outcome: Sendable {
    public enum Kind: String, Sendable {
        case succeeded, failed
        case nothingToDo = "nothing_to_do"
    }

    public var kind: Kind
    public var applied: [ScriptIdentity]
    public var failure: Failure?
    /// Scripts that were planned and did not run.
    public var remaining: Int
    /// Why there was nothing to do, in words; it means nothing with another kind.
    public var reasonForNothing: String
    public var milliseconds: Int
    public var at: Timestamp
}

/// Reads events. Called from the deployment's thread, and from its watch.
public protocol EventReader: Sendable {
    func read(_ event: Event)
    /// Called several times a second while a deployment runs, for what moves by itself.
    func tick()
}

extension EventReader {
    public func tick() {}
}
