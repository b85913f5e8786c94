import SystemPackage
import TOMLKit

/// Reads one table of `databasedeploy.toml`, or the one key of a `--set`, with every check that needs no other source.
struct SettingsReader {
    var table: TOMLTable
    /// `environments.NAME.`, or empty.
    var prefix = ""
    /// Where a key stands.
    var place: @Sendable (String) -> Place?
    /// `.badConfiguration` for files, `.usage` for options.
    var code = DeploymentError.Code.badConfiguration
    /// Texts as typed, for `--set`: a bare word is a text there.
    var typed: [String: String] = [:]
    var project: FilePath

    /// - Parameter allowed: the keys that may be here.
    func read(allowed: [String]) throws(DeploymentError) -> Settings {
        for key in table.keys where !allowed.contains(key) {
            throw problem(key, "There is no key `\(prefix)\(key)`\(Suggestion.phrase(for: key, in: allowed)).")
        }
        var settings = Settings()
        settings.url = try url("url")
        settings.bootstrapURL = try url("bootstrap_url")
        if settings.bootstrapURL?.isPrivate == true {
            throw problem("bootstrap_url", "`\(prefix)bootstrap_url` cannot be `private:`.")
        }
        settings.password = try password("password")
        settings.bootstrapPassword = try password("bootstrap_password")
        settings.database = try database("database")
        settings.tls.mode = try choice("ssl_mode", Endpoint.TLSMode.choices) { Endpoint.TLSMode(spelling: $0) }
        settings.tls.authority = try path("ssl_ca")
        settings.tls.certificate = try path("ssl_cert")
        settings.tls.key = try path("ssl_key")
        settings.connectTimeout = try seconds("connect_timeout")
        settings.compression = try flag("compression")
        settings.environment = try text("environment")
        settings.recreate = try flag("recreate")
        settings.protected = try flag("protected")
        settings.logLevel = try choice("log_level", named: LogLevel.self)
        settings.statementTimeout = try seconds("statement_timeout")
        settings.lockTimeout = try seconds("lock_timeout")
        settings.lockWaitTimeout = try seconds("lock_wait_timeout")
        settings.replicas = try replicas()
        settings.maxReplicaLag = try seconds("max_replica_lag")
        settings.lease = try seconds("lease")
        settings.parallel = try count("parallel", 1...64)
        settings.outOfOrder = try choice("out_of_order", named: Configuration.OutOfOrder.self)
        settings.orphan = try choice("orphan", named: Configuration.Orphan.self)
        settings.onFailure = try choice("on_failure", named: Configuration.OnFailure.self)
        settings.undoLimit = try limit(in: "undo", such: "256 MB")
        settings.imageLimit = try limit(in: "images", such: "1 GB")
        settings.waitForKey = try flag("wait_for_key")
        settings.localInfile = try flag("local_infile").map { $0 ? .project : .off }
        settings.serverProgram = try path("server_program")
        settings.folders = try FoldersReader(settings: self).read()
        try FleetSettingsReader(settings: self).read(into: &settings)
        return settings
    }

    func text(_ key: String) throws(DeploymentError) -> String? {
        guard let value = table[key] else { return nil }
        guard let text = value.string ?? typed[key] else { throw wrongType(key, value, "a text in quotation marks") }
        guard !text.isEmpty, !text.utf8.contains(0) else { throw problem(key, "`\(prefix)\(key)` is empty.") }
        return text
    }

    func flag(_ key: String) throws(DeploymentError) -> Bool? {
        guard let value = table[key] else { return nil }
        if let flag = value.bool ?? typed[key].flatMap(Spelling.bool) { return flag }
        throw wrongType(key, value, "true or false")
    }

    private func seconds(_ key: String) throws(DeploymentError) -> Int? {
        guard let value = table[key] else { return nil }
        guard let number = value.int else { throw wrongType(key, value, "a whole number of seconds") }
        guard (0...largestTimeout).contains(number) else {
            throw problem(key, "`\(prefix)\(key)` must be from 0 to \(largestTimeout) seconds, not \(number).")
        }
        return number
    }

