import SystemPackage
import TOMLKit

/// The file `databasedeploy.toml`: settings, and environments that change them.
struct TOMLConfiguration {
    var top = Settings()
    /// In the order of their names.
    var environments: [(name: String, settings: Settings)] = []
    /// Where `environment` stands.
    var environmentPlace: Place?

    /// - Parameter name: how the file is called in errors.
    /// - Throws: `.badConfiguration`, with line and column.
    static func read(_ file: FilePath, name: String, project: FilePath) throws(DeploymentError) -> TOMLConfiguration {
        let text = try ConfigurationFile.text(file, name: name)
        let table = try TOMLText.parse(text, name: name)
        let found = TOMLPlaces(text)
        if let nul = found.nul {
            throw DeploymentError(
                .badConfiguration, "A text has the character NUL, which none may have.",
                place: Place(file: name, line: nul.line, column: nul.column))
        }
        let places = found.places
        let place: @Sendable (String) -> Place? = { key in
            let at = places[key]
            return Place(file: name, line: at?.line, column: at?.column)
        }
        var configuration = TOMLConfiguration()
        configuration.environmentPlace = place("environment")
        let environments = table["environments"]
        configuration.top = try SettingsReader(table: table, place: place, project: project)
            .read(allowed: Settings.keys + ["environments"])
        guard let environments else { return configuration }
        guard let tables = environments.table else {
            throw DeploymentError(
                .badConfiguration, "`environments` must be tables, as in [environments.production].",
                place: place("environments"))
        }
        for environment in tables.keys {
            guard let section = tables[environment]?.table else {
                throw DeploymentError(
                    .badConfiguration, "`environments.\(environment)` must be a table, as in [environments.NAME].",
                    place: place("environments.\(environment)"))
            }
            let reader = SettingsReader(
                table: section, prefix: "environments.\(environment).", place: place, project: project)
            let settings = try reader.read(allowed: Settings.keys.filter { $0 != "environment" })
            configuration.environments.append((environment, settings))
        }
        return configuration
    }
}

/// TOML text, and what is wrong with it.
enum TOMLText {
    static func parse(_ text: String, name: String) throws(DeploymentError) -> TOMLTable {
        do {
            return try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            let place = Place(file: name, line: error.source.begin.line, column: error.source.begin.column)
            throw DeploymentError(.badConfiguration, "Malformed TOML: \(harmless(error.description)).", place: place)
        } catch {
            throw DeploymentError(.badConfiguration, "Malformed TOML.", place: Place(file: name))
        }
    }

    /// The parser's words without what it read: that may be a password without its quotation marks.
    static func harmless(_ description: String) -> String {
        if description.contains("redefine") { return description }
        var words = ""
        var rest = description[...]
        while let quote = rest.firstIndex(of: "'") {
            words += rest[..<quote]
            let quoted = rest[rest.index(after: quote)...]
            let end = quoted.firstIndex(of: "'") ?? quoted.endIndex
            // One character is a sign that was expected; more, or what was found instead, may be of a value.
            let isSign = quoted[..<end].count <= 1 && !words.hasSuffix("saw ")
            words += isSign ? "'\(quoted[..<end])'" : "something else"
            rest = end < quoted.endIndex ? quoted[quoted.index(after: end)...] : ""
        }
        return words + rest
    }
}
