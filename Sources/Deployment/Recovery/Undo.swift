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
                    step: entry.words, underlying: error, cause: session.cause,
                    left: (waiting.map(\.entry) + entries.reversed()).map(\.words).filter { !$0.isEmpty })
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
                        step: first.entry.words, underlying: first.reason, cause: nil,
                        left: ([first.entry] + waiting.map(\.entry) + entries.reversed()).map(\.words).filter {
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

    /// - Returns: What was done, in words; nil if there was nothing to do.
    private func takeBack(_ entry: UndoEntry) throws -> String? {
        let object = entry.object
        switch entry.kind {
        case .begin: return nil
        case .absent:
            // Dropped by the script, or made by others: what is there is not the script's.
            if let end = entry.detail.flatMap(Int.init), end < done { return nil }
            guard entry.statement < done, try ObjectQuery(session: session).exists(object) != false else { return nil }
            if object.kind == .database { try refuseIfUsed(object) }
            if entry.detail == UndoEntry.doubtful {
                throw UndoObstacle(
                    "whether the script made \(object.spelled), or others did, is not known; drop it, or give it another name, first"
                )
            }
            try session.execute(entry.words)
        case .definition, .values: return try takeBackDefinition(entry).map { entry.words + $0 }
        case .table, .replaced: guard try make(entry) else { return nil }
        case .rows:
            guard entry.statement < done, let shape = try TableShape(object, on: session), let copy = entry.copy else {
                return nil
            }
            try bringCounterBack(object, entry.definition)
            let columns = try commonColumns(shape, copy)
            try together {
                try refill(
                    object, copy, columns,
                    "cannot be put back, as others have added rows with their keys since; give those other keys first")
                try session.execute(table.delete(entry, of: script))
            }
        case .changes:
            guard let shape = try TableShape(object, on: session), let copy = entry.copy else { return nil }
            let columns = try commonColumns(shape, copy)
            try together {
                let statements = copies.putBack(copy, of: shape, columns) + [table.delete(entry, of: script)]
                for statement in statements { try session.execute(statement) }
            }
        case .program:
            guard try makeProgram(entry) else { return nil }
            if object.kind == .event, try ObjectQuery(session: session).exists(object) == false {
                return entry.words + "; its time is over, and so the server keeps it no more"
            }
        case .names: guard try renameBack(entry) else { return nil }
        case .database: try bringDatabaseBack(entry)
        }
        return entry.words
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

    func together(_ body: () throws -> Void) throws {
        try session.execute("START TRANSACTION")
        do {
            try body()
            try session.commit()
        } catch {
            try rollBack()
            throw error
        }
    }

    /// Puts a copy's rows into a table.
    ///
    /// - Parameter reason: Why some cannot be put there, behind their number.
    private func refill(_ table: ObjectName, _ copy: String, _ columns: [String], _ reason: String) throws {
        let all = try session.value("SELECT COUNT(*) FROM \(tables.name(copy))").flatMap(Int.init) ?? 0
        let count = Int(try session.execute(copies.refill(table.spelled, copy, columns)))
        guard count == all else { throw UndoObstacle("\(counted(all - count, "row")) of \(copy) \(reason)") }
    }

    /// Makes a table again, under another name until it is whole.
    private func make(_ entry: UndoEntry) throws -> Bool {
        let object = entry.object
        guard let definition = entry.definition, let copy = entry.copy else { return false }
        let new = ObjectName(kind: .table, database: object.database, name: copy + "n")
        if try ObjectQuery(session: session).exists(object) == true {
            guard entry.statement < done else { return false }
            // Not every account may see it.
            let number = try Trace(kind: .identity, object: object).value(on: session)
            if let number, let earlier = entry.detail {
                guard let isMade = Trace.areSameNumbers(number, earlier) else { throw otherServer([object]) }
                if isMade { return false }
            }
            guard entry.kind == .replaced, number != nil else {
                throw UndoObstacle(
                    "\(object.spelled) is there, and not as the script left it: others have made it; rename or drop it first"
                )
            }
            try session.execute("DROP TABLE \(object.spelled)")
        }
        try session.execute("DROP TABLE IF EXISTS \(new.spelled)")
        guard let body = Self.behindName("CREATE TABLE", definition) else {
            throw UndoObstacle("its definition is not that of a table")
        }
        try use(object.database)
        try session.execute("CREATE TABLE \(new.spelled) \(body)")
        if let shape = try TableShape(new, on: session) {
            try refill(new, copy, shape.columns, "are refused by the table's definition")
        }
        if let number = try Trace(kind: .identity, object: new).value(on: session) {
            try session.execute(table.setDetail(number, entry, of: script))
        }
        try session.execute("RENAME TABLE \(new.spelled) TO \(object.spelled)")
        return true
    }

    private func renameBack(_ entry: UndoEntry) throws -> Bool {
        let pairs = entry.renames
        guard entry.statement < done, let last = pairs.first else { return false }
        if Set(pairs.map(\.new)).isDisjoint(with: pairs.map(\.old)) {
            if try ObjectQuery(session: session).exists(last.new) == false { return false }
        } else if try changedPlaces(entry, pairs) {
            return false
        }
        try session.execute(
            "RENAME TABLE " + pairs.map { "\($0.new.spelled) TO \($0.old.spelled)" }.joined(separator: ", "))
        return true
    }

    /// Where tables change places, every name is there before and after. So their numbers are written down before they are
    /// renamed back, and tell the next run.
    ///
    /// - Returns: Whether they are renamed back already.
    private func changedPlaces(_ entry: UndoEntry, _ pairs: [(old: ObjectName, new: ObjectName)]) throws -> Bool {
        let names = Set(pairs.flatMap { [$0.old, $0.new] }).sorted { $0.spelled < $1.spelled }
        let numbers = try names.map { name in
            guard let number = try Trace(kind: .identity, object: name).value(on: session) else {
                throw UndoObstacle("the server does not tell under which number it keeps \(name.spelled)")
            }
            return number
        }
        let written = entry.detail?.split(separator: " ").map(String.init) ?? []
        // As the version before wrote it.
        if written.count == 1 {
            let number = try Trace(kind: .identity, object: pairs[0].new).value(on: session)
            return number.flatMap { Trace.areSameNumbers($0, written[0]) } != true
        }
        guard written.count == names.count else {
            try session.execute(table.setDetail(numbers.joined(separator: " "), entry, of: script))
            return false
        }
        var back = Dictionary(uniqueKeysWithValues: zip(names, written))
        for pair in pairs { (back[pair.old], back[pair.new]) = (back[pair.new], Trace.absent) }
        for (name, (now, before)) in zip(names, zip(numbers, written)) where now != Trace.absent {
            guard let isAsBefore = Trace.areSameNumbers(now, before),
                let isBack = Trace.areSameNumbers(now, back[name] ?? Trace.absent)
            else { throw otherServer(names) }
            if isAsBefore { return false }
            if isBack { return true }
        }
        let all = names.map(\.spelled).joined(separator: ", ")
        throw UndoObstacle("\(all): some were made anew since, so that it is not known which is which")
    }

    /// Of tables that are known by their numbers only.
    private func otherServer(_ tables: [ObjectName]) -> UndoObstacle {
        UndoObstacle(
            """
            \(tables.map(\.spelled).joined(separator: ", ")): the undo log was written on another server, whose tables have other \
            numbers, so that it is not known whether this is done already
            """)
    }

    private func bringDatabaseBack(_ entry: UndoEntry) throws {
        // CREATE DATABASE `x` /*!40100 DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci */ COMMENT 'of all'
        guard let body = Self.behindName("CREATE DATABASE", entry.definition ?? "") else {
            throw UndoObstacle("its definition is not that of a database")
        }
        var defaults = String(body)
        if session.dialect.hasDatabaseComments, !defaults.contains("*/ COMMENT ") { defaults += " COMMENT ''" }
        try session.execute("ALTER DATABASE \(entry.object.spelled) \(defaults)")
    }

    /// What a definition says behind the name, which the server may spell in another case than the script.
    ///
    /// - Returns: Nil if it does not begin as it should.
    private static func behindName(_ head: String, _ definition: String) -> Substring? {
        guard definition.hasPrefix(head + " `") else { return nil }
        var rest = definition.dropFirst(head.count + 2)
        while let end = rest.firstIndex(of: "`") {
            rest = rest[rest.index(after: end)...]
            // In the name it is doubled.
            guard rest.first == "`" else { return rest.first == " " ? rest.dropFirst() : nil }
            rest = rest.dropFirst()
        }
        return nil
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
