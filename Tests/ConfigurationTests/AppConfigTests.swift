import SystemPackage
import Testing

@testable import Deployment

@Suite struct AppConfigTests {
    private func load(_ content: String) throws -> Configuration {
        try TemporaryProject(["App.config": content]).load()
    }

    private func failure(_ content: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
        let error = try TemporaryProject(["App.config": content]).failure(sourceLocation: sourceLocation)
        #expect(error.code == .badConfiguration, sourceLocation: sourceLocation)
        return error.description
    }

    @Test func oldProjectRunsAsItIs() throws {
        let configuration = try load(
            appConfig(
                settings: ["RecreateDB": "true", "LogLevel": "Debug"],
                [
                    "DefaultString": "Server=localhost;Uid=root;Pwd=one;",
                    "ConnectionString": "Server=localhost;Database=Makalu;Uid=makalu;Pwd=two;",
                ]))
        let bootstrap = Endpoint(
            address: .tcp(host: "127.0.0.1", port: 3306), user: "root", password: Secret("one"),
            tls: .init(mode: .preferred))
        let database = Endpoint(
            address: .tcp(host: "127.0.0.1", port: 3306), user: "makalu", password: Secret("two"),
            tls: .init(mode: .preferred))
        #expect(configuration.server == .existing(bootstrap: bootstrap, database: database))
        #expect(configuration.database == "Makalu")
        #expect(configuration.recreate)
        #expect(configuration.logLevel == .debug)
        #expect(configuration.folders == Folder.standard)
        #expect(configuration.statementTimeout == 600)
        #expect(configuration.warnings == [])
    }

    @Test(arguments: ["DefaultString", "ConnectionString", "connectionSTRING"])
    func oneConnectionStringServesBoth(name: String) throws {
        let configuration = try load(appConfig([name: "Server=10.1.2.3;Database=Shop;Uid=u"]))
        #expect(configuration.bootstrap == configuration.endpoint)
        #expect(configuration.endpoint?.address == .tcp(host: "10.1.2.3", port: 3306))
        #expect(configuration.database == "Shop")
    }

    @Test func databaseOfDefaultStringCounts() throws {
        let strings = appConfig([
            "DefaultString": "Server=a;Uid=r;Database=Shop", "ConnectionString": "Server=a;Uid=u",
        ])
        #expect(try load(strings).database == "Shop")
    }

    @Test(arguments: [
        ("true", true), ("True", true), ("TRUE", true), ("1", true), ("false", false), ("False", false), ("0", false),
        (" true ", true),
    ])
    func recreate(value: String, expected: Bool) throws {
        let content = appConfig(settings: ["RecreateDB": value], ["ConnectionString": "Server=a;Database=d;Uid=u"])
        #expect(try load(content).recreate == expected)
    }

    @Test func keysAreCaseInsensitiveAndMayHoldConnectionStrings() throws {
        let content = """
            <configuration><appSettings>
            <add key="recreatedb" value="1"/><add key="LOGLEVEL" value="error"/>
            <add key="connectionString" value="Server=a;Database=d;Uid=u"/>
            <add key="DefaultString" value="Server=b;Uid=r"/>
            </appSettings></configuration>
            """
        let configuration = try load(content)
        #expect(configuration.recreate)
        #expect(configuration.logLevel == .error)
        #expect(configuration.endpoint?.address == .tcp(host: "a", port: 3306))
        #expect(configuration.bootstrap?.address == .tcp(host: "b", port: 3306))
    }

    @Test(arguments: [
        ("DEBUG", LogLevel.debug), ("Verbose", .debug), ("Information", .info), ("INFO", .info), ("Warning", .error),
        ("Error", .error), ("Fatal", .error),
    ])
    func logLevels(value: String, expected: LogLevel) throws {
        let content = appConfig(settings: ["LogLevel": value], ["ConnectionString": "Server=a;Database=d;Uid=u"])
        #expect(try load(content).logLevel == expected)
    }

    @Test func laterEntriesWinAndClearAndRemoveUndo() throws {
        let content = """
            <configuration>
            <appSettings><add key="RecreateDB" value="true"/><remove key="RecreateDB"/></appSettings>
            <connectionStrings>
            <add name="DefaultString" connectionString="Server=gone;Uid=r"/><clear/>
            <add name="ConnectionString" connectionString="Server=a;Database=d;Uid=u"/>
            <add name="ConnectionString" connectionString="Server=b;Database=d;Uid=u"/>
            </connectionStrings></configuration>
            """
        let configuration = try load(content)
        #expect(!configuration.recreate)
        #expect(configuration.bootstrap?.address == .tcp(host: "b", port: 3306))
        #expect(configuration.endpoint?.address == .tcp(host: "b", port: 3306))
    }

