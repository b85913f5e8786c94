import ArgumentParser
import Deployment
import PrivateServer
import SystemPackage

/// `databasedeploy server`.
struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "The private server of this project.",
        discussion: "A MariaDB or MySQL server of its own in .databasedeploy/server, on a Unix socket only.",
        subcommands: [Start.self, Stop.self, Status.self, URL.self, Images.self])

    /// Which server.
    struct Choice: ParsableArguments {
        @OptionGroup var common: CommonArguments
        @Option(
            help: ArgumentHelp(
                "The server's directory, for several servers side by side. Default: .databasedeploy/server.",
                valueName: "dir"), completion: .directory)
        var directory: String?

        var options: CommonOptions { common.options }
        var place: FilePath? { directory.map { ProcessVariables.workingDirectory.pushing(FilePath($0)) } }

        func server() throws -> PrivateServer {
            Project.privateServer(try Project.configuration(options, usePrivate: true), directory: place)
        }
    }

    static func status(_ choice: Choice) throws -> PrivateServerStatus {
        let server = try choice.server()
        do throws(PrivateServerError) {
            return try server.status()
        } catch {
            throw DeploymentError(.serverUnreachable, error.description)
        }
    }

    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start the private server, or find it running.",
            discussion: """
                With --fresh, the server starts with a database in which exactly the project's scripts ran: as a copy of an \
                image that an earlier run kept, or by a deployment, of which it keeps an image.
                """)
        @OptionGroup var choice: Choice

        @Flag(help: "Throw away what the server has, and give it a new database with all scripts applied.")
        var fresh = false

        @Flag(help: "Do not ask before destroying anything.")
        var yes = false

        func run() throws {
            let options = choice.options
            let configuration = try Project.configuration(options, usePrivate: true)
            if fresh, configuration.fleet != nil { throw Project.oneDatabaseOnly }
            let server: RunningServer
            if fresh {
                ToolDirectory(project: configuration.project).createIfMissing()
                server = try FreshServer(
                    configuration: configuration,
                    server: Project.privateServer(configuration, directory: choice.place), options: options, yes: yes
                ).start()
            } else {
                server = try Project.start(configuration, directory: choice.place)
            }
            if options.format == .json { return options.output.line(JSON.line(StartedDocument(server))) }
            let word = server.started ? "started" : "runs already"
            options.output.line("The private server \(word): \(server.version), process \(server.id).")
            options.output.line(server.url)
        }
    }

    struct Stop: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop the private server.")
        @OptionGroup var choice: Choice

        func run() throws {
            let server = try choice.server()
            do {
                try server.stop()
            } catch {
                throw DeploymentError(.failed, error.description)
            }
            let options = choice.options
            options.output.line(
                options.format == .json
                    ? JSON.document(ServerDocument(try ServerCommand.status(choice))) : "The private server is stopped."
            )
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show whether the private server runs.")
        @OptionGroup var choice: Choice

        func run() throws {
            let document = ServerDocument(try ServerCommand.status(choice))
            let options = choice.options
            options.output.line(options.format == .json ? JSON.document(document) : document.text)
        }
    }

    struct URL: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the private server's URL, for other programs.",
            discussion: "Starts nothing: without a running server it says so, and exits with 69.")
        @OptionGroup var choice: Choice

        func run() throws {
            if case .running(let server) = try ServerCommand.status(choice).state {
                return choice.options.output.line(server.url)
            }
            throw DeploymentError(
                .serverUnreachable, "The private server does not run.", advice: "Type: databasedeploy server start")
        }
    }
}

/// `server start --format json`: one line, as those of a deployment before it.
private struct StartedDocument: Encodable {
    var event = "server_started"
    var url: String
    var version: String
    var process: Int32
    /// False if it ran already.
    var started: Bool

    init(_ server: RunningServer) {
        (url, version, process, started) = (server.url, server.version, server.id, server.started)
    }
}

/// `server status --format json`.
private struct ServerDocument: Encodable {
    var state: String
    var url: String?
    var version: String?
    var process: Int32?
    var uptimeSeconds: Int?
    var dataBytes: UInt64
    var directory: String
    var log: String

    init(_ status: PrivateServerStatus) {
        switch status.state {
        case .stopped: state = "stopped"
        case .busy: state = "busy"
        case .running(let server):
            state = "running"
            (url, version, process) = (server.url, server.version, server.id)
        }
        uptimeSeconds = status.uptime.map { Int($0.components.seconds) }
        dataBytes = status.dataBytes
        directory = status.directory.string
        log = status.log.string
    }

    var text: String {
        var lines = ["State      \(state)"]
        if let version { lines.append("Version    \(version)") }
        if let process { lines.append("Process    \(process)") }
        if let uptimeSeconds { lines.append("Uptime     \(uptimeSeconds) s") }
        if let url { lines.append("URL        \(url)") }
        lines.append("Data       \(dataBytes / 1_000_000) MB in \(directory)")
        lines.append("Log        \(log)")
        return lines.joined(separator: "\n")
    }
}
