/// A script failed; everything about it is in the value.
struct ScriptFailure: Error {
    let failure: Failure
    let underlying: any Error
    /// Whether nothing of the script is in the database.
    let leftNothing: Bool

    /// Whether a lock of somebody else was in the way, which may be gone in the next moment.
    var isContention: Bool {
        guard leftNothing, let error = underlying as? DatabaseError else { return false }
        return error.isDeadlock || error.isLockWaitTimeout
    }
}
