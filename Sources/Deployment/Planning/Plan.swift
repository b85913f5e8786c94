/// The ordered steps for one target, with the reason and the class of each. Made without writing anything.
public struct Plan: Sendable {
    /// Which folders are in play.
    public enum Strategy: String, Sendable {
        /// The database is new, or was never finished: every folder runs.
        case fresh
        /// The database is established: only folders with the rule `always` run.
        case update
    }

    public var database: String
    public var strategy: Strategy
    public var steps: [PlanStep] = []
    /// Every script that the folders or the journal know, in order.
    public var scripts: [ScriptStatus] = []
    public var problems: [Problem] = []
    /// Scripts that count as applied from now on, although we did not run them.
    public var adoptions: [ScriptIdentity] = []
    /// Scripts that count as new again, since a person moved the checkpoint back.
    public var resets: [ScriptIdentity] = []

    /// Whether any of the folders has a directory.
    var hasFolders = true

    /// Why nothing is to run, in words.
    var reasonForNothing: String {
        guard hasFolders else { return "there is none of the folders" }
        let count = problems.count { [.late, .skipped].contains($0.code) && $0.severity == .warning }
        if count > 0 { return "\(counted(count, "script")) passed over, everything else is applied" }
        // A directory of another case may have any number of them.
        let isPassedOver = problems.contains { $0.code == .folderMissing && $0.severity == .warning }
        return isPassedOver ? "everything in the other folders is applied" : "everything is applied"
    }

    /// Whether a problem keeps everything from running.
    public var isBlocked: Bool { problems.contains { $0.severity == .error } }

    /// Whether a deployment would write nothing at all.
    public var isEmpty: Bool { steps.isEmpty && adoptions.isEmpty && resets.isEmpty }
}

/// One script that is to run.
public struct PlanStep: Sendable {
    public var script: Script
    /// Why it runs, in words.
    public var reason: String
    /// The statement at which it starts; those before it are done. The first is 0.
    public var start: Int
    /// Whether what an earlier run did of it is taken back first.
    var takesBack = false
    /// Whether it was tried in this deployment, and left nothing.
    var isRepeated = false
    /// The record of an earlier, unfinished run.
    var record: ScriptRecord?
    /// What is in the file. Nil until the file was looked at.
    public var facts: ScriptFacts?
}

extension PlanStep {
    /// A half-done script that cannot go on where it is.
    static func takingBack(_ script: Script, _ record: ScriptRecord) -> Self {
        PlanStep(
            script: script, reason: "is half done; that is taken back, and it runs from its start", start: 0,
            takesBack: true, record: record)
    }
}

/// How one script stands.
public struct ScriptStatus: Sendable {
    public enum State: String, Sendable {
        case applied, pending, changed, missing, late, running, failed
        /// It will not run here: its folder is for fresh databases, and this one is established.
        case skipped
    }

    public var identity: ScriptIdentity
    public var state: State
    /// The file's checksum; the journal's for a missing file.
    public var checksum: String?
}
