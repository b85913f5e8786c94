import SQLScript

/// A script that runs in a group.
struct GroupMember {
    /// In the plan.
    let number: Int
    let step: PlanStep
    let facts: ScriptFacts
    let statements: [ScriptStatement]
    /// How it is found out whether its definition happened; nil for a script that changes rows, in one transaction with its end.
    let rule: SettlementRule?

    var identity: ScriptIdentity { step.script.identity }

    /// Bytes in a packet that the records of a script take, at most.
    private static let recordSize = 1 << 10
    /// Bytes in a group's packet, if the server takes that much.
    private static let sizeLimit = 1 << 18

    /// As many scripts as go together.
    ///
    /// - Parameters:
    ///   - steps: With their numbers in the plan, in order; of one folder.
    ///   - limit: Scripts at most.
    /// - Returns: The scripts, and the character set in which they travel; nil if the first one is to run by itself.
    static func members(
        of steps: some Sequence<(number: Int, step: PlanStep)>, limit: Int, _ target: TargetRun
    ) -> (members: [Self], characterSet: String)? {
        let candidates = steps.prefix(limit).prefix { $0.step.mayBeInGroup }
        guard target.takesGroups, candidates.count > 1, let database = target.selectedDatabase else { return nil }
        var characterSet: String?
        var members: [Self] = []
        var room = min(sizeLimit, (target.packetLimit ?? sizeLimit) / 2)
        for (number, step) in candidates {
            guard let facts = step.facts, let statements = Self.statements(of: step.script, target) else { break }
            let isDefinition = facts.commitsAtOnce
            guard statements.characterSet == characterSet ?? statements.characterSet,
                let texts = isDefinition ? statements.readAhead().map({ [$0] }) : rest(of: statements),
                texts.count == facts.statementCount, facts.areTrue(of: step.script)
            else {
                if isDefinition { target.keep(statements, of: step.script) }
                break
            }
            let member = Self(
                number: number, step: step, facts: facts, statements: texts,
                rule: isDefinition ? SettlementRule(texts[0].effective, database: database) : nil)
            room -= texts.reduce(recordSize) { $0 + $1.text.count }
            guard room >= 0, member.goesTogether(with: members) else {
                if isDefinition { target.keep(statements, of: step.script) }
                break
            }
            characterSet = statements.characterSet
            members.append(member)
            if texts.last?.endsPacket == true { break }
        }
        return characterSet.map { (members, $0) }
    }

    private static func statements(of script: Script, _ target: TargetRun) -> ScriptStatements? {
        do throws(DeploymentError) {
            return try target.statements(of: script)
        } catch {
            // Its own run tells.
            return nil
        }
    }

    /// All statements; nil for what its own run has to tell, and for client commands.
    private static func rest(of statements: ScriptStatements) -> [ScriptStatement]? {
        var rest: [ScriptStatement] = []
        do throws(DeploymentError) {
            while let element = try statements.next() {
                guard case .statement(let statement) = element else { return nil }
                rest.append(statement)
            }
            return rest
        } catch {
            return nil
        }
    }

    private func goesTogether(with others: [Self]) -> Bool {
        guard let rule else { return statements.allSatisfy(\.rowsAllowCompany) }
        return statements.allSatisfy(\.definitionAllowsCompany) && rule.allowsCompany
            && !others.contains { other in
                other.rule != nil
                    && other.statements.contains { rule.isTouched(by: $0) || $0.isMadeDifferent(by: self) }
            }
    }
}

extension PlanStep {
    /// Whether the script is nothing but one definition, or one short transaction, and is to run from its start for the first time.
    var mayBeInGroup: Bool {
        guard start == 0, record == nil, !isRepeated, let facts, !facts.hasCommands, facts.sourced.isEmpty else {
            return false
        }
        return facts.statementCount == 1 && facts.commitsAtOnce || facts.statementCount > 0 && facts.isShortTransaction
    }
}

extension ScriptStatement {
    /// Whether a definition may be on its way together with others: neither the session nor another definition is different
    /// behind it.
    fileprivate var definitionAllowsCompany: Bool {
        transactionRule == .commits && canTravelWithRecords && leavesNoTrace && leavesOtherDefinitions
            && !createsCheckpoint
    }

    /// Whether a change of rows may be on its way together with others: the session is not different behind it but for
    /// `LAST_INSERT_ID()`.
    fileprivate var rowsAllowCompany: Bool {
        canTravelWithOthers && canTravelWithRecords && isWholeOrFails && !text.contains(UInt8(ascii: "@"))
    }

    /// Whether nothing may follow in the same packet: MySQL keeps the text of a routine up to the end of the packet's next
    /// semicolon.
    fileprivate var endsPacket: Bool {
        [.createProcedure, .createFunction, .createTrigger, .createEvent].contains(effective.verb)
    }

    /// Whether it would make something else if it ran again behind a definition. After a crash a view that replaces another does,
    /// whatever has happened behind it: `SELECT *` means the columns of that moment.
    fileprivate func isMadeDifferent(by definition: GroupMember) -> Bool {
        guard effective.verb == .createView else { return false }
        guard let words = nameWords.map(Set.init) else { return true }
        return definition.statements.contains { statement in
            statement.effective.objects.contains { words.contains($0.name.lowercased()) }
        }
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
