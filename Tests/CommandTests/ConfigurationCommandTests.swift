import Foundation
import TestServers
import Testing

/// What the commands tell of the configuration.
@Suite struct ConfigurationCommandTests {
    /// A project of the old program whose server does not answer.
    private func oldProject(_ name: String = "ConnectionString") throws -> CommandProject {
        let project = try CommandProject(try #require(TestServer.all.first))
        try FileManager.default.removeItem(atPath: project.directory.appending("databasedeploy.toml").string)
        try project.write(
            "App.config",
            """
            <configuration>
              <connectionStrings>
                <add name="\(name)" connectionString="Server=127.0.0.1;Port=1;Uid=u;Pwd=s3cret;Database=d;Datbase=z;Ssl Mod=none" />
              </connectionStrings>
              <appSettings><add key="LogLevl" value="INFO" /></appSettings>
            </configuration>
            """)
        return project
    }

    @Test(arguments: ["deploy", "status", "plan", "validate", "history", "repair"])
    func whatIsNotUnderstoodIsToldAlsoWhereNoServerAnswers(command: String) throws {
        let result = try oldProject().command(command)
        #expect(result.status == 69)
        let text = result.output + result.errors
        #expect(text.contains("key `Datbase` that is not understood (did you mean \"Database\"?)"), "\(text)")
        #expect(text.contains("key `Ssl Mod` that is not understood (did you mean \"SslMode\"?)"))
        #expect(text.contains("`LogLevl` is not understood (did you mean \"LogLevel\"?)"))
        #expect(!text.contains("s3cret"))
    }

    @Test func whatIsNotUnderstoodIsToldWithWhatIsMissingForIt() throws {
        let result = try oldProject("ConectionString").command("status")
        #expect(result.status == 78)
        #expect(result.errors.contains("`ConectionString` is not used (did you mean \"ConnectionString\"?)"))
        #expect(result.errors.contains("No server is named."))
    }

    @Test(arguments: TestServer.all)
    func whatIsNotUnderstoodIsAmongTheProblemsForPrograms(server: TestServer) throws {
        let project = try CommandProject(server)
        try project.write(
            "App.config", "<configuration><appSettings><add key=\"LogLevl\" value=\"x\"/></appSettings></configuration>"
        )
        for command in ["status", "plan", "validate"] {
            let result = try project.command(command, "--format", "json")
            let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            let problems = try #require(document?["problems"] as? [[String: Any]])
            let problem = try #require(problems.first { $0["code"] as? String == "configuration" }, "\(command)")
            #expect((problem["message"] as? String)?.contains("LogLevl") == true)
            #expect(problem["severity"] as? String == "warning")
            #expect(try project.command(command).errors.contains("LogLevl"))
        }
    }

    @Test func whatIsConfiguredIsShownAlsoWhereNoServerAnswers() throws {
        let project = try oldProject()
        try project.write(
            "databasedeploy.toml",
            "out_of_order = \"skip\"\n[environments.test]\nlock_timeout = 7\n")
        let plain = try project.command("status")
        #expect(plain.errors.contains("databasedeploy status --verbose"))
        let result = try project.command("status", "--verbose", "-e", "test", "--set", "parallel=2")
        #expect(result.status == 69)
        let rows = result.output.split(separator: "\n").map { $0.split(separator: "  ").map { $0.drop { $0 == " " } } }
        func row(_ start: Substring) -> Substring? { rows.first { $0.first == start }?.dropFirst().first }
        let place = project.directory.string
        #expect(row("Project").map(String.init) == place)
        #expect(row("Files") == "databasedeploy.toml, App.config")
        #expect(row("Environment") == "test")
        #expect(row("Connection") == "127.0.0.1:1, user u, with a password, ssl_mode preferred")
        #expect(row("Database") == "d")
        #expect(row("Folders") == "Schema (fresh), Data (fresh), Modifications (always)")
        #expect(result.output.contains("out_of_order = skip  (databasedeploy.toml)"))
        #expect(result.output.contains("lock_timeout = 7  (databasedeploy.toml [environments.test])"))
        #expect(result.output.contains("parallel = 2  (the command line)"))
        #expect(!result.output.contains("s3cret"))
    }

    @Test(arguments: TestServer.all)
    func whatIsConfiguredIsShownBeforeTheStatus(server: TestServer) throws {
        let project = try CommandProject(server)
        let text = try project.command("status", "--verbose").output
        #expect(text.hasPrefix("Project "))
        let socket = try server.socket
        #expect(text.contains("\(socket), user root, without a password\n"))
        #expect(text.contains("database = \(project.database)  (databasedeploy.toml)"))
        #expect(text.contains("pending  Modifications/001.M.sql"))
        #expect(try !project.command("status").output.contains("Project "))
    }

    @Test func aWordThatIsNoCommandOfTheServerIsAnsweredWithOneThatIs() throws {
        let project = try CommandProject(try #require(TestServer.all.first))
        for arguments in [
            ["server", "strat"], ["--quiet", "server", "strat"], ["server", "--project", ".", "strat"],
        ] {
            let running = try project.command.start(arguments)
            #expect(running.process.ending(by: .now + .seconds(60)) == .exited(64))
            #expect(try running.errors().contains("\"strat\" is no command of server (did you mean \"start\"?)"))
        }
        #expect(try project.command("server", "--help").status == 0)
        #expect(try project.command("server").status == 0)
    }
}

/// What the commands tell when scripts are passed over.
@Suite struct PassedOverTests {
    @Test(arguments: TestServer.all)
    func aFolderOfAnotherCaseIsNamed(server: TestServer) throws {
        let project = try CommandProject(server)
        try FileManager.default.moveItem(
            atPath: project.directory.appending("Modifications").string,
            toPath: project.directory.appending("modifications").string)
        for _ in 0...1 {
            let text = try project.command("--quiet").output
            #expect(text.contains("The folder Modifications does not exist, but modifications does"), "\(text)")
            #expect(text.contains("mv modifications Modifications"))
        }
        for arguments in [["deploy"], ["plan"]] {
            let running = try project.command.start(arguments)
            #expect(running.process.ending(by: .now + .seconds(60)) == .exited(0))
            #expect(try running.output().contains("Nothing to do: everything in the other folders is applied."))
        }
        try FileManager.default.moveItem(
            atPath: project.directory.appending("modifications").string,
            toPath: project.directory.appending("Modifications").string)
        #expect(try project.command().output.contains("Modifications/001.M.sql ✓"))
    }

    @Test(arguments: TestServer.all)
    func withoutAnyFolderNothingIsSaidToBeApplied(server: TestServer) throws {
        let project = try CommandProject(server)
        for name in ["Schema", "Data", "Modifications"] {
            try FileManager.default.removeItem(atPath: project.directory.appending(name).string)
        }
        for command in ["deploy", "plan"] {
            let text = try project.command(command).output
            #expect(text.contains("Nothing to do: there is none of the folders."), "\(text)")
        }
    }

    @Test(arguments: TestServer.all)
    func aLateScriptThatIsPassedOverIsNotSaidToBeApplied(server: TestServer) throws {
        let project = try CommandProject(server)
        #expect(try project.command().status == 0)
        try project.write("Modifications/000.Late.sql", "INSERT INTO t VALUES (7);\n")
        for command in ["deploy", "plan"] {
            let text = try project.command(command, "--set", "out_of_order=skip").output
            #expect(text.contains("it is passed over"))
            #expect(text.contains("Nothing to do: 1 script passed over, everything else is applied."), "\(text)")
        }
    }
}

/// Advice is typed as it stands, and then is about the same database.
@Suite struct TargetAdviceTests {
    private func project(_ server: TestServer) throws -> CommandProject {
        let project = try CommandProject(server)
        let url = "mysql://\(server.user)@localhost/?socket=\(try server.socket)"
        try project.write(
            "databasedeploy.toml",
            """
            environment = "production"
            [environments.production]
            url = "\(url)"
            database = "\(project.database)p"
            protected = true
            [environments.staging]
            url = "\(url)"
            database = "\(project.database)"
            """)
        try server.query("CREATE DATABASE `\(project.database)`; CREATE TABLE `\(project.database)`.t (i INT)")
        return project
    }

    @Test(arguments: TestServer.all)
    func theCommandsHaveTheOptionsThatNameTheTarget(server: TestServer) throws {
        let project = try project(server)
        for arguments in [["-e", "staging"], ["deploy", "-e", "staging", "--format", "json"]] {
            let running = try project.command.start(arguments)
            #expect(running.process.ending(by: .now + .seconds(60)) == .exited(2))
            let text = try running.output() + running.errors()
            #expect(text.contains("databasedeploy deploy -e staging --recreate"), "\(text)")
            #expect(text.contains("databasedeploy baseline -e staging --at"), "\(text)")
        }
        let user = "a_" + project.database.suffix(12)
        try server.query(
            "CREATE USER '\(user)'@'localhost' IDENTIFIED BY 'Secret-1'; GRANT ALL ON *.* TO '\(user)'@'localhost'")
        let url = "mysql://\(user):Secret-1@localhost/\(project.database)?socket=\(try server.socket)"
        let text = try project.command("plan", "--url", url).output
        #expect(text.contains("databasedeploy deploy --url"), "\(text)")
        #expect(text.contains("mysql://\(user)@localhost/\(project.database)?socket="), "\(text)")
        #expect(!text.contains("Secret-1"))
    }

    @Test(arguments: TestServer.all)
    func whatIsProtectedIsNotLaidBareByWhatIsTyped(server: TestServer) throws {
        let project = try project(server)
        try server.query("CREATE DATABASE `\(project.database)p`; CREATE TABLE `\(project.database)p`.t (i INT)")
        let result = try project.command("deploy", "--recreate", "--yes", "--set", "protected=false")
        #expect(result.status == 77, "\(result.errors)")
        let asked = try project.command("deploy", "--recreate", "-e", "staging")
        #expect(asked.status == 77)
        #expect(asked.errors.contains("Drop the database \(project.database) on "), "\(asked.errors)")
        #expect(asked.errors.contains("(environment staging)"), "\(asked.errors)")
    }
}

/// What to do about a certificate that is refused.
@Suite struct CertificateAdviceTests {
    @Test(arguments: TestServer.all)
    func theAdviceFitsWhatIsWrong(server: TestServer) throws {
        let network = try NetworkServer.start(server, hosts: "DNS:elsewhere.example")
        try server.query(
            "CREATE USER 'u'@'%' IDENTIFIED BY 'Secret-1'; GRANT ALL ON *.* TO 'u'@'%';", on: network.server.socket)
        let project = try CommandProject(server)
        try project.write("databasedeploy.toml", "url = \"mysql://u:Secret-1@127.0.0.1:\(network.port)/d\"\n")
        func advice(_ authority: String?) throws -> String {
            let ssl = authority.map { ["--set", "ssl_ca=\($0)"] } ?? []
            let running = try project.command.start(["status", "--set", "ssl_mode=verify-full"] + ssl)
            #expect(running.process.ending(by: .now + .seconds(60)) == .exited(69))
            return try running.errors()
        }
        let name = try advice(network.authority.string)
        #expect(name.contains("The certificate is for another host than 127.0.0.1."), "\(name)")
        let other = try advice(network.otherAuthority.string)
        #expect(other.contains("not signed by the authority in \(network.otherAuthority.string) (ssl_ca)"), "\(other)")
        let none = try advice(nil)
        #expect(none.contains("Name the authority (ssl_ca)"), "\(none)")
        try server.query("SELECT 1", on: network.server.socket)
    }
}
