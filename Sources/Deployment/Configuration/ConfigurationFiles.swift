import SystemPackage

/// Which files a configuration is read from.
struct ConfigurationFiles {
    private(set) var toml: FilePath?
    private(set) var appConfig: FilePath?
    private let workingDirectory: FilePath

    init(_ request: ConfigurationRequest, project: FilePath) throws(DeploymentError) {
        workingDirectory = request.workingDirectory
        let toml = project.appending(ConfigurationLoader.tomlName)
        if ConfigurationFile.exists(toml) { self.toml = toml }
        appConfig = ConfigurationLoader.appConfigNames.lazy.map { project.appending($0) }
            .first(where: ConfigurationFile.exists)
        guard let given = request.configFile else { return }
        let file = ProjectPath.absolute(given.string, base: workingDirectory)
        guard ConfigurationFile.exists(file) else {
            throw DeploymentError(.configurationMissing, "There is no file \(given), which `--config` names.")
        }
        if ["config", "xml"].contains(file.extension?.lowercased()) { appConfig = file } else { self.toml = file }
    }

    /// How messages call a file.
    func shown(_ file: FilePath) -> String {
        ProjectPath.shown(file, from: workingDirectory)
    }
}
