import SystemPackage

/// What one source of a configuration says; each part may be missing. The sources are laid over each other.
struct Settings: Sendable {
    var url: ServerSettings?
    var bootstrapURL: ServerSettings?
    var password: PasswordSource?
    /// A password that gives way to one in the same source's URL.
    var weakPassword: PasswordSource?
    var bootstrapPassword: PasswordSource?
    var database: String?
    var tls = TLSSettings()
    var connectTimeout: Int?
    var compression: Bool?

    var environment: String?
    var recreate: Bool?
    var protected: Bool?
    var logLevel: LogLevel?
    var statementTimeout: Int?
    var lockTimeout: Int?
    var lockWaitTimeout: Int?
    var replicas: [ServerSettings]?
    var maxReplicaLag: Int?
    var lease: Int?
    var parallel: Int?
    var outOfOrder: Configuration.OutOfOrder?
    var orphan: Configuration.Orphan?
    var onFailure: Configuration.OnFailure?
    var undoLimit: Int?
    var imageLimit: Int?
    var waitForKey: Bool?
    var localInfile: ServerSettings.LocalInfile?
    var serverProgram: FilePath?
    var folders: [Folder]?

    var targets: TargetSource?
    var width: Int?
    var waves: [WaveSize]?
    var maxFailures: Int?

    /// The keys of `databasedeploy.toml`, but for `environments`.
    static let keys = [
        "bootstrap_password", "bootstrap_url", "compression", "connect_timeout", "database", "environment", "folders",
        "images", "lease", "local_infile", "lock_timeout", "lock_wait_timeout", "log_level", "max_failures",
        "max_replica_lag", "on_failure", "orphan", "out_of_order", "parallel", "password", "protected", "recreate",
        "replicas", "server_program", "ssl_ca", "ssl_cert", "ssl_key", "ssl_mode", "statement_timeout", "targets",
        "undo", "url", "wait_for_key", "waves", "width",
    ]
}
