import Testing

@testable import Deployment

/// The keys that are about several databases.
@Suite struct FleetSettingsTests {
    private static let server = "url = \"mysql://u@h/Admin\"\n"

    private func entries(_ configuration: Configuration) -> [TargetEntry]? {
        if case .entries(let entries) = configuration.fleet?.targets.origin { return entries }
        return nil
    }

    @Test func aListHasNamesPatternsAndURLs() throws {
        let loaded = try configuration(
            toml: Self.server + "targets = [\"a\", \"tenant_*\", \"mysql://v:s3cret@other:3307/b\"]\nwidth = 3")
        let found = try #require(entries(loaded))
        #expect(found.count == 3)
        #expect(found[0] == .name("a"))
        #expect(found[1] == .pattern(try #require(NamePattern("tenant_*"))))
        guard case .url(let url) = found[2] else {
            Issue.record("no URL")
            return
        }
        #expect(url.database == "b" && url.host == "other" && url.port == 3307)
        #expect(loaded.fleet?.width == 3)
        #expect(loaded.fleet?.waves == [.count(1), .percent(10), .all])
        #expect(loaded.fleet?.maxFailures == 0)
        #expect(loaded.database == "Admin")
        #expect(!"\(loaded)".contains("s3cret"))
    }

    @Test func queriesAndCommands() throws {
        let query = try configuration(toml: Self.server + "targets = { query = \"SELECT 1\" }")
        #expect(query.fleet?.targets.origin == .query("SELECT 1"))
        let command = try configuration(toml: Self.server + "[targets]\ncommand = \"x\"")
        #expect(command.fleet?.targets.origin == .command("x"))
    }

