/// `history --format json`.
public struct HistoryDocument: Encodable {
    public struct DeploymentEntry: Encodable {
        public var id: Int
        public var strategy: String
        /// Null while it runs, or if it was cut off.
        public var outcome: String?
        public var startedOn: String
        public var finishedOn: String?
        public var applied: Int
        public var deployer: String
        public var tool: String
        public var error: String?
    }

    public struct ScriptEntry: Encodable {
        public var folder: String
        public var file: String
        public var state: String
        public var startedOn: String
        public var finishedOn: String?
        public var checksum: String?
        public var error: String?
    }

    public var database: String
    public var deployments: [DeploymentEntry]
    public var scripts: [ScriptEntry]

    public init(database: String, deployments: [DeploymentRecord], records: [ScriptRecord]) {
        self.database = database
        self.deployments = deployments.map {
            DeploymentEntry(
                id: $0.id, strategy: $0.strategy, outcome: $0.outcome, startedOn: $0.startedOn,
                finishedOn: $0.finishedOn, applied: $0.applied, deployer: $0.deployer, tool: $0.tool, error: $0.error)
        }
        scripts = records.sorted { ($0.startedOn, $0.identity.file) < ($1.startedOn, $1.identity.file) }.map {
            ScriptEntry(
                folder: $0.identity.folder, file: $0.identity.file, state: $0.state.rawValue, startedOn: $0.startedOn,
                finishedOn: $0.finishedOn, checksum: $0.checksum, error: $0.error)
        }
    }

    /// As a person reads it; times are UTC.
    ///
    /// - Parameter scripts: Whether scripts are listed, too.
    public func text(scripts: Bool) -> String {
        guard !deployments.isEmpty else { return "No deployment is recorded in \(database)." }
        var lines = ["   Id  Started (UTC)        Outcome        Scripts  Kind      By"]
        for entry in deployments {
            lines.append(
                "\(right(entry.id, 5))  \(entry.startedOn.prefix(19))  \(padded(entry.outcome ?? "not finished", 13))  "
                    + "\(right(entry.applied, 7))  \(padded(entry.strategy, 8))  \(entry.deployer)")
            if let error = entry.error { lines.append("       \(error)") }
        }
        if scripts {
            lines.append("")
            lines += self.scripts.map {
                "\(($0.finishedOn ?? $0.startedOn).prefix(19))  \(padded($0.state, 9))  \($0.folder)/\($0.file)"
            }
        }
        return lines.joined(separator: "\n")
    }
}
