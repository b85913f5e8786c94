import SQLScript
import Synchronization
import SystemPackage

/// Remembers what was seen in scripts, as long as their files are the same, so that no file is read twice for a plan, and
/// none that was read by an earlier run. Several targets may share it, each on a thread of its own: who looks into a script
/// keeps the others waiting, as they want to know the same.
final class InspectionCache: Sendable {
    private struct Entry {
        var inspection: Inspection
        var facts: [Start: ScriptFacts] = [:]
    }

    /// How a script would start: what is in it depends on that.
    private struct Start: Hashable {
        let statement: Int
        let modes: LexicalModes
    }

    private struct State {
        var entries: [ScriptIdentity: Entry] = [:]
        var isChanged = false

        mutating func remember(_ script: Script, _ entry: Entry) {
            entries[script.identity] = entry
            isChanged = true
        }

        /// What is known, if the files are still those that were read.
        func current(_ script: Script) -> Entry? {
            guard let entry = entries[script.identity], script.stamp == entry.inspection.stamp else { return nil }
            return entry.inspection.sourced.allSatisfy(\.isUnchanged) ? entry : nil
        }
    }

    private let root: FilePath
    private let findsFootprints: Bool
    private let file: ChecksumFile
    /// What the last run knew.
    private let known: KnownChecksums
    private let state = Mutex(State())

    init(configuration: Configuration) {
        root = configuration.project
        findsFootprints = configuration.parallel != 1
        file = ChecksumFile(project: configuration.project)
        known = file.read()
    }

    /// A file's checksum, if it need not be read for that.
    func known(_ script: Script) -> String? { state.withLock { known(script, $0) } }

    private func known(_ script: Script, _ state: State) -> String? {
        state.current(script)?.inspection.checksum ?? known.checksum(of: script)
    }

    private func inspector(_ modes: LexicalModes) -> ScriptInspector {
        ScriptInspector(root: root, modes: modes, findsFootprints: findsFootprints)
    }

    /// A file's checksum.
    ///
    /// - Parameter modes: By which a script is split that reads others by `source`.
    func checksum(_ script: Script, modes: LexicalModes) throws(DeploymentError) -> String {
        try state.withLock { state throws(DeploymentError) in
            if let checksum = known(script, state) { return checksum }
            let (checksum, sourced) = try inspector(modes).checksum(script)
            // The stamp is the one from before the reading: a change meanwhile shows as another stamp next time. Of a script
            // that cannot be read to its end, files count that are not known here, or not there.
            if let stamp = script.stamp, let sourced {
                state.remember(
                    script,
                    Entry(
                        inspection: Inspection(
                            stamp: stamp, moment: script.moment, checksum: checksum, sourced: sourced)))
            }
            return checksum
        }
    }

    /// The files that a script reads by `source`, as far as that is known.
    func sourced(_ script: Script) -> [SourcedFile] {
        state.withLock { $0.entries[script.identity]?.inspection.sourced }
            ?? known.sourced[script.identity] ?? []
    }

    /// What is in a file.
    ///
    /// - Parameter modes: Of a session at the script's start.
    func facts(_ script: Script, start: Int, modes: LexicalModes) throws(DeploymentError) -> ScriptFacts {
        let place = Start(statement: start, modes: modes)
        return try state.withLock { state throws(DeploymentError) in
            if let facts = state.current(script)?.facts[place] { return facts }
            let moment = Timestamp.now
            let facts = try inspector(modes).facts(script, start: start)
            let inspection = Inspection(
                stamp: facts.stamp, moment: moment, checksum: facts.checksum, sourced: facts.sourced)
            var entry = state.current(script) ?? Entry(inspection: inspection)
            entry.facts[place] = facts
            state.remember(script, entry)
            return facts
        }
    }

    /// The first statement of a script that was edited.
    func firstEdited(_ script: Script, _ digests: String, modes: LexicalModes) throws -> Int? {
        try inspector(modes).firstEdited(script, digests)
    }

    /// Keeps the checksums for the next run.
    func save() {
        state.withLock { state in
            guard state.isChanged else { return }
            file.write(state.entries.mapValues(\.inspection), known)
            state.isChanged = false
        }
    }
}
