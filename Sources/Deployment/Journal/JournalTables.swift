/// The names and definitions of the tables that remember, in the target database.
struct JournalTables: Sendable {
    static let checkpoint = "DatabaseTrack"
    static let script = "DatabaseTrackScript"
    static let deployment = "DatabaseTrackDeployment"
    static let lock = "DatabaseTrackLock"
    static let all = [checkpoint, script, deployment, lock, UndoTable.name]

    /// The target database.
    let database: String

    /// A table's name with its database, quoted: the journal is reached from whichever database a script has selected.
    func name(_ table: String) -> String {
        "\(quoted(identifier: database)).\(quoted(identifier: table))"
    }

    /// The condition for a script's row.
    func matches(_ script: ScriptIdentity) -> String {
        "FolderName = \(quoted(literal: script.folder)) AND FileName = \(quoted(literal: script.file))"
    }

    /// The statement that records that a script was taken back.
    func takenBack(_ script: ScriptIdentity) -> String {
        """
        UPDATE \(name(Self.script)) SET State = 'failed', Position = 0, PositionDigest = NULL, SessionState = NULL,
            Intent = NULL, IntentDigest = NULL, IntentFingerprint = NULL WHERE \(matches(script))
        """
    }

    /// The old program's table, exactly as it has it.
    var createCheckpoint: String {
        """
        CREATE TABLE IF NOT EXISTS \(name(Self.checkpoint)) (
            Id BIGINT AUTO_INCREMENT PRIMARY KEY,
            FolderName VARCHAR(100) NOT NULL,
            LastExecutedFile VARCHAR(255) NOT NULL,
            LastExecutedOn DATETIME NOT NULL,
            UNIQUE KEY uk_foldername (FolderName)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
        """
    }

    /// Our own tables. Their keys are names, not numbers, so that writing them in the middle of a script leaves
    /// `LAST_INSERT_ID()` alone.
    var createOthers: [String] {
        [
            """
            CREATE TABLE IF NOT EXISTS \(name(Self.deployment)) (
                Id BIGINT AUTO_INCREMENT PRIMARY KEY,
                Strategy VARCHAR(16) NOT NULL COMMENT 'fresh, update, baseline or repair',
                IsEstablished BOOLEAN NOT NULL DEFAULT FALSE COMMENT 'the folders for fresh databases are done',
                Outcome VARCHAR(16) NULL COMMENT 'NULL while it runs',
                StartedOn DATETIME(6) NOT NULL COMMENT 'UTC, as all times here',
                FinishedOn DATETIME(6) NULL,
                Applied INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'scripts',
                Deployer VARCHAR(255) NOT NULL COMMENT 'user@host, process',
                ServerStart VARCHAR(64) NULL COMMENT 'which run of the server',
                Connections TEXT NULL COMMENT 'on which the scripts run, separated by commas',
                Tool VARCHAR(64) NOT NULL,
                Error TEXT NULL
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
            """,
            """
            CREATE TABLE IF NOT EXISTS \(name(Self.script)) (
                FolderName VARCHAR(100) NOT NULL,
                FileName VARCHAR(255) NOT NULL,
                State VARCHAR(16) NOT NULL COMMENT 'running, failed, undoing, applied, ahead, adopted, baselined or removed',
                Checksum CHAR(64) NULL COMMENT 'SHA-256 without BOM and with LF line ends',
                Position INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'statements whose effect is committed',
                PositionDigest CHAR(64) NULL COMMENT 'SHA-256 over those statements',
                SessionState MEDIUMTEXT NULL COMMENT 'what brings a session back to this position',
                Intent INT UNSIGNED NULL COMMENT 'statement that commits by itself and is under way; the first is 0',
                IntentDigest CHAR(64) NULL COMMENT 'SHA-256 over that statement',
                IntentFingerprint TEXT NULL COMMENT 'what it changes, as it was before; NULL: only a person can tell',
                DeploymentId BIGINT NULL,
                StartedOn DATETIME(6) NOT NULL,
                FinishedOn DATETIME(6) NULL,
                Error TEXT NULL,
                StatementDigests MEDIUMTEXT NULL COMMENT 'of a failed script: 16 digits of SHA-256 for each statement that is done',
                PRIMARY KEY (FolderName, FileName)
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
            """,
            createLock,
        ]
    }

    /// Who holds the lock.
    var createLock: String {
        """
        CREATE TABLE IF NOT EXISTS \(name(Self.lock)) (
            Id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
            Fence BIGINT UNSIGNED NOT NULL COMMENT 'grows with every new holder',
            Holder VARCHAR(255) NOT NULL COMMENT 'user@host, process',
            ConnectionId BIGINT UNSIGNED NOT NULL,
            Since DATETIME(6) NOT NULL,
            RenewedOn DATETIME(6) NOT NULL,
            Node VARCHAR(255) NULL COMMENT 'of a cluster'
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
        """
    }
}
