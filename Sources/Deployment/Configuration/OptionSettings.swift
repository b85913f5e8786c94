import SystemPackage
import TOMLKit

/// The settings that the command line gives: `--set KEY=VALUE`, `--url`, `--recreate`.
enum OptionSettings {
    /// - Throws: `.usage`; never with a value in it.
    static func read(
        _ request: ConfigurationRequest, project: FilePath, warnings: inout [String]
    ) throws(DeploymentError) -> Settings {
        var settings = request.settings.isEmpty ? Settings() : try read(request.settings, project: project)
        if let url = request.url { settings.url = try parse(url, base: request.workingDirectory) }
        if request.recreate { settings.recreate = true }
        warnAboutPasswords(settings, url: request.url, &warnings)
        return settings
    }

    /// Those of `--set`.
    private static func read(_ given: [String], project: FilePath) throws(DeploymentError) -> Settings {
        let table = TOMLTable()
        var typed: [String: String] = [:]
        for setting in given {
            let key = Spelling.trimmed(setting.prefix { $0 != "=" })
            guard let equals = setting.firstIndex(of: "="), !key.isEmpty else {
                throw DeploymentError(.usage, "`--set` wants KEY=VALUE, such as `--set statement_timeout=60`.")
            }
            let text = Spelling.trimmed(setting[equals...].dropFirst())
            if TOMLPlaces("value = \(text)").nul != nil {
                throw DeploymentError(.usage, "`--set \(key)` has the character NUL, which no text may have.")
            }
            if let name = ["undo", "images"].first(where: { key == "\($0).limit" }) {
                table[name] = TOMLTable(["limit": value(text)])
            } else {
                typed[key] = text
                table[key] = value(text)
            }
        }
        let reader = SettingsReader(
            table: table, prefix: "--set ", place: { _ in nil }, code: .usage, typed: typed, project: project)
        return try reader.read(allowed: Settings.keys)
    }

    /// What a shell's word means: a TOML value if it is one, otherwise a text.
    private static func value(_ text: String) -> any TOMLValueConvertible {
        do {
            let table = try TOMLTable(string: "value = \(text)")
            // A line end in the text could have brought in keys of its own.
            if table.count == 1, let value = table["value"] { return value }
            return text
        } catch {
            return text
        }
    }

    private static func parse(_ url: String, base: FilePath) throws(DeploymentError) -> ServerSettings {
        do {
            return try DatabaseURL.parse(url, base: base)
        } catch {
            throw DeploymentError(.usage, "`--url` is not a URL of a database: \(error.reason).")
        }
    }

    private static func warnAboutPasswords(_ settings: Settings, url: String?, _ warnings: inout [String]) {
        var places: [String] = []
        if url != nil, settings.url?.password != nil { places.append("--url") }
        if url == nil, settings.url?.password != nil { places.append("--set url") }
        if case .literal = settings.password?.origin { places.append("--set password") }
        if case .literal = settings.bootstrapPassword?.origin { places.append("--set bootstrap_password") }
        if settings.replicas?.contains(where: { $0.password != nil }) == true { places.append("--set replicas") }
        if settings.bootstrapURL?.password != nil { places.append("--set bootstrap_url") }
        for place in places {
            warnings.append(
                "The password in `\(place)` can be read in the process list by everyone on this machine; "
                    + "give it in the variable DATABASEDEPLOY_PASSWORD.")
        }
    }
}
