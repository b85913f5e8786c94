import Foundation
import PrivateServer
import TestServers

/// What every kind of disturbance works with.
final class Torture {
    let options: Options
    let ground: any Ground
    let tally: Tally
    var dice: Dice
    private(set) var rounds = 0
    private var losesNodes = false
    /// The statement that was made to fail in the run before.
    var lastFailure: String?
    /// The class of each script according to the last plan.
    var planned: [String: String] = [:]

    init(options: Options, ground: any Ground, tally: Tally) {
        self.options = options
        self.ground = ground
        self.tally = tally
        dice = Dice(seed: options.seed ^ 0xDEAD)
    }

    func run(_ kind: Options.Kind) throws {
        rounds = options.rounds(of: kind, isCluster: ground is ClusterGround)
        losesNodes = kind == .server && ground is ClusterGround
        switch kind {
        case .kill: try killTool()
        case .server: try killServer()
        case .fail: try failEverywhere()
        case .crowd: try crowd()
        case .cut: try cutConnections()
        }
    }

    /// The project of this seed. Of every other one, scripts run at the same time also where that saves no time.
    func project(_ seed: UInt64, scripts: Int? = nil) throws -> TortureProject {
        try TortureProject(
            Workshop.project(
                seed: seed, flavor: ground.kind.flavor, isCluster: ground is ClusterGround,
                losesNodes: losesNodes, count: scripts ?? options.scripts, recipes: options.recipes),
            parallel: seed.isMultiple(of: 2) ? nil : 4)
    }

    /// Deploys without a disturbance.
    func undisturbed(_ project: TortureProject) throws -> EndState {
        try ground.clear()
        let deployer = Deployer(project: project.directory, url: ground.url)
        planned = try deployer.classes()
        let result = try deployer.run()
        guard result.succeeded else {
            throw Options.Wrong(description: "Even undisturbed the deployment \(result.ending):\n\(result.said)")
        }
        return try ground.state()
    }

    /// Deploys one project after the other, each a few times, until there were as many kills as there are to be.
    ///
    /// - Parameter deployment: Gets the project, what it ends in undisturbed, and how many kills are left; gives those that
    ///   it made.
    func killUntilEnough(_ deployment: (TortureProject, EndState, Int) throws -> Int) throws {
        var kills = 0
        var seed = options.seed
        while kills < rounds {
            let project = try project(seed)
            let expected = try undisturbed(project)
            for _ in 1...4 where kills < rounds { kills += try deployment(project, expected, rounds - kills) }
            seed += 1
        }
    }

    /// Compares the end with an undisturbed one.
    func compare(_ expected: EndState, after what: String, cause: String) throws {
        let differences = try ground.state().differences(from: expected)
        if !differences.isEmpty { tally.differ("the end state, after \(what)", differences, because: cause) }
        let between = try ground.differencesBetweenNodes()
        if !between.isEmpty { tally.differ("the nodes, after \(what)", between, because: cause) }
    }

    /// What stopped a run that was not killed: a question to a human, or a failure.
    ///
    /// - Parameter serverLived: Whether the server did not die.
    /// - Returns: Whether it can go on, because the question has an answer that is certain.
    func judge(
        _ result: Deployer.Result, _ deployer: Deployer, _ project: TortureProject, cause: String, serverLived: Bool
    ) throws -> Bool {
        if result.said.contains("cannot go on there by itself") {
            tally.asked("CREATE TEMPORARY TABLE")
            if !planned.keys.contains(where: { result.said.contains("\($0) stopped after") && isSaidBefore($0) }) {
                tally.differ("asked about what the session had", [result.said], because: cause)
            }
            return false
        }
        guard let question = Question(result.said) else {
            tally.differ("the run \(result.ending)", [result.said], because: cause)
            return false
        }
        let statement = project.statement(question.ifItDid - 2, of: question.script)
        tally.asked(statement ?? question.script)
        guard serverLived, let statement, Self.carriesItsIntent(statement) else {
            if !isSaidBefore(question.script) {
                tally.differ("asked about \(question.script), \(statement ?? "")", [result.said], because: cause)
            }
            return false
        }
        // A server ends what it has begun, also without its client.
        try ground.waitForOrphans()
        let answer = try deployer.run(
            ["repair", "--yes", "--script", question.script, "--resume-at", "\(question.ifItDid)"])
        if answer.succeeded { return true }
        tally.differ("repair \(answer.ending)", [answer.said], because: cause)
        return false
    }

    /// Whether the plan said of a script that it cannot be taken back: then a question is as it was told. The deployment ends
    /// with it, as only a person could answer.
    func isSaidBefore(_ script: String) -> Bool { planned[script] == "resume" }

    /// Whether a statement makes its own intent durable. Where there is an intent then, the statement had begun.
    private static func carriesItsIntent(_ statement: String) -> Bool {
        !["CALL", "EXECUTE", "BEGIN", "PREPARE", "/*!", "LOCK", "INSERT", "UPDATE", "DELETE", "SELECT", "COMMIT"]
            .contains { statement.hasPrefix($0) }
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
