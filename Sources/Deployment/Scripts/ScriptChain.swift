/// What a fresh deployment of a project would run, as a chain of digests: each is over all before it, so two of them are the
/// same only if the same scripts ran in the same order, with the same configuration.
public struct ScriptChain: Sendable {
    private let scripts: [(identity: ScriptIdentity, checksum: String)]
    /// Of the base, and behind each script.
    private let digests: [String]
    /// Scripts up to the last one of a folder for fresh databases: with less, the rest would not run.
    private let least: Int

    /// Reads what has changed since the last run.
    ///
    /// - Parameter base: What else decides how a database ends up, such as the server.
    /// - Throws: `DeploymentError` for a script that cannot be read.
    public init(_ configuration: Configuration, base: String) throws {
        let catalog = try ScriptCatalog(configuration: configuration)
        let cache = InspectionCache(configuration: configuration)
        scripts = try catalog.scripts.map { ($0.identity, try cache.checksum($0, modes: [])) }
        cache.save()
        let fresh = Set(configuration.folders.filter { $0.rule == .fresh }.map(\.name))
        least = (scripts.lastIndex { fresh.contains($0.identity.folder) } ?? 0) + 1
        var digest = Self.digest(
            of: [base, Tool.version, configuration.database] + configuration.folders.flatMap(Self.facts))
        digests =
            [digest]
            + scripts.map { script in
                digest = Self.digest(of: [digest, script.identity.folder, script.identity.file, script.checksum])
                return digest
            }
    }

    /// How many scripts there are.
    public var count: Int { scripts.count }

    /// The digest over everything; nil if there is nothing to run.
    public var whole: String? { scripts.isEmpty ? nil : digests.last }

    /// The digests from which the rest of the scripts runs as an update, the longest first.
    public var usable: [String] {
        scripts.isEmpty ? [] : digests.dropFirst(least).reversed()
    }

    /// Whether exactly these scripts, with these texts, are applied.
    public func isWhatRan(_ journal: JournalSnapshot) -> Bool {
        journal.isEstablished && journal.records.count == scripts.count
            && scripts.allSatisfy { script in
                guard let record = journal.records[script.identity] else { return false }
                return record.state == .applied && record.checksum == script.checksum
            }
    }

    private static func facts(_ folder: Folder) -> [String] {
        [folder.name, folder.directory, folder.rule.rawValue, folder.encoding ?? ""]
    }

    /// Over texts with their lengths, so that none can pass for a part of another.
    private static func digest(of texts: [String]) -> String {
        let checksum = Checksum()
        for text in texts { checksum.update(Array("\(text.utf8.count) \(text)".utf8)) }
        return checksum.value()
    }
}
