/// Opens sessions on servers of one kind.
public protocol Driver: Sendable {
    /// Opens a session for statements of ours (`Dialect.ourSettings`). A reset makes it one for scripts.
    ///
    /// - Parameters:
    ///   - endpoint: Where and as whom.
    ///   - database: The database to select; nil selects none.
    /// - Throws: `DatabaseError` when the server cannot be reached or refuses.
    func connect(to endpoint: Endpoint, database: String?) throws(DatabaseError) -> any Session
}
