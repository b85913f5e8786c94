import SystemPackage
import Testing

@testable import Deployment

/// Which source wins: one step of the ladder after another.
@Suite struct PrecedenceTests {
    @Test func everyKeyThatSomebodyMayWriteIsShownAsGiven() {
        let shown = Set(GivenSetting.keys.map { String($0.prefix { $0 != "." }) })
        // The environment has a line of its own.
        #expect(Set(Settings.keys).subtracting(shown) == ["environment"])
    }

    private static let appConfigText = appConfig([
        "DefaultString": "Server=app.boot;Database=FromBoot;Uid=r;Pwd=app-boot",
        "ConnectionString": "Server=app.data;Database=FromAppConfig;Uid=u;Pwd=app-data",
    ])
    private static let toml = """
        url = "mysql://u:top-url@top.host/FromTop"
        [environments.production]
        url = "mysql://u:env-url@env.host/FromSection"
        """

    @Test func servers() throws {
        let project = try TemporaryProject([
            "App.config": Self.appConfigText, "~/.my.cnf": "[client]\nhost=cnf.host\nuser=u\npassword=cnf\n",
        ])
        func target(_ change: (inout ConfigurationRequest) -> Void = { _ in }) throws -> [String] {
            let loaded = try project.load(change)
            let endpoint = try #require(loaded.endpoint)
            let bootstrap = try #require(loaded.bootstrap)
            return [bootstrap, endpoint].map { "\($0) \($0.password?.value ?? "")" } + [loaded.database]
        }
        #expect(
            try target() == ["r@app.boot:3306 app-boot", "u@app.data:3306 app-data", "FromAppConfig"])

