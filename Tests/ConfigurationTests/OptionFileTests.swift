import Foundation
import SystemPackage
import Testing

@testable import Deployment

@Suite struct OptionFileTests {
    private func read(_ text: String) throws -> ServerSettings {
        try OptionFile(text, name: "~/.my.cnf").settings
    }

    @Test func everyOption() throws {
        let text = """
            # a comment
            ; another one
            [mysql]
            user = no
            [client]
            user = u
            password = p
            host = h
            port = 3307
            connect_timeout = 4
            compress
            ssl-ca = /ca
            ssl_cert = /cert
            loose-ssl-key = /key
            ssl-mode = VERIFY_CA
            default-character-set = utf8mb4
            [mysqld]
            port = 1
            """
        let expected = ServerSettings(
            host: "h", port: 3307, user: "u", password: Secret("p"),
            tls: TLSSettings(mode: .verifyCA, authority: "/ca", certificate: "/cert", key: "/key"), connectTimeout: 4,
            compression: true)
        #expect(try read(text) == expected)
    }

    @Test(arguments: ["client", "client-server", "client-mariadb"])
    func groups(name: String) throws { #expect(try read("[\(name)]\nuser=u").user == "u") }

    @Test(arguments: ["mysql", "mariadb", "mysqld", "clientele", "client2"])
    func otherGroups(name: String) throws { #expect(try read("[\(name)]\nuser=u").user == nil) }

    @Test(arguments: [
        ("socket=/s", ServerSettings(socket: "/s")),
        ("host=localhost\nsocket=/s", ServerSettings(host: "localhost", socket: "/s")),
        ("host=h\nsocket=/s", ServerSettings(host: "h")),
        ("protocol=TCP\nsocket=/s", ServerSettings()),
        ("user=a\nuser=b", ServerSettings(user: "b")),
        ("password", ServerSettings()),
        ("ssl", ServerSettings(tls: TLSSettings(mode: .required))),
        ("ssl=0", ServerSettings(tls: TLSSettings(mode: .disabled))),
        ("skip-ssl", ServerSettings(tls: TLSSettings(mode: .disabled))),
        ("ssl-verify-server-cert", ServerSettings(tls: TLSSettings(mode: .verifyFull))),
        ("disable-ssl-verify-server-cert", ServerSettings(tls: TLSSettings(mode: .required))),
    ])
    func meanings(text: String, expected: ServerSettings) throws {
        #expect(try read("[client]\n" + text) == expected)
    }

    /// Compared with what the clients' own parser makes of the same lines.
    @Test(arguments: [
        #"x"#, #""x # y" # c"#, #"x\sy # c"#, #"x#y"#, #"'#abc'"#, #"" lead\s""#, #""a\"b""#, #""a"b""#, #"\s\q"#,
        #"a\\b"#, #"'it''s'"#, #"a=b"#, #"x\tz"#, #"'"#,
    ])
    func values(written: String) throws {
        let project = try TemporaryProject(["my.cnf": "[client]\nuser = \(written)\n"])
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/my_print_defaults")
        process.arguments = ["--defaults-file=\(project.directory)/my.cnf", "client"]
        let output = Foundation.Pipe()
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        let printed = String(decoding: try #require(try output.fileHandleForReading.readToEnd()), as: UTF8.self)
        #expect("--user=\(OptionFile.value(written))\n" == printed)
    }

    @Test(arguments: [
        ("port = s3cret", "~/.my.cnf:2: `port` must be a number from 1 to 65535."),
        (
            "ssl-mode = s3cret",
            "~/.my.cnf:2: `ssl-mode` must be one of disabled, preferred, required, verify-ca, verify-full."
        ),
    ])
    func malformed(line: String, expected: String) throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": "url = \"mysql://u@h/D\"", "~/.my.cnf": "[client]\n\(line)\n",
        ])
        #expect(try project.failure().description == expected)
    }

