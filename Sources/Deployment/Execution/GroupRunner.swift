import SQLScript

/// Runs scripts of a few statements in one packet: the intents of all that begin with a definition are one commit, and so are the
/// ends of definitions, but for those that come before rows: they commit with these. Beside other scripts the ends are in the
/// packet, too, as scripts wait for them.
///
/// For whoever comes after a crash it is as if they had run at the same time: each one's intent says how what it changes was
/// before it, and so tells whether it happened. Only for a database that nobody else uses yet: nothing waits for locks of
/// others in between.
final class GroupRunner {
    /// The largest group. More would save little, and leave more to be settled after a crash.
    static let limit = 16

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
    private let members: [GroupMember]
    private var pieces: [Piece] = []
    /// The pieces that are done.
    private var progress = 0
    /// Whether the last piece records what ends are left.
    private var endsInPacket = false
    /// Of the scripts that are done.
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
    init?(_ target: TargetRun, _ steps: some Sequence<(number: Int, step: PlanStep)>, total: Int) throws {
        guard let group = try GroupMember.members(of: steps, limit: Self.limit, target) else { return nil }
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
            return Result(done: members.prefix(ends.count).map(\.step))
        } catch {
            // Behind the last one, its end could not be recorded.
            let failed = min(ends.count, members.count - 1)
            let failure = failure(error, of: failed, deferred, writer)
            // Nothing may follow an end that is not committed.
            return Result(done: failure.isRecorded ? members.prefix(failed).map(\.step) : [], failure: failure)
        }
    }

    private var isBesideOthers: Bool { target.place > 0 }

    /// Milliseconds from which on it counts that ends were written before what they speak of.
    private static let inaccuracy = 500

    private func send(_ deferred: JournalRecords, _ writer: JournalWriter) throws {
        begin(0, writer)
        let isClean = target.cleanCharacterSet == characterSet
        target.cleanCharacterSet = nil
        if target.watch.signal != nil { throw DatabaseError.interrupted }
        if !isClean { try target.resetSession(database: target.selectedDatabase, characterSet: characterSet) }
        let prelude = packet(behind: deferred, writer)
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
        guard progress < pieces.count else {
            if endsInPacket { for index in ends.indices { ends[index].isRecorded = true } }
            return
        }
        // A server that is told to end a statement may do so between two, and then says nothing of the rest.
        if progress == 0 || pieces[progress - 1].member == pieces[progress].member {
            throw DatabaseError.interrupted
        }
    }

    /// Puts the packet together.
    ///
    /// - Parameter deferred: What is written before everything else.
    /// - Returns: What comes before the pieces.
    private func packet(behind deferred: JournalRecords, _ writer: JournalWriter) -> [String] {
        var prelude: [String] = []
        var first = members.reduce(deferred) { $0 + intent($1, writer) }
        let effects = target.foreseenCheckpoints(after: members.map(\.step.script))
        var owed: [End] = []
        for (place, member) in members.enumerated() {
            let end = end(of: member, effects[place], startedOn: writer.clock.now, writer)
            var isOpen = false
            func add(_ ours: [String]) {
                pieces += ours.map { Piece(member: place, statement: nil, part: .ours($0)) }
            }
            for (index, part) in member.parts.enumerated() {
                if part.rule == nil, !isOpen {
                    // What its rows commit stands before them, in one statement. What the checkpoint says they may see.
                    let next = member.definition(from: index)
                    let own = next.map { running(member, at: $0, writer) } ?? end.record
                    let opening = writer.packet(first + records(of: owed, writer) + own, .begins)
                    if pieces.isEmpty { prelude = opening } else { add(opening) }
                    (first, owed, isOpen) = (JournalRecords(), [], true)
                } else if part.rule != nil {
                    if pieces.isEmpty {
                        prelude = writer.packet(first, .begins)
                        first = JournalRecords()
                    } else if index > 0, !isOpen {
                        add(writer.packet(running(member, at: index, writer), .begins))
                    }
                    isOpen = false
                }
                pieces.append(Piece(member: place, statement: index, part: .script(part.statement.text)))
            }
            if isOpen {
                add((end.move.map(writer.move) ?? []) + [JournalWriter.commit])
            } else {
                owed.append(end)
            }
            if isBesideOthers, place == members.count - 1, !owed.isEmpty, !member.endsPacket(target.session.dialect) {
                add(writer.packet(records(of: owed, writer), .begins, commits: true))
                endsInPacket = true
            }
        }
        return prelude
    }

    /// The records of a script that begins with a definition.
    private func intent(_ member: GroupMember, _ writer: JournalWriter) -> JournalRecords {
        let undo = JournalRecords(statements: member.undoRecords)
        return member.parts[0].rule == nil ? undo : running(member, at: 0, writer) + undo
    }

    /// The record of a script that is about to run a definition.
    private func running(_ member: GroupMember, at place: Int, _ writer: JournalWriter) -> JournalRecords {
        let part = member.parts[place]
        return writer.running(
            member.identity, facts: member.facts, startedOn: writer.clock.now,
            at: JournalWriter.Position(
                statements: place, digest: place == 0 ? nil : member.digest(before: place),
                intent: MissingIntent.isWanted ? nil : .init(of: part.statement, part.fingerprint)))
    }

    private func end(
        of member: GroupMember, _ effect: CheckpointEffect, startedOn: String, _ writer: JournalWriter
    ) -> End {
        var record: JournalRecords
        var move: CheckpointMove?
        switch effect {
        case .moves(let to):
            record = writer.finishing(member.identity, facts: member.facts, startedOn: startedOn, checkpoint: nil)
            move = to
        case .staysBehind:
            record = writer.finishingAhead(member.identity, facts: member.facts, startedOn: startedOn)
        }
        record.statements += [member.forgetting].compactMap { $0 }
        return End(record: record, move: move, isRecorded: member.endsWithRows)
    }

    private func begin(_ index: Int, _ writer: JournalWriter) {
        let member = members[index]
        scriptClock = Stopwatch()
        startedOn = writer.clock.now
        target.emit(
            .scriptStarted(
                .init(
                    script: member.identity, number: member.number, total: total,
                    statements: member.statements.count, start: 0, isBesideOthers: isBesideOthers)))
        begin(member.statements[0], of: member)
    }

    private func begin(_ statement: ScriptStatement, of member: GroupMember) {
        clock = Stopwatch()
        target.emit(.statementStarted(member.identity, statement.summary))
    }

    private func isDone(_ index: Int, _ writer: JournalWriter) {
        // A text that the server takes for more than one statement; none such is in a group, as far as its words say.
        guard index < pieces.count else { return }
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
        let isLast = progress >= pieces.count
        guard isLast || pieces[progress].member > piece.member else { return }
        end(member, writer)
        guard !isLast else { return }
        finished(piece.member)
        begin(piece.member + 1, writer)
    }

    private func end(_ member: GroupMember, _ writer: JournalWriter) {
        for part in member.parts where part.rule != nil {
            target.note(KnownObjects.Change(part.statement, in: target.selectedDatabase))
        }
        // What rows commit has the ends before it.
        if member.parts.contains(where: { $0.rule == nil }) {
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
        let unbegun = members[ends.count...]
        var records = records(of: ends.filter { !$0.isRecorded }, writer)
        records.statements += unbegun.flatMap { forgetting($0, writer) }
        let isOpen = target.session.isInTransaction
        // What is forgotten must not travel with the intents of the same scripts.
        if !isOpen, unbegun.isEmpty, target.nextCommitsSoon(after: members[ends.count - 1].step, waits: true) {
            target.deferred = records
        } else if !records.isEmpty || isOpen {
            let packet = writer.packet(records, isOpen ? .isOpen : .begins, commits: true)
            try writer.send(packet, on: target.quietSession)
        }
        if wasSlow { correctTimes(writer) }
        if members.allSatisfy({ $0.statements.allSatisfy(\.leavesNoTrace) }) {
            target.cleanCharacterSet = characterSet
        }
        if unbegun.isEmpty { finished(ends.count - 1) }
    }

    /// Writes the ends once more that were written before what they speak of.
    private func correctTimes(_ writer: JournalWriter) {
        let written = ends.filter(\.isRecorded)
        guard !written.isEmpty else { return }
        // Not what they did to the checkpoint: it is past them by now.
        target.correctTimes(written.map(\.record).reduce(JournalRecords(), +), of: written.count, writer)
    }

    /// What comes of the first one that is not done. With its failure all is recorded that is true by now: the ends of those before
    /// it, and that those behind it have not begun.
    private func failure(
        _ error: any Error, of failed: Int, _ deferred: JournalRecords, _ writer: JournalWriter
    ) -> ScriptFailure {
        let member = members[failed]
        var records = deferred + records(of: ends.prefix(failed), writer)
        records.statements += members.dropFirst(failed + 1).flatMap { forgetting($0, writer) }
        target.deferred = records
        target.known.forget()
        // The last statement that was begun; behind it, it was the end that failed.
        let begun = pieces.prefix(progress + 1).filter { $0.member == failed }.compactMap(\.statement)
        let isBehind =
            ends.count > failed || progress < pieces.count && pieces[progress].statement == nil && !begun.isEmpty
        let runner = ScriptRunner(target: target, step: member.step, facts: member.facts, startedOn: startedOn)
        runner.undo = member.undo
        return runner.failed(
            member.statements[begun.last ?? 0], after: member.statements.prefix(begun.last ?? 0), isDone: isBehind,
            isCommitted: ends.count > failed, error, milliseconds: scriptClock.milliseconds)
    }

    /// Of a script that has not begun.
    private func forgetting(_ member: GroupMember, _ writer: JournalWriter) -> [String] {
        [writer.forgetting(member.identity)] + [member.forgetting].compactMap { $0 }
    }
}
