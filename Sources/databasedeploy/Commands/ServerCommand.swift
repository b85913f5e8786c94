import ArgumentParser
import Deployment
import PrivateServer

/// `databasedeploy server`.
struct ServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server", abstract: "The private server of this project.",
        discussion: "A MariaDB or MySQL server of its own in .databasedeploy/server, on a Unix socket only.",
        subcommands: [Start.self, Stop.self, Status.self, URL.self])

    struct Start: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Start the private server, or find it running.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let endpoint = try Project.startPrivateServer(Project.configuration(options, usePrivate: true))
            options.output.line("The private server runs at \(endpoint.description).")
        }
    }

    struct Stop: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop the private server.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let server = Project.privateServer(try Project.configuration(options, usePrivate: true))
            try server.stop()
            options.output.line("The private server is stopped.")
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show whether the private server runs.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let server = Project.privateServer(try Project.configuration(options, usePrivate: true))
            options.output.line("\(try server.status())")
        }
    }

    struct URL: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print the private server's URL.")
        @OptionGroup var options: CommonOptions

        func run() throws {
            let server = Project.privateServer(try Project.configuration(options, usePrivate: true))
            options.output.line("\(server.url)")
        }
    }
}
