import SQLScript

/// Statements of a script that travel in one packet.
struct StatementBatch {
    private(set) var statements: [ScriptStatement] = []
    private var size = 0

    /// Bytes. A single statement may be larger.
    private let limit: Int

    /// - Parameter packetLimit: The server's `max_allowed_packet`, in bytes; nil if it is not known.
    init(packetLimit: Int?) {
        // So much that the way does not count, and so little that the next statements are read meanwhile.
        limit = min(1 << 18, (packetLimit ?? 1 << 20) / 2)
    }

    var isEmpty: Bool { statements.isEmpty }
    var isFull: Bool { size >= limit }

    /// Whether a statement fits in.
    func hasRoom(for statement: ScriptStatement) -> Bool {
        isEmpty || size + statement.text.count + 3 * statements.count <= 2 * limit - 1024
    }

    mutating func add(_ statement: ScriptStatement) {
        statements.append(statement)
        size += statement.text.count
    }
}

extension ScriptStatement {
    /// Whether it may go in one packet with others like it: it changes rows, is no more than one, and assigns no user variable.
    var canTravelWithOthers: Bool {
        guard [.insert, .replace, .update, .delete].contains(classification.verb), transactionRule == .joins,
            text.count == length, text.count < 1 << 22, canBeFollowed
        else { return false }
        return !mayAssignVariables && !mayBeEmpty
    }

    /// Whether it may be a comment for other versions (`/*!`, `/*M!`), and so nothing, which only the end of a packet may be.
    var mayBeEmpty: Bool {
        var rest = text[...]
        while let star = rest.firstIndex(of: UInt8(ascii: "*")) {
            rest = rest[(star + 1)...]
            if text[..<star].last == UInt8(ascii: "/"), rest.starts(with: "!".utf8) || rest.starts(with: "M!".utf8) {
                return true
            }
        }
        return false
    }

    /// Whether the server either does all of one that can travel with others, or reports that it was told to end it. A function
    /// that waits gives another result then, and no error ("SLEEP()"); and MariaDB's `DELETE IGNORE` may stop where it is.
    var isWholeOrFails: Bool {
        !says([
            "IGNORE", "SLEEP", "BENCHMARK", "GET_LOCK", "MASTER_POS_WAIT", "SOURCE_POS_WAIT", "MASTER_GTID_WAIT",
            "WAIT_FOR_EXECUTED_GTID_SET", "WAIT_UNTIL_SQL_THREAD_AFTER_GTIDS",
        ])
    }
}
