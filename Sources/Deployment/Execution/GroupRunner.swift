import SQLScript

/// Runs scripts in one packet that are one definition each, of which none touches what another one changes, or one short
/// transaction: the intents of all definitions are one commit, and so are their ends, but for those that come before a transaction:
/// they commit with it.
///
/// For whoever comes after a crash it is as if they had run at the same time: each one's intent says how what it changes was
/// before it, and so tells whether it happened. Only for a database that nobody else uses yet: nothing waits for locks of
/// others in between.
final class GroupRunner {
    /// The largest group. More would save little, and leave more to be settled after a crash.
    static let limit = 8

    /// A statement of the packet.
    private struct Piece {
        /// The script's place in the group.
        let member: Int
        /// Its place in the script; nil for one of ours.
        let statement: Int?
        let part: PacketPart
    }

    /// The end of a script that is done.
    private struct End {
        let record: JournalRecords
        /// What it does to the folder's checkpoint.
        let move: CheckpointMove?
        /// Whether it is committed.
        var isRecorded: Bool
    }

    private let target: TargetRun
    /// Scripts that the plan has in all.
    private let total: Int
    private let characterSet: String
    private var members: [GroupMember]
    /// Those of which the server has not begun the statement; their intents are written.
    private var unbegun: [GroupMember] = []
    private var pieces: [Piece] = []
    /// The pieces that are done.
    private var progress = 0
    private var ends: [End] = []
    /// Since when the script runs that is under way, and when that was, as a literal.
    private var scriptClock = Stopwatch()
    private var startedOn = ""
    /// Since when its statement runs.
    private var clock = Stopwatch()

    /// What became of the scripts at the beginning of those that were given.
    struct Result {
        var done: [PlanStep] = []
        /// Of the first one that is not done.
        var failure: ScriptFailure?
    }

    /// Takes as many scripts as go together.
    ///
    /// - Parameters:
    ///   - steps: With their numbers in the plan, in order; of one folder.
    ///   - total: Scripts that the plan has in all.
    /// - Returns: Nil if the first one is to run by itself.
    init?(_ target: TargetRun, _ steps: some Sequence<(number: Int, step: PlanStep)>, total: Int) {
        guard let group = GroupMember.members(of: steps, limit: Self.limit, target) else { return nil }
        self.target = target
        self.total = total
        (members, characterSet) = group
    }

    /// Runs them.
    func run() -> Result {
        guard let writer = target.writer else { return Result() }
        let deferred = target.takeDeferred()
        do {
            let stopwatch = Stopwatch()
            try send(deferred, writer)
            try finish(writer, wasSlow: stopwatch.milliseconds > Self.inaccuracy)
            return Result(done: members.map(\.step))
        } catch {
            // Behind the last one, its end could not be recorded.
            let failed = min(ends.count, members.count - 1)
            let failure = failure(error, of: failed, deferred, writer)
            // Nothing may follow an end that is not committed.
            return Result(done: failure.isRecorded ? members.prefix(failed).map(\.step) : [], failure: failure)
        }
    }

    /// Milliseconds from which on it counts that ends were written before what they speak of.
    private static let inaccuracy = 500

    private func send(_ deferred: JournalRecords, _ writer: JournalWriter) throws {
        begin(0, writer)
        let isClean = target.cleanCharacterSet == characterSet
        target.cleanCharacterSet = nil
        if target.watch.signal != nil { throw DatabaseError.interrupted }
        if !isClean { try target.resetSession(database: target.selectedDatabase, characterSet: characterSet) }
        let intents = try intents(writer)
        let prelude = packet(behind: deferred + intents, writer)
        let statements = members.flatMap(\.statements)
        _ = try target.watch.during(
            target.session.interrupter, at: target.place, timeout: target.configuration.statementTimeout
        ) {
            try writer.send(
                target.lockWait.end() + prelude, batch: pieces.map(\.part),
                meanwhile: { target.readAhead(after: members[members.count - 1].step, during: statements) },
                on: target.session
            ) { isDone($0, writer) }
        }
        guard progress < pieces.count else { return }
        // A server that is told to end a statement may do so between two, and then says nothing of the rest.
        if progress == 0 || pieces[progress - 1].member == pieces[progress].member {
            throw DatabaseError.interrupted
        }
        unbegun = Array(members[ends.count...])
        members.removeLast(unbegun.count)
    }

