/// A configuration, and what it takes to reach further servers in the same way.
public struct LoadedConfiguration: Sendable {
    public var configuration: Configuration
    var servers: ServerResolution
    /// What the sources are called, and what they say; the strongest first.
    var layers: [(name: String, settings: Settings)] = []
    /// The project's own files that were read, as messages call them.
    public internal(set) var files: [String] = []

    /// What a source says, in the order of the keys.
    public var given: [GivenSetting] { GivenSetting.all(layers) }

    /// The server of a target that has a URL of its own. What the URL does not say, such as the password, is as for every
    /// other target.
    ///
    /// - Throws: what fetching a password throws; `.configurationMissing` if no user is named.
    mutating func server(of target: ServerSettings) throws(DeploymentError) -> Configuration.Server {
        if target.password == nil { try servers.fetchPassword() }
        var servers = servers
        servers.layers.insert(Settings(url: target), at: 0)
        servers.request.usePrivate = false
        var warnings: [String] = []
        let endpoints = try servers.endpoints(&warnings)
        return .existing(bootstrap: endpoints.bootstrap, database: endpoints.database)
    }
}

extension ServerResolution {
    /// Fetches the password of the strongest source that has one, so that a command that gives it runs once for all targets.
    fileprivate mutating func fetchPassword() throws(DeploymentError) {
        guard let index = layers.firstIndex(where: { $0.password != nil }), let source = layers[index].password else {
            return
        }
        if case .literal = source.origin { return }
        let secret = try source.fetch(request, project: project)
        layers[index].password?.origin = .literal(secret)
    }
}
