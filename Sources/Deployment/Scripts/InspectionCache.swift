/// Remembers what was seen in scripts, as long as their files are the same, so that no file is read twice for a plan.
final class InspectionCache {
    private struct Entry {
        var stamp: FileStamp
        var checksum: String
        /// By the statement at which the script would start.
        var facts: [Int: ScriptFacts] = [:]
    }

    private let inspector: ScriptInspector
    private var entries: [ScriptIdentity: Entry] = [:]

    init(inspector: ScriptInspector) {
        self.inspector = inspector
    }

    /// A file's checksum.
    func checksum(_ script: Script) throws(DeploymentError) -> String {
        if let entry = current(script) { return entry.checksum }
        let stamp = FileStamp(path: script.path)
        let checksum = try inspector.checksum(script)
        if let stamp { entries[script.identity] = Entry(stamp: stamp, checksum: checksum) }
        return checksum
    }

    /// What is in a file.
    func facts(_ script: Script, start: Int) throws(DeploymentError) -> ScriptFacts {
        if let facts = current(script)?.facts[start] { return facts }
        let facts = try inspector.facts(script, start: start)
        var entry = current(script) ?? Entry(stamp: facts.stamp, checksum: facts.checksum)
        entry.facts[start] = facts
        entries[script.identity] = entry
        return facts
    }

    /// What is known, if the file is still the one that was read.
    private func current(_ script: Script) -> Entry? {
        guard let entry = entries[script.identity], FileStamp(path: script.path) == entry.stamp else { return nil }
        return entry
    }
}
