import Foundation

extension Torture {
    /// SIGKILL to the tool, at any moment or at the edge of a packet, until so many were; then on to the end.
    func killTool() throws {
        try killUntilEnough { try killUntilDone($0, $1, limit: $2) }
    }

    /// Deploys, and kills on the way.
    ///
    /// - Returns: The number of kills.
    private func killUntilDone(_ project: TortureProject, _ expected: EndState, limit: Int) throws -> Int {
        try ground.clear()
        var deployer = Deployer(project: project.directory, url: ground.url)
        var kills = 0
        var cause = "nothing"
        tally.count("deployments")
        while true {
            ground.moveOn(&dice)
            deployer.url = ground.url
            let result: Deployer.Result
            if kills >= limit {
                result = try deployer.run()
            } else if dice.happens(70) {
                result = try deployer.run(killAt: dice.number(1...dice.pick([60, 120, 240, 500])))
            } else {
                result = try deployer.run(killAfter: dice.number(1000...dice.pick([30_000, 60_000, 120_000])))
            }
            if result.isKilled {
                kills += 1
                tally.count("kills")
                cause =
                    result.said.split(separator: "\n").last { $0.hasPrefix("fault point") }.map(String.init) ?? "a kill"
                continue
            }
            if result.succeeded { break }
            if try judge(result, deployer, project, cause: cause, serverLived: true) { continue }
            return kills
        }
        try compare(expected, after: "\(kills) kills", cause: cause)
        return kills
    }
}
