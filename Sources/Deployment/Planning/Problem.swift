/// Something about files and journal that a person should know.
public struct Problem: Sendable, Equatable {
    public enum Severity: String, Sendable {
        /// Nothing runs.
        case error
        /// Everything runs.
        case warning
        /// It is as it should be, and worth a line.
        case notice
    }

    /// Stable names for programs.
    public enum Code: String, Sendable {
        case changed, missing, renamed, late, duplicate
        /// A deployer died in a statement of the script; whether it took effect is not known.
        case interrupted
        /// A half-done script was edited before the place where it would go on.
        case edited
        case checkpointMissing = "checkpoint_missing"
        case checkpointRemoved = "checkpoint_removed"
        case checkpointMoved = "checkpoint_moved"
        /// `DatabaseTrack` cannot hold a name that has to be written into it.
        case checkpointShape = "checkpoint_shape"
        case noJournal = "no_journal"
        /// The old program stopped in a folder for fresh databases.
        case unfinished
        case folderMissing = "folder_missing"
        /// Something is recorded of a folder that is not configured.
        case folderUnknown = "folder_unknown"
        case skipped
        /// The database that a script is to create is there, and empty.
        case databaseExists = "database_exists"
        /// Something in the configuration is not understood, and not needed.
        case configuration
        /// A script cannot be taken back from here on.
        case resume
        /// Scripts ran before others that come before them.
        case ahead
        /// The server gives no more connections, so scripts run one after the other.
        case connections
        /// A script met a lock of somebody else, and runs again.
        case contention
        /// The cluster holds back writes.
        case cluster
        /// The database is dropped first.
        case recreate
        /// Something could not be written down.
        case journal
    }

    public var code: Code
    public var severity: Severity
    public var message: String
    public var script: ScriptIdentity?
    /// What to type.
    public var advice: String?
    /// What `repair` does about it.
    var repair: RepairAction?

    init(
        _ code: Code, _ severity: Severity, _ message: String, script: ScriptIdentity? = nil, advice: String? = nil,
        repair: RepairAction? = nil
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.script = script
        self.advice = advice
        self.repair = repair
    }
}

extension Configuration {
    /// The warnings, as what a person should know.
    public var problems: [Problem] { warnings.map { Problem(.configuration, .warning, $0) } }
}
