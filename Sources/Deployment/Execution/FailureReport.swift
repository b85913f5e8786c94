import SQLScript

/// Tells a failure: what failed, what state the database is in, what to type next.
struct FailureReport {
    let error: any Error
    let step: PlanStep
    let facts: ScriptFacts
    /// The statement that ran; nil if none did.
    let statement: ScriptStatement?
    /// Why the statement was ended from here, if it was.
    let cause: Watch.Cause?
    /// The server's `max_allowed_packet`, in bytes.
    let packetLimit: Int?
    /// Who was in the statement's way.
    let lockWait: LockWait?

    /// Statements whose effect is committed.
    var committed = 0
    /// A statement that runs others, some of which may be committed.
    var doubt: ScriptStatement?
    /// Whether tables without transactions were changed, which no rollback reaches.
    var isBeyondRollback = false
    /// What was taken back, in words; nil if that was not tried.
    var takenBack: [String]?
    /// Why taking back stopped.
    var undoFailure: Undo.Failure?
    /// Whether the failure could not be written down.
    var isUnrecorded = false
    /// Where it failed, if it was no statement.
    var otherPlace: Place?

    init(
        error: any Error, step: PlanStep, facts: ScriptFacts, statement: ScriptStatement?, cause: Watch.Cause?,
        packetLimit: Int?, lockWait: LockWait?
    ) {
        self.error = error
        self.step = step
        self.facts = facts
        self.statement = statement
        self.cause = cause
        self.packetLimit = packetLimit
        self.lockWait = lockWait
    }

    private var isPartlyDone: Bool { doubt != nil }

    /// Whether nothing of the script is in the database.
    var leftNothing: Bool {
        committed == 0 && !isPartlyDone && !isBeyondRollback && undoFailure == nil && !isUnrecorded
    }

    func failure(milliseconds: Int) -> Failure {
        let database = error as? DatabaseError
        return Failure(
            script: step.script.identity, message: message, statement: statement?.summary,
            statements: facts.statementCount, number: database?.number, sqlState: database?.state, state: state,
            advice: advice, milliseconds: milliseconds, isInterruption: isInterruption,
            otherPlace: (error as? DeploymentError)?.place ?? otherPlace)
    }

    /// What happened, without secrets.
    var message: String {
        if case .timeout(let seconds) = cause, let error = error as? DatabaseError, error.isInterrupted {
            return "The statement took longer than \(seconds) s and was stopped on the server (statement_timeout)."
                + (lockWait.map { " It waited for \($0.reason)" } ?? "")
        }
        if isInterruption { return "Stopped by a signal; the running statement was stopped on the server." }
        guard let error = error as? DatabaseError else {
            return (error as? DeploymentError)?.message ?? "\(error)"
        }
        if error.isPacketTooLarge || error.isConnectionLost, let limit = packetLimit, let statement,
            statement.length >= limit
        {
            return """
                The statement has \(statement.length) bytes; the server takes \(limit) (max_allowed_packet). \
                Server: \(error.description)
                """
        }
        if error.isConnectionLost { return "The connection to the server was lost: \(error.description)" }
        let message = "\(redactedMessage(of: error)) (error \(error.number), SQLSTATE \(error.state))"
        guard error.isLockWaitTimeout, let lockWait else { return message }
        return "\(message). It waited for \(lockWait.reason)"
    }

    var isInterruption: Bool {
        if case .signal = cause { return true }
        return false
    }

    private var isConnectionLost: Bool { (error as? DatabaseError)?.isConnectionLost == true }

    /// What state the database is in now.
    private var state: String {
        if isUnrecorded && isConnectionLost {
            return """
                The server is gone, so the failure could not be recorded. What was not committed, the server takes back; \
                the next run finds out where the script is.
                """
        }
        if let undoFailure { return undoFailure.state }
        if let takenBack, !takenBack.isEmpty {
            return "Nothing of this script is in the database: it was taken back.\n"
                + takenBack.map { "  taken back: \($0)" }.joined(separator: "\n")
        }
        var parts: [String] = []
        if let doubt, doubt.dropsFirst {
            parts.append(
                "Statement \(doubt.index + 1) replaces what was there: that is gone, and nothing came in its place."
            )
        } else if let doubt {
            parts.append(
                "Statement \(doubt.index + 1) does several things, and some of those may be committed.")
        }
        switch committed {
        case 0: parts.append("Nothing of this script is in the database: it was rolled back.")
        case 1: parts.append("Statement 1 is committed; nothing after it is in the database.")
        default: parts.append("Statements 1 to \(committed) are committed; nothing after them is in the database.")
        }
        if isPartlyDone { parts.removeLast() }
        if isBeyondRollback {
            parts = ["Tables without transactions (MyISAM, Aria) were changed, and that cannot be rolled back."]
        }
        if isUnrecorded { parts.append("The failure could not be recorded in the journal.") }
        return parts.joined(separator: " ")
    }

