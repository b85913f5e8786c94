import SystemPackage
import Testing

@testable import Deployment

@Suite struct ProjectTests {
    private static let toml = "url = \"mysql://u@h/D\"\n"

    @Test(arguments: ["databasedeploy.toml", "App.config", "app.config"])
    func nearestDirectoryUpward(marker: String) throws {
        let project = try TemporaryProject([marker: "", "a/b/c": "", "a/\(marker)": "", "x/y": ""])
        #expect(
            ConfigurationLoader.findProject(from: project.directory.appending("a/b"))
                == project.directory.appending("a"))
        #expect(
            ConfigurationLoader.findProject(from: project.directory.appending("a")) == project.directory.appending("a"))
        #expect(ConfigurationLoader.findProject(from: project.directory.appending("x")) == project.directory)
        #expect(ConfigurationLoader.findProject(from: project.home) == nil)
    }

    @Test func loadsFromBelow() throws {
        let project = try TemporaryProject(["databasedeploy.toml": Self.toml, "a/b": ""])
        let loaded = try project.load { $0.workingDirectory.append("a") }
        #expect(loaded.project == project.directory)
        // Files outside of where the person stands have their full path.
        try project.write("databasedeploy.toml", Array("x = 1".utf8))
        let error = try project.failure { $0.workingDirectory.append("a") }
        #expect(error.description == "\(project.directory)/databasedeploy.toml:1:1: There is no key `x`.")
    }

    @Test func projectOption() throws {
        let project = try TemporaryProject(["databasedeploy.toml": Self.toml])
        for path in [project.directory, "../project", "../project/./x/..", "."] as [FilePath] {
            #expect(try project.load { $0.project = path }.project == project.directory)
        }
        let error = try project.failure { $0.project = "nowhere" }
        #expect(error.code == .configurationMissing)
        #expect(error.description == "There is no project directory nowhere.")
        // A directory without any file will do if the rest is said.
        #expect(
            try project.load {
                $0.project = "../home"; $0.url = "mysql://u@h/D"
            }.project == project.home)
    }

    @Test func nothingFound() throws {
        let project = try TemporaryProject()
        let error = try project.failure()
        #expect(error.code == .configurationMissing)
        #expect(
            error.description
                == "There is no project: neither \(project.directory) nor a directory above it has databasedeploy.toml "
                + "or App.config.\nType --project DIR, or write a databasedeploy.toml here, such as: "
                + "url = \"mysql://user@localhost/Database\"")
    }

    @Test func configOption() throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": Self.toml, "other.toml": "url = \"mysql://u@h/Other\"\nlock_timeout = 5",
            "Old.config": appConfig(settings: ["RecreateDB": "true"], [:]), "~/far.toml": Self.toml,
        ])
        #expect(try project.load { $0.configFile = "other.toml" }.database == "Other")
        let old = try project.load { $0.configFile = "Old.config" }
        #expect(old.recreate && old.database == "D")
        let missing = try project.failure { $0.configFile = "nowhere.toml" }
        #expect(missing.code == .configurationMissing)
        #expect(missing.description == "There is no file nowhere.toml, which `--config` names.")
        // Without a project around, the file's directory is the project.
        let alone = try TemporaryProject(["~/far.toml": Self.toml])
        #expect(try alone.load { $0.configFile = "../home/far.toml" }.project == alone.home)
    }

    @Test func whatIsMissingIsSaid() throws {
        let server = try failure(toml: "database = \"D\"")
        #expect(server.code == .configurationMissing)
        #expect(
            server.description
                == "No server is named.\nWrite url = \"mysql://user@host/Database\" in databasedeploy.toml, "
                + "set DATABASE_URL, or type --url or --private.")
        let database = try failure(toml: "url = \"mysql://u@h\"")
        #expect(database.code == .configurationMissing)
        #expect(
            database.description == "No database is named.\nWrite database = \"Name\" in databasedeploy.toml, "
                + "or the name after the host in the URL.")
        let user = try failure(toml: "url = \"mysql://h/D\"") { $0.variables = [:] }
        #expect(user.code == .configurationMissing)
        #expect(user.description.hasPrefix("No user is named for the server."))
    }

    @Test func filesThatAreNone() throws {
        let project = try TemporaryProject(["App.config": appConfig(["ConnectionString": "Server=h;Uid=u;Database=D"])])
        try project.makeDirectory(project.directory.appending("databasedeploy.toml"))
        let error = try project.failure()
        #expect(error.code == .badConfiguration)
        #expect(error.description == "databasedeploy.toml: This is a directory, not a file.")
    }

    @Test func unknownEnvironments() throws {
        let toml = Self.toml + "[environments.test]\n[environments.production]\n"
        let there = "There are: production, test."
        let option = try failure(toml: toml) { $0.environment = "prodution" }
        #expect(option.code == .usage)
        #expect(option.description == "There is no environment \"prodution\" (did you mean \"production\"?).\n" + there)
        let set = try failure(toml: toml) { $0.settings = ["environment=xyz"] }
        #expect(set.code == .usage)
        let variable = try failure(toml: toml) { $0.variables = ["DATABASEDEPLOY_ENVIRONMENT": "xyz"] }
        #expect(variable.code == .badConfiguration)
        #expect(
            variable.description
                == "There is no environment \"xyz\", which DATABASEDEPLOY_ENVIRONMENT names.\n" + there)
        let file = try failure(toml: "environment = \"Test\"\n" + toml)
        #expect(file.code == .badConfiguration)
        #expect(
            file.description
                == "databasedeploy.toml:1:1: There is no environment \"Test\" (did you mean \"test\"?).\n" + there)
        let none = try failure(toml: Self.toml) { $0.environment = "x" }
        #expect(
            none.description == "There is no environment \"x\".\n"
                + "databasedeploy.toml has no environments; write [environments.x] there.")
    }
}
