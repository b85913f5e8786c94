import Foundation
import TestServers

extension Torture {
    /// The connection breaks after some bytes, in either direction, again and again until the deployment is done.
    func cutConnections() throws {
        var seed = options.seed
        var project = try project(seed, scripts: min(options.scripts, 80))
        var expected = try undisturbed(project)
        let proxy = try Proxy(target: ground.socket)
        for round in 0..<rounds {
            if round % 20 == 19 {
                seed += 1
                project = try self.project(seed, scripts: min(options.scripts, 80))
                expected = try undisturbed(project)
            }
            tally.count("rounds")
            try cut(project, expected, proxy)
        }
    }

    private func cut(_ project: TortureProject, _ expected: EndState, _ proxy: Proxy) throws {
        try ground.clear()
        let deployer = Deployer(
            project: project.directory,
            url: "mysql://root@127.0.0.1:\(proxy.port)/\(Workshop.database)?ssl-mode=disabled")
        var cuts = 0
        var cause = "nothing"
        while true {
            let bytes = dice.number(1...dice.pick([3000, 30_000, 100_000]))
            let cut = Proxy.Cut(
                bytes: bytes, direction: dice.pick([.toServer, .toTool]), resets: dice.happens(50),
                takesAll: dice.happens(30))
            proxy.arm(cut)
            let result = try deployer.run()
            let wasCut = proxy.hasCut
            proxy.arm(nil)
            if result.succeeded {
                // What was left to tidy up the next run does.
                if wasCut, try !deployer.run().succeeded { continue }
                break
            }
            if wasCut {
                cuts += 1
                tally.count("cuts")
                cause = "\(cut)"
                if Self.isLoss(result) { continue }
            }
            if try judge(result, deployer, project, cause: cause, serverLived: true) { continue }
            return
        }
        try compare(expected, after: "\(cuts) cuts", cause: cause)
    }
}
