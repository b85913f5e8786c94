import SystemPackage

/// Everything that is known about a project before a server is asked: the merge of options, environment variables,
/// `databasedeploy.toml`, `App.config` and `~/.my.cnf`.
public struct Configuration: Sendable, Equatable {
    /// What to do with a script whose number is below the checkpoint and that never ran.
    public enum OutOfOrder: String, Sendable, CaseIterable {
        /// Nothing runs, and the message says why.
        case stop
        /// Late scripts run, in order.
        case run
        /// Late scripts are passed over, and named.
        case skip
    }

    /// What to do with a statement of a deployer that died, while the server still runs it.
    public enum Orphan: String, Sendable, CaseIterable {
        /// Wait for it, as long as a statement may take.
        case wait
        /// End it.
        case kill
    }

    /// What to do with what a script did before it failed.
    public enum OnFailure: String, Sendable, CaseIterable {
        /// Take it back, where that can be guaranteed.
        case undo
        /// Leave it, and go on at the failed statement in the next run.
        case keep
    }

    /// Bytes of a table that are copied so that its rows can be put back: 256 MB.
    public static let standardUndoLimit = 256 << 20

    /// Bytes that the images of private servers may take: 1 GB.
    public static let standardImageLimit = 1 << 30

    /// Where the database server is.
    public enum Server: Sendable, Equatable {
        /// A server that was there before; `bootstrap` is used while the database does not exist (the old program's
        /// `DefaultString`), `database` from then on (its `ConnectionString`). Both are the same where only one is set.
        case existing(bootstrap: Endpoint, database: Endpoint)
        /// The private server of this project.
        case privateServer(program: FilePath?)
        /// None is named, as may be where every target has a URL of its own.
        case unnamed
    }

    /// The project directory, absolute.
    public var project: FilePath
    /// The environment's name, if one was chosen.
    public var environment: String?
    public var server: Server
    /// The target database's name. Where there are several targets: that of the URL, or empty.
    public var database: String
    /// The databases, where there are several.
    public var fleet: Fleet?
    /// In the order in which they run.
    public var folders: [Folder]
    /// Drop the database first (the old `RecreateDB=true`, or `--recreate`).
    public var recreate: Bool
    /// Refuse destructive commands, always.
    public var protected: Bool
    /// The smallest level that goes to `Log.txt`.
    public var logLevel: LogLevel
    /// Seconds that one statement may take; 0 means no limit.
    public var statementTimeout: Int
    /// Seconds to wait for another deployer to finish.
    public var lockTimeout: Int
    /// Seconds that a definition waits for a lock that others hold on an existing database, before it steps aside and is tried
    /// again; 0 leaves the server's own.
    public var lockWaitTimeout: Int
    /// Servers that follow the target's; scripts wait for them.
    public var replicas: [Endpoint]
    /// Seconds that a replica may be behind when a script starts; 0 is no limit.
    public var maxReplicaLag: Int
    /// Seconds after which, in a cluster, a deployer on another node counts as dead that says nothing.
    public var lease: Int
    /// Scripts that may run at the same time; nil leaves it to what the plan is: 1 unless the database is fresh.
    public var parallel: Int?
    public var outOfOrder: OutOfOrder
    public var orphan: Orphan
    public var onFailure: OnFailure
    /// Bytes up to which a table is copied before a statement that loses some of its rows or values.
    public var undoLimit: Int
    /// Bytes on disk that the images of private servers may take; 0 keeps none.
    public var imageLimit: Int
    /// Wait for a key at the end, as the old program did.
    public var waitForKey: Bool
    /// The directory that `LOAD DATA LOCAL` may read from, on whatever server; nil turns it off.
    public var localInfileRoot: FilePath?
    /// Things a person should know, such as a key of a connection string that is not understood.
    public var warnings: [String]

    public init(
        project: FilePath, environment: String? = nil, server: Server, database: String,
        fleet: Fleet? = nil, folders: [Folder] = Folder.standard, recreate: Bool = false, protected: Bool = false,
        logLevel: LogLevel = .info, statementTimeout: Int = 600, lockTimeout: Int = 60,
        lockWaitTimeout: Int = 5, replicas: [Endpoint] = [], maxReplicaLag: Int = 10, lease: Int = 15,
        parallel: Int? = nil, outOfOrder: OutOfOrder = .stop,
        orphan: Orphan = .wait, onFailure: OnFailure = .undo,
        undoLimit: Int = standardUndoLimit, imageLimit: Int = standardImageLimit, waitForKey: Bool = false,
        localInfileRoot: FilePath? = nil, warnings: [String] = []
    ) {
        self.project = project
        self.environment = environment
        self.server = server
        self.database = database
        self.fleet = fleet
        self.folders = folders
        self.recreate = recreate
        self.protected = protected
        self.logLevel = logLevel
        self.statementTimeout = statementTimeout
        self.lockTimeout = lockTimeout
        self.lockWaitTimeout = lockWaitTimeout
        self.replicas = replicas
        self.maxReplicaLag = maxReplicaLag
        self.lease = lease
        self.parallel = parallel
        self.outOfOrder = outOfOrder
        self.orphan = orphan
        self.onFailure = onFailure
        self.undoLimit = undoLimit
        self.imageLimit = imageLimit
        self.waitForKey = waitForKey
        self.localInfileRoot = localInfileRoot
        self.warnings = warnings
    }
}

/// A folder of scripts and its rule.
public struct Folder: Sendable, Equatable {
    public enum Rule: String, Sendable, CaseIterable {
        /// Only on a fresh database.
        case fresh
        /// Always: what is new.
        case always
    }

    /// The name that the journal knows; also the directory's name unless `directory` differs.
    public var name: String
    /// Relative to the project directory or absolute, and within it.
    public var directory: String
    public var rule: Rule
    /// The encoding of scripts that are not Unicode, by MySQL's name for the character set, such as `latin1`.
    public var encoding: String?

    public init(name: String, directory: String? = nil, rule: Rule, encoding: String? = nil) {
        self.name = name
        self.directory = directory ?? name
        self.rule = rule
        self.encoding = encoding
    }

    /// Its directory.
    func path(in project: FilePath) -> FilePath { project.pushing(FilePath(directory)) }

    /// The old program's three folders.
    public static let standard = [
        Folder(name: "Schema", rule: .fresh),
        Folder(name: "Data", rule: .fresh),
        Folder(name: "Modifications", rule: .always),
    ]
}

/// The levels of `Log.txt`, as the old program has them in `App.config`.
public enum LogLevel: String, Sendable, CaseIterable {
    case debug, info, error
}
