import Deployment
import Foundation
import MySQLDriver
import SystemPackage
import TestServers
import Testing

/// The schema and upgrade files of real products, deployed as projects, end as they do with the command line client.
@Suite("Real products") struct ProductTests {
    /// How many of the scripts that fail with the client are tried with us, for each product.
    private static let most = 4

    @Test(arguments: Product.all, ProductServer.all)
    func endsAsWithTheClient(product: Product, server: ProductServer) throws {
        guard let scripts = try product.scripts() else { try Test.cancel("\(Corpus.reason(product.package))") }
        let database = product.database ?? server.kind.databaseName("product")
        let client = try ClientRun(
            scripts, on: server, database: database, clocks: product.clocks, most: Self.most)
        try server.query("DROP DATABASE `\(database)`")

        let project = try ProductProject(server, database: database)
        for script in client.good { try project.write(script) }
        if client.good.isEmpty { try ClientRun.create(database, on: server) }
        let outcome = try project.deploy()
        #expect(outcome.failure == nil)
        #expect(outcome.applied.map(\.description) == client.good.map(\.name), "the product's order is not ours")
        let state = try ClientRun.state(server, database, product.clocks)
        let differences = state.differences(from: client.state)
        // An insert of the number 0 moves the counter of its table `Storage` on without using a number. InnoDB writes down
        // numbers that were used only, so the counter goes back when the table leaves the server's cache.
        withKnownIssue("the server forgets a counter of zoneminder's at times", isIntermittent: true) {
            #expect(differences.isEmpty, "\(differences.joined(separator: "\n"))")
        } when: {
            product.name == "zoneminder" && differences.count == 1
                && differences[0].hasPrefix("TABLE Storage: ")
        }
        report(product, server, scripts, client, outcome)
        try failAlike(project, client, product)
    }

    /// A script that fails with the client fails with us, for the same reason.
    private func failAlike(_ project: ProductProject, _ client: ClientRun, _ product: Product) throws {
        let name = "Modifications/99999999999.Fails.sql"
        // A routine's body without DELIMITER, which the client cuts into pieces, runs with us.
        guard product.name != "cacti", product.name != "zoneminder" else { return }
        for failing in client.failing {
            // One after the other in one file, as somebody would mend it.
            try project.write(ProductScript(name: name, bytes: failing.refusal.script.bytes))
            let outcome: Outcome
            do {
                try isTakenBack(project, client)
                // The client leaves what was before the failure.
                outcome = try project.deploy(onFailure: .keep)
            } catch let error as DeploymentError where error.code == .problems {
                // The one before was left half done, and says so.
                return
            }
            #expect(
                outcome.failure?.number == failing.refusal.number,
                "\(failing.refusal): \(outcome.failure?.message ?? "ran")")
            let state = try ClientRun.state(project.server, client.database, client.clocks)
            // What the client commits row by row, we take back.
            let differences = state.differences(from: failing.state, onlyDefinitions: !failing.isWithoutEffect)
            #expect(differences.isEmpty, "\(failing.refusal): \(differences.joined(separator: "\n"))")
            // Another script cannot take the place of one that is half done.
            if outcome.failure?.statement?.index != 0 { return }
        }
    }

    /// What a script that fails did before is taken back, if it is of a class that can be.
    private func isTakenBack(_ project: ProductProject, _ client: ClientRun) throws {
        let failure = try project.deploy().failure
        guard failure?.state.hasPrefix("Nothing of this script is in the database") == true else { return }
        let state = try ClientRun.state(project.server, client.database, client.clocks).withoutCounters
        let differences = state.differences(from: client.state.withoutCounters)
        #expect(differences.isEmpty, "taken back: \(differences.joined(separator: "\n"))")
    }

    private func report(
        _ product: Product, _ server: ProductServer, _ scripts: [ProductScript], _ client: ClientRun, _ outcome: Outcome
    ) {
        var lines = [
            "\(product) on \(server): \(client.good.count) of \(scripts.count) files, "
                + "\(client.state.summary), in \(outcome.milliseconds) ms"
        ]
        lines += client.refused.map { "  left out, as it fails with the client: \($0)" }
        if !client.refused.isEmpty { lines.append("  \(client.failing.count) of these tried, which fail alike") }
        print(lines.joined(separator: "\n"))
    }
}
