import Testing

@testable import databasedeploy

@Suite struct DeployerTests {
    @Test(arguments: [
        "", "deploy", "--project p", "--project=p", "-e staging", "--environment=staging --yes",
        "--url mysql://h/d?ssl-mode=x",
        "--url=mysql://h/d?ssl-mode=x", "deploy --private --config c.toml --quiet", "--config=c --verbose --no-color",
        "--set a=b --set=c=d --set e=", "--format json --format text", "--format=json --dry-run", "--recreate --yes",
        "--continue-on-error --wait-for-key", "--project p --project q",
    ])
    func plainArgumentsAreReadAsTheParserReadsThem(line: String) throws {
        let arguments = line.split(separator: " ").map(String.init)
        let parsed = try DeployCommand.parse(arguments.filter { $0 != "deploy" }).deployer
        #expect(Deployer(plain: arguments) == parsed)
    }

    @Test(arguments: [
        "status", "--project p status", "deploy deploy", "--help", "-h", "--version", "--project", "--project=",
        "--project -e",
        "--format xml", "--unknown", "--quiet=yes", "-e=staging", "-estaging", "--", "--set --yes", "p", "-q",
    ])
    func theParserReadsWhatIsNotPlain(line: String) {
        #expect(Deployer(plain: line.split(separator: " ").map(String.init)) == nil)
    }

    @Test func everyOptionArrives() throws {
        let options = CommonOptions(
            project: "p", environment: "e", url: "u", usePrivate: true, config: "c", settings: ["a=b", "c=d"],
            format: .json, quiet: true, verbose: true, noColor: true)
        let arguments = [
            "--project", "p", "-e", "e", "--url", "u", "--private", "--config", "c", "--set", "a=b", "--set", "c=d",
            "--format", "json", "--quiet", "--verbose", "--no-color",
        ]
        #expect(try StatusCommand.parse(arguments).options == options)
        let deployer = Deployer(
            options: options, dryRun: true, recreate: true, yes: true, continueOnError: true, waitForKey: true)
        let own = ["--dry-run", "--recreate", "--yes", "--continue-on-error", "--wait-for-key"]
        #expect(try DeployCommand.parse(arguments + own).deployer == deployer)
    }
}
