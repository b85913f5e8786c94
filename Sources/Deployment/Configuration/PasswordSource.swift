import SystemPackage

/// A password, or where to get it. It is fetched only if nothing stronger gives one.
struct PasswordSource: Sendable {
    enum Origin: Sendable {
        case literal(Secret)
        case variable(String)
        /// A path within the project, or absolute.
        case file(String)
        case command(String)
    }

    var origin: Origin
    /// The full key, for messages.
    var key: String
    var place: Place?
    var code: DeploymentError.Code

    /// The password itself.
    ///
    /// - Throws: `.configurationMissing` for a variable that is not set; otherwise the source's code, without any
    ///   content of files or output of commands.
    func fetch(_ request: ConfigurationRequest, project: FilePath) throws(DeploymentError) -> Secret {
        switch origin {
        case .literal(let secret):
            return secret
        case .variable(let name):
            if let value = request.variable(name) { return Secret(value) }
            throw DeploymentError(
                .configurationMissing, "`\(key)` comes from the environment variable \(name), which is not set.",
                place: place, advice: "Set \(name), or give the password in DATABASEDEPLOY_PASSWORD.")
        case .file(let path):
            return try read(path, project: project)
        case .command(let command):
            let outcome = PasswordCommand.run(command, variables: request.variables, directory: project)
            switch outcome {
            case .password(let secret): return secret
            case .failed(let reason): throw problem("The command of `\(key)` \(reason).")
            }
        }
    }

    private func read(_ path: String, project: FilePath) throws(DeploymentError) -> Secret {
        let file: FilePath
        if FilePath(path).isAbsolute {
            file = FilePath(path)
        } else if let inside = ProjectPath.inside(path, project: project) {
            file = inside
        } else {
            throw problem(
                "The file of `\(key)` (\(path)) leads out of the project directory.", advice: "Write an absolute path.")
        }
        if let obstacle = ConfigurationFile.obstacle(file) {
            throw problem("The file of `\(key)` (\(path)) cannot be read: \(obstacle).")
        }
        return Secret(Self.trimmed(try ConfigurationFile.text(file, name: path)))
    }

    /// Without the line end that editors and commands put after the last line.
    static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars
        if scalars.last == "\n" { scalars.removeLast() }
        if scalars.last == "\r" { scalars.removeLast() }
        return String(scalars)
    }

    private func problem(_ message: String, advice: String? = nil) -> DeploymentError {
        DeploymentError(code, message, place: place, advice: advice)
    }
}
