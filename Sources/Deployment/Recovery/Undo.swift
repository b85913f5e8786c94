import SQLScript

/// Takes a half-done script back by its undo log, from the last entry to the first. Each step looks at how things are, so that
/// a step that is done already does nothing: an undo that is cut off is done again from where it was.
struct Undo {
    let script: ScriptIdentity
    let tables: JournalTables
    /// Not the script's.
    let session: WatchedSession
    /// Statements that are done: what a later one would have made is not the script's.
    let done: Int

    var table: UndoTable { UndoTable(tables: tables) }
    var copies: TableCopy { TableCopy(tables: tables, session: session) }

    /// It stopped.
    struct Failure: Error {
        let step: String
        let underlying: any Error
        /// Why a statement was ended from here, if one was.
        let cause: Watch.Cause?
        /// What is left to do, in words, in order.
        let left: [String]

        /// What state the database is in.
        var state: String {
            """
            It could not be taken back whole: it stopped at "\(step)": \(reason)
            Left to do, in this order:
            \(left.map { "  " + $0 }.joined(separator: "\n"))
            """
        }

        /// The error of a run that stops with it.
        func problem(of script: ScriptIdentity) -> DeploymentError {
            DeploymentError(.problems, "\(script) is half done. \(state)", advice: advice)
        }

        private var wasEnded: Bool { cause != nil && (underlying as? DatabaseError)?.isInterrupted == true }

        private var reason: String {
            guard wasEnded else { return (underlying as? UndoObstacle)?.reason ?? "\(underlying)" }
            if case .timeout(let seconds) = cause {
                return "it took longer than \(seconds) s and was stopped on the server (statement_timeout)"
            }
            return "a signal stopped it"
        }

        /// What to type next.
        var advice: String {
            wasEnded
                ? "Nothing of the undo log is lost. To finish taking it back, type: databasedeploy"
                : "Mend what keeps it from being taken back, and type: databasedeploy"
        }
    }

    /// Takes back.
    ///
    /// - Returns: What was done, in words, in order.
    /// - Throws: `Undo.Failure`; the rest of the log stays.
    func run() throws -> [String] {
        var told: [String] = []
        var entries = try table.entries(of: script, on: session)
        try TableCopy.prepare(session.base, tables)
        // What needs something that is not there yet, with the reason.
        var waiting: [(entry: UndoEntry, reason: DatabaseError)] = []
        func take(_ entry: UndoEntry, mayWait: Bool) throws {
            do {
                // A signal between two statements.
                if session.isStopped { throw DatabaseError.interrupted }
                if let line = try takeBack(entry) { told.append(line) }
                try session.execute(table.delete(entry, of: script))
            } catch let error as DatabaseError where mayWait && entry.kind == .program && !error.endsEverything {
                waiting.append((entry, error))
            } catch {
                throw Failure(
                    step: words(entry), underlying: error, cause: session.cause,
                    left: (waiting.map(\.entry) + entries.reversed()).map(words).filter { !$0.isEmpty })
            }
        }
        /// Those that wait, as often as one of them is done: they may need one another.
        func takeWaiting() throws {
            while !waiting.isEmpty {
                let before = waiting
                waiting = []
                for (index, item) in before.enumerated() {
                    let rest = Array(before[(index + 1)...])
                    do { try take(item.entry, mayWait: true) } catch {
                        waiting += rest
                        throw error
                    }
                }
                guard waiting.count < before.count else {
                    let first = waiting.removeFirst()
                    throw Failure(
                        step: words(first.entry), underlying: first.reason, cause: nil,
                        left: ([first.entry] + waiting.map(\.entry) + entries.reversed()).map(words).filter {
                            !$0.isEmpty
                        })
                }
            }
        }
        while let entry = entries.last {
            // Behind it, names mean something else.
            if entry.kind == .names { try takeWaiting() }
            try take(entry, mayWait: true)
            entries.removeLast()
        }
        try takeWaiting()
        return told
    }

    /// What taking an entry back does, in words.
    private func words(_ entry: UndoEntry) -> String {
        let name = entry.object.spelled
        switch entry.kind {
        case .begin: return ""
        case .absent: return "DROP \(SavedProgram.word(entry.object.kind)) IF EXISTS \(entry.object.account ?? name)"
        case .definition: return "bring the definition of \(name) back"
        case .values: return "bring the definition and the values of \(name) back"
        case .table, .replaced: return "make \(name) again, with its rows"
        case .rows: return "put the rows of \(name) back"
        case .changes: return "put back the rows of \(name) that the script changed"
        case .program:
            let isBlind = [.procedure, .function].contains(entry.object.kind) && entry.detail == nil
            return "make \(SavedProgram.word(entry.object.kind).lowercased()) \(name) as it was"
                + (isBlind ? "; this user could not see who had rights on it: give those again" : "")
        case .names:
            return "rename \(pairs(entry).map { "\($0.new.spelled) to \($0.old.spelled)" }.joined(separator: ", "))"
        case .database: return "bring the defaults of the database \(name) back"
        }
    }

