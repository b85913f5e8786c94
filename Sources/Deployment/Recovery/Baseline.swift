/// Adopts an existing database: marks every script up to one as applied, without running any.
public struct Baseline {
    private let configuration: Configuration
    private let access: TargetAccess
    private let catalog: ScriptCatalog
    private let last: Script

    /// - Parameter identity: The last script whose effect is in the database.
    /// - Throws: `DeploymentError` if the database or the script is not there.
    public init(configuration: Configuration, driver: any Driver, at identity: ScriptIdentity) throws {
        self.configuration = configuration
        catalog = try ScriptCatalog(configuration: configuration)
        guard let script = catalog.scripts.first(where: { $0.identity == identity }) else {
            throw DeploymentError(.usage, "There is no script \(identity).", advice: "Look at the folder's names.")
        }
        last = script
        access = try TargetAccess(configuration: configuration, driver: driver)
        _ = try access.plan()
        guard access.journal.databaseExists else {
            throw DeploymentError(
                .refused, "The database \(configuration.database) does not exist; there is nothing to adopt.",
                advice: "To build it: databasedeploy")
        }
        try refuseBehind()
    }

    /// Refuses to move a checkpoint back: what is behind it would run again.
    private func refuseBehind() throws {
        let identities = Set(scripts.map(\.identity))
        let later = catalog.scripts.first { script in
            script.identity.folder == last.identity.folder && !identities.contains(script.identity)
                && (access.journal.records[script.identity]?.isApplied == true
                    || access.journal.checkpoint(of: script.identity.folder)?.file == script.identity.file)
        }
        guard let later else { return }
        throw DeploymentError(
            .refused,
            "\(later.identity) is behind \(last.identity), and is applied already: a checkpoint before it would let it run again.",
            advice: "Name the last script that is in the database. What is applied: databasedeploy status --verbose")
    }

    /// The scripts that would count as applied and do not yet.
    public func changes() -> [ScriptIdentity] {
        scripts.map(\.identity).filter { access.journal.records[$0]?.isApplied != true }
    }

    /// Records it.
    public func apply() throws {
        let inspector = ScriptInspector(root: configuration.project, modes: try access.scriptModes)
        let changes = Set(changes())
        let sums = try scripts.filter { changes.contains($0.identity) }
            .map { ($0.identity, try inspector.checksum($0).checksum) }
        let command = "baseline --at \(shellQuoted(last.identity.description))"
        try JournalChange(configuration: configuration, access: access).make("baseline", command) { writer, session in
            try writer.record(sums, as: .baselined, on: session)
            try writer.establish(on: session)
            for (folder, scripts) in Dictionary(grouping: scripts, by: \.identity.folder) {
                guard let file = scripts.last?.identity.file else { continue }
                for statement in writer.move(CheckpointMove(folder: folder, file: file, isNew: true)) {
                    try session.execute(statement)
                }
            }
        }
    }

    /// Folders for fresh databases count whole; the folders up to the script's, up to the script.
    private var scripts: [Script] {
        var scripts: [Script] = []
        var isPast = false
        for listing in catalog.listings {
            if listing.folder.name == last.identity.folder {
                scripts += listing.scripts.filter { !Script.precedes(last, $0) }
                isPast = true
            } else if listing.folder.rule == .fresh || !isPast {
                scripts += listing.scripts
            }
        }
        return scripts
    }
}
