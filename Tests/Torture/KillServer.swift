import Foundation
import PrivateServer

extension Torture {
    /// SIGKILL to the server, and sometimes to the tool as well, until so many were; then on to the end.
    func killServer() throws {
        try killUntilEnough { try killServerUntilDone($0, $1, limit: $2) }
    }

    private func killServerUntilDone(_ project: TortureProject, _ expected: EndState, limit: Int) throws -> Int {
        try ground.clear()
        var deployer = Deployer(project: project.directory, url: ground.url)
        var kills = 0
        var cause = "nothing"
        tally.count("deployments")
        while true {
            ground.moveOn(&dice)
            deployer.url = ground.url
            let process: ChildProcess
            if kills >= limit {
                process = try deployer.start()
            } else if dice.happens(30) {
                // Both die: the server may be at work on the tool's last packet, or on its lost connection.
                process = try deployer.start(killAt: dice.number(1...dice.pick([60, 200])))
                try waitForEnd(of: process)
                if dice.happens(50) { usleep(UInt32(dice.number(0...3000))) }
                cause = "SIGKILL to tool and server"
                try crash(&kills)
            } else {
                process = try deployer.start()
                usleep(UInt32(dice.number(5_000...dice.pick([60_000, 150_000, 400_000]))))
                cause = "SIGKILL to the server"
                try crash(&kills)
            }
            let result = try deployer.result(deployer.wait(for: process))
            if result.succeeded { break }
            if kills > 0, result.isKilled || Self.isLoss(result) || Self.gaveWay(result) { continue }
            if try judge(result, deployer, project, cause: cause, serverLived: false) { continue }
            return kills
        }
        try compare(expected, after: "\(kills) kills", cause: cause)
        return kills
    }

    /// Waits until a process is no more than a zombie.
    private func waitForEnd(of process: ChildProcess) throws {
        var information = siginfo_t()
        while waitid(P_PID, id_t(process.id), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
    }

    private func crash(_ kills: inout Int) throws {
        kills += 1
        tally.count("kills")
        try ground.crash()
    }

    /// Whether a run ended because a node that lives locked everything, to give a copy of its data to the one that came back.
    private static func gaveWay(_ result: Deployer.Result) -> Bool {
        result.said.contains("somebody wants to lock everything")
    }

    /// Whether a run ended because its connection did.
    static func isLoss(_ result: Deployer.Result) -> Bool {
        [
            "connection to the server was lost", "cannot be reached", "(error 2013", "(error 2006", "(error 2002",
            "(error 2003", "(error 2055", "(error 1053", "(error 1927", "(error 1047", "Lost connection",
        ]
        .contains { result.said.contains($0) }
    }
}
