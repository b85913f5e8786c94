import Deployment
import Foundation
import MySQLDriver
import SystemPackage
import TestServers

/// What the command line client did with a product's scripts, one file after the other, as its manual says to.
struct ClientRun {
    /// An error of a script.
    struct Refusal: Hashable, CustomStringConvertible {
        let script: ProductScript
        /// The server's number.
        let number: Int
        let text: String
        var description: String { "\(script) (\(text))" }
    }

    /// How a script that fails leaves the database in which all others were run.
    struct Failing {
        let refusal: Refusal
        let state: DatabaseState
        /// Whether it left nothing behind.
        let isWithoutEffect: Bool
    }

    let server: ProductServer
    let database: String
    let clocks: Set<String>
    /// What ran without an error, in order.
    private(set) var good: [ProductScript] = []
    /// What did not.
    private(set) var refused: [Refusal] = []
    /// The database after all that is `good`.
    private(set) var state: DatabaseState
    private(set) var failing: [Failing] = []

    /// Finds the scripts that can run, in a database of their own, and runs those in a new one.
    ///
    /// - Parameter most: How many of the others are tried afterwards.
    init(_ scripts: [ProductScript], on server: ProductServer, database: String, clocks: Set<String>, most: Int) throws
    {
        self.server = server
        self.database = database
        self.clocks = clocks
        good = scripts
        var isSettled = false
        repeat {
            try Self.create(database, on: server)
            let errors = try Self.execute(good, on: server, database)
            refused += errors
            let bad = Set(errors.map(\.script))
            good.removeAll { bad.contains($0) }
            isSettled = errors.isEmpty
        } while !isSettled
        state = try Self.state(server, database, clocks)
        try tryRefused(most: most)
    }

    /// Ends with the first one that leaves something behind, as the others would no longer start from `state`.
    private mutating func tryRefused(most: Int) throws {
        for refusal in refused.prefix(most) {
            // What ran this time did so on what other scripts made.
            guard let again = try Self.execute([refusal.script], on: server, database).first else { return }
            let after = try Self.state(server, database, clocks)
            failing.append(Failing(refusal: again, state: after, isWithoutEffect: after == state))
            if after != state { return }
        }
    }

    static func create(_ database: String, on server: ProductServer) throws {
        try server.query("DROP DATABASE IF EXISTS `\(database)`; CREATE DATABASE `\(database)` CHARACTER SET utf8mb4;")
    }

    static func state(_ server: ProductServer, _ database: String, _ clocks: Set<String>) throws -> DatabaseState {
        let session = try MySQLDriver().connect(to: try server.endpoint, database: database)
        defer { session.close() }
        return try DatabaseState(of: session, database: database, clocks: clocks)
    }

    /// Runs scripts one after the other, each with a client of its own, also after one that failed.
    ///
    /// - Returns: Those that failed.
    private static func execute(
        _ scripts: [ProductScript], on server: ProductServer, _ database: String
    ) throws -> [Refusal] {
        let directory = try RunDirectory.scratch("scripts")
        for (index, script) in scripts.enumerated() {
            try Data(script.bytes).write(to: URL(filePath: directory.appending("\(index)").string))
        }
        // One shell for all: it hands each file over as it is, in whatever encoding.
        let loop = """
            cd "$1" && last=$2 && shift 2 && index=0
            while [ "$index" -lt "$last" ]; do
                error=$("$@" <"$index" 2>&1 >/dev/null) || echo "$index: $error"
                index=$((index + 1))
            done
            """
        // MariaDB's client would print the statement before the error.
        let quiet = server.kind.client.lastComponent == "mariadb" ? ["--skip-print-query-on-error"] : []
        let output = try run(
            "/bin/sh",
            [
                "-c", loop, "sh", directory.string, "\(scripts.count)", server.kind.client.string, "--no-defaults",
                "--comments", "--default-character-set=utf8mb4", "--socket=\(server.socket)",
                "--user=\(server.kind.user)",
            ] + quiet + [database])
        try FileManager.default.removeItem(atPath: directory.string)
        // "12: ERROR 1060 (42S21) at line 7: Duplicate column name 'x'"
        let refusals = try output.matches(of: #/(?m)^(\d+): (ERROR (\d+).*)$/#).map { match in
            guard let index = Int(match.1), let number = Int(match.3) else { throw Missing(what: "a number") }
            return Refusal(script: scripts[index], number: number, text: String(match.2))
        }
        guard refusals.count == output.matches(of: #/(?m)^\d+: /#).count else {
            throw Missing(what: "an error of the server in: \(output)")
        }
        return refusals
    }
}
