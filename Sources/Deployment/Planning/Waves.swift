import SQLScript

/// Finds the scripts that may run at the same time: a stretch of one folder whose reach is known.
struct Waves {
    private let database: String
    /// What the scripts of the plan say of names.
    private let planned: Reach
    /// Whether every object that is there comes from scripts of the plan whose reach is known.
    private var isSeen: Bool
    /// Whether scripts run at the same time only where that is likely to save time.
    private let mustPay: Bool
    /// Scripts of a stretch where it is not, or cannot be known to be right.
    private var inOrder: Set<ScriptIdentity> = []

    /// - Parameters:
    ///   - isEmpty: Whether the database had no objects when the plan was made.
    ///   - mustPay: Whether scripts that mostly wait for each other run one after the other: nobody has asked for more.
    init(plan: Plan, isEmpty: Bool, mustPay: Bool) {
        database = plan.database
        isSeen = isEmpty
        self.mustPay = mustPay
        var reach = Reach()
        for step in plan.steps {
            if let footprint = step.facts?.footprint { reach.add(footprint) }
        }
        planned = reach
    }

    /// A script ran by itself, and may have made what its text does not say.
    mutating func ranAlone(_ step: PlanStep) {
        if step.facts?.footprint == nil { isSeen = false }
    }

    /// The scripts at the beginning of some that may run at the same time, and their order; nil if that is not worth it.
    ///
    /// - Parameters:
    ///   - alone: Scripts that are to run by themselves.
    ///   - session: The lock's.
    mutating func next(
        of steps: ArraySlice<(number: Int, step: PlanStep)>, without alone: Set<ScriptIdentity>, on session: any Session
    ) throws(DatabaseError) -> (steps: [(number: Int, step: PlanStep)], order: ScriptOrder)? {
        guard let step = steps.first?.step, isBounded(step, others: []), !inOrder.contains(step.script.identity) else {
            return nil
        }
        let databases = try session.query("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA")
        let others = Set(databases.compactMap { $0[0]?.lowercased() }).subtracting([database.lowercased()])
        let folder = step.script.identity.folder
        let wave = steps.prefix { _, step in
            step.script.identity.folder == folder && !alone.contains(step.script.identity)
                && isBounded(step, others: others)
        }
        guard wave.count > 1 else { return nil }
        if let order = try order(wave, others: others, on: session) { return (Array(wave), order) }
        inOrder = Set(wave.map(\.step.script.identity))
        return nil
    }

    /// - Parameter others: The names of other databases.
    /// - Returns: Nil if it is not worth it, or the server does not tell everything.
    private func order(
        _ steps: ArraySlice<(number: Int, step: PlanStep)>, others: Set<String>, on session: any Session
    ) throws(DatabaseError) -> ScriptOrder? {
        // What is there is not looked at: it may lead back.
        guard planned.programsAvoid(others) else { return nil }
        // What the server knows can only add to what waits for what.
        lazy var least = order(steps, planned)
        guard !mustPay || pays(least, steps) else { return nil }
        if isSeen { return least }
        guard let reach = try planned.adding(database, on: session), reach.programsAvoid(others) else { return nil }
        let order = order(steps, reach)
        return !mustPay || pays(order, steps) ? order : nil
    }

    private func order(_ steps: ArraySlice<(number: Int, step: PlanStep)>, _ reach: Reach) -> ScriptOrder {
        ScriptOrder(steps.compactMap { $0.step.facts?.footprint }, reach)
    }

    /// The least that the scripts cost for what the longest chain of those costs that wait for each other: below, what each one
    /// costs more beside others is more than what their company saves.
    private static let leastWidth = 2
    /// The least that the scripts beside that chain cost: below, the connections and the question what the server knows cost more.
    private static let leastBeside = 40
    /// Bytes of a script that cost as much as one statement more.
    private static let bytes = 4096

