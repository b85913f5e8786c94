import Testing

@testable import databasedeploy

@Suite struct DeployerTests {
    @Test func withoutArgumentsItIsWhatTheParserWouldHaveMade() throws {
        #expect(try DeployCommand.parse([]).deployer == Deployer())
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
