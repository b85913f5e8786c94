import Testing

@testable import Deployment

@Suite struct OptionSettingsTests {
    private static let toml = "url = \"mysql://u@h/D\"\nlock_timeout = 1\n"

    private func load(_ settings: String...) throws -> Configuration {
        try configuration(toml: Self.toml) { $0.settings = settings }
    }

    @Test func wordsAndValues() throws {
        #expect(try load("out_of_order=run").outOfOrder == .run)
        #expect(try load("out_of_order=\"skip\"").outOfOrder == .skip)
        #expect(try load(" statement_timeout = 5 ").statementTimeout == 5)
        #expect(try load("protected=true").protected)
        #expect(try load("protected=yes").protected)
        #expect(try load("lock_timeout=2", "lock_timeout=3").lockTimeout == 3)
        #expect(try load("database=2024").database == "2024")
        #expect(try load("database=true").database == "true")
        #expect(try load("database='a\\u0000b'").database == "a\\u0000b")
        #expect(try load("database=My Shop=x").database == "My Shop=x")
        #expect(try load("url=mysql://u@other/E?charset=utf8").database == "E")
        #expect(try load("folders=[{ name = \"Data\" }]").folders == [Folder(name: "Data", rule: .fresh)])
        #expect(try load("recreate=true").recreate)
        #expect(try configuration(toml: Self.toml + "recreate = false") { $0.recreate = true }.recreate)
        #expect(try load("password=12345").endpoint?.password == Secret("12345"))
        let variables = ["X": "from-variable"]
        let password = try configuration(toml: Self.toml) {
            $0.settings = ["password={ env = \"X\" }"]; $0.variables = variables
        }
        #expect(password.endpoint?.password == Secret("from-variable"))
        #expect(password.warnings == [])
    }

    @Test func limits() throws {
        #expect(try load().imageLimit == 1 << 30)
        #expect(try load("images.limit=2GB").imageLimit == 2 << 30)
        #expect(try load("images.limit=0").imageLimit == 0)
        #expect(try load("undo.limit=1 MB", "images.limit=5").undoLimit == 1 << 20)
        #expect(try load("undo.limit=1 MB", "images.limit=5").imageLimit == 5)
        for bad in ["-1", "much", "1 XB", "true", ""] {
            let error = try #require(throws: DeploymentError.self, "\(bad)") { try load("images.limit=\(bad)") }
            #expect(error.code == .usage)
            #expect(error.message.contains("images.limit"), "\(error.message)")
        }
    }

    /// What is typed as advised is about the same database, and has no password.
    @Test(arguments: [
        ("databasedeploy repair", "databasedeploy repair -e s --url mysql://u@h/D --set database=A"),
        (
            "or once: databasedeploy deploy --set out_of_order=run",
            "or once: databasedeploy deploy -e s --url mysql://u@h/D --set database=A --set out_of_order=run"
        ),
        (
            "databasedeploy -e other --set 'database=a b'",
            "databasedeploy --url mysql://u@h/D -e other --set 'database=a b'"
        ),
        ("See databasedeploy.toml and databasedeploy --help", "See databasedeploy.toml and databasedeploy"),
    ])
    func advisedCommandsRepeatWhatNamesTheTarget(advice: String, expected: String) {
        var request = ConfigurationRequest(workingDirectory: "/")
        request.environment = "s"
        request.settings = ["url=mysql://u:secret@h/D", "database=A", "lock_timeout=3"]
        let text = AdvisedCommand.adding(AdvisedCommand.options(request), to: advice)
        #expect(text.hasPrefix(expected), "\(text)")
        #expect(!text.contains("secret") && !text.contains("lock_timeout"))
    }

