import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Decides which server all sources together mean.
///
/// A URL and a connection string are taken whole: a stronger one replaces a weaker one with everything that it says.
/// Single keys (`password`, `ssl_mode` …) are laid over it, each from its strongest source; within one source the key
/// is stronger than the same thing in that source's URL.
struct ServerResolution: Sendable {
    /// Strongest first; `App.config` and `~/.my.cnf` are not among them.
    var layers: [Settings]
    var appConfig: AppConfig
    var optionFile: ServerSettings?
    var request: ConfigurationRequest
    var project: FilePath
    var localInfileRoot: FilePath?

    /// The index of the strongest source that has a URL.
    private var urlLayer: Int? { layers.firstIndex { $0.url != nil } }

    /// Below all layers.
    private var appConfigRank: Int { layers.count }

    /// Whether the private server is meant.
    var isPrivate: Bool { request.usePrivate || urlLayer.flatMap { layers[$0].url?.isPrivate } == true }

    /// Whether anything says which server is meant.
    var isNamed: Bool {
        isPrivate || urlLayer != nil || appConfig.database != nil || appConfig.bootstrap != nil
            || layers.contains { $0.bootstrapURL != nil } || optionFile?.host != nil || optionFile?.socket != nil
    }

    /// The database in the URL, which is where a query for names runs.
    var urlDatabase: String? { urlLayer.flatMap { layers[$0].url?.database } ?? appConfig.database?.database }

    /// The target's name, wherever it is said first.
    var databaseName: String? {
        for layer in layers {
            // Within one source, the key is clearer than the URL's path.
            if let name = layer.database ?? layer.url?.database { return name }
        }
        return appConfig.database?.database ?? appConfig.bootstrap?.database
            ?? layers.lazy.compactMap { $0.bootstrapURL?.database }.first
    }

    /// Both endpoints.
    ///
    /// - Throws: `.configurationMissing` if no server or no user is named; what fetching a password throws.
    func endpoints(
        _ warnings: inout [String]
    ) throws(DeploymentError) -> (bootstrap: Endpoint, database: Endpoint) {
        let ownBootstrap = bootstrapURL(&warnings)
        let base: Base
        if let urlLayer, let url = layers[urlLayer].url {
            base = Base(settings: url, rank: urlLayer)
        } else if let string = appConfig.database ?? appConfig.bootstrap {
            base = Base(settings: string, rank: appConfigRank)
        } else if let ownBootstrap {
            base = ownBootstrap
        } else if let optionFile, optionFile.host != nil || optionFile.socket != nil {
            base = Base(settings: ServerSettings(), rank: appConfigRank)
        } else {
            throw DeploymentError(
                .configurationMissing, "No server is named.",
                advice: "Write url = \"mysql://user@host/Database\" in databasedeploy.toml, set DATABASE_URL, "
                    + "or type --url or --private.")
        }
        let user = try user(base)
        let password = try password(base, user: user)
        let database = try endpoint(base, user: user, password: password)
        warnAboutSocket(database, base, &warnings)

        guard let bootstrapBase = ownBootstrap ?? appConfigBootstrap else { return (database, database) }
        let bootstrapUser = try self.user(bootstrapBase)
        let bootstrapPassword = try self.bootstrapPassword(
            bootstrapBase, user: bootstrapUser, database: (user, password))
        return (try endpoint(bootstrapBase, user: bootstrapUser, password: bootstrapPassword), database)
    }

    /// A URL or a connection string, and how strong it is; a negative rank is stronger than all single keys.
    private struct Base {
        var settings: ServerSettings
        var rank: Int
    }

    /// The bootstrap URL, unless a stronger source says where to go: bootstrapping on one server what is deployed on
    /// another helps nobody.
    private func bootstrapURL(_ warnings: inout [String]) -> Base? {
        guard let index = layers.firstIndex(where: { $0.bootstrapURL != nil }), let url = layers[index].bootstrapURL
        else { return nil }
        if let urlLayer, urlLayer < index {
            warnings.append("`bootstrap_url` is not used, as a stronger source gives another URL.")
            return nil
        }
        return Base(settings: url, rank: -1)
    }

    private var appConfigBootstrap: Base? {
        guard urlLayer == nil, appConfig.database != nil, let string = appConfig.bootstrap else { return nil }
        return Base(settings: string, rank: appConfigRank)
    }

    // MARK: Parts

    private func value<Value>(
        _ key: (Settings) -> Value?, _ part: (ServerSettings) -> Value?, _ base: Base
    ) -> Value? {
        if let value = written(key, part, base) { return value }
        return optionFile.flatMap(part)
    }

    /// As `value`, without `~/.my.cnf`.
    private func written<Value>(
        _ key: (Settings) -> Value?, _ part: (ServerSettings) -> Value?, _ base: Base
    ) -> Value? {
        if base.rank < 0, let value = part(base.settings) { return value }
        for (rank, layer) in layers.enumerated() {
            if let value = key(layer) { return value }
            if rank == base.rank, let value = part(base.settings) { return value }
        }
        return base.rank >= layers.count ? part(base.settings) : nil
    }

    private func user(_ base: Base) throws(DeploymentError) -> String {
        // Without any name, the mysql clients take that of the login.
        let login = request.variable("USER") ?? request.variable("LOGNAME")
        if let user = base.settings.user ?? optionFile?.user ?? login { return user }
        throw DeploymentError(
            .configurationMissing, "No user is named for the server.",
            advice: "Write the user into the URL, as in mysql://user@host/Database.")
    }

