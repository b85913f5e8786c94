/// What it means for a person that a statement of ours failed, one that is no script's: of the journal, of the lock, of
/// the database as a whole.
struct ServerRefusal {
    let error: DatabaseError
    let endpoint: Endpoint
    let database: String
    /// The account, as `GRANT` spells it; nil if it is not known.
    let account: String?
    /// The rights that are missing where the server names none.
    let unnamed: [String]
    /// What the command needs on the database in all.
    let needed: [String]
    /// What became of the scripts, in words.
    let state: String
    /// What to type once that is mended.
    let command: String

    /// The error with what to type next.
    var explained: DeploymentError {
        if error.isUnreachable { return endpoint.failure(error) }
        if error.isConnectionLost {
            return DeploymentError(
                .serverUnreachable, "The connection to the server was lost: \(error.description). \(state)",
                advice: "When the server is back, type: \(command)")
        }
        if error.isInterrupted {
            return DeploymentError(
                .interrupted, "Stopped by a signal, or on the server: \(error.description). \(state)",
                advice: "To go on, type: \(command)")
        }
        if error.isAccessDenied { return missingRight }
        if error.isReadOnly {
            return DeploymentError(
                .refused, "The server at \(endpoint.location) is read only: \(error.description). \(state)",
                advice: """
                    If it is a replica, deploy to its source, and it follows. \
                    Otherwise an administrator can say: SET GLOBAL read_only = OFF
                    """)
        }
        return DeploymentError(
            .failed, "The server does not do what the deployment needs: \(error.description). \(state)",
            advice: "When that is mended, type: \(command)\nWhat is applied: databasedeploy status")
    }

    private var missingRight: DeploymentError {
        let global = error.globalRights
        let rights = global.isEmpty ? error.deniedRights.isEmpty ? unnamed : error.deniedRights : [global[0]]
        let name =
            rights.count > 1
            ? "The rights \(rights.joined(separator: " and ")) are" : "The right \(rights.first ?? "to that") is"
        // What is next would be missed next.
        let all = global.isEmpty ? needed + rights.filter { !needed.contains($0) } : rights
        let scope = global.isEmpty ? "\(quoted(identifier: database)).*" : "*.*"
        return DeploymentError(
            .accessDenied, "\(name) missing: \(error.description). \(state)",
            advice: """
                An administrator can give what is needed: GRANT \(all.joined(separator: ", ")) ON \(scope) \
                TO \(account ?? "the user")
                Then type: \(command)
                """)
    }

    /// What it takes to read the journal.
    static let reading = ["SELECT"]
    /// What it takes to write it.
    static let writing = reading + ["INSERT", "UPDATE", "DELETE", "CREATE"]
}

extension DatabaseError {
    /// ER_READ_ONLY_MODE, and ER_OPTION_PREVENTS_STATEMENT if it is that option; the other product's name for the first is
    /// the same ("Server Error Message Reference").
    var isReadOnly: Bool {
        number == 1836 || number == 1290 && (message.contains("read-only") || message.contains("read_only"))
    }

    /// The rights that ER_TABLEACCESS_DENIED_ERROR names: `CREATE command denied to user 'u'@'h' for table 't'`.
    fileprivate var deniedRights: [String] {
        guard number == 1142 || number == 1143, let end = message.firstRange(of: " command denied") else { return [] }
        return message[..<end.lowerBound].split(separator: ",").map { right in
            String(right.drop { $0 == " " })
        }
    }

    /// Those of which ER_SPECIFIC_ACCESS_DENIED_ERROR wants one: `you need (at least one of) the SUPER privilege(s)`.
    fileprivate var globalRights: [String] {
        guard number == 1227, let start = message.firstRange(of: "(at least one of) the "),
            let end = message.firstRange(of: " privilege(s)"), start.upperBound < end.lowerBound
        else { return [] }
        return message[start.upperBound..<end.lowerBound].split(separator: ",").map { right in
            String(right.drop { $0 == " " })
        }
    }
}
