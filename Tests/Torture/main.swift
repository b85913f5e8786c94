// Deploys a project built to hurt, disturbs that in every way there is, and compares the end with an undisturbed run.
//
//   Torture --rounds N --seed S --server mariadb|mysql|galera|all --kind kill|server|fail|crowd|cut|all [--scripts N]
//           [--recipes NAME,…] [--arguments "ARGUMENT OF THE SERVER …"]

import Foundation
import TestServers

signal(SIGPIPE, SIG_IGN)
do {
    exit(try torture() ? 0 : 1)
} catch {
    say("Torture: \(error)")
    exit(2)
}

/// - Returns: Whether there was no difference.
func torture() throws -> Bool {
    let options = try Options(Array(CommandLine.arguments.dropFirst()))
    say("Seed \(options.seed): to have the same again, SEED=\(options.seed)")
    var grounds: [() throws -> any Ground] = TestServer.all.filter(options.includes).map { kind in
        { try SingleServer(kind, arguments: options.arguments) }
    }
    if let output = options.output {
        for script in Workshop.project(
            seed: options.seed, flavor: options.server == "mysql" ? .mySQL : .mariaDB,
            isCluster: options.server == "galera",
            losesNodes: options.server == "galera" && options.kinds == [.server], count: options.scripts,
            recipes: options.recipes)
        {
            try FileManager.default.createDirectory(
                atPath: "\(output)/\(script.folder)", withIntermediateDirectories: true)
            try script.text.write(toFile: "\(output)/\(script.name)", atomically: false, encoding: .utf8)
        }
        return true
    }
    var missing = options.server == "all" ? TestServer.missing : []
    if options.includesCluster {
        if let obstacle = GaleraCluster.obstacle {
            missing.append("not tested on Galera: \(obstacle)")
        } else {
            grounds.append { try ClusterGround() }
        }
    }
    var summaries: [String] = []
    var differences = 0
    for make in grounds {
        let ground = try make()
        for disturbance in options.kinds
        where options.rounds != nil || options.rounds(of: disturbance, isCluster: ground is ClusterGround) > 0 {
            let tally = Tally("\(disturbance.rawValue), \(ground.name)")
            let start = ContinuousClock.now
            let departures = ground.departures
            try Torture(options: options, ground: ground, tally: tally).run(disturbance)
            if ground.departures > departures {
                tally.count("nodes left by themselves", ground.departures - departures)
            }
            let seconds = Int((ContinuousClock.now - start).components.seconds)
            summaries.append(tally.summary(seconds: seconds))
            say(summaries.last ?? "")
            differences += tally.differences
        }
    }
    say("\nSeed \(options.seed)")
    for line in summaries + missing { say(line) }
    return differences == 0
}
