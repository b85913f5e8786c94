/// What the journal knows of one script.
public struct ScriptRecord: Sendable, Equatable {
    public enum State: String, Sendable {
        /// It started and has not ended: it runs now, or its deployer died.
        case running
        /// A statement of it failed.
        case failed
        /// It failed, and is being taken back.
        case undoing
        /// It ran, whole.
        case applied
        /// It ran, whole, and scripts before it have not yet: the checkpoint is before it.
        case ahead
        /// It counts as applied, since the old program's checkpoint, or a person who moved it, says so.
        case adopted
        /// It counts as applied, since `baseline` said so.
        case baselined
        /// Its file is gone, and `repair` accepted that.
        case removed

        /// Whether the script's effect is in the database, unless it is one that was removed half done.
        var isApplied: Bool { self != .running && self != .failed && self != .undoing }

        /// Whether the checkpoint of the script's folder may name it, or one behind it.
        var isReached: Bool { isApplied && self != .removed && self != .ahead }
    }

    public var identity: ScriptIdentity
    public var state: State
    public var checksum: String?
    /// Statements whose effect is committed.
    public var position: Int
    /// SHA-256 over those statements.
    public var positionDigest: String?
    /// SQL that brings a session back to this position.
    public var sessionState: String?
    /// UTC, as the server writes it.
    public var startedOn: String
    public var finishedOn: String?
    public var error: String?
    /// The statement that may or may not have taken effect, as its record says that it was about to run.
    public var statementInDoubt: Int?
    /// SHA-256 over that statement.
    var digestInDoubt: String?
    /// By which the server's state can tell whether it took effect.
    var fingerprint: Fingerprint?

    /// Whether the script's effect is in the database. One that was removed half done has no end, or ended with an error.
    var isApplied: Bool { state.isApplied && !(state == .removed && (finishedOn == nil || error != nil)) }

    /// Whether some of the script is in the database, or may be.
    var isHalfDone: Bool { !state.isApplied && (position > 0 || statementInDoubt != nil || state == .undoing) }

    /// Whether the script failed before anything of it was committed, so that it can be forgotten.
    var leftNothing: Bool { state == .failed && position == 0 && statementInDoubt == nil }
}

/// A row of `DatabaseTrack`.
public struct Checkpoint: Sendable, Equatable {
    public var file: String
    /// UTC, as the server writes it.
    public var on: String
}

/// A row of `DatabaseTrackDeployment`.
public struct DeploymentRecord: Sendable, Equatable {
    public var id: Int
    public var strategy: String
    public var outcome: String?
    public var startedOn: String
    public var finishedOn: String?
    public var applied: Int
    public var deployer: String
    public var tool: String
    public var error: String?
}
