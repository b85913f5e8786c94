/// `validate --format json`.
public struct ValidationDocument: Encodable {
    public var database: String
    public var scripts: Int
    public var valid: Bool
    public var problems: [ProblemDocument]

    public init(_ plan: Plan) {
        database = plan.database
        scripts = plan.scripts.count
        problems = plan.problems.map(ProblemDocument.init)
        valid = !plan.isBlocked && !plan.scripts.contains { [.changed, .missing].contains($0.state) }
    }
}
