import SQLScript

/// Runs scripts that are one definition each, and of which none touches what another one changes: their intents are one
/// commit, they travel in one packet, and their ends are one commit again.
///
/// For whoever comes after a crash it is as if they had run at the same time: each one's intent says how what it changes was
/// before it, and so tells whether it happened. Only for a database that nobody else uses yet: nothing waits for locks of
/// others in between.
final class GroupRunner {
    private struct Member {
        let number: Int
        let step: PlanStep
        let facts: ScriptFacts
        let statement: ScriptStatement
        let rule: SettlementRule
    }

    /// The largest group. More would save little, and leave more to be settled after a crash.
    static let limit = 8
    /// Bytes of statements in a group, if the server takes that much.
    private static let sizeLimit = 1 << 18

    private let target: TargetRun
    /// Scripts that the plan has in all.
    private let total: Int
    private let characterSet: String
    private var members: [Member]
    /// Those of which the server has not begun the statement; their intents are written.
    private var unbegun: [Member] = []
    /// The ends of those that are done, and what they do to the folder's checkpoint.
    private var ends: [(record: JournalRecords, move: CheckpointMove?)] = []
    /// Since when the one runs that is under way, and when that was, as a literal.
    private var clock = Stopwatch()
    private var startedOn = ""

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
        let candidates = steps.prefix(Self.limit).prefix { $0.step.isSingleDefinition }
        guard target.takesGroups, candidates.count > 1, let database = target.selectedDatabase else { return nil }
        self.target = target
        self.total = total
        var characterSet: String?
        var members: [Member] = []
        var room = min(Self.sizeLimit, (target.packetLimit ?? Self.sizeLimit) / 2)
        for (number, step) in candidates {
            guard let facts = step.facts, let statements = Self.statements(of: step.script, target) else { break }
            let statement = statements.readAhead()
            let rule = statement.map { SettlementRule($0.effective, database: database) }
            guard let statement, let rule, facts.areTrue(of: step.script), statement.allowsCompany, rule.allowsCompany,
                statements.characterSet == characterSet ?? statements.characterSet,
                statement.text.count <= room,
                !members.contains(where: { rule.isTouched(by: $0.statement) })
            else {
                target.keep(statements, of: step.script)
                break
            }
            characterSet = statements.characterSet
            room -= statement.text.count
            members.append(Member(number: number, step: step, facts: facts, statement: statement, rule: rule))
            if statement.mustBeLast { break }
        }
        guard !members.isEmpty, let characterSet else { return nil }
        self.members = members
        self.characterSet = characterSet
    }

    private static func statements(of script: Script, _ target: TargetRun) -> ScriptStatements? {
        do throws(DeploymentError) {
            return try target.statements(of: script)
        } catch {
            // Its own run tells.
            return nil
        }
    }

    /// Runs them.
    func run() -> Result {
        guard let writer = target.writer else { return Result() }
        let deferred = target.takeDeferred()
        do {
            try send(deferred, writer)
            try finish(writer)
            return Result(done: members.map(\.step))
        } catch {
            // Behind the last one, its end could not be recorded.
            let failed = min(ends.count, members.count - 1)
            let failure = failure(error, of: failed, deferred, writer)
            // Nothing may follow an end that is not committed.
            return Result(done: failure.isRecorded ? members.prefix(failed).map(\.step) : [], failure: failure)
        }
    }

    private func send(_ deferred: JournalRecords, _ writer: JournalWriter) throws {
        begin(0, writer)
        let isClean = target.cleanCharacterSet == characterSet
        target.cleanCharacterSet = nil
        if target.watch.signal != nil { throw DatabaseError.interrupted }
        if !isClean { try target.resetSession(database: target.selectedDatabase, characterSet: characterSet) }
        let records = try intents(writer)
        let statements = members.map(\.statement)
        let place = target.place
        _ = try target.watch.during(
            target.session.interrupter, at: place, timeout: target.configuration.statementTimeout
        ) {
            try writer.send(
                target.lockWait.end() + writer.packet(deferred + records, .begins), batch: statements.map(\.text),
                meanwhile: { target.readAhead(after: members[members.count - 1].step, during: statements) },
                on: target.session
            ) { index in
                end(index, writer)
                guard index + 1 < members.count else { return }
                finished(index)
                target.watch.restart(at: place)
                begin(index + 1, writer)
            }
        }
        // A server that is told to end a statement may do so between two, and then says nothing of the rest.
        if ends.isEmpty { throw DatabaseError.interrupted }
        unbegun = Array(members[ends.count...])
        members.removeLast(unbegun.count)
    }

    /// The records of what is about to run. From the first on of which the server's state could not tell, scripts are left out.
    private func intents(_ writer: JournalWriter) throws -> JournalRecords {
        try target.known.learnDefinitions(of: members.flatMap { $0.rule.tablesToRead })
        var records = JournalRecords()
        for (index, member) in members.enumerated() where index < members.count {
            let fingerprint = try Fingerprint.take(member.rule, known: target.known, on: target.own)
            if fingerprint == nil {
                members.removeLast(members.count - max(index, 1))
                if index > 0 { break }
            }
            let intent = MissingIntent.isWanted ? nil : JournalWriter.Intent(of: member.statement, fingerprint)
            records =
                records
                + writer.running(
                    member.step.script.identity, facts: member.facts, startedOn: writer.clock.now,
                    at: JournalWriter.Position(statements: 0, intent: intent))
        }
        return records
    }

    private func begin(_ index: Int, _ writer: JournalWriter) {
        let member = members[index]
        clock = Stopwatch()
        startedOn = writer.clock.now
        target.emit(
            .scriptStarted(
                .init(
                    script: member.step.script.identity, number: member.number, total: total, statements: 1, start: 0,
                    isBesideOthers: target.place > 0)))
        target.emit(.statementStarted(member.step.script.identity, member.statement.summary))
    }

    private func end(_ index: Int, _ writer: JournalWriter) {
        let member = members[index]
        let identity = member.step.script.identity
        target.note(
            member.statement.effective.verb,
            member.statement.effective.objects.compactMap { $0.placed(in: target.selectedDatabase) })
        switch target.checkpoint(after: member.step.script) {
        case .moves(let move):
            ends.append(
                (writer.finishing(identity, facts: member.facts, startedOn: startedOn, checkpoint: nil), move))
        case .staysBehind:
            ends.append((writer.finishingAhead(identity, facts: member.facts, startedOn: startedOn), nil))
        }
        target.emit(.statementFinished(identity, member.statement.summary, milliseconds: clock.milliseconds))
    }

    private func finished(_ index: Int) {
        target.emit(
            .scriptFinished(members[index].step.script.identity, statements: 1, milliseconds: clock.milliseconds))
    }

    /// The records of the ends of the first ones.
    private func ends(of count: Int, _ writer: JournalWriter) -> JournalRecords {
        let move = CheckpointMove.merged(ends.prefix(count).compactMap(\.move))
        return ends.prefix(count).map(\.record).reduce(JournalRecords(), +)
            + JournalRecords(statements: move.map(writer.move) ?? [])
    }

    private func finish(_ writer: JournalWriter) throws {
        target.known.forgetDefinitions()
        var records = ends(of: members.count, writer)
        records.statements += unbegun.map { writer.forgetting($0.step.script.identity) }
        let isOpen = target.session.isInTransaction
        // What is forgotten must not travel with the intents of the same scripts.
        if !isOpen, unbegun.isEmpty, target.nextCommitsSoon(after: members[members.count - 1].step, waits: true) {
            target.deferred = records
        } else {
            let packet = writer.packet(records, isOpen ? .isOpen : .begins, commits: true)
            try writer.send(packet, on: target.quietSession)
        }
        target.cleanCharacterSet = characterSet
        finished(members.count - 1)
    }

    /// What comes of the first one that is not done. With its failure all is recorded that is true by now: the ends of those before
    /// it, and that those behind it have not begun.
    private func failure(
        _ error: any Error, of failed: Int, _ deferred: JournalRecords, _ writer: JournalWriter
    ) -> ScriptFailure {
        let member = members[failed]
        var records = deferred + ends(of: failed, writer)
        records.statements += (members.dropFirst(failed + 1) + unbegun).map {
            writer.forgetting($0.step.script.identity)
        }
        target.deferred = records
        target.known.forget()
        return ScriptRunner(target: target, step: member.step, facts: member.facts, startedOn: startedOn)
            .failed(member.statement, isDone: ends.count > failed, error, milliseconds: clock.milliseconds)
    }
}