    @Test func fillsInWhatIsMissing() throws {
        let cnf = "[client]\nuser=me\npassword=s3cret\nhost=cnf.host\nport=3307\n"
        let project = try TemporaryProject(["databasedeploy.toml": "database = \"D\"", "~/.my.cnf": cnf])
        let all = try #require(try project.load().endpoint)
        #expect(all.description == "me@cnf.host:3307")
        #expect(all.password == Secret("s3cret"))
        // Host and port go together.
        let hosted = try #require(try project.load { $0.url = "mysql://other.host" }.endpoint)
        #expect(hosted.description == "me@other.host:3306")
        #expect(hosted.password == Secret("s3cret"))
        let named = try #require(try project.load { $0.url = "mysql://you@other.host" }.endpoint)
        #expect(named.password == nil)
        #expect(
            try project.load {
                $0.home = nil; $0.url = "mysql://h"
            }.endpoint?.user == "login")
    }

    /// Of a server that another source names, the file may demand more than what would hold without it, never less.
    @Test(arguments: [
        ("mysql://u@db/D", "skip-ssl", Endpoint.TLSMode.verifyFull), ("mysql://u@db/D", "ssl=0", .verifyFull),
        ("mysql://u@db/D", "ssl", .verifyFull), ("mysql://u@db/D", "ssl-mode=preferred", .verifyFull),
        ("mysql://u@db/D", "disable-ssl-verify-server-cert", .verifyFull),
        ("mysql://u@localhost/D", "skip-ssl", .preferred), ("mysql://u@localhost/D", "ssl", .required),
        ("mysql://u@localhost/D", "ssl-verify-server-cert", .verifyFull),
        ("mysql://u@localhost/D", "ssl-ca=/dev/null", .verifyFull),
        ("mysql://u@localhost/D?ssl-ca=/dev/null", "ssl", .verifyFull),
        // What another source writes is stronger in any case.
        ("mysql://u@db/D?ssl-mode=disabled", "ssl-verify-server-cert", .disabled),
        // A host beside it in the file does not count, and neither does how it is reached.
        ("mysql://u@db/D", "host=cnf.host\nskip-ssl", .verifyFull),
        // The file's own server.
        ("mysql://u@/D", "host=cnf.host\nskip-ssl", .disabled), ("mysql://u@/D", "host=cnf.host\nssl", .required),
        ("mysql://u@/D", "host=cnf.host", .verifyFull),
    ])
    func tlsOfAServerThatAnotherSourceNames(url: String, options: String, mode: Endpoint.TLSMode) throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": "url = \"\(url)\"", "~/.my.cnf": "[client]\n\(options)\n",
        ])
        #expect(try project.load().endpoint?.tls.mode == mode)
        // Likewise where an option names the server.
        try project.write("databasedeploy.toml", Array("url = \"mysql://elsewhere\"".utf8))
        #expect(try project.load { $0.url = url }.endpoint?.tls.mode == mode)
    }

    @Test func tlsOfAConnectionStringIsNotLowered() throws {
        let project = try TemporaryProject([
            "App.config": appConfig([
                "DefaultString": "Server=db;Uid=r", "ConnectionString": "Server=db;Database=D;Uid=u",
            ]), "~/.my.cnf": "[client]\nskip-ssl\n",
        ])
        let loaded = try project.load()
        #expect(loaded.endpoint?.tls.mode == .verifyFull)
        #expect(loaded.bootstrap?.tls.mode == .verifyFull)
    }

    @Test func warnings() throws {
        let project = try TemporaryProject([
            "databasedeploy.toml": "url = \"mysql://h/D\"", "~/.my.cnf": "!includedir /etc/x\n[client]\nuser=me\n",
        ])
        let included = try project.load()
        #expect(included.warnings == ["~/.my.cnf:1: `!includedir` is not followed."])
        #expect(included.endpoint?.user == "me")

        let file = project.home.appending(".my.cnf").string
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
        let writable = try project.load()
        #expect(writable.endpoint?.user == "login")
        #expect(
            writable.warnings == [
                "~/.my.cnf is ignored, as everyone may write to it; type `chmod 600 ~/.my.cnf`."
            ])
    }
}
