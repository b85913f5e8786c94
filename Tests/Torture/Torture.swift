import Foundation
import PrivateServer
import TestServers

/// What every kind of disturbance works with.
final class Torture {
    let options: Options
    let ground: Ground
    let tally: Tally
    var dice: Dice

    init(options: Options, ground: Ground, tally: Tally) {
        self.options = options
        self.ground = ground
        self.tally = tally
        dice = Dice(seed: options.seed ^ 0xDEAD)
    }

    func run(_ kind: Options.Kind) throws {
        switch kind {
        case .kill: try killTool()
        case .server, .fail, .crowd, .cut: break
        }
    }

    /// The project of this seed.
    func project(_ seed: UInt64, scripts: Int? = nil) throws -> TortureProject {
        try TortureProject(
            Workshop.project(seed: seed, flavor: ground.kind.flavor, count: scripts ?? options.scripts))
    }

    /// Deploys without a disturbance.
    func undisturbed(_ project: TortureProject) throws -> EndState {
        try ground.clear()
        let deployer = Deployer(project: project.directory, url: ground.url)
        let result = try deployer.run()
        guard result.succeeded else {
            throw Options.Wrong(description: "Even undisturbed the deployment \(result.ending):\n\(result.said)")
        }
        return try ground.state()
    }

    /// What stopped a run that was not killed: a question to a human, or a failure.
    ///
    /// - Returns: Whether it can go on, because the question has an answer that is certain.
    func judge(_ result: Deployer.Result, _ deployer: Deployer, cause: String, answerIsCertain: Bool) throws -> Bool {
        guard result.said.contains("--resume-at"), let question = Question(result.said) else {
            tally.differ("the run \(result.ending)", [result.said], because: cause)
            return false
        }
        tally.count("asked")
        guard answerIsCertain else {
            tally.differ("asked", [result.said], because: cause)
            return false
        }
        let answer = try deployer.run(["repair", "--yes", "--script", question.script, "--resume-at", "\(question.ifItDid)"])
        if answer.succeeded { return true }
        tally.differ("repair \(answer.ending)", [answer.said], because: cause)
        return false
    }
}

/// A question whether a statement took effect, as the command puts it.
struct Question {
    var script: String
    /// The statement at which it goes on if it did; the first is 1.
    var ifItDid: Int

    init?(_ said: String) {
        for line in said.split(separator: "\n") where line.contains("If it did:") {
            let words = line.split(separator: " ").map(String.init)
            guard let script = words.firstIndex(of: "--script"), let at = words.firstIndex(of: "--resume-at"),
                at + 1 < words.count, let number = Int(words[at + 1])
            else { continue }
            self.script = words[script + 1]
            ifItDid = number
            return
        }
        return nil
    }
}