        try project.write("databasedeploy.toml", Array(Self.toml.utf8))
        let top = "u@top.host:3306 top-url"
        #expect(try target() == [top, top, "FromTop"])
        let section = "u@env.host:3306 env-url"
        #expect(try target { $0.environment = "production" } == [section, section, "FromSection"])
        let variables = ["DATABASE_URL": "mysql://u:var-url@var.host/FromVariable"]
        let variable = "u@var.host:3306 var-url"
        #expect(
            try target {
                $0.environment = "production"; $0.variables = variables
            }
                == [variable, variable, "FromVariable"])
        let option = "u@option.host:3306 option-url"
        #expect(
            try target {
                $0.variables = variables; $0.url = "mysql://u:option-url@option.host/FromOption"
            }
                == [option, option, "FromOption"])
        // A URL without a name leaves the name to weaker sources.
        #expect(
            try target {
                $0.variables = variables; $0.url = "mysql://u:option-url@option.host"
            }
                == [option, option, "FromVariable"])
    }

    /// Each password in turn is the strongest; the one of the source before is taken away.
    @Test func passwords() throws {
        let cnf = ["~/.my.cnf": "[client]\nuser=u\npassword=cnf\n"]
        func password(
            _ files: [String: String], _ change: (inout ConfigurationRequest) -> Void = { _ in }
        ) throws -> String? {
            try TemporaryProject(files.merging(cnf) { first, _ in first }).load(change).endpoint?.password?.value
        }
        func toml(_ top: String, _ section: String) -> [String: String] {
            ["databasedeploy.toml": "\(top)\n[environments.e]\n\(section)\n"]
        }
        let variables = ["DATABASEDEPLOY_PASSWORD": "deploy", "MYSQL_PWD": "mysql"]
        let all = toml("url = \"mysql://u:top-url@h/D\"\npassword = \"top\"", "password = \"section\"")
        func inE(_ request: inout ConfigurationRequest) { request.environment = "e" }

        #expect(
            try password(all) {
                inE(&$0); $0.variables = variables; $0.settings = ["password=set"]; $0.url = "mysql://u:o@h/D"
            }
                == "set")
        #expect(
            try password(all) {
                inE(&$0); $0.variables = variables; $0.url = "mysql://u:option@h/D"
            } == "option")
        #expect(
            try password(all) {
                inE(&$0); $0.variables = variables
            } == "deploy")
        #expect(
            try password(all) {
                $0.variables = variables.merging(["DATABASE_URL": "mysql://u:var@h/D"]) { $1 }
            } == "deploy")
        #expect(
            try password(all) { $0.variables = ["MYSQL_PWD": "mysql", "DATABASE_URL": "mysql://u:var@h/D"] } == "var")
        #expect(
            try password(all) {
                inE(&$0); $0.variables = ["MYSQL_PWD": "mysql"]
            } == "mysql")
        #expect(
            try password(all) {
                inE(&$0); $0.variables = ["MYSQL_PWD": "", "DATABASEDEPLOY_PASSWORD": ""]
            } == "section")
        #expect(try password(all) == "top")
        #expect(
            try password(toml("url = \"mysql://u:top-url@h/D\"", "url = \"mysql://u:section-url@h/D\"")) == "top-url")
        #expect(
            try password(toml("url = \"mysql://u:top-url@h/D\"", "url = \"mysql://u:section-url@h/D\""), inE)
                == "section-url")
        #expect(try password(toml("url = \"mysql://u@h/D\"", "")) == "cnf")
        // A weaker source's URL is not asked: its password is for its server.
        #expect(
            try password(toml("url = \"mysql://u:top-url@h/D\"", "url = \"mysql://u@h/D\""), inE) == "cnf")
        #expect(
            try password(["App.config": appConfig(["ConnectionString": "Server=h;Uid=u;Pwd=app;Database=D"])]) == "app")
        #expect(try password(["App.config": appConfig(["ConnectionString": "Server=h;Uid=u;Database=D"])]) == "cnf")
        #expect(
            try password([
                "App.config": appConfig(["ConnectionString": "Server=h;Uid=u;Pwd=app;Database=D"]),
                "databasedeploy.toml": "password = \"top\"",
            ]) == "top")
        // The password of ~/.my.cnf is that of its user.
        #expect(try password(toml("url = \"mysql://other@h/D\"", "")) == nil)
        // An empty password is none, and is an answer.
        #expect(try password(toml("url = \"mysql://u:@h/D\"", "")) == nil)
    }

    @Test func passwordsBelongToUsers() throws {
        let files = ["App.config": Self.appConfigText]
        let loaded = try TemporaryProject(files).load { $0.variables = ["DATABASEDEPLOY_PASSWORD": "variable"] }
        #expect(loaded.endpoint?.password == Secret("variable"))
        #expect(loaded.bootstrap?.password == Secret("app-boot"))

        let same = try TemporaryProject([
            "App.config": appConfig([
                "DefaultString": "Server=h;Uid=u;Pwd=old", "ConnectionString": "Server=h;Database=D;Uid=u;Pwd=old",
            ])
        ]).load { $0.variables = ["DATABASEDEPLOY_PASSWORD": "variable"] }
        #expect(same.bootstrap?.password == Secret("variable"))
        #expect(same.endpoint?.password == Secret("variable"))

        let bootstrap = try TemporaryProject([
            "App.config": Self.appConfigText, "databasedeploy.toml": "bootstrap_password = { env = \"ROOT_PW\" }",
        ]).load { $0.variables = ["ROOT_PW": "root"] }
        #expect(bootstrap.bootstrap?.password == Secret("root"))
        #expect(bootstrap.endpoint?.password == Secret("app-data"))
    }

    /// Who names an environment thinks of its server.
    @Test func anEnvironmentWhoseURLIsOverruledIsTold() throws {
        let toml = "[environments.e]\nurl = \"mysql://u@e.host/D\""
        func warnings(_ url: String) throws -> [String] {
            let loaded = try configuration(toml: toml) {
                $0.environment = "e"
                $0.variables["DATABASE_URL"] = url
            }
            return loaded.warnings
        }
        #expect(
            try warnings("mysql://u@other/D")
                == ["The `url` of the environment e is not used, as an environment variable gives another one."])
        #expect(try warnings("mysql://u@e.host/D") == [])
    }

    @Test func bootstrapURL() throws {
        let toml = """
            url = "mysql://u:p@h/D"
            bootstrap_url = "mysql://root@boot?ssl-mode=disabled"
            ssl_mode = "required"
            [environments.e]
            url = "mysql://u@e.host/D"
            """
        let own = try configuration(toml: toml)
        #expect(own.bootstrap?.description == "root@boot:3306")
        #expect(own.bootstrap?.password == nil)
        #expect(own.bootstrap?.tls.mode == .disabled)
        #expect(own.endpoint?.description == "u@h:3306")
        #expect(own.endpoint?.tls.mode == .required)
        #expect(own.warnings == [])
        // Never bootstrap on one server what is deployed on another.
        let other = try configuration(toml: toml) { $0.environment = "e" }
        #expect(other.bootstrap == other.endpoint)
        #expect(other.warnings == ["`bootstrap_url` is not used, as a stronger source gives another URL."])
        let overAppConfig = try TemporaryProject([
            "App.config": Self.appConfigText, "databasedeploy.toml": "bootstrap_url = \"mysql://root@boot\"",
        ]).load()
        #expect(overAppConfig.bootstrap?.description == "root@boot:3306")
        #expect(overAppConfig.endpoint?.description == "u@app.data:3306")
        let alone = try configuration(toml: "bootstrap_url = \"mysql://root@boot\"\ndatabase = \"D\"")
        #expect(alone.bootstrap == alone.endpoint)
    }

    @Test func privateWinsOverEverything() throws {
        let files = ["App.config": Self.appConfigText, "databasedeploy.toml": "server_program = \"/x/mysqld\""]
        let project = try TemporaryProject(files)
        let option = try project.load {
            $0.usePrivate = true; $0.url = "mysql://u@h/Named"
        }
        #expect(option.server == .privateServer(program: "/x/mysqld"))
        #expect(option.database == "Named")
        #expect(try project.load { $0.usePrivate = true }.database == "FromAppConfig")
        let url = try project.load { $0.url = "private:/Mine" }
        #expect(url.server == .privateServer(program: "/x/mysqld"))
        #expect(url.database == "Mine")
        #expect(try project.load { $0.url = "private:" }.database == "FromAppConfig")
        #expect(try configuration(toml: "url = \"private:/D\"").server == .privateServer(program: nil))
        #expect(try configuration(toml: "url = \"private:/D\"") { $0.url = "mysql://u@h" }.endpoint != nil)
        // No password is fetched for it.
        let toml = "url = \"private:/D\"\npassword = { command = \"exit 1\" }\nlocal_infile = true"
        #expect(try configuration(toml: toml).localInfileRoot != nil)
    }

    @Test func otherProgramsURLsAreNotInTheWay() throws {
        let variables = ["DATABASE_URL": "postgres://u:s3cret@h/x", "USER": "login"]
        let project = try TemporaryProject(["databasedeploy.toml": "database = \"D\""])
        #expect(
            try project.load {
                $0.variables = variables; $0.usePrivate = true
            }.database == "D")
        #expect(
            try project.load {
                $0.variables = variables; $0.url = "mysql://h"
            }.endpoint?.user == "login")
        let error = try project.failure { $0.variables = variables }
        #expect(error.code == .badConfiguration)
        #expect(error.description.hasPrefix("The variable DATABASE_URL is not a URL of a database: it must begin with"))
        #expect(!error.description.contains("s3cret"))
    }

    @Test func keysLieOverURLs() throws {
        let toml = "url = \"mysql://u@h/D?ssl-mode=disabled&connect-timeout=1&compression=false\"\n"
        let plain = try #require(try configuration(toml: toml).endpoint)
        #expect((plain.tls.mode, plain.connectTimeout, plain.compression) == (.disabled, 1, false))
        let keys = "ssl_mode = \"required\"\nconnect_timeout = 2\ncompression = true\n"
        let same = try #require(try configuration(toml: toml + keys).endpoint)
        #expect((same.tls.mode, same.connectTimeout, same.compression) == (.required, 2, true))
        let url = "mysql://u@h/D?ssl-mode=verify-ca&connect-timeout=3"
        let option = try #require(try configuration(toml: toml + keys) { $0.url = url }.endpoint)
        #expect((option.tls.mode, option.connectTimeout, option.compression) == (.verifyCA, 3, true))
        let set = ["ssl_mode=disabled"]
        let both = try #require(
            try configuration(toml: toml) {
                $0.url = url; $0.settings = set
            }.endpoint)
        #expect(both.tls.mode == .disabled)
    }

    @Test func environments() throws {
        let toml =
            "url = \"mysql://u@h/D\"\nenvironment = \"a\"\n[environments.a]\n[environments.b]\n[environments.c]\n"
        func name(_ change: (inout ConfigurationRequest) -> Void = { _ in }) throws -> String? {
            try configuration(toml: toml, change).environment
        }
        #expect(try name() == "a")
        #expect(try name { $0.variables = ["DATABASEDEPLOY_ENVIRONMENT": "b", "USER": "x"] } == "b")
        #expect(try name { $0.variables = ["DATABASEDEPLOY_ENVIRONMENT": ""] } == "a")
        #expect(
            try name {
                $0.variables = ["DATABASEDEPLOY_ENVIRONMENT": "b"]; $0.environment = "c"
            } == "c")
        #expect(try name { $0.settings = ["environment=c"] } == "c")
    }
}