    /// - Returns: What was done, in words; nil if there was nothing to do.
    private func takeBack(_ entry: UndoEntry) throws -> String? {
        let object = entry.object
        switch entry.kind {
        case .begin: return nil
        case .absent:
            guard entry.statement < done, try ObjectQuery(session: session).exists(object) != false else { return nil }
            if object.kind == .database { try refuseIfUsed(object) }
            try session.execute(words(entry))
        case .definition, .values: return try takeBackDefinition(entry).map { words(entry) + $0 }
        case .table, .replaced: guard try make(entry) else { return nil }
        case .rows:
            guard entry.statement < done, let shape = try TableShape(object, on: session), let copy = entry.copy else {
                return nil
            }
            try bringCounterBack(object, entry.definition)
            let columns = try commonColumns(shape, copy)
            try together([copies.refill(object.spelled, copy, columns), table.delete(entry, of: script)])
        case .changes:
            guard let shape = try TableShape(object, on: session), let copy = entry.copy else { return nil }
            let columns = try commonColumns(shape, copy)
            try together(copies.putBack(copy, of: shape, columns) + [table.delete(entry, of: script)])
        case .program:
            guard try makeProgram(entry) else { return nil }
            if object.kind == .event, try ObjectQuery(session: session).exists(object) == false {
                return words(entry) + "; its time is over, and so the server keeps it no more"
            }
        case .names: guard try renameBack(entry) else { return nil }
        case .database: try bringDatabaseBack(entry)
        }
        return words(entry)
    }

    /// What the script made in a database that it made is gone by now.
    private func refuseIfUsed(_ database: ObjectName) throws {
        let tables = try session.value(
            "SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = \(quoted(literal: database.name))")
        guard tables == "0" else {
            throw UndoObstacle("the database \(database.name) has tables that the script did not make")
        }
    }

    /// What ended a statement may still be under way, and end this instead.
    private func rollBack() throws {
        for _ in 0..<5 where session.isInTransaction {
            do throws(DatabaseError) {
                try session.base.execute("ROLLBACK")
            } catch {
                guard error.isInterrupted else { throw error }
            }
        }
    }

    func together(_ statements: [String]) throws {
        try session.execute("START TRANSACTION")
        do {
            for statement in statements { try session.execute(statement) }
            try session.commit()
        } catch {
            try rollBack()
            throw error
        }
    }

    /// Makes a table again, under another name until it is whole.
    private func make(_ entry: UndoEntry) throws -> Bool {
        let object = entry.object
        guard let definition = entry.definition, let copy = entry.copy else { return false }
        if try ObjectQuery(session: session).exists(object) == true {
            guard entry.kind == .replaced, entry.statement < done,
                try Trace(kind: .identity, object: object).value(on: session) != entry.detail
            else { return false }
            try session.execute("DROP TABLE \(object.spelled)")
        }
        let new = ObjectName(kind: .table, database: object.database, name: copy + "n")
        try session.execute("DROP TABLE IF EXISTS \(new.spelled)")
        let head = "CREATE TABLE \(quoted(identifier: object.name)) "
        guard definition.hasPrefix(head) else { throw UndoObstacle("its definition is not that of a table") }
        try use(object.database)
        try session.execute("CREATE TABLE \(new.spelled) " + definition.dropFirst(head.count))
        if let shape = try TableShape(new, on: session) {
            try session.execute(copies.refill(new.spelled, copy, shape.columns))
        }
        if entry.kind == .replaced, let number = try Trace(kind: .identity, object: new).value(on: session) {
            try session.execute(table.setDetail(number, entry, of: script))
        }
        try session.execute("RENAME TABLE \(new.spelled) TO \(object.spelled)")
        return true
    }

    private func pairs(_ entry: UndoEntry) -> [(old: ObjectName, new: ObjectName)] {
        let names = (entry.definition ?? "").split(separator: "\n").compactMap { line -> ObjectName? in
            let parts = line.split(separator: " ")
            guard parts.count == 2, let database = decoded(hexadecimal: parts[0]),
                let name = decoded(hexadecimal: parts[1])
            else { return nil }
            return ObjectName(kind: .table, database: database, name: name)
        }
        return stride(from: 0, to: names.count - 1, by: 2).map { (names[$0], names[$0 + 1]) }.reversed()
    }

    private func renameBack(_ entry: UndoEntry) throws -> Bool {
        let pairs = pairs(entry)
        guard entry.statement < done, let last = pairs.first else { return false }
        if Set(pairs.map(\.new)).isDisjoint(with: pairs.map(\.old)) {
            if try ObjectQuery(session: session).exists(last.new) == false { return false }
        } else if try changedPlaces(entry, last.new) {
            return false
        }
        try session.execute(
            "RENAME TABLE " + pairs.map { "\($0.new.spelled) TO \($0.old.spelled)" }.joined(separator: ", "))
        return true
    }

    /// Where tables change places, every name is there before and after. So the number of one is written down before it is
    /// renamed back, and tells the next run.
    ///
    /// - Returns: Whether it is renamed back already.
    private func changedPlaces(_ entry: UndoEntry, _ name: ObjectName) throws -> Bool {
        guard let number = try Trace(kind: .identity, object: name).value(on: session) else {
            throw UndoObstacle("the server does not tell under which number it keeps \(name.spelled)")
        }
        if let written = entry.detail { return written != number }
        try session.execute(table.setDetail(number, entry, of: script))
        return false
    }

    private func bringDatabaseBack(_ entry: UndoEntry) throws {
        // CREATE DATABASE `x` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci */ COMMENT 'of all'
        let head = "CREATE DATABASE \(quoted(identifier: entry.object.name)) "
        guard let text = entry.definition, text.hasPrefix(head) else { return }
        var defaults = String(text.dropFirst(head.count))
        if session.dialect.hasDatabaseComments, !defaults.contains("*/ COMMENT ") { defaults += " COMMENT ''" }
        try session.execute("ALTER DATABASE \(entry.object.spelled) \(defaults)")
    }

    func use(_ database: String?) throws {
        if let database { try session.execute("USE \(quoted(identifier: database))") }
    }
}

extension DatabaseError {
    /// Whether it is no matter of the statement: nothing else would do either.
    fileprivate var endsEverything: Bool { isInterrupted || isConnectionLost || isLockWaitTimeout || isDeadlock }
}

extension ObjectName {
    /// An account, quoted; nil for anything else.
    var account: String? { kind == .user || kind == .role ? Account(self).spelled : nil }
}
