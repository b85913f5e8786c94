/// What stopped a deployment, or kept it from starting.
///
/// It carries everything a person needs at the moment of failure: what went wrong, where, and what to type next.
public struct DeploymentError: Error, Sendable, CustomStringConvertible {
    /// The reason, as a stable name for programs. The exit statuses follow `sysexits.h` where it has one that fits.
    public enum Code: String, Sendable, CaseIterable {
        /// The command line is wrong.
        case usage
        /// A script cannot be read, decoded or split.
        case badScript = "bad_script"
        /// A configuration value is wrong.
        case badConfiguration = "bad_configuration"
        /// There is no configuration, or a value that is needed is not in it.
        case configurationMissing = "configuration_missing"
        /// No server answers.
        case serverUnreachable = "server_unreachable"
        /// The server refuses the user, or a right is missing.
        case accessDenied = "access_denied"
        /// The files and the journal do not agree; nothing ran.
        case problems
        /// Refused: protected, or not confirmed.
        case refused
        /// Another deployer holds the lock.
        case locked
        /// A statement failed.
        case failed
        /// Stopped by a signal.
        case interrupted
        /// A file or directory cannot be written.
        case cannotWrite = "cannot_write"

        /// The exit status of the command.
        public var exitStatus: Int32 {
            switch self {
            case .usage: 64
            case .badScript, .badConfiguration: 65
            case .serverUnreachable: 69
            case .cannotWrite: 73
            case .locked: 75
            case .refused, .accessDenied: 77
            case .configurationMissing: 78
            case .failed, .interrupted, .problems: 2
            }
        }
    }

    public var code: Code
    /// One sentence or more: what failed.
    public var message: String
    /// Where, if a file is to blame.
    public var place: Place?
    /// What to do or type next.
    public var advice: String?

    public init(_ code: Code, _ message: String, place: Place? = nil, advice: String? = nil) {
        self.code = code
        self.message = message
        self.place = place
        self.advice = advice
    }

    public var description: String {
        let at = place.map { "\($0): " } ?? ""
        let next = advice.map { "\n" + AdvisedCommand.complete($0) } ?? ""
        return at + message + next
    }
}

/// A place in a file, in the form that editors and terminals understand: `file:line:column`.
public struct Place: Sendable, Equatable, CustomStringConvertible {
    public var file: String
    /// The first line is 1; nil where the whole file is meant.
    public var line: Int?
    /// In characters, the first is 1.
    public var column: Int?

    public init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    public var description: String {
        ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":")
    }
}
