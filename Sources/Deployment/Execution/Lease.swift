/// The lock between the nodes of a Galera cluster, where `GET_LOCK` is known to one node only: the row of
/// `DatabaseTrackLock`, whose number and time whoever holds it moves.
///
/// Two nodes that write the row at once cannot both commit: certification lets the first through, and the other gets a
/// deadlock ("Certification-Based Replication"). So whoever's write is committed has it.
struct Lease {
    /// On the node that this deployer uses; it waits for what other nodes have committed before it reads.
    let session: any Session
    let table: String
    /// Seconds after which a holder that moves nothing counts as dead.
    let seconds: Int

    /// Who has it, as the row says.
    private struct Holding: Equatable {
        var fence: UInt64
        /// Empty for a lease that was given back.
        var holder: String
        var renewedOn: String
        var node: String
    }

    /// How often the row is looked at while another has it, in milliseconds.
    private static let interval = 200

    /// Takes the lease.
    ///
    /// A holder counts as dead after so many looks at its row as fit into the lease, and not by a clock: definitions stop the
    /// whole cluster, and its clocks may differ.
    ///
    /// - Parameters:
    ///   - node: The one that this deployer uses: of a holder on the same node, `GET_LOCK` has told that it is gone.
    ///   - timeout: Seconds; a holder that seems dead is waited for until that is certain.
    ///   - onWait: Called once with who has it.
    /// - Returns: The fencing number; nil when the time is over.
    func take(node: String, timeout: Int, isInterrupted: () -> Bool, onWait: (String) -> Void) throws -> UInt64? {
        let stopwatch = Stopwatch()
        var last: Holding?
        var looks = 0
        var isTold = false
        while true {
            guard let (holding, age) = try read() else {
                try write(
                    """
                    INSERT IGNORE INTO \(table) (Id, Fence, Holder, ConnectionId, Since, RenewedOn, Node)
                    VALUES (1, 0, '', 0, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), '')
                    """)
                continue
            }
            looks = holding == last ? looks + 1 : 0
            last = holding
            let isFree = holding.holder.isEmpty || holding.node == node
            if isFree || looks * Self.interval >= seconds * 1000, try take(from: holding, node: node) {
                return holding.fence + 1
            }
            if !isFree, !isTold {
                onWait("\(holding.holder) on \(holding.node), last seen \(holding.renewedOn.prefix(19)) UTC")
                isTold = true
            }
            if isInterrupted() {
                throw DeploymentError(.interrupted, "Stopped while waiting for the lock. Nothing ran.")
            }
            // Clocks may differ, but here they decide about patience alone.
            let seemsDead = age >= seconds && stopwatch.milliseconds < (timeout + 2 * seconds) * 1000
            if stopwatch.milliseconds > timeout * 1000, !seemsDead { return nil }
            try session.execute("DO SLEEP(\(Double(Self.interval) / 1000))")
        }
    }

    /// Gives it back.
    func release(_ fence: UInt64) throws {
        try write("UPDATE \(table) SET Holder = '' WHERE Id = 1 AND Fence = \(fence)")
    }

    /// The statement that says that the holder is alive, and that no other node may have taken the lease over when it is
    /// committed.
    static func renewal(_ table: String, _ fence: UInt64) -> String {
        "UPDATE \(table) SET RenewedOn = UTC_TIMESTAMP(6) WHERE Id = 1 AND Fence = \(fence)"
    }

    /// - Returns: Who has it, and how many seconds ago that was renewed.
    private func read() throws -> (Holding, age: Int)? {
        let row = try session.query(
            """
            SELECT Fence, Holder, RenewedOn, COALESCE(Node, ''), TIMESTAMPDIFF(SECOND, RenewedOn, UTC_TIMESTAMP(6))
            FROM \(table) WHERE Id = 1
            """
        ).first
        return row.map {
            (
                Holding(
                    fence: $0[0].flatMap(UInt64.init) ?? 0, holder: $0[1] ?? "", renewedOn: $0[2] ?? "",
                    node: $0[3] ?? ""), age: $0[4].flatMap(Int.init) ?? 0
            )
        }
    }

    private func take(from holding: Holding, node: String) throws -> Bool {
        try write(
            """
            UPDATE \(table) SET Fence = Fence + 1, Holder = \(quoted(literal: Deployer.current.description)),
                ConnectionId = \(session.connectionID), Since = UTC_TIMESTAMP(6), RenewedOn = UTC_TIMESTAMP(6),
                Node = \(quoted(literal: node))
            WHERE Id = 1 AND Fence = \(holding.fence) AND Holder = \(quoted(literal: holding.holder))
                AND RenewedOn = \(quoted(literal: holding.renewedOn))
            """) == 1
    }

    /// - Returns: The rows that were written; none where another node was first.
    @discardableResult
    private func write(_ statement: String) throws -> UInt64 {
        do throws(DatabaseError) {
            return try session.execute(Array(statement.utf8))
        } catch {
            guard error.isDeadlock else { throw error }
            return 0
        }
    }
}