    private var advice: String {
        if let undoFailure { return undoFailure.advice }
        if let lost = lostJournalTable {
            return """
                The script removes \(lost), in which deployments are recorded. Take that out of the script, \
                and type: databasedeploy. The journal's tables are made again.
                """
        }
        if isConnectionLost { return "When the server is back, type: databasedeploy" }
        if isInterruption { return "To go on, type: databasedeploy" }
        if let way = missingRight ?? wayPastLock ?? wayPastOthers ?? wayPastServer { return way }
        let place = (statement?.place.line ?? otherPlace?.line).map { " at line \($0)" } ?? ""
        if committed > 0 {
            let part = place.isEmpty ? "" : "\(place) or after"
            return """
                Mend the script\(part), leave what is before as it is, and type: databasedeploy
                It goes on at statement \(committed + 1).
                """
        }
        return "Mend the script\(place), and type: databasedeploy"
    }

    /// For a statement that did not get its locks: nothing is wrong with the script.
    private var wayPastLock: String? {
        guard let lockWait, let error = error as? DatabaseError, error.isLockWaitTimeout || error.isInterrupted else {
            return nil
        }
        return [lockWait.advice, "When the lock is free, type: databasedeploy"].compactMap { $0 }
            .joined(separator: "\n")
    }

    /// For what is no statement's fault.
    private var wayPastOthers: String? {
        guard let error = error as? DeploymentError else { return nil }
        if error.code == .locked {
            return "Nothing is wrong with the script. When the other deployer is done, type: databasedeploy"
        }
        return error.advice
    }

    /// For what the server, or the configuration, keeps from running.
    private var wayPastServer: String? {
        guard let error = error as? DatabaseError else { return nil }
        if case .timeout(let seconds) = cause, error.isInterrupted {
            return """
                If it needs more time, type: databasedeploy --set statement_timeout=\(seconds * 10)
                That is in seconds; 0 is no limit.
                """
        }
        if error.isLocalInfileDisabled {
            return """
                LOAD DATA LOCAL has to be allowed on both sides: here by local_infile = true in databasedeploy.toml, on the \
                server by its variable local_infile. Then type: databasedeploy
                """
        }
        if error.isReadOnly { return "The server is read only. When it takes writes again, type: databasedeploy" }
        if error.isDeadlock || error.isLockWaitTimeout {
            return "Nothing is wrong with the script: somebody else's lock was in the way. Type again: databasedeploy"
        }
        if error.isPacketTooLarge {
            return "Raise max_allowed_packet on the server, or split the statement; then type: databasedeploy"
        }
        return nil
    }

    /// A table of the journal that is not there any more, although the statement does not name it.
    private var lostJournalTable: String? {
        guard let error = error as? DatabaseError, error.isNoSuchTable else { return nil }
        return JournalTables.all.first { table in
            error.message.contains(".\(table)'")
                && statement?.effective.objects.contains { $0.name.lowercased() == table.lowercased() } != true
        }
    }

    /// For an account that may not do what the statement does.
    private var missingRight: String? {
        guard let error = error as? DatabaseError, error.isAccessDenied else { return nil }
        var right = "that the server names"
        // 1142 and 1227 name the right themselves ("Server Error Message Reference"); 1044 does not.
        if error.number == 1044, let words = statement?.classification.verb.words {
            right = (words.hasPrefix("CREATE USER") ? words : String(words.prefix { $0 != " " })) + " on that database"
        }
        return "The account lacks the right \(right). An administrator can GRANT it; then type: databasedeploy"
    }

    /// The server quotes the statement in its message, and so what must not be shown.
    private func redactedMessage(of error: DatabaseError) -> String {
        guard let statement, statement.mayHideSecrets else { return error.message }
        let quote = error.message.split(separator: "near '", maxSplits: 1)
        return quote.count == 2 ? "\(quote[0])near '…'" : error.message
    }
}
