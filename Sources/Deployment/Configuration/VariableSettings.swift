/// The settings that environment variables give. An empty variable counts as one that is not set.
enum VariableSettings {
    /// - Parameter isOverruled: whether an option says which server is meant. Other programs use `DATABASE_URL` for
    ///   other servers; one that we don't understand must not be in the way then.
    /// - Throws: `.badConfiguration` for a `DATABASE_URL` that is not one of ours.
    static func read(_ request: ConfigurationRequest, isOverruled: Bool) throws(DeploymentError) -> Settings {
        var settings = Settings()
        if let url = request.variable("DATABASE_URL") {
            do {
                settings.url = try DatabaseURL.parse(url, base: request.workingDirectory)
            } catch  where isOverruled {
                settings.url = nil
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
