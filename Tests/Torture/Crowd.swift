import Foundation
import PrivateServer

extension Torture {
    /// Twenty deployers at once, of which some are killed and some stopped for a while.
    func crowd() throws {
        var seed = options.seed
        var project = try project(seed, scripts: smallProject)
        var expected = try undisturbed(project)
        for round in 0..<rounds {
            if round % 20 == 19 {
                seed += 1
                project = try self.project(seed, scripts: smallProject)
                expected = try undisturbed(project)
            }
            tally.count("rounds")
            try crowd(project, expected)
        }
    }

    /// Twenty processes read it at once.
    private var smallProject: Int { min(options.scripts, 60) }

    private func crowd(_ project: TortureProject, _ expected: EndState) throws {
        try ground.clear()
        let urls = ground.urls
        let deployers = (0..<20).map { number in
            Deployer(project: project.directory, url: urls[number % urls.count], number: number)
        }
        var living = try deployers.map { ($0, try $0.start(["--set", "lock_timeout=100"])) }
        var ended: [(Deployer, Deployer.Result)] = []
        var stopped: [pid_t] = []
        var mayKill = 10
        let deadline = ContinuousClock.now + .seconds(120)
        while !living.isEmpty, ContinuousClock.now < deadline {
            usleep(UInt32(dice.number(500...20_000)))
            living = try living.filter { deployer, process in
                guard let ending = process.ending() else { return true }
                ended.append((deployer, try deployer.result(ending)))
                stopped.removeAll { $0 == process.id }
                return false
            }
            guard !living.isEmpty else { break }
            let victim = dice.pick(living).1.id
            switch dice.number(1...100) {
            case ...15 where mayKill > 0:
                kill(victim, SIGKILL)
                mayKill -= 1
                tally.count("kills")
            case ...40:
                kill(victim, SIGSTOP)
                stopped.append(victim)
                tally.count("stops")
            default:
                guard !stopped.isEmpty else { break }
                kill(stopped.removeFirst(), SIGCONT)
            }
        }
        for (deployer, process) in living {
            kill(process.id, SIGKILL)
            _ = process.ending(by: .now + .seconds(5))
            tally.differ("a deployer hangs", [try deployer.result(.exited(-1)).said])
        }
        for (_, result) in ended { judge(result) }
        let asking = ended.map(\.1.said).filter { $0.contains("Problem (interrupted)") }
        tally.count("asked at once", asking.count)
        // What the plan has told beforehand, they may ask.
        let unforeseen = asking.filter { said in Question(said).map { !isSaidBefore($0.script) } ?? true }
        if let first = unforeseen.first {
            tally.differ(
                "\(unforeseen.count) deployers asked a human instead of waiting for the one that works", [first])
        }
        var last = try deployers[0].run()
        while !last.succeeded {
            guard try judge(last, deployers[0], project, cause: "a crowd", serverLived: true) else { return }
            last = try deployers[0].run()
        }
        let differences = try ground.state().differences(from: expected) + ground.differencesBetweenNodes()
        if !differences.isEmpty {
            tally.differ("the end state", differences + ended.map { "\($0.1.ending): \($0.1.said.suffix(300))" })
        }
    }

    private func judge(_ result: Deployer.Result) {
        if result.succeeded || result.isKilled || result.said.contains("Problem (interrupted)") { return }
        // The lock was taken over, or waited for too long.
        if result.ending == .exited(75) {
            tally.count("locked out")
        } else if result.said.contains("taken over the lock") {
            tally.count("overtaken")
        } else {
            tally.differ("a deployer \(result.ending)", [result.said])
        }
    }
}
