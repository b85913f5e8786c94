/// `status --format json`.
public struct StatusDocument: Encodable, Sendable {
    public struct FolderStatus: Encodable, Sendable, Equatable {
        public var name: String
        public var total: Int
        public var applied: Int
        public var pending: Int
        /// The last applied file.
        public var last: String?

        public func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(name, forKey: .name)
            try values.encode(total, forKey: .total)
            try values.encode(applied, forKey: .applied)
            try values.encode(pending, forKey: .pending)
            try values.encode(last, forKey: .last)
        }

        enum CodingKeys: String, CodingKey { case name, total, applied, pending, last }
    }

    public struct ScriptDocument: Encodable, Sendable {
        public var folder: String
        public var file: String
        public var state: String
        public var checksum: String?
    }

    public var database: String
    public var server: String
    public var exists: Bool
    public var strategy: String
    public var folders: [FolderStatus]
    public var scripts: [ScriptDocument]
    public var problems: [ProblemDocument]

    public init(plan: Plan, journal: JournalSnapshot, configuration: Configuration, server: String) {
        database = configuration.database
        self.server = server
        exists = journal.databaseExists
        strategy = plan.strategy.rawValue
        problems = plan.problems.map(ProblemDocument.init)
        scripts = plan.scripts.map {
            ScriptDocument(
                folder: $0.identity.folder, file: $0.identity.file, state: $0.state.rawValue, checksum: $0.checksum)
        }
        folders = configuration.folders.map { folder in
            let scripts = plan.scripts.filter { $0.identity.folder == folder.name }
            let applied = scripts.filter { [.applied, .changed].contains($0.state) }
            return FolderStatus(
                name: folder.name, total: scripts.count, applied: applied.count,
                pending: scripts.count { [.pending, .late, .failed, .running].contains($0.state) },
                last: applied.last?.identity.file)
        }
    }

    private static let different = [ScriptStatus.State.changed, .missing].map(\.rawValue)

    /// Whether nothing is left to do, nothing is wrong, and the files are what was applied.
    public var isClean: Bool {
        folders.allSatisfy { $0.pending == 0 } && !scripts.contains { Self.different.contains($0.state) }
            && !problems.contains { $0.severity == Problem.Severity.error.rawValue }
    }

    /// As a person reads it.
    ///
    /// - Parameter all: Whether every script is listed, or only those that are not applied.
    public func text(all: Bool) -> String {
        var lines = ["Database  \(database)\(exists ? "" : " (does not exist yet)")", "Server    \(server)", ""]
        let width = (folders.map { Columns.count($0.name) } + ["Folder".count]).max() ?? 0
        lines.append("\(padded("Folder", width))  Total  Applied  Pending  Last applied")
        for folder in folders {
            lines.append(
                "\(padded(folder.name, width))  \(right(folder.total, 5))  \(right(folder.applied, 7))  "
                    + "\(right(folder.pending, 7))  \(folder.last ?? "-")")
        }
        let listed = all ? scripts : scripts.filter { $0.state != ScriptStatus.State.applied.rawValue }
        if !listed.isEmpty { lines.append("") }
        // A fresh database has hundreds of pending scripts; the first ones tell enough.
        let shown = all ? listed[...] : listed.prefix(20)
        lines += shown.map { "\(padded($0.state, 8)) \($0.folder)/\($0.file)" }
        if shown.count < listed.count {
            lines.append(
                AdvisedCommand.complete(
                    "… and \(listed.count - shown.count) more. To see all: databasedeploy status --verbose"))
        }
        return lines.joined(separator: "\n")
    }
}

/// A problem in JSON.
public struct ProblemDocument: Encodable, Sendable {
    public var code: String
    public var severity: String
    public var message: String
    public var script: String?
    public var advice: String?

    public init(_ problem: Problem) {
        code = problem.code.rawValue
        severity = problem.severity.rawValue
        message = problem.message
        script = problem.script?.description
        advice = problem.advice.map(AdvisedCommand.complete)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(code, forKey: .code)
        try values.encode(severity, forKey: .severity)
        try values.encode(message, forKey: .message)
        try values.encode(script, forKey: .script)
        try values.encodeIfPresent(advice, forKey: .advice)
    }

    enum CodingKeys: String, CodingKey { case code, severity, message, script, advice }
}

func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Columns.count(text)))
}

func right(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: " ", count: max(0, width - text.count)) + text
}
