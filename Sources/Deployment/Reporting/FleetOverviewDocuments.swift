/// `status --format json` of several targets.
public struct FleetStatusDocument: Encodable {
    struct Target: Encodable {
        var database: String
        var server: String
        /// `up to date`, `pending`, `does not exist`, `problem` or `unknown`.
        var state: String
        var exists: Bool?
        var strategy: String?
        var pending: Int?
        var folders: [StatusDocument.FolderStatus]?
        var problems: [ProblemDocument]?
        /// Why nothing is known.
        var failed: FleetFailureDocument?
    }

    var targets: [Target]
}

/// `plan --format json` of several targets.
public struct FleetPlanDocument: Encodable {
    struct Target: Encodable {
        var database: String
        var server: String
        var strategy: String?
        var steps: [PlanDocument.Step]?
        var problems: [ProblemDocument]?
        /// Why nothing is known.
        var failed: FleetFailureDocument?
    }

    var targets: [Target]
}