    @Test func namesOfOtherNamespacesAreNotThePlainOnes() throws {
        let content = """
            <configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
            <connectionStrings>
            <add name="ConnectionString" connectionString="Server=a;Database=A;Uid=u"
                xdt:name="Reporting" xdt:connectionString="Server=b;Database=Other;Uid=u"/>
            </connectionStrings>
            <xdt:appSettings><add key="RecreateDB" value="true"/></xdt:appSettings>
            </configuration>
            """
        let configuration = try load(content)
        #expect(configuration.database == "A")
        #expect(configuration.endpoint?.address == .tcp(host: "a", port: 3306))
        #expect(!configuration.recreate)
        #expect(configuration.warnings == [])
    }

    @Test func aNamespaceWithoutPrefixChangesNothing() throws {
        let content = appConfig(["ConnectionString": "Server=a;Database=A;Uid=u"]).replacing(
            "<configuration>", with: "<configuration xmlns=\"http://schemas.microsoft.com/.NetConfiguration/v2.0\">")
        #expect(try load(content).database == "A")
    }

    @Test func unknownThingsAreWarningsByNameWithoutValues() throws {
        let content = """
            <configuration>
            <appSettings file="more.config"><add key="RecreatDB" value="hidden1"/><other/></appSettings>
            <connectionStrings>
            <add name="ConnectionString" connectionString="Server=a;Database=d;Uid=u;Frobnicate=hidden2"/>
            <add name="Reporting" connectionString="Server=hidden3"/>
            <add name="LocalSqlServer" connectionString="Server=hidden4"/>
            </connectionStrings></configuration>
            """
        let warnings = try load(content).warnings
        #expect(
            warnings == [
                "App.config: <appSettings> names another file in `file`, which is not read.",
                "App.config: <appSettings> has an element <other> that is not understood.",
                "App.config: The setting `RecreatDB` is not understood (did you mean \"RecreateDB\"?).",
                "App.config: The connection string `ConnectionString` has a key `Frobnicate` that is not understood.",
                "App.config: The connection string `Reporting` is not used.",
            ])
    }

    @Test func sectionsThatAreNotReadAreWarningsByName() throws {
        let content = """
            <configuration>
            <AppSettings><add key="RecreateDB" value="true"/></AppSettings>
            <connectionstrings><add name="ConnectionString" connectionString="Server=x"/></connectionstrings>
            <connectionString/>
            <location path="Tool.exe"><connectionStrings/><system.web/></location>
            <connectionStrings>
            <add name="ConnectionString" connectionString="Server=a;Database=d;Uid=u"/>
            </connectionStrings>
            </configuration>
            """
        let configuration = try load(content)
        #expect(!configuration.recreate)
        #expect(configuration.endpoint?.address == .tcp(host: "a", port: 3306))
        #expect(
            configuration.warnings == [
                "App.config: <AppSettings> is not read; it must be written <appSettings>.",
                "App.config: <connectionstrings> is not read; it must be written <connectionStrings>.",
                "App.config: <connectionString> is not read; it must be written <connectionStrings>.",
                "App.config: <location> has a section <connectionStrings>, which is not read there; "
                    + "put <connectionStrings> directly into <configuration>.",
            ])
    }

    @Test func sectionsOfOtherProgramsAreNoWarnings() throws {
        let others = [
            "configSections", "startup", "runtime", "system.data", "system.diagnostics", "system.web", "userSettings",
            "applicationSettings", "entityFramework", "log4net", "nlog", "appSettingsExtra",
        ].map { "<\($0)/>" }.joined()
        let content = appConfig(["ConnectionString": "Server=a;Database=d;Uid=u"]).replacing(
            "</configuration>", with: others + "<location path=\".\"><system.web/></location></configuration>")
        #expect(try load(content).warnings == [])
    }

    @Test func lineEndsAndByteOrderMarksDoNotMatter() throws {
        let content = appConfig(["ConnectionString": "Server=a;Database=Gebäude;Uid=u"])
        let windows = content.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        #expect(try load("\u{FEFF}" + windows).database == "Gebäude")

        let project = try TemporaryProject()
        let units = Array(content.replacing("utf-8", with: "utf-16").utf16)
        let utf16: [UInt8] = [0xFF, 0xFE] + units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
        try project.write("App.config", utf16)
        #expect(try project.load().database == "Gebäude")
    }

    @Test func lowerCaseFileNameIsFound() throws {
        let project = try TemporaryProject(["app.config": appConfig(["ConnectionString": "Server=a;Database=d;Uid=u"])])
        #expect(try project.load().database == "d")
    }

    @Test func ofTwoFilesTheOneThatIsNotReadIsNamed() throws {
        func content(_ database: String) -> String {
            appConfig(["ConnectionString": "Server=a;Database=\(database);Uid=u"])
        }
        let project = try TemporaryProject(["App.config": content("A"), "app.config": content("B")])
        let both = try project.load()
        #expect(both.database == "A")
        #expect(both.warnings == ["app.config is not read, as there is App.config."])
        try project.write("Other.config", Array(content("C").utf8))
        let given = try project.load { $0.configFile = "Other.config" }
        #expect(given.database == "C")
        #expect(given.warnings == [])
        let linked = try TemporaryProject(["App.config": content("A")])
        try linked.link("app.config", to: "App.config")
        #expect(try linked.load().warnings == [])
    }

    @Test(arguments: [
        ("", "App.config:1:1: Malformed XML: the document is empty or does not begin with an element."),
        (
            "<configuration>\n<appSettings>\n</configuration>\n",
            "App.config:3:17: Malformed XML: an end tag does not match the start tag before it."
        ),
        ("<configuration>\n  <appSettings>\n", "App.config:3:1: Malformed XML: an element is not closed."),
        (
            "<configuration><connectionStrings>\n<add name=\"C\" connectionString=\"Pwd=s3cr&et;x=1\"/>",
            "App.config:2:45: Malformed XML: an `&` in a value must be written as &amp;."
        ),
        (
            "<configuration><connectionStrings>\n<add name=\"C\" connectionString=\"Pwd=s3cr& et\"/>",
            "App.config:2:42: Malformed XML: a name is missing here; an `&` in a value must be written as &amp;."
        ),
        (
            "<configuration>\n<add connectionString=\"Pwd=a\"s3cret\"\"/>",
            "App.config:2:30: Malformed XML: a value must stand in quotation marks, and one within it must be written as &quot;."
        ),
        (
            "<configuration>\n<add a=\"<s3cret\"/>",
            "App.config:2:9: Malformed XML: a `<` in a value must be written as &lt;."
        ),
        ("<settings/>", "App.config:1: The outermost element must be <configuration>."),
        ("<configuration/><x/>", "App.config:1:17: Malformed XML: something follows the end of the document."),
    ])
    func malformedXML(content: String, expected: String) throws {
        let message = try failure(content)
        #expect(message == expected)
        #expect(!message.contains("s3cr"))
    }

    @Test func encodingErrorsHaveAPlace() throws {
        let project = try TemporaryProject()
        try project.write(
            "App.config", Array("<configuration>\n<a b=\"".utf8) + [0xE9] + Array("\"/></configuration>".utf8))
        let message = try project.failure().description
        #expect(message == "App.config:2:7: Malformed XML: a character does not fit the file's encoding.")
    }

    @Test(arguments: [
        // Other files, and entities that grow.
        "<!DOCTYPE configuration [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<configuration>&x;</configuration>",
        "<!DOCTYPE c [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><c x=\"&b;\"/>",
        "<!DOCTYPE configuration SYSTEM \"http://127.0.0.1:1/x.dtd\"><configuration/>",
    ])
    func documentTypesAreRefused(content: String) throws {
        #expect(try failure(content).contains("A document type (<!DOCTYPE …>) is not allowed."))
    }

    @Test func deepNestingIsRefused() throws {
        let depth = 100_000
        let content =
            String(repeating: "<configuration>", count: depth) + String(repeating: "</configuration>", count: depth)
        #expect(try failure(content).contains("Malformed XML"))
    }

    @Test func badValuesNameTheLineAndNoValue() throws {
        let recreate = appConfig(settings: ["RecreateDB": "s3cret"], ["ConnectionString": "Server=a"])
        #expect(try failure(recreate) == "App.config:4: `RecreateDB` must be true or false.")
        let string = appConfig(["ConnectionString": "Server=a;Pwd=s3;cret"])
        #expect(
            try failure(string) == "App.config:6: The connection string `ConnectionString` is malformed: "
                + "its part 3 has no `=`; a value with `;` must be written in quotation marks.")
        let long = appConfig(["ConnectionString": "Server=a;Uid=u;Database=\(String(repeating: "x", count: 65))"])
        #expect(try failure(long).contains("the database's name is longer than the 64 characters"))
    }

    @Test func directoryInsteadOfFile() throws {
        let project = try TemporaryProject()
        try project.makeDirectory(project.directory.appending("App.config"))
        #expect(try project.failure().description == "App.config: This is a directory, not a file.")
    }

    @Test func danglingLink() throws {
        let project = try TemporaryProject()
        try project.link("App.config", to: "nowhere")
        #expect(try project.failure().description == "App.config: Cannot be read: No such file or directory.")
    }

    @Test func statementTimeoutAndLocalInfileComeFromTheConnectionString() throws {
        let content = appConfig([
            "ConnectionString":
                "Server=a;Database=d;Uid=u;Default Command Timeout=30;AllowLoadLocalInfile=true;SslMode=None"
        ])
        let project = try TemporaryProject(["App.config": content])
        let configuration = try project.load()
        #expect(configuration.statementTimeout == 30)
        #expect(configuration.localInfileRoot == project.directory)
        #expect(configuration.endpoint?.localInfileRoot == project.directory)
        #expect(configuration.endpoint?.tls.mode == .disabled)

        let toml = "statement_timeout = 5\nlocal_infile = false\nssl_mode = \"required\"\n"
        try project.write("databasedeploy.toml", Array(toml.utf8))
        let changed = try project.load()
        #expect(changed.statementTimeout == 5)
        #expect(changed.localInfileRoot == nil)
        #expect(changed.endpoint?.localInfileRoot == nil)
        #expect(changed.endpoint?.tls.mode == .required)
        #expect(changed.bootstrap?.tls.mode == .required)
    }

    /// A URL replaces the connection strings with everything in them; what stands in `<appSettings>` stays.
    @Test func nothingOfAConnectionStringIsLeftWhereThereIsAURL() throws {
        let text = "Server=a;Database=d;Uid=u;Default Command Timeout=7;AllowLoadLocalInfile=true"
        let project = try TemporaryProject([
            "App.config": appConfig(settings: ["RecreateDB": "true"], ["ConnectionString": text])
        ])
        func check(_ configuration: Configuration, sourceLocation: SourceLocation = #_sourceLocation) {
            #expect(configuration.endpoint?.address == .tcp(host: "h", port: 3306), sourceLocation: sourceLocation)
            #expect(configuration.statementTimeout == 600, sourceLocation: sourceLocation)
            #expect(configuration.localInfileRoot == nil, sourceLocation: sourceLocation)
            #expect(configuration.endpoint?.localInfileRoot == nil, sourceLocation: sourceLocation)
            #expect(configuration.recreate, sourceLocation: sourceLocation)
            // A URL without a name leaves the name to weaker sources.
            #expect(configuration.database == "d", sourceLocation: sourceLocation)
        }
        check(try project.load { $0.url = "mysql://u@h" })
        check(try project.load { $0.variables = ["DATABASE_URL": "mysql://u@h"] })
        let toml = "[environments.e]\nurl = \"mysql://u@h\"\n"
        try project.write("databasedeploy.toml", Array(toml.utf8))
        check(try project.load { $0.environment = "e" })
        let own = try project.load()
        #expect(own.statementTimeout == 7)
        #expect(own.localInfileRoot == project.directory)
        try project.write("databasedeploy.toml", Array("url = \"mysql://u@h\"".utf8))
        check(try project.load())
    }

    @Test func localInfilePathStaysInTheProject() throws {
        let project = try TemporaryProject([
            "App.config": appConfig(["ConnectionString": "Server=a;Database=d;Uid=u;AllowLoadLocalInfileInPath=data"])
        ])
        #expect(try project.load().localInfileRoot == project.directory.appending("data"))
        let outside = try TemporaryProject([
            "App.config": appConfig(["ConnectionString": "Server=a;Database=d;Uid=u;AllowLoadLocalInfileInPath=../x"])
        ])
        let configuration = try outside.load()
        #expect(configuration.localInfileRoot == nil)
        #expect(
            configuration.warnings == [
                "`AllowLoadLocalInfileInPath` leads out of the project directory; LOAD DATA LOCAL stays off."
            ])
    }
}
