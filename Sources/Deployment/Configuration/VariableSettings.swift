/// The settings that environment variables give. An empty variable counts as one that is not set.
enum VariableSettings {
    /// - Throws: `.badConfiguration` for a `DATABASE_URL` that is none.
    static func read(_ request: ConfigurationRequest) throws(DeploymentError) -> Settings {
        var settings = Settings()
        if let url = request.variable("DATABASE_URL") {
            do {
                settings.url = try DatabaseURL.parse(url, base: request.workingDirectory)
            } catch {
                throw DeploymentError(
                    .badConfiguration, "The variable DATABASE_URL is not a URL of a database: \(error.reason).")
            }
        }
        settings.password = password("DATABASEDEPLOY_PASSWORD", request)
        settings.weakPassword = password("MYSQL_PWD", request)
        return settings
    }

    private static func password(_ name: String, _ request: ConfigurationRequest) -> PasswordSource? {
        request.variable(name).map {
            PasswordSource(origin: .literal(Secret($0)), key: name, code: .badConfiguration)
        }
    }
}
