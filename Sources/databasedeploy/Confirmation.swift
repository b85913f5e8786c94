import Deployment

/// Asks before something is done that cannot be taken back.
struct Confirmation {
    let options: CommonOptions
    let yes: Bool

    /// Returns if the person agrees.
    ///
    /// - Parameter isDestructive: Whether data is lost by it; a protected environment refuses that always.
    /// - Throws: `DeploymentError` with the code `refused`.
    func confirm(_ question: String, configuration: Configuration, isDestructive: Bool = true) throws(DeploymentError) {
        if isDestructive && configuration.protected {
            let name = configuration.environment.map { "The environment \($0)" } ?? "This project"
            throw DeploymentError(
                .refused, "\(name) is protected: nothing is dropped there.",
                advice: "protected = true in databasedeploy.toml says so.")
        }
        if yes { return }
        guard Terminal.isInteractive else {
            throw DeploymentError(.refused, "Not confirmed: \(question)", advice: "Without a terminal, add --yes.")
        }
        options.output.write("\(question) Type yes to go on: ")
        guard Terminal.readLine() == "yes" else {
            throw DeploymentError(.refused, "Not confirmed; nothing was changed.")
        }
    }
}