    /// The records of what is about to run. From the first on of which the server's state could not tell, scripts are left out.
    private func intents(_ writer: JournalWriter) throws -> JournalRecords {
        try target.known.learnDefinitions(of: members.flatMap { $0.rule?.tablesToRead ?? [] })
        var records = JournalRecords()
        for (index, member) in members.enumerated() where index < members.count {
            guard let rule = member.rule else { continue }
            let fingerprint = try Fingerprint.take(rule, known: target.known, on: target.own)
            if fingerprint == nil {
                members.removeLast(members.count - max(index, 1))
                if index > 0 { break }
            }
            let intent =
                MissingIntent.isWanted ? nil : JournalWriter.Intent(of: member.statements[0], fingerprint)
            records =
                records
                + writer.running(
                    member.identity, facts: member.facts, startedOn: writer.clock.now,
                    at: JournalWriter.Position(statements: 0, intent: intent))
        }
        return records
    }

    /// Puts the packet together.
    ///
    /// - Parameter records: What is written before everything else.
    /// - Returns: What comes before the pieces.
    private func packet(behind records: JournalRecords, _ writer: JournalWriter) -> [String] {
        let effects = target.foreseenCheckpoints(after: members.map(\.step.script))
        var prelude: [String] = []
        var unrecorded = JournalRecords()
        var moves: [CheckpointMove] = []
        for (place, member) in members.enumerated() {
            let end = end(of: member, effects[place], startedOn: writer.clock.now, writer)
            let texts = member.statements.enumerated().map {
                Piece(member: place, statement: $0.offset, part: .script($0.element.text))
            }
            let ours = { Piece(member: place, statement: nil, part: .ours($0)) }
            if member.rule != nil {
                if place == 0 { prelude = writer.packet(records, .begins) }
                pieces += texts
                // Nothing else of the others waits for it; see `commits(_:)`.
                guard target.place == 0 else { continue }
                unrecorded = unrecorded + end.record
                moves += [end.move].compactMap { $0 }
                continue
            }
            // Its own end stands before its statements, with the others' in one statement, and commits with them. What the
            // checkpoint says they may see.
            let before = unrecorded + JournalRecords(statements: CheckpointMove.merged(moves).map(writer.move) ?? [])
            let opening = writer.packet(
                (place == 0 ? records : JournalRecords()) + before + end.record, .begins)
            if place == 0 { prelude = opening } else { pieces += opening.map(ours) }
            pieces += texts + ((end.move.map(writer.move) ?? []) + [JournalWriter.commit]).map(ours)
            (unrecorded, moves) = (JournalRecords(), [])
        }
        return prelude
    }

    private func end(
        of member: GroupMember, _ effect: CheckpointEffect, startedOn: String, _ writer: JournalWriter
    ) -> End {
        let isRecorded = member.rule == nil
        switch effect {
        case .moves(let move):
            return End(
                record: writer.finishing(member.identity, facts: member.facts, startedOn: startedOn, checkpoint: nil),
                move: move, isRecorded: isRecorded)
        case .staysBehind:
            return End(
                record: writer.finishingAhead(member.identity, facts: member.facts, startedOn: startedOn), move: nil,
                isRecorded: isRecorded)
        }
    }

    private func begin(_ index: Int, _ writer: JournalWriter) {
        let member = members[index]
        scriptClock = Stopwatch()
        startedOn = writer.clock.now
        target.emit(
            .scriptStarted(
                .init(
                    script: member.identity, number: member.number, total: total,
                    statements: member.statements.count, start: 0, isBesideOthers: target.place > 0)))
        begin(member.statements[0], of: member)
    }