    /// Whether it is worth it.
    ///
    /// - Parameter order: Put together only where it is if no script waits for another.
    private func pays(
        _ order: @autoclosure () -> ScriptOrder, _ steps: ArraySlice<(number: Int, step: PlanStep)>
    ) -> Bool {
        let costs = steps.compactMap { step in
            step.step.facts.map { $0.statementCount + (step.step.script.stamp?.size ?? 0) / Self.bytes }
        }
        let all = costs.reduce(0, +)
        guard all > Self.leastBeside else { return false }
        let chain = order().longestChain(costs)
        return all >= Self.leastWidth * chain && all - chain >= Self.leastBeside
    }

    /// - Parameter others: The names of other databases.
    private func isBounded(_ step: PlanStep, others: Set<String>) -> Bool {
        guard let footprint = step.facts?.footprint, step.start == 0, step.record == nil else { return false }
        return footprint.databases.isSubset(of: [database.lowercased()]) && footprint.words.isDisjoint(with: others)
    }
}

extension Reach {
    /// The same, with what the server knows of a database.
    ///
    /// - Returns: Nil if it does not tell everything.
    fileprivate func adding(_ database: String, on session: any Session) throws(DatabaseError) -> Reach? {
        guard try session.rights.showTriggers(of: database) else { return nil }
        let name = quoted(literal: database)
        let results = try session.results(
            """
            SELECT (SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = \(name)
                AND (TABLE_TYPE = 'SEQUENCE' OR ENGINE IN ('MRG_MyISAM', 'FEDERATED', 'CONNECT', 'SPIDER')))
                + (SELECT COUNT(*) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = \(name)
                AND COLUMN_DEFAULT LIKE '%nextval(%');
            SELECT TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = \(name);
            SELECT ROUTINE_NAME, ROUTINE_DEFINITION FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = \(name);
            SELECT EVENT_OBJECT_TABLE, CONCAT('`', REPLACE(TRIGGER_NAME, '`', '``'), '` ', ACTION_STATEMENT)
            FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = \(name);
            SELECT k.TABLE_NAME, k.REFERENCED_TABLE_NAME,
                r.DELETE_RULE NOT IN ('RESTRICT', 'NO ACTION') OR r.UPDATE_RULE NOT IN ('RESTRICT', 'NO ACTION')
            FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r
            ON r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
                AND r.TABLE_NAME = k.TABLE_NAME
            WHERE k.TABLE_SCHEMA = \(name) AND k.REFERENCED_TABLE_NAME IS NOT NULL;
            SELECT TABLE_NAME, CONSTRAINT_NAME FROM information_schema.TABLE_CONSTRAINTS
            WHERE TABLE_SCHEMA = \(name) AND CONSTRAINT_TYPE IN ('FOREIGN KEY', 'CHECK')
            """)
        guard results.count == 6, results[0].first?[0] == "0" else { return nil }
        var reach = self
        for row in results[1] + results[2] + results[3] {
            guard let object = row[0], let text = row[1], !text.isEmpty, let words = Self.words(text),
                Footprint.areBounded(words)
            else { return nil }
            reach.add(Footprint.Program(name: object.lowercased(), words: words))
        }
        for row in results[4] {
            guard let child = row[0], let parent = row[1] else { return nil }
            reach.add(Footprint.Link(child: child.lowercased(), parent: parent.lowercased(), cascades: row[2] != "0"))
        }
        for row in results[5] {
            guard let table = row[0], let constraint = row[1] else { return nil }
            reach.add(Footprint.Constraint(table: table.lowercased(), name: constraint.lowercased()))
        }
        return reach
    }

    /// Under which SQL mode an object was made decides what `"` is, and where a string ends: every reading counts.
    private static func words(_ text: String) -> Set<String>? {
        let bytes = Array(text.utf8)
        guard let plain = statementWords(bytes) else { return nil }
        var words = everyWord(in: text).union(plain)
        if bytes.contains(UInt8(ascii: "\"")) {
            guard let quoted = statementWords(bytes, sqlMode: .ansiQuotes) else { return nil }
            words.formUnion(quoted)
        }
        return words
    }
}
