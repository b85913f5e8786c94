import SystemPackage

/// What to type next, where there are several targets.
struct FleetCommands {
    let configuration: Configuration

    private var environment: String {
        configuration.environment.map { " -e \(shellQuoted($0))" } ?? ""
    }

    /// Goes on with what is left.
    var goOn: String { AdvisedCommand.complete("databasedeploy" + environment) }

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
    func command(_ verb: String) -> String { AdvisedCommand.complete("databasedeploy \(verb)\(options)") }

    /// Advice whose commands are for this target alone.
    func naming(_ advice: String) -> String {
        AdvisedCommand.adding([AdvisedCommand.Option(text: options, flags: [options])], to: advice)
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
        var parameters: [(String, String)] = []
        let place: String
        switch address {
        case .tcp(let host, _):
            place = "\(address)"
            let standard = TLSMode.standard(host: host, isAuthorityNamed: tls.authority != nil)
            if tls.mode != standard { parameters.append(("ssl-mode", tls.mode.rawValue)) }
            for (name, path) in [("ssl-ca", tls.authority), ("ssl-cert", tls.certificate), ("ssl-key", tls.key)] {
                if let path { parameters.append((name, path.string)) }
            }
        case .socket(let path):
            place = "localhost"
            parameters.append(("socket", path.string))
        }
        let spelled = parameters.map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        return "mysql://\(Self.encoded(user))@\(place)/\(name)" + (spelled.isEmpty ? "" : "?\(spelled)")
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
