import Foundation
import TestServers
import Testing

/// Asks a project's server.
func ask(_ project: CommandProject, _ query: String) throws -> String {
    try project.server.query(query).trimmingCharacters(in: .whitespacesAndNewlines)
}

/// Asks in the project's database.
@discardableResult
func count(_ project: CommandProject, _ query: String) throws -> String {
    try ask(project, "USE `\(project.database)`; \(query)")
}

/// Waits until the server works on a statement of a project.
///
/// - Parameter statement: How it begins.
func waitUntilRuns(_ statement: String, _ project: CommandProject) throws {
    try waitUntil {
        try ask(
            project,
            """
            SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO LIKE '\(statement)%'
            AND DB = '\(project.database)'
            """) == "1"
    }
}

extension Command.Running {
    /// Kills it, and waits until it is gone.
    func kill() {
        #expect(Foundation.kill(process.id, SIGKILL) == 0)
        _ = process.ending(by: .now + .seconds(20))
    }
}

/// Starts a deployment, and kills it in a statement.
///
/// - Parameter statement: How it begins.
func killDeployer(within statement: String, _ project: CommandProject, _ arguments: [String] = []) throws {
    let running = try project.command.start(arguments)
    try waitUntilRuns(statement, project)
    running.kill()
}

/// How many of a deployment's statements wait for a definition.
func waiting(_ project: CommandProject) throws -> String {
    try ask(
        project,
        """
        SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE STATE LIKE '%metadata lock%'
        AND INFO NOT LIKE '%DatabaseTrack%' AND DB = '\(project.database)'
        """)
}

/// Ends those that wait.
func endWaiting(_ project: CommandProject) throws {
    let ids = try ask(
        project,
        "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE '%metadata lock%' AND DB = '\(project.database)'"
    )
    // It may have ended by itself.
    if !ids.isEmpty { try project.server.query("KILL CONNECTION \(ids)") }
    try waitUntil { try waiting(project) == "0" }
}