    @Test(arguments: ["secret", "s:ecret", "s@ecret", "secr'et", "secr\\\"et", "secr et", "secr/et"])
    func advisedCommandsHaveNoPasswordOfATarget(password: String) {
        var request = ConfigurationRequest(workingDirectory: "/")
        request.settings = ["targets = [\"mysql://h:3306/D\", \"mysql://u:\(password)@h:3306/D\", \"mysql://w@h/E\"]"]
        let text = AdvisedCommand.adding(AdvisedCommand.options(request), to: "databasedeploy")
        #expect(!text.contains("ecr"), "\(text)")
        let isClear = !password.contains("/")
        #expect(
            text.contains("mysql://h:3306/D") == isClear && text.contains("mysql://u@h:3306/D") == isClear, "\(text)")
    }

    @Test func advisedCommandsHaveNoPasswordsOfTargets() {
        var request = ConfigurationRequest(workingDirectory: "/")
        request.settings = ["targets=[\"mysql://u:secret@h/D\", \"a_*\", \"mysql://v:s:ecret@[::1]:3306/E\"]"]
        let text = AdvisedCommand.adding(AdvisedCommand.options(request), to: "databasedeploy")
        #expect(text == "databasedeploy --set 'targets=[\"mysql://u@h/D\", \"a_*\", \"mysql://v@[::1]:3306/E\"]'")
    }

    @Test func lineEndsBringNoKeysIn() throws {
        let loaded = try load("database=\"A\"\nprotected = true")
        #expect(loaded.database == "\"A\"\nprotected = true")
        #expect(!loaded.protected)
    }

    @Test(arguments: [
        ("out_of_order", "`--set` wants KEY=VALUE, such as `--set statement_timeout=60`."),
        ("=s3cret", "`--set` wants KEY=VALUE, such as `--set statement_timeout=60`."),
        ("pasword=s3cret", "There is no key `--set pasword` (did you mean \"password\"?)."),
        ("environments={}", "There is no key `--set environments` (did you mean \"environment\"?)."),
        ("statement_timeout=s3cret", "`--set statement_timeout` must be a whole number of seconds."),
        ("protected=s3cret", "`--set protected` must be true or false."),
        ("database=", "`--set database` is empty."),
        (
            "url=s3cret",
            "`--set url` is not a URL of a database: it must begin with `mysql://`, `mariadb://` or "
                + "`private:`, as in mysql://user@host:3306/Database."
        ),
        ("password={ x = \"s3cret\" }", "There is no key `--set password.x`."),
        ("database=\"a\\u0000s3cret\"", "`--set database` has the character NUL, which no text may have."),
        ("password={ env = \"a\\u0000s3cret\" }", "`--set password` has the character NUL, which no text may have."),
        (
            "out_of_order=rnu",
            "`--set out_of_order` must be one of stop, run, skip, not \"rnu\" (did you mean \"run\"?)."
        ),
    ])
    func problems(setting: String, expected: String) throws {
        let error = try failure(toml: Self.toml) { $0.settings = [setting] }
        #expect(error.code == .usage)
        #expect(error.description == expected)
    }

    @Test func badURL() throws {
        let error = try failure(toml: Self.toml) { $0.url = "mysql://u:s3cret@h:x/D" }
        #expect(error.code == .usage)
        #expect(error.description.hasPrefix("`--url` is not a URL of a database: the port must be a number"))
        #expect(!error.description.contains("s3cret"))
    }

    @Test(arguments: ["--url", "--set url", "--set password", "--set bootstrap_url", "--set bootstrap_password"])
    func passwordsOnTheCommandLineAreWarnedAbout(place: String) throws {
        let loaded = try configuration(toml: Self.toml) { request in
            switch place {
            case "--url": request.url = "mysql://u:s3cret@h/D"
            case "--set url", "--set bootstrap_url":
                request.settings = [place.dropFirst(6) + "=mysql://u:s3cret@h/D"]
            default: request.settings = [place.dropFirst(6) + "=s3cret"]
            }
        }
        #expect(
            loaded.warnings == [
                "The password in `\(place)` can be read in the process list by everyone on this machine; "
                    + "give it in the variable DATABASEDEPLOY_PASSWORD."
            ])
    }
}