    private func count(_ key: String, _ range: ClosedRange<Int>) throws(DeploymentError) -> Int? {
        guard let value = table[key] else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw problem(
                key, "`\(prefix)\(key)` must be a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// `undo = { limit = … }` and its like: bytes as a number, or a text with a unit.
    private func limit(in key: String, such example: String) throws(DeploymentError) -> Int? {
        guard let value = table[key] else { return nil }
        guard let table = value.table else {
            throw wrongType(key, value, "a table, such as { limit = \"\(example)\" }")
        }
        for inner in table.keys where inner != "limit" {
            throw problem(
                "\(key).\(inner)",
                "There is no key `\(prefix)\(key).\(inner)`\(Suggestion.phrase(for: inner, in: ["limit"])).")
        }
        guard let limit = table["limit"] else { return nil }
        if let bytes = limit.int, bytes >= 0 { return bytes }
        if let bytes = limit.string.flatMap(ByteCount.init(spelling:)) { return bytes.bytes }
        throw problem(
            "\(key).limit", "`\(prefix)\(key).limit` must be a number of bytes, or a text such as \"\(example)\".")
    }

    private func path(_ key: String) throws(DeploymentError) -> FilePath? {
        try text(key).map { ProjectPath.absolute($0, base: project) }
    }

    private func database(_ key: String) throws(DeploymentError) -> String? {
        guard let name = try text(key) else { return nil }
        if let obstacle = DatabaseName.obstacle(name) { throw problem(key, "`\(prefix)\(key)` \(obstacle).") }
        return name
    }

    private func url(_ key: String) throws(DeploymentError) -> ServerSettings? {
        guard let text = try text(key) else { return nil }
        return try url(key, text)
    }

    private func url(_ key: String, _ text: String) throws(DeploymentError) -> ServerSettings {
        do {
            return try DatabaseURL.parse(text, base: project)
        } catch {
            throw problem(key, "`\(prefix)\(key)` is not a URL of a database: \(error.reason).")
        }
    }

    /// A list of URLs; in `--set`, one URL will do.
    private func replicas() throws(DeploymentError) -> [ServerSettings]? {
        let key = "replicas"
        guard let value = table[key] else { return nil }
        var texts: [String] = []
        if let array = value.array {
            for index in 0..<array.count {
                guard let text = array[index].string else { throw wrongType(key, array[index], "a list of URLs") }
                texts.append(text)
            }
        } else if let text = typed[key] {
            texts = [text]
        } else {
            throw wrongType(key, value, "a list of URLs")
        }
        var servers: [ServerSettings] = []
        for text in texts {
            let server = try url(key, text)
            if server.isPrivate { throw problem(key, "`\(prefix)\(key)` cannot be `private:`.") }
            servers.append(server)
        }
        return servers
    }

    func choice<Choice>(
        _ key: String, _ choices: @autoclosure () -> String, _ make: (String) -> Choice?
    ) throws(DeploymentError) -> Choice? {
        guard let text = try text(key) else { return nil }
        if let choice = make(text) { return choice }
        let choices = choices()
        let hint = Suggestion.phrase(for: text, in: choices.split(separator: ", ").map(String.init))
        throw problem(key, "`\(prefix)\(key)` must be one of \(choices), not \"\(text)\"\(hint).")
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ key: String, named type: Choice.Type
    ) throws(DeploymentError) -> Choice? {
        try choice(key, Choice.allCases.map(\.rawValue).joined(separator: ", ")) { Choice(rawValue: $0.lowercased()) }
    }

    private func password(_ key: String) throws(DeploymentError) -> PasswordSource? {
        guard let value = table[key] else { return nil }
        let name = prefix + key
        func source(_ origin: PasswordSource.Origin) -> PasswordSource {
            PasswordSource(origin: origin, key: name, place: place(key), code: code)
        }
        if let text = value.string ?? (value.table == nil ? typed[key] : nil) { return source(.literal(Secret(text))) }
        let forms = "a text, { env = \"NAME\" }, { file = \"path\" } or { command = \"…\" }"
        guard let table = value.table else { throw wrongType(key, value, forms) }
        guard table.count == 1, let kind = table.keys.first, let text = table[kind]?.string, !text.isEmpty else {
            throw problem(key, "`\(name)` must be \(forms).")
        }
        switch kind {
        case "env": return source(.variable(text))
        case "file": return source(.file(text))
        case "command": return source(.command(text))
        default:
            let hint = Suggestion.phrase(for: kind, in: ["env", "file", "command"])
            throw problem("\(key).\(kind)", "There is no key `\(name).\(kind)`\(hint).")
        }
    }

    func wrongType(_ key: String, _ value: any TOMLValueConvertible, _ wanted: String) -> DeploymentError {
        let article = "aeiou".contains(value.type.description.prefix(1)) ? "an" : "a"
        let found = typed[key] == nil ? ", not \(article) \(value.type.description)" : ""
        return problem(key, "`\(prefix)\(key)` must be \(wanted)\(found).")
    }

    func problem(_ key: String, _ message: String) -> DeploymentError {
        DeploymentError(code, message, place: place(prefix + key))
    }
}