    @Test func wavesAndLimits() throws {
        let list = try configuration(
            toml: Self.server + "targets = \"t_?\"\nwaves = [2, \"25%\", \"5 %\", \"all\"]\nmax_failures = 4")
        #expect(list.fleet?.waves == [.count(2), .percent(25), .percent(5), .all])
        #expect(list.fleet?.maxFailures == 4)
        let typed = try configuration(toml: Self.server) {
            $0.settings = ["targets=t_*", "waves=1,10%,all", "width=2", "max_failures=7"]
        }
        #expect(typed.fleet?.waves == [.count(1), .percent(10), .all])
        #expect(typed.fleet?.width == 2)
        #expect(typed.fleet?.maxFailures == 7)
        #expect(
            try configuration(toml: Self.server + "targets=\"a\"") { $0.settings = ["waves=3"] }.fleet?.waves == [
                .count(3)
            ])
    }

    @Test func wavesCoverEveryTargetOnce() {
        #expect(WaveSize.ranges(WaveSize.standard, of: 1000) == [0..<1, 1..<101, 101..<1000])
        #expect(WaveSize.ranges(WaveSize.standard, of: 5) == [0..<1, 1..<2, 2..<5])
        #expect(WaveSize.ranges(WaveSize.standard, of: 1) == [0..<1])
        #expect(WaveSize.ranges(WaveSize.standard, of: 0) == [])
        // What no wave names comes last.
        #expect(WaveSize.ranges([.count(2)], of: 5) == [0..<2, 2..<5])
        #expect(WaveSize.ranges([.percent(1)], of: 5) == [0..<1, 1..<5])
        #expect(WaveSize.ranges([.all, .count(1)], of: 5) == [0..<5])
    }

    @Test(arguments: [
        ("tenant_*", "tenant_1", true), ("tenant_*", "tenant_", true), ("tenant_*", "Tenant_1", false),
        ("*_eu", "a_eu_eu", true), ("*_eu", "a_eu_", false), ("a?c", "abc", true), ("a?c", "ac", false),
        ("*", "", true), ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXcYb", false), ("t?*", "t", false),
    ])
    func patterns(pattern: String, name: String, matches: Bool) throws {
        #expect(try #require(NamePattern(pattern)).matches(name) == matches)
    }

    @Test func aStrongerNameMeansThatDatabaseAlone() throws {
        let toml = """
            url = "mysql://u@h"
            database = "Shop"
            [environments.tenants]
            targets = "tenant_*"
            [environments.one]
            database = "Other"
            """
        #expect(try configuration(toml: toml).fleet == nil)
        #expect(try configuration(toml: toml) { $0.environment = "tenants" }.fleet != nil)
        let named = try configuration(toml: toml) {
            $0.environment = "tenants"
            $0.settings = ["database=tenant_7"]
        }
        #expect(named.fleet == nil && named.database == "tenant_7")
        let url = try configuration(toml: toml) {
            $0.environment = "tenants"
            $0.url = "mysql://u@h/tenant_8"
        }
        #expect(url.fleet == nil && url.database == "tenant_8")
        let server = try configuration(toml: toml) {
            $0.environment = "tenants"
            $0.url = "mysql://u@elsewhere"
        }
        #expect(server.fleet != nil)
        #expect(server.endpoint?.address == .tcp(host: "elsewhere", port: 3306))
        // It says where the server is, in every shell of a build machine.
        let variable = try configuration(toml: toml) {
            $0.environment = "tenants"
            $0.variables["DATABASE_URL"] = "mysql://u@v/Shop"
        }
        #expect(variable.fleet != nil)
        #expect(variable.endpoint?.address == .tcp(host: "v", port: 3306))
        let top =
            "targets = \"tenant_*\"\n"
            + toml.split(separator: "\n").filter { !$0.contains("Shop") }.joined(separator: "\n")
        #expect(try configuration(toml: top) { $0.environment = "one" }.fleet == nil)
    }

    @Test func urlsAloneNeedNoServer() throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": "password = \"p\"\ntargets = [\"mysql://u@a/x\", \"mysql://v:q@b/y\"]"
        ])
        var loaded = try ConfigurationLoader.loadWithServers(project.request())
        #expect(loaded.configuration.server == .unnamed)
        let found = try #require(entries(loaded.configuration))
        var passwords: [Secret?] = []
        for entry in found {
            guard case .url(let url) = entry, case .existing(_, let endpoint) = try loaded.server(of: url) else {
                continue
            }
            passwords.append(endpoint.password)
        }
        #expect(passwords == [Secret("p"), Secret("q")])
    }

    /// A password manager that asks a person must ask once.
    @Test func aPasswordIsFetchedOnceForAllTargets() throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": """
            password = { command = "echo x >> ../asked; echo pw" }
            targets = ["mysql://u@a/x", "mysql://u@b/y", "mysql://u@c/z"]
            """
        ])
        var loaded = try ConfigurationLoader.loadWithServers(project.request())
        for entry in try #require(entries(loaded.configuration)) {
            guard case .url(let url) = entry, case .existing(_, let endpoint) = try loaded.server(of: url) else {
                continue
            }
            #expect(endpoint.password == Secret("pw"))
        }
        let asked = try ConfigurationFile.text(project.root.appending("asked"), name: "asked")
        #expect(asked == "x\n")
    }

    @Test(arguments: [
        ("targets = []", "`targets` is an empty list."),
        ("targets = [1]", "`targets` must be a list of texts, not an integer."),
        ("targets = \"\"", "An entry of `targets` is empty."),
        ("targets = \"mysql://u:s3cret@h\"", "An entry of `targets` is a URL that names no database."),
        ("targets = { qery = \"x\" }", "There is no key `targets.qery` (did you mean \"query\"?)."),
        ("targets = \"a\"\ndatabase = \"b\"", "`targets` and `database` are both here: several databases, or one?"),
        ("targets = \"a\"\nwidth = 0", "`width` must be from 1 to 256, not 0."),
        ("targets = \"a\"\nmax_failures = -1", "`max_failures` must be from 0 to 2147483647, not -1."),
        ("targets = \"a\"\nmax_failures = \"x\"", "`max_failures` must be a whole number, not a string."),
    ])
    func whatIsWrongIsSaid(toml: String, message: String) throws {
        let error = try failure(toml: Self.server + toml)
        #expect(error.code == .badConfiguration)
        #expect(error.message == message)
        #expect(error.place?.line == 2 || error.place?.line == 3)
        #expect(!error.description.contains("s3cret"))
    }

    @Test(arguments: ["[]", "[0]", "[\"101%\"]", "[\"few\"]", "true"])
    func wavesThatAreNone(waves: String) throws {
        let error = try failure(toml: Self.server + "targets = \"a\"\nwaves = \(waves)")
        #expect(error.message.contains("such as [1, \"10%\", \"all\"]"))
    }
}
