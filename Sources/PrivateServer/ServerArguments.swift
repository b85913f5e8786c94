import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the server programs are told on their command line. Durability stays at the servers' defaults.
struct ServerArguments {
    let program: ServerProgram
    /// The server's directory for temporary files.
    let temporary: FilePath

    /// The arguments for a server that serves.
    ///
    /// - Parameters:
    ///   - isCopy: Whether the data have just been copied from an image.
    ///   - extra: Further arguments; they come last, so they win.
    func serving(data: FilePath, socket: FilePath, pidFile: FilePath, isCopy: Bool, extra: [String]) -> [String] {
        var arguments =
            common(data: data) + [
                "--socket=\(socket)", "--pid-file=\(pidFile)", "--skip-networking", "--skip-name-resolve",
            ]
        switch program.flavor {
        case .mariaDB:
            // 2, the default, writes a line for every look at whether the server answers.
            arguments.append("--log-warnings=1")
        case .mySQL:
            // No second protocol, and no keys and logs that only a network and replicas need. `loose`: not every
            // version has them all ("Program Option Modifiers").
            arguments += ["--loose-mysqlx=OFF", "--disable-log-bin"] + Self.noKeys + Self.noStatistics
            // It need not look for each table's file: none is anywhere but where the image had it ("Disabling Tablespace
            // Path Validation").
            if isCopy { arguments.append("--loose-innodb-validate-tablespace-paths=OFF") }
        }
        return arguments + extra
    }

    /// The arguments for a MariaDB server that reads SQL from standard input, and ends ("mariadb-install-db").
    func bootstrapping(data: FilePath, extra: [String]) -> [String] {
        // A thousand waits for the disk, one for each step, become one at the end (``syncTree(_:)``).
        common(data: data) + ["--bootstrap", "--log-warnings=0", "--debug-no-sync"] + extra
    }

    /// The arguments for a MariaDB server that writes everything from its redo log into the data, and begins a new log.
    ///
    /// - Parameter logSize: Another size than the log has: that is when the server begins a new one.
    func compacting(data: FilePath, logSize: String?, extra: [String]) -> [String] {
        common(data: data) + ["--bootstrap", "--log-warnings=0"] + extra
            + (logSize.map { ["--innodb-log-file-size=\($0)"] } ?? [])
    }

    /// The arguments for a MySQL server that makes its first data, and ends ("Initializing the Data Directory").
    func initializing(data: FilePath, extra: [String]) -> [String] {
        common(data: data) + ["--initialize-insecure", "--disable-log-bin"] + Self.noKeys + extra
    }

    private static let noKeys = [
        "--loose-auto-generate-certs=OFF", "--loose-caching-sha2-password-auto-generate-rsa-keys=OFF",
        "--loose-sha256-password-auto-generate-rsa-keys=OFF",
    ]

    /// No statistics of what a server spends its time and memory on, for which it makes room when it starts: a seventh of that.
    /// What tells of locks and running statements stays ("Performance Schema System Variables").
    private static let noStatistics = [
        "max-memory-classes", "digests-size", "max-digest-length", "max-mutex-classes", "max-rwlock-classes",
        "max-cond-classes", "max-file-classes", "max-socket-classes", "events-statements-history-long-size",
        "events-waits-history-long-size", "events-stages-history-long-size", "events-transactions-history-long-size",
        "error-size",
    ].map { "--loose-performance-schema-\($0)=0" }

    private func common(data: FilePath) -> [String] {
        // "--no-defaults … must be the first option" ("Command-Line Options that Affect Option-File Handling").
        // A starting server removes what look like its old temporary tables from its tmpdir, also if they belong to
        // another server that runs: so each has its own.
        var arguments = [
            "--no-defaults", "--datadir=\(data)", "--tmpdir=\(temporary)", "--character-set-server=utf8mb4",
        ]
        // Both servers refuse to run as root unless told to. The directory is root's then and closed to everybody
        // else, so another user could not work in it anyway.
        if geteuid() == 0 { arguments.append("--user=root") }
        // A MariaDB that was unpacked somewhere looks for its messages where it was built for.
        let prefix = program.path.removingLastComponent().removingLastComponent()
        if program.flavor == .mariaDB, prefix != "/usr" { arguments.append("--basedir=\(prefix)") }
        return arguments
    }
}
