import SystemPackage

/// What the command line and the process give: the strongest sources of a configuration, and where to find the others.
public struct ConfigurationRequest: Sendable, CustomStringConvertible, CustomReflectable {
    /// `--project`; nil means the nearest directory upward.
    public var project: FilePath?
    /// `--environment`.
    public var environment: String?
    /// `--url`.
    public var url: String?
    /// `--private`.
    public var usePrivate: Bool
    /// `--config`: a file instead of the project's `databasedeploy.toml`, or instead of its `App.config` if the name
    /// ends in `.config` or `.xml`.
    public var configFile: FilePath?
    /// `--set KEY=VALUE`, as typed.
    public var settings: [String]
    /// `--recreate`.
    public var recreate: Bool
    /// The environment of the process.
    public var variables: [String: String]
    /// Where `.my.cnf` is looked for; nil if the user has no home.
    public var home: FilePath?
    /// Absolute.
    public var workingDirectory: FilePath

    public init(
        project: FilePath? = nil, environment: String? = nil, url: String? = nil, usePrivate: Bool = false,
        configFile: FilePath? = nil, settings: [String] = [], recreate: Bool = false,
        variables: [String: String] = [:], home: FilePath? = nil, workingDirectory: FilePath
    ) {
        self.project = project
        self.environment = environment
        self.url = url
        self.usePrivate = usePrivate
        self.configFile = configFile
        self.settings = settings
        self.recreate = recreate
        self.variables = variables
        self.home = home
        self.workingDirectory = workingDirectory
    }

    // URL, settings and variables may hold passwords.
    public var description: String { "ConfigurationRequest(in \(workingDirectory))" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    /// A variable that is set and not empty: an unset secret of a CI system arrives as an empty one.
    func variable(_ name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
