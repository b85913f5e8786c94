/// `plan --format json`, which is `deploy --dry-run`.
public struct PlanDocument: Encodable, Sendable {
    public struct Step: Encodable, Sendable, Equatable {
        public var folder: String
        public var file: String
        public var reason: String
        /// `transaction`, `undo` or `resume`.
        public var `class`: String
        public var classReason: String?
        public var statements: Int
        public var checksum: String
    }

    public var database: String
    public var strategy: String
    public var steps: [Step]
    public var problems: [ProblemDocument]
    private let reasonForNothing: String

    enum CodingKeys: String, CodingKey { case database, strategy, steps, problems }

    public init(_ plan: Plan) {
        database = plan.database
        strategy = plan.strategy.rawValue
        reasonForNothing = plan.reasonForNothing
        problems = plan.problems.map(ProblemDocument.init)
        steps = plan.steps.compactMap { step in
            step.facts.map { facts in
                Step(
                    folder: step.script.identity.folder, file: step.script.identity.file, reason: step.reason,
                    class: facts.scriptClass.rawValue, classReason: facts.classReason,
                    statements: facts.statementCount, checksum: facts.checksum)
            }
        }
    }

    /// As a person reads it.
    ///
    /// - Parameter reasons: Whether the reason of each class is shown, and not only why a script cannot be taken back.
    public func text(reasons: Bool) -> String {
        guard !steps.isEmpty else { return "Nothing to do: \(reasonForNothing)." }
        var lines = ["\(counted(steps.count, "script")) would run on \(database) (\(strategy)):"]
        let width = steps.map { Columns.count("\($0.folder)/\($0.file)") }.max() ?? 0
        for step in steps {
            lines.append(
                "  \(padded("\(step.folder)/\(step.file)", width))  \(padded(step.class, 11))  "
                    + "\(counted(step.statements, "statement")), \(step.reason)")
            if reasons || step.class == ScriptClass.resume.rawValue, let reason = step.classReason {
                lines.append("      \(reason)")
            }
        }
        return lines.joined(separator: "\n")
    }
}
