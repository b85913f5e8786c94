import Foundation
import SystemPackage
import Testing

@testable import Deployment

@Suite struct PasswordTests {
    private func project(_ source: String, _ files: [String: String] = [:]) throws -> TemporaryProject {
        let toml = "url = \"mysql://u@h/D\"\npassword = \(source)\n"
        return try TemporaryProject(files.merging(["databasedeploy.toml": toml]) { $1 })
    }

    @Test func fromVariable() throws {
        let project = try project("{ env = \"SHOP_PW\" }")
        #expect(try project.load { $0.variables = ["SHOP_PW": " p w "] }.endpoint?.password == Secret(" p w "))
        for variables in [[:], ["SHOP_PW": ""]] {
            let error = try project.failure { $0.variables = variables }
            #expect(error.code == .configurationMissing)
            #expect(
                error.description
                    == "databasedeploy.toml:2:1: `password` comes from the environment variable SHOP_PW, which is not set."
                    + "\nSet SHOP_PW, or give the password in DATABASEDEPLOY_PASSWORD.")
        }
        // A stronger password is enough.
        #expect(try project.load { $0.variables = ["DATABASEDEPLOY_PASSWORD": "x"] }.endpoint?.password == Secret("x"))
    }

    @Test(arguments: [
        ("s3cret", "s3cret"), ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), (" s3cret \n\n", " s3cret \n"),
        ("\u{FEFF}é\n", "é"),
    ])
    func fromFile(content: String, expected: String) throws {
        let project = try project("{ file = \"secret/pw\" }", ["secret/pw": content])
        #expect(try project.load().endpoint?.password == Secret(expected))
    }

    @Test func fileMayBeAnywhereIfAbsolute() throws {
        let other = try TemporaryProject(["pw": "s3cret"])
        let project = try project("{ file = \"\(other.directory)/pw\" }")
        #expect(try project.load().endpoint?.password == Secret("s3cret"))
    }

    @Test func relativeFilesStayInTheProject() throws {
        let outside = try project("{ file = \"../home/pw\" }", ["~/pw": "s3cret"])
        let expected = "leads out of the project directory.\nWrite an absolute path."
        #expect(try outside.failure().description.hasSuffix("The file of `password` (../home/pw) " + expected))
        let linked = try project("{ file = \"pw\" }", ["~/pw": "s3cret"])
        try linked.link("pw", to: "../home/pw")
        #expect(try linked.failure().description.hasSuffix("The file of `password` (pw) " + expected))
    }

    @Test func unreadableFiles() throws {
        #expect(
            try project("{ file = \"pw\" }").failure().description
                == "databasedeploy.toml:2:1: The file of `password` (pw) cannot be read: No such file or directory.")
        #expect(
            try project("{ file = \"d\" }", ["d/x": ""]).failure().description
                == "databasedeploy.toml:2:1: The file of `password` (d) cannot be read: it is a directory.")
    }

    @Test func fromCommand() async throws {
        let command = #"printf '%s\\n' \"$SHOP_PW\"; cat note; echo noise >&2"#
        let project = try project("{ command = \"\(command)\" }", ["note": "x\n"])
        let loaded = try await onOwnThread {
            try project.load { $0.variables = ["SHOP_PW": "s3cret", "PATH": "/usr/bin:/bin"] }
        }
        #expect(loaded.endpoint?.password == Secret("s3cret\nx"))
    }

    /// It would be a part of the password, or of the first name of a list of targets.
    @Test func theByteOrderMarkOfACommandIsDropped() async throws {
        let project = try project(#"{ command = "printf '\\357\\273\\277s3cret'" }"#)
        let loaded = try await onOwnThread { try project.load() }
        #expect(loaded.endpoint?.password == Secret("s3cret"))

        let outcome = try await onOwnThread {
            ShellCommand.run(
                #"printf '\357\273\277tenant_1\n\357\273\277x'"#, variables: [:], directory: project.directory,
                limit: 100)
        }
        guard case .output(let text) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        // Only at the beginning is it one.
        #expect(text == "tenant_1\n\u{FEFF}x")
    }

    @Test func commandRunsOnceAndHasNoInput() async throws {
        let project = try project("{ command = \"echo run >> runs; cat; echo s3cret\" }")
        let loaded = try await onOwnThread { try project.load { $0.variables = ["PATH": "/usr/bin:/bin"] } }
        #expect(loaded.endpoint?.password == Secret("s3cret"))
        #expect(try ConfigurationFile.text(project.directory.appending("runs"), name: "runs") == "run\n")
    }

    @Test(arguments: [
        ("echo s3cret; echo s3cret >&2; exit 3", "ended with exit status 3"),
        ("echo s3cret; kill -9 $$", "was ended by signal 9"),
        ("s3cret-is-no-command", "ended with exit status 127"),
        ("true", "printed nothing"),
        ("printf 's3cret\\\\377'", "did not print UTF-8 text"),
        ("head -c 70000 /dev/zero", "printed more than 64 KB"),
    ])
    func failingCommands(command: String, reason: String) async throws {
        let project = try project("{ command = \"\(command)\" }")
        let error = try await onOwnThread { try project.failure { $0.variables = ["PATH": "/usr/bin:/bin"] } }
        #expect(error.code == .badConfiguration)
        #expect(error.description == "databasedeploy.toml:2:1: The command of `password` \(reason).")
    }
}

/// Runs what blocks on a thread that is not one of Swift's shared pool.
private func onOwnThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}
