/// A script failed; everything about it is in the value.
struct ScriptFailure: Error {
    let failure: Failure
    let underlying: any Error
    /// Whether nothing of the script is in the database, and it was not tried for as long as that may go on.
    let isWorthRepeating: Bool
    /// Whether the journal says so.
    let isRecorded: Bool

    /// Whether a lock of somebody else was in the way, which may be gone in the next moment.
    var isContention: Bool {
        guard isWorthRepeating, let error = underlying as? DatabaseError else { return false }
        return error.isDeadlock || error.isLockWaitTimeout
    }
}
