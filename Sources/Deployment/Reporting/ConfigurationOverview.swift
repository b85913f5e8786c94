import SystemPackage

/// What is configured, as `status --verbose` shows it before it reaches for the server.
public struct ConfigurationOverview: Sendable {
    private let loaded: LoadedConfiguration

    public init(_ loaded: LoadedConfiguration) {
        self.loaded = loaded
    }

    /// As a person reads it; without passwords.
    public var text: String {
        let configuration = loaded.configuration
        var rows = [("Project", configuration.project.string)]
        rows.append(("Files", loaded.files.isEmpty ? "none" : loaded.files.joined(separator: ", ")))
        if let environment = configuration.environment { rows.append(("Environment", environment)) }
        switch configuration.server {
        case .existing(let bootstrap, let database):
            rows.append(("Connection", Self.described(database)))
            if bootstrap != database { rows.append(("Bootstrap", Self.described(bootstrap))) }
        case .privateServer: rows.append(("Connection", "the private server of the project"))
        case .unnamed: rows.append(("Connection", "as the targets say"))
        }
        if !configuration.database.isEmpty { rows.append(("Database", configuration.database)) }
        rows.append(("Folders", configuration.folders.map(Self.described).joined(separator: ", ")))
        rows += loaded.given.enumerated().map { index, setting in
            (index == 0 ? "Settings" : "", "\(setting.key) = \(setting.value)  (\(setting.origin))")
        }
        return rows.map { "\(padded($0.0, 11))  \(printable($0.1))" }.joined(separator: "\n")
    }

    private static func described(_ endpoint: Endpoint) -> String {
        let password = endpoint.password == nil ? "without a password" : "with a password"
        var text = "\(endpoint.location), user \(endpoint.user), \(password)"
        if case .tcp = endpoint.address { text += ", ssl_mode \(endpoint.tls.mode.rawValue)" }
        return text
    }

    private static func described(_ folder: Folder) -> String {
        let place = folder.directory == folder.name ? "" : "\(folder.directory), "
        return "\(folder.name) (\(place)\(folder.rule.rawValue))"
    }
}