    private func password(_ base: Base, user: String) throws(DeploymentError) -> Secret? {
        if base.rank < 0, let password = base.settings.password { return password }
        for (rank, layer) in layers.enumerated() {
            if let source = layer.password { return try source.fetch(request, project: project) }
            if rank == base.rank, let password = base.settings.password { return password }
            if let source = layer.weakPassword { return try source.fetch(request, project: project) }
        }
        return base.settings.password ?? optionPassword(for: user)
    }

    private func bootstrapPassword(
        _ base: Base, user: String, database: (user: String, password: Secret?)
    ) throws(DeploymentError) -> Secret? {
        if let source = layers.lazy.compactMap(\.bootstrapPassword).first {
            return try source.fetch(request, project: project)
        }
        if base.rank < 0, let password = base.settings.password { return password }
        let passwordOfLayers = layers.contains { $0.password != nil || $0.weakPassword != nil }
        // A password belongs to a user: the one of the database's user is never tried for another one.
        if user == database.user, passwordOfLayers || base.settings.password == nil { return database.password }
        return base.settings.password ?? optionPassword(for: user)
    }

    /// The password of `~/.my.cnf`, unless that names another user.
    private func optionPassword(for user: String) -> Secret? {
        optionFile?.user ?? user == user ? optionFile?.password : nil
    }

    private func endpoint(_ base: Base, user: String, password: Secret?) throws(DeploymentError) -> Endpoint {
        var place = base.settings
        let hasPlace = place.host != nil || place.socket != nil
        // Host, port and socket belong together: another source's port would be that of another server.
        if place.host == nil, place.socket == nil, let optionFile {
            place.host = optionFile.host
            place.socket = optionFile.socket
            place.port = place.port ?? optionFile.port
        }
        let tls = TLSSettings(
            mode: value(\.tls.mode, \.tls.mode, base), authority: value(\.tls.authority, \.tls.authority, base),
            certificate: value(\.tls.certificate, \.tls.certificate, base), key: value(\.tls.key, \.tls.key, base))
        let isOfOptionFile = !hasPlace && (place.host != nil || place.socket != nil)
        let mode = mode(tls, place, base, isOfOptionFile: isOfOptionFile)
        return Endpoint(
            address: Self.address(place, mode), user: user,
            password: password.flatMap { $0.value.isEmpty ? nil : $0 }, tls: try Self.checked(tls, mode: mode),
            connectTimeout: value(\.connectTimeout, \.connectTimeout, base) ?? 10,
            compression: value(\.compression, \.compression, base) ?? false, localInfileRoot: localInfileRoot)
    }

    /// `~/.my.cnf` says how its own server is reached. Of another one it may demand more than would hold without it, never
    /// less: who writes `skip-ssl` there thinks of the file's server.
    private func mode(
        _ tls: TLSSettings, _ place: ServerSettings, _ base: Base, isOfOptionFile: Bool
    ) -> Endpoint.TLSMode {
        if let mode = written(\.tls.mode, \.tls.mode, base) { return mode }
        let wanted = tls.mode ?? Self.defaultMode(place, tls)
        if isOfOptionFile { return wanted }
        let authority = written(\.tls.authority, \.tls.authority, base)
        let least = Self.defaultMode(place, TLSSettings(authority: authority))
        return wanted.strength > least.strength ? wanted : least
    }

    private func warnAboutSocket(_ endpoint: Endpoint, _ base: Base, _ warnings: inout [String]) {
        guard case .socket(let path) = endpoint.address else { return }
        guard let mode = written(\.tls.mode, \.tls.mode, base), mode == .verifyCA || mode == .verifyFull else { return }
        warnings.append(
            "`ssl_mode` \(mode.rawValue) is for TCP, and means nothing on the socket \(path), which is on this machine."
        )
    }

    /// `localhost` is TCP to 127.0.0.1, as it was to the old program (the mysql clients take a socket instead); the
    /// name stays only where a certificate must bear it.
    private static func address(_ place: ServerSettings, _ mode: Endpoint.TLSMode) -> Endpoint.Address {
        if let socket = place.socket { return .socket(socket) }
        let host = place.host ?? "localhost"
        let isLocal = host.lowercased() == "localhost" && mode != .verifyFull
        return .tcp(host: isLocal ? "127.0.0.1" : host, port: place.port ?? 3306)
    }

    /// What holds when nothing is said.
    private static func defaultMode(_ place: ServerSettings, _ tls: TLSSettings) -> Endpoint.TLSMode {
        if place.socket != nil { return .disabled }
        return .standard(host: place.host ?? "localhost", isAuthorityNamed: tls.authority != nil)
    }

    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        var four = in_addr()
        if inet_pton(AF_INET, host, &four) == 1 { return UInt32(bigEndian: four.s_addr) >> 24 == 127 }
        var six = in6_addr()
        guard inet_pton(AF_INET6, host, &six) == 1 else { return false }
        return withUnsafeBytes(of: six) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
    }

    private static func checked(
        _ tls: TLSSettings, mode: Endpoint.TLSMode
    ) throws(DeploymentError) -> Endpoint.TLS {
        let files = [("ssl_ca", tls.authority), ("ssl_cert", tls.certificate), ("ssl_key", tls.key)]
        for (key, file) in files where mode != .disabled {
            if let file, let obstacle = ConfigurationFile.obstacle(file) {
                throw DeploymentError(.badConfiguration, "`\(key)` (\(file)) cannot be read: \(obstacle).")
            }
        }
        return Endpoint.TLS(mode: mode, authority: tls.authority, certificate: tls.certificate, key: tls.key)
    }
}
