import SystemPackage

/// What to type next, where there are several targets.
struct FleetCommands {
    let configuration: Configuration

    private var environment: String {
        configuration.environment.map { " -e \(shellQuoted($0))" } ?? ""
    }

    /// Goes on with what is left.
    var goOn: String { "databasedeploy" + environment }

    /// The options that mean one target: it is named by what is stronger than `targets`.
    func options(database: String, on server: Configuration.Server) -> String {
        guard server != configuration.server, case .existing(_, let endpoint) = server else {
            return "\(environment) --set \(shellQuoted("database=" + database))"
        }
        return "\(environment) --url \(shellQuoted(endpoint.url(database: database)))"
    }
}

extension FleetTargetName {
    /// A command for this target alone.
    func command(_ verb: String) -> String { "databasedeploy \(verb)\(options)" }

    /// Advice whose commands are for this target alone.
    func naming(_ advice: String) -> String {
        AdvisedCommand.adding([AdvisedCommand.Option(text: options, flag: options)], to: advice)
    }

    func naming(_ problem: Problem) -> Problem {
        var problem = problem
        problem.advice = problem.advice.map(naming)
        return problem
    }

    func naming(_ failure: Failure) -> Failure {
        var failure = failure
        failure.advice = naming(failure.advice)
        return failure
    }

    func naming(_ error: DeploymentError) -> DeploymentError {
        var error = error
        error.advice = error.advice.map(naming)
        return error
    }
}

extension Endpoint {
    /// Its URL, without the password.
    func url(database: String) -> String {
        let name = Self.encoded(database)
        switch address {
        case .tcp(_, _): return "mysql://\(Self.encoded(user))@\(address)/\(name)"
        case .socket(let path):
            return "mysql://\(Self.encoded(user))@localhost/\(name)?socket=\(Self.encoded(path.string))"
        }
    }

    private static func encoded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            result +=
                isPlain || "-._~/".unicodeScalars.contains(scalar) && byte < 0x80
                ? String(scalar) : "%" + hexadecimal([byte]).uppercased()
        }
        return result
    }
}
