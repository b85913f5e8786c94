import SystemPackage
import Testing

@testable import Deployment

@Suite struct TOMLConfigurationTests {
    @Test func everyKey() throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": """
            # everything
            database = "Shop"
            url = "mysql://app@db.example.com:3307/Other"
            bootstrap_url = "mysql://root:top@db.example.com:3307"
            password = "plain"
            protected = true
            recreate = true
            log_level = "error"
            statement_timeout = 0
            lock_timeout = 9
            lock_wait_timeout = 8
            replicas = ["mysql://mon@r1.example.com", "mysql://mon:own@r2.example.com:3308"]
            max_replica_lag = 7
            out_of_order = "run"
            wait_for_key = true
            local_infile = true
            ssl_mode = "required"
            ssl_ca = "tls/ca.pem"
            ssl_cert = "tls/cert.pem"
            ssl_key = "tls/key.pem"
            connect_timeout = 3
            compression = true
            server_program = "/opt/mariadbd"

            [[folders]]
            name = "Schema"
            encoding = "Latin1"
            [[folders]]
            name = "Changes"
            directory = "sql/changes"
            run = "always"
            """, "tls/ca.pem": "", "tls/cert.pem": "", "tls/key.pem": "",
        ])
        let configuration = try project.load()
        let tls = Endpoint.TLS(
            mode: .required, authority: project.directory.appending("tls/ca.pem"),
            certificate: project.directory.appending("tls/cert.pem"), key: project.directory.appending("tls/key.pem"))
        let address = Endpoint.Address.tcp(host: "db.example.com", port: 3307)
        func endpoint(_ user: String, _ password: String) -> Endpoint {
            Endpoint(
                address: address, user: user, password: Secret(password), tls: tls, connectTimeout: 3,
                compression: true, localInfileRoot: project.directory)
        }
        func replica(_ host: String, _ port: Int, _ password: String) -> Endpoint {
            var replica = endpoint("mon", password)
            replica.address = .tcp(host: "\(host).example.com", port: port)
            return replica
        }
        let expected = Configuration(
            project: project.directory,
            server: .existing(bootstrap: endpoint("root", "top"), database: endpoint("app", "plain")),
            database: "Shop",
            folders: [
                Folder(name: "Schema", rule: .fresh, encoding: "latin1"),
                Folder(name: "Changes", directory: "sql/changes", rule: .always),
            ], recreate: true, protected: true, logLevel: .error, statementTimeout: 0, lockTimeout: 9,
            lockWaitTimeout: 8, replicas: [replica("r1", 3306, "plain"), replica("r2", 3308, "own")], maxReplicaLag: 7,
            outOfOrder: .run, waitForKey: true, localInfileRoot: project.directory)
        #expect(configuration == expected)
    }

    @Test func environmentSectionIsStrongerThanTheTop() throws {
        let toml = """
            url = "mysql://dev@localhost/Shop"
            lock_timeout = 1
            statement_timeout = 2
            environment = "test"
            [environments.test]
            lock_timeout = 3
            [environments.production]
            url = "mysql://app@db.example.com"
            lock_timeout = 4
            protected = true
            """
        let test = try configuration(toml: toml)
        #expect(test.environment == "test")
        #expect((test.lockTimeout, test.statementTimeout, test.protected) == (3, 2, false))
        let production = try configuration(toml: toml) { $0.environment = "production" }
        #expect(production.environment == "production")
        #expect((production.lockTimeout, production.statementTimeout, production.protected) == (4, 2, true))
        #expect(production.endpoint?.address == .tcp(host: "db.example.com", port: 3306))
        #expect(production.database == "Shop")
    }

    private static let top = "url = \"mysql://u@h/D\"\n"

    @Test(arguments: [
        ("databse = 1", "2:1: There is no key `databse` (did you mean \"database\"?)."),
        ("frobnicate = \"s3cret\"", "2:1: There is no key `frobnicate`."),
        (
            "[environments.x]\n  lock_timout = 1",
            "3:3: There is no key `environments.x.lock_timout` (did you mean \"lock_timeout\"?)."
        ),
        ("[environments.x]\nenvironment = \"y\"", "3:1: There is no key `environments.x.environment`."),
        (
            "environments.x.lock_timout = 1",
            "2:16: There is no key `environments.x.lock_timout` (did you mean \"lock_timeout\"?)."
        ),
        ("[environments]\nx = { a = 1, lock_timout = 1 }", "3:7: There is no key `environments.x.a`."),
        ("environments = 1", "2:1: `environments` must be tables, as in [environments.production]."),
        ("environments.x = 1", "2:14: `environments.x` must be a table, as in [environments.NAME]."),
        ("  lock_timeout = \"s3cret\"", "2:3: `lock_timeout` must be a whole number of seconds, not a string."),
        ("lock_timeout = 1.5", "2:1: `lock_timeout` must be a whole number of seconds, not a floating-point number."),
        ("lock_timeout = -1", "2:1: `lock_timeout` must be from 0 to 2147483 seconds, not -1."),
        ("statement_timeout = 2147484", "2:1: `statement_timeout` must be from 0 to 2147483 seconds, not 2147484."),
        ("recreate = \"yes\"", "2:1: `recreate` must be true or false, not a string."),
        ("recreate = 1", "2:1: `recreate` must be true or false, not an integer."),
        ("database = 5", "2:1: `database` must be a text in quotation marks, not an integer."),
        ("database = \"\"", "2:1: `database` is empty."),
        ("database = \"x \"", "2:1: `database` ends with a space, which a server does not allow."),
        ("database = \"😀\"", "2:1: `database` has a character that a server does not allow."),
        (
            "out_of_order = \"rnu\"",
            "2:1: `out_of_order` must be one of stop, run, skip, not \"rnu\" (did you mean \"run\"?)."
        ),
        ("log_level = \"loud\"", "2:1: `log_level` must be one of debug, info, error, not \"loud\"."),
        (
            "ssl_mode = \"verifyful\"",
            "2:1: `ssl_mode` must be one of disabled, preferred, required, verify-ca, verify-full, not \"verifyful\" "
                + "(did you mean \"verify-full\"?)."
        ),
        ("bootstrap_url = \"private:\"", "2:1: `bootstrap_url` cannot be `private:`."),
        ("bootstrap_url = \"mysql://u:s3cret@h:x\"", "2:1: `bootstrap_url` is not a URL of a database: the port must"),
        ("password = 5", "2:1: `password` must be a text, { env = \"NAME\" }, { file = \"path\" } or"),
        ("password = { evn = \"X\" }", "2:14: There is no key `password.evn` (did you mean \"env\"?)."),
        ("password = { env = \"X\", file = \"y\" }", "2:1: `password` must be a text, { env"),
        ("folders = []", "2:1: `folders` is empty."),
        ("folders = [1]", "2:1: `folders` must be tables, as in [[folders]], not an integer."),
        ("folders = 1", "2:1: `folders` must be tables, as in [[folders]], not an integer."),
        ("[[folders]]\nrun = \"fresh\"", "2:1: `folders[0].name` is missing."),
        (
            "[[folders]]\nname = \"A\"",
            "2:1: `folders[0].run` is missing: \"fresh\" (fresh databases only) or \"always\"."
        ),
        (
            "[[folders]]\nname = \"A\"\nrun = \"often\"",
            "4:1: `folders[0].run` must be one of fresh, always, not \"often\"."
        ),
        (
            "[[folders]]\nname = \"Data\"\n[[folders]]\nnmae = \"B\"",
            "5:1: There is no key `folders[1].nmae` (did you mean \"name\"?)."
        ),
        (
            "[[folders]]\nname = \"Data\"\n[[folders]]\nname = \"data\"\nrun = \"fresh\"",
            "5:1: There are two folders named \"Data\"."
        ),
        (
            "[[folders]]\nname = \"Data\"\n[[folders]]\nname = \"B\"\nrun = \"fresh\"\ndirectory = \"./Data\"",
            "5:1: Two folders have the directory \"./Data\"."
        ),
        (
            "[[folders]]\nname = \"../A\"\nrun = \"fresh\"",
            "3:1: The folder \"../A\" leads out of the project directory."
        ),
        (
            "[[folders]]\nname = \"Data\"\ndirectory = \"/etc\"",
            "4:1: The folder \"/etc\" leads out of the project directory."
        ),
        ("[[folders]]\nname = \"Data\"\ndirectory = \"a/../../b\"", "4:1: The folder \"a/../../b\" leads out of"),
        (
            "[[folders]]\nname = \"Data\"\nencoding = \"cp1252\"",
            "4:1: `folders[0].encoding` cannot be \"cp1252\": latin1 is MySQL's name for it."
        ),
        (
            "[[folders]]\nname = \"Data\"\nencoding = \"utf16\"",
            "4:1: `folders[0].encoding` cannot be \"utf16\": a server does not take it"
        ),
        ("images = 5", "2:1: `images` must be a table, such as { limit = \"1 GB\" }"),
        (
            "images = { limit = \"much\" }",
            "2:12: `images.limit` must be a number of bytes, or a text such as \"1 GB\"."
        ),
        ("images = { limit = -1 }", "2:12: `images.limit` must be a number of bytes"),
        ("images = { limit = 1.5 }", "2:12: `images.limit` must be a number of bytes"),
        ("[images]\nlimit = true", "3:1: `images.limit` must be a number of bytes"),
        ("images = { limt = 1 }", "2:12: There is no key `images.limt` (did you mean \"limit\"?)."),
        // The parser would end a text there, and say nothing.
        ("database = \"a\\u0000s3cret\"", "2:14: A text has the character NUL, which none may have."),
        ("database = \"\"\"\n\\\\\\U00000000s3cret\"\"\"", "3:3: A text has the character NUL"),
        ("password = { env = \"a\\u0000b\" }", "2:22: A text has the character NUL"),
        ("targets = [\"a\", \"b\\u0000c\"]", "2:19: A text has the character NUL"),
        ("[environments.\"x\\u0000y\"]", "2:17: A text has the character NUL"),
        // Malformed, as the parser sees it; what it read is not shown.
        ("password = s3cret", "2:12: Malformed TOML: "),
        ("password = \"s3cret", "2:19: Malformed TOML: "),
        ("password = truest3cret", "2:16: Malformed TOML: "),
        ("password = 12s3cret", "2:14: Malformed TOML: "),
        ("[table", "2:7: Malformed TOML: "),
        ("url = 1", "2:7: Malformed TOML: Error while parsing key-value pair: cannot redefine existing string 'url'."),
    ])
    func problems(line: String, expected: String) throws {
        let error = try failure(toml: Self.top + line)
        #expect(error.code == .badConfiguration)
        #expect(error.description.hasPrefix("databasedeploy.toml:" + expected))
        #expect(!error.description.contains("3cr"))
    }

    @Test func placesAreFoundBehindEverythingThatTOMLHas() throws {
        let toml = #"""
            url = "mysql://u@h/D" # a comment with = and [
            database = """
            x = "not a key"
            \"""
            """
            server_program = '''
            lock_timout = 1
            '''
            "local_infile" = false
            [ environments . "a.b" ]
            lock_timeout = 1
            [environments.c]
            folders = [ # comment ]
                { name = "Data", encoding = "latin1" },
                { name = "Schema", encodng = "x]}" },
            ]
            """#
        #expect(
            try failure(toml: toml).description.hasPrefix(
                "databasedeploy.toml:15:24: There is no key `environments.c.folders[1].encodng`"))
    }

    @Test func columnsCountCharacters() throws {
        let error = try failure(toml: "environments.\"é😀\".lock_timout = 1")
        #expect(error.place == Place(file: "databasedeploy.toml", line: 1, column: 19))
    }

    @Test func lineEndsAndByteOrderMarkDoNotMatter() throws {
        #expect(try configuration(toml: "\u{FEFF}url = \"mysql://u@h/D\"\r\nlock_timeout = 7\r\n").lockTimeout == 7)
        #expect(try failure(toml: "url = \"mysql://u@h/D\"\r\nlock_timout = 7\r\n").place?.line == 2)
    }

    @Test func textThatIsNotUTF8HasAPlace() throws {
        let project = try TemporaryProject()
        try project.write("databasedeploy.toml", Array("a = 1\nb = \"é".utf8) + [0xE9, 0x22])
        #expect(
            try project.failure().description
                == "databasedeploy.toml:2:7: The file is not UTF-8 text.\nSave it as UTF-8.")
    }

    @Test func foldersMayNotLeaveByLinks() throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": "url = \"mysql://u@h/D\"\n[[folders]]\nname = \"Out\"\nrun = \"always\"\n",
            "In/x": "",
        ])
        #expect(try project.load().folders == [Folder(name: "Out", rule: .always)])
        try project.link("Out", to: "/etc")
        #expect(
            try project.failure().description
                == "databasedeploy.toml:3:1: The folder \"Out\" leads out of the project directory.")
        try project.write("databasedeploy.toml", Array("url = \"mysql://u@h/D\"".utf8))
        try project.link("Data", to: "../home")
        #expect(try project.failure().description == "The folder \"Data\" leads out of the project directory.")

        let inner = try TemporaryProject(["databasedeploy.toml": "url = \"mysql://u@h/D\"", "In/x": ""])
        try inner.link("Data", to: "In")
        #expect(try inner.load().folders == Folder.standard)
        try inner.link("Schema", to: "nowhere")
        #expect(try inner.failure().description == "The folder \"Schema\" leads out of the project directory.")
    }

    @Test func twoFoldersMayNotBeOneDirectoryThroughALink() throws {
        let toml = """
            url = "mysql://u@h/D"
            [[folders]]
            name = "Data"
            [[folders]]
            name = "Changes"
            run = "always"
            """
        let project = try TemporaryProject(["databasedeploy.toml": toml, "Data/x": ""])
        #expect(try project.load().folders.count == 2)
        try project.link("Changes", to: "Data")
        let error = try project.failure()
        #expect(error.code == .badConfiguration)
        #expect(error.description == "databasedeploy.toml:5:1: Two folders have the directory \"Changes\".")

        let standard = try TemporaryProject(["databasedeploy.toml": "url = \"mysql://u@h/D\"", "Modifications/x": ""])
        try standard.link("Data", to: "Modifications")
        #expect(
            try standard.failure().description == "The folders \"Data\" and \"Modifications\" are one directory.")
    }

    @Test func whatOnlyLooksLikeNULIsText() throws {
        let loaded = try configuration(
            toml: "# \\u0000\nurl = \"mysql://u@h\"\ndatabase = 'a\\u0000'\npassword = \"\\\\u0000\"")
        #expect(loaded.database == "a\\u0000")
        #expect(loaded.endpoint?.password == Secret("\\u0000"))
    }

    @Test func databaseNamesMayHaveAnyCharacter() throws {
        for name in ["`tick`", "a b", "x/y", "\\u00e9", String(repeating: "n", count: 64)] {
            let loaded = try configuration(toml: "url = \"mysql://u@h\"\ndatabase = \"\(name)\"")
            #expect(loaded.database == name.replacing("\\u00e9", with: "é"))
        }
        let long = try failure(toml: "url = \"mysql://u@h/\(String(repeating: "n", count: 65))\"")
        #expect(long.description == "The name of the database is longer than the 64 characters that a server allows.")
    }
}
