import SystemPackage

/// A setting that some source gives.
public struct GivenSetting: Sendable {
    /// As in `databasedeploy.toml`.
    public var key: String
    /// Without any secret.
    public var value: String
    /// The file, or where else it comes from.
    public var origin: String

    /// What is in force of several layers.
    ///
    /// - Parameter layers: What they are called, and what they say; the strongest first.
    static func all(_ layers: [(name: String, settings: Settings)]) -> [GivenSetting] {
        values.compactMap { key, value in
            for layer in layers {
                if let value = value(layer.settings) { return GivenSetting(key: key, value: value, origin: layer.name) }
            }
            return nil
        }
    }

    /// Every key that is shown.
    static var keys: [String] { values.map(\.key) }

    private static let values: [(key: String, value: @Sendable (Settings) -> String?)] = [
        ("url", { $0.url.map { $0.isPrivate ? "private:" : "given" } }),
        ("bootstrap_url", { $0.bootstrapURL.map { _ in "given" } }),
        ("password", { ($0.password ?? $0.weakPassword).map { _ in "given" } }),
        ("bootstrap_password", { $0.bootstrapPassword.map { _ in "given" } }),
        ("database", { $0.database }),
        ("ssl_mode", { $0.tls.mode?.rawValue }),
        ("ssl_ca", { $0.tls.authority?.string }),
        ("ssl_cert", { $0.tls.certificate?.string }),
        ("ssl_key", { $0.tls.key?.string }),
        ("connect_timeout", { $0.connectTimeout.map { "\($0)" } }),
        ("compression", { $0.compression.map { "\($0)" } }),
        ("folders", { $0.folders.map { "\($0.count)" } }),
        ("recreate", { $0.recreate.map { "\($0)" } }),
        ("protected", { $0.protected.map { "\($0)" } }),
        ("log_level", { $0.logLevel?.rawValue }),
        ("statement_timeout", { $0.statementTimeout.map { "\($0)" } }),
        ("lock_timeout", { $0.lockTimeout.map { "\($0)" } }),
        ("lock_wait_timeout", { $0.lockWaitTimeout.map { "\($0)" } }),
        ("replicas", { $0.replicas.map { "\($0.count)" } }),
        ("max_replica_lag", { $0.maxReplicaLag.map { "\($0)" } }),
        ("lease", { $0.lease.map { "\($0)" } }),
        ("parallel", { $0.parallel.map { "\($0)" } }),
        ("out_of_order", { $0.outOfOrder?.rawValue }),
        ("orphan", { $0.orphan?.rawValue }),
        ("on_failure", { $0.onFailure?.rawValue }),
        ("undo.limit", { $0.undoLimit.map { "\($0)" } }),
        ("images.limit", { $0.imageLimit.map { "\($0)" } }),
        ("wait_for_key", { $0.waitForKey.map { "\($0)" } }),
        ("local_infile", { $0.localInfile.map { $0 == .off ? "false" : "true" } }),
        ("server_program", { $0.serverProgram?.string }),
        ("targets", { $0.targets.map { _ in "given" } }),
        ("width", { $0.width.map { "\($0)" } }),
        ("waves", { $0.waves.map { $0.map(\.spelling).joined(separator: ", ") } }),
        ("max_failures", { $0.maxFailures.map { "\($0)" } }),
    ]
}