    private func begin(_ statement: ScriptStatement, of member: GroupMember) {
        clock = Stopwatch()
        target.emit(.statementStarted(member.identity, statement.summary))
    }

    private func isDone(_ index: Int, _ writer: JournalWriter) {
        progress = index + 1
        let piece = pieces[index]
        let member = members[piece.member]
        if let place = piece.statement {
            target.emit(
                .statementFinished(
                    member.identity, member.statements[place].summary, milliseconds: clock.milliseconds))
            target.watch.restart(at: target.place)
            if place + 1 < member.statements.count { begin(member.statements[place + 1], of: member) }
        }
        let isLast = progress == pieces.count
        guard isLast || pieces[progress].member > piece.member else { return }
        end(member, writer)
        guard !isLast else { return }
        finished(piece.member)
        begin(piece.member + 1, writer)
    }

    private func end(_ member: GroupMember, _ writer: JournalWriter) {
        if member.rule != nil {
            for statement in member.statements {
                target.note(
                    statement.effective.verb,
                    statement.effective.objects.compactMap { $0.placed(in: target.selectedDatabase) })
            }
        } else if target.place == 0 {
            for index in ends.indices { ends[index].isRecorded = true }
        }
        ends.append(end(of: member, target.checkpoint(after: member.step.script), startedOn: startedOn, writer))
    }

    private func finished(_ index: Int) {
        target.emit(
            .scriptFinished(
                members[index].identity, statements: members[index].statements.count,
                milliseconds: scriptClock.milliseconds))
    }

    private func records(of ends: some Collection<End>, _ writer: JournalWriter) -> JournalRecords {
        let move = CheckpointMove.merged(ends.compactMap(\.move))
        return ends.map(\.record).reduce(JournalRecords(), +)
            + JournalRecords(statements: move.map(writer.move) ?? [])
    }

    private func finish(_ writer: JournalWriter, wasSlow: Bool) throws {
        target.known.forgetDefinitions()
        // Those that are committed were written beforehand, with the time of that.
        var records = records(of: ends.filter { wasSlow || !$0.isRecorded }, writer)
        records.statements += unbegun.map { writer.forgetting($0.identity) }
        let isOpen = target.session.isInTransaction
        let last = members[members.count - 1]
        // What is forgotten must not travel with the intents of the same scripts.
        if !isOpen, unbegun.isEmpty, target.nextCommitsSoon(after: last.step, waits: true) {
            target.deferred = records
        } else if !records.isEmpty || isOpen {
            let packet = writer.packet(records, isOpen ? .isOpen : .begins, commits: true)
            try writer.send(packet, on: target.quietSession)
        }
        if members.allSatisfy({ $0.statements.allSatisfy(\.leavesNoTrace) }) {
            target.cleanCharacterSet = characterSet
        }
        finished(members.count - 1)
    }

    /// What comes of the first one that is not done. With its failure all is recorded that is true by now: the ends of those before
    /// it, and that those behind it have not begun.
    private func failure(
        _ error: any Error, of failed: Int, _ deferred: JournalRecords, _ writer: JournalWriter
    ) -> ScriptFailure {
        let member = members[failed]
        var records = deferred + records(of: ends.prefix(failed), writer)
        records.statements += (members.dropFirst(failed + 1) + unbegun).map { writer.forgetting($0.identity) }
        target.deferred = records
        target.known.forget()
        // The last statement that was begun; behind it, it was the end that failed.
        let begun = pieces.prefix(progress + 1).filter { $0.member == failed }.compactMap(\.statement)
        let isBehind =
            ends.count > failed || progress < pieces.count && pieces[progress].statement == nil && !begun.isEmpty
        return ScriptRunner(target: target, step: member.step, facts: member.facts, startedOn: startedOn)
            .failed(
                member.statements[begun.last ?? 0], after: member.statements.prefix(begun.last ?? 0), isDone: isBehind,
                isCommitted: ends.count > failed, error, milliseconds: scriptClock.milliseconds)
    }
}
