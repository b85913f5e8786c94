/// Which of the environments of `databasedeploy.toml` is meant.
struct EnvironmentChoice {
    var name: String?
    var settings = Settings()

    /// - Throws: for an environment that there is not, `.usage` if the command line named it, otherwise
    ///   `.badConfiguration`: a person who believes to be in one must not deploy with the settings of none.
    init(
        _ request: ConfigurationRequest, _ options: Settings, _ toml: TOMLConfiguration, tomlName: String?
    ) throws(DeploymentError) {
        let code: DeploymentError.Code
        var source = ""
        var place: Place?
        if let given = request.environment ?? options.environment {
            (name, code) = (given, .usage)
        } else if let variable = request.variable("DATABASEDEPLOY_ENVIRONMENT") {
            (name, code, source) = (variable, .badConfiguration, ", which DATABASEDEPLOY_ENVIRONMENT names")
        } else {
            (name, code, place) = (toml.top.environment, .badConfiguration, toml.environmentPlace)
        }
        guard let name else { return }
        if let found = toml.environments.first(where: { $0.name == name }) {
            settings = found.settings
            return
        }
        let names = toml.environments.map(\.name)
        let hint = Suggestion.phrase(for: name, in: names)
        let known =
            names.isEmpty
            ? "\(tomlName ?? ConfigurationLoader.tomlName) has no environments; write [environments.\(name)] there."
            : "There are: \(names.joined(separator: ", "))."
        throw DeploymentError(code, "There is no environment \"\(name)\"\(source)\(hint).", place: place, advice: known)
    }
}