extension PlanStep {
    /// Whether the script is nothing but one definition, and is to run from its start for the first time.
    var isSingleDefinition: Bool {
        guard start == 0, record == nil, !isRepeated, let facts else { return false }
        return facts.statementCount == 1 && facts.commitsAtOnce && !facts.hasCommands && facts.sourced.isEmpty
    }
}

extension ScriptStatement {
    /// Whether it may be on its way together with others: neither the session nor another definition is different behind it.
    fileprivate var allowsCompany: Bool {
        transactionRule == .commits && canTravelWithRecords && leavesNoTrace && leavesOtherDefinitions
            && !createsCheckpoint
    }

    /// Whether nothing may follow in the same packet. MySQL keeps the text of a routine up to the end of the packet's next
    /// semicolon. And a view that replaces another runs again after a crash, whatever happened behind it, and may be another one
    /// then (`SELECT *`).
    fileprivate var mustBeLast: Bool {
        [.createView, .createProcedure, .createFunction, .createTrigger, .createEvent].contains(effective.verb)
    }
}

extension SettlementRule {
    /// Whether a statement may be on its way together with others: what it changes is told by names and by definitions of tables.
    fileprivate var allowsCompany: Bool {
        switch self {
        case .harmless: true
        case .unknown: false
        case .traces(let traces): traces.allSatisfy { [.existence, .definition].contains($0.kind) }
        }
    }

    /// Whether another statement may change what tells of this one.
    fileprivate func isTouched(by statement: ScriptStatement) -> Bool {
        guard case .traces(let traces) = self else { return false }
        return traces.contains { statement.names($0.object) }
    }
}
