import SystemPackage

/// Which files a configuration is read from.
struct ConfigurationFiles {
    private(set) var toml: FilePath?
    private(set) var appConfig: FilePath?
    private(set) var warnings: [String] = []
    private let workingDirectory: FilePath

    init(_ request: ConfigurationRequest, project: FilePath) throws(DeploymentError) {
        workingDirectory = request.workingDirectory
        let toml = project.appending(ConfigurationLoader.tomlName)
        if ConfigurationFile.exists(toml) { self.toml = toml }
        let appConfigs = ConfigurationLoader.appConfigNames.map { project.appending($0) }
            .filter(ConfigurationFile.exists)
        appConfig = appConfigs.first
        if let given = request.configFile {
            let file = ProjectPath.absolute(given.string, base: workingDirectory)
            guard ConfigurationFile.exists(file) else {
                throw DeploymentError(.configurationMissing, "There is no file \(given), which `--config` names.")
            }
            if ["config", "xml"].contains(file.extension?.lowercased()) {
                appConfig = file
                return
            }
            self.toml = file
        }
        warnAboutTwins(appConfigs)
    }

    /// Where case does not count in names, both are one file.
    private mutating func warnAboutTwins(_ files: [FilePath]) {
        guard let used = files.first, let other = files.dropFirst().first else { return }
        guard ConfigurationFile.identity(used) != ConfigurationFile.identity(other) else { return }
        warnings.append("\(shown(other)) is not read, as there is \(shown(used)).")
    }

    /// How messages call a file.
    func shown(_ file: FilePath) -> String {
        ProjectPath.shown(file, from: workingDirectory)
    }
}
