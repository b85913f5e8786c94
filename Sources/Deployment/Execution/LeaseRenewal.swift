import Synchronization

/// Renews a lease from a thread and a connection of its own, as long as its holder lives: the holder's own may be busy with one
/// statement for hours.
final class LeaseRenewal: Sendable {
    private let wakeUp: Pipe
    private let isStopped = Mutex(false)

    /// Starts renewing.
    ///
    /// - Parameters:
    ///   - statement: What renews.
    ///   - connect: Opens a connection to the node.
    init(every milliseconds: Int, _ statement: String, connect: @escaping @Sendable () throws -> any Session) throws {
        wakeUp = try Pipe()
        try Thread.detach { [self] in
            var session: (any Session)?
            while !isStopped.withLock({ $0 }) {
                do {
                    let open = try session ?? connect()
                    session = open
                    try open.execute(statement)
                } catch {
                    // Another try next time. If none works, others take the lease over, and the number tells the holder.
                    session?.close()
                    session = nil
                }
                Pipe.wait(wakeUp, wakeUp, milliseconds: Int32(milliseconds))
            }
            session?.close()
        }
    }

    /// Ends renewing.
    func stop() {
        isStopped.withLock { $0 = true }
        wakeUp.write()
    }
}
