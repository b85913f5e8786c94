/// Remembers what was seen in scripts, as long as their files are the same, so that no file is read twice for a plan, and
/// none that was read by an earlier run.
final class InspectionCache {
    private struct Entry {
        var inspection: Inspection
        /// By the statement at which the script would start.
        var facts: [Int: ScriptFacts] = [:]
    }

    private let inspector: ScriptInspector
    private let file: ChecksumFile
    /// What the last run knew.
    private let known: KnownChecksums
    private var entries: [ScriptIdentity: Entry] = [:]
    private var isChanged = false

    init(inspector: ScriptInspector, file: ChecksumFile) {
        self.inspector = inspector
        self.file = file
        known = file.read()
    }

    /// A file's checksum, if it need not be read for that.
    func known(_ script: Script) -> String? {
        current(script)?.inspection.checksum ?? known.checksum(of: script)
    }

    /// A file's checksum.
    func checksum(_ script: Script) throws(DeploymentError) -> String {
        if let checksum = known(script) { return checksum }
        let (checksum, sourced) = try inspector.checksum(script)
        // The stamp is the one from before the reading: a change meanwhile shows as another stamp next time. Of a script that
        // cannot be read to its end, files count that are not known here, or not there.
        if let stamp = script.stamp, let sourced {
            remember(script, Entry(inspection: Inspection(stamp: stamp, checksum: checksum, sourced: sourced)))
        }
        return checksum
    }

    /// The files that a script reads by `source`, as far as that is known.
    func sourced(_ script: Script) -> [SourcedFile] {
        entries[script.identity]?.inspection.sourced ?? known.sourced[script.identity] ?? []
    }

    /// What is in a file.
    func facts(_ script: Script, start: Int) throws(DeploymentError) -> ScriptFacts {
        if let facts = current(script)?.facts[start] { return facts }
        let facts = try inspector.facts(script, start: start)
        let inspection = Inspection(stamp: facts.stamp, checksum: facts.checksum, sourced: facts.sourced)
        var entry = current(script) ?? Entry(inspection: inspection)
        entry.facts[start] = facts
        remember(script, entry)
        return facts
    }

    /// The first statement of a script that was edited.
    func firstEdited(_ script: Script, _ digests: String) throws -> Int? {
        try inspector.firstEdited(script, digests)
    }

    /// Keeps the checksums for the next run.
    func save() {
        guard isChanged else { return }
        file.write(entries.mapValues(\.inspection), known)
        isChanged = false
    }

    private func remember(_ script: Script, _ entry: Entry) {
        entries[script.identity] = entry
        isChanged = true
    }

    /// What is known, if the files are still those that were read.
    private func current(_ script: Script) -> Entry? {
        guard let entry = entries[script.identity], script.stamp == entry.inspection.stamp else { return nil }
        return entry.inspection.sourced.allSatisfy(\.isUnchanged) ? entry : nil
    }
}
