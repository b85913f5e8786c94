import Testing

@testable import Deployment

@Suite struct SecretTests {
    @Test func noDescriptionShowsAPassword() throws {
        var warnings: [String] = []
        let files = [
            "databasedeploy.toml": "url = \"mysql://u:s3cret1@h/D\"\nbootstrap_password = \"s3cret2\"",
            "App.config": appConfig(["DefaultString": "Server=h;Pwd=s3cret3;Uid=r"]),
            "~/.my.cnf": "[client]\npassword=s3cret4",
        ]
        let project = try TemporaryProject(files)
        let request = project.request {
            $0.url = "mysql://u:s3cret5@h/D"; $0.settings = ["password=s3cret6"]
        }
        let loaded = try ConfigurationLoader.load(request)
        #expect(loaded.endpoint?.password == Secret("s3cret6"))
        var dumped = ""
        dump(loaded, to: &dumped)
        dump(request, to: &dumped)
        dump(try OptionSettings.read(request, project: project.directory, warnings: &warnings), to: &dumped)
        for text in [dumped, "\(loaded)", String(reflecting: loaded), "\(request)", String(reflecting: request)] {
            #expect(!text.contains("s3cret"))
        }
        #expect("\(loaded)".contains("u@h:3306"))
    }

}
