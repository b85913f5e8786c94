import ArgumentParser
import Deployment
import PrivateServer

/// `databasedeploy server`.
struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "The private server of this project.",
        discussion: "A MariaDB or MySQL server of its own in .databasedeploy/server, on a Unix socket only.",
        subcommands: [Start.self, Stop.self, Status.self, URL.self])

    /// The server that the options mean.
    static func server(_ options: CommonOptions) throws -> PrivateServer {
        Project.privateServer(try Project.configuration(options, usePrivate: true))
    }

    static func status(_ options: CommonOptions) throws -> PrivateServerStatus {
        let server = try server(options)
        do throws(PrivateServerError) {
            return try server.status()
        } catch {
            throw DeploymentError(.serverUnreachable, error.description)
        }
    }

    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start the private server, or find it running.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let server = try Project.start(Project.configuration(options, usePrivate: true))
            let word = server.started ? "started" : "runs already"
            options.output.line("The private server \(word): \(server.version), process \(server.id).")
            options.output.line(server.url)
        }
    }

    struct Stop: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop the private server.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let server = try ServerCommand.server(options)
            do {
                try server.stop()
            } catch {
                throw DeploymentError(.failed, error.description)
            }
            options.output.line("The private server is stopped.")
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show whether the private server runs.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let document = ServerDocument(try ServerCommand.status(options))
            options.output.line(options.format == .json ? JSON.document(document) : document.text)
        }
    }

    struct URL: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the private server's URL, for other programs.",
            discussion: "Starts nothing: without a running server it says so, and exits with 69.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            if case .running(let server) = try ServerCommand.status(options).state {
                return options.output.line(server.url)
            }
            throw DeploymentError(
                .serverUnreachable, "The private server does not run.", advice: "Type: databasedeploy server start")
        }
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
