import Foundation
import PrivateServer

extension Torture {
    /// Makes scripts fail at each of their statements, in turn, and looks whether anything of them is left.
    ///
    /// A script that fails also stops the deployment, so one run tells about the end of one script and the failure of
    /// the next. In each pass every script fails once, at another place than in the passes before.
    func failEverywhere() throws {
        let project = try project(options.seed)
        let expected = try undisturbed(project)
        var states: [EndState?] = Array(repeating: nil, count: project.scripts.count)
        let passes = (project.scripts.map(\.pieces.count).max() ?? 0) + 1
        var failures = 0
        for pass in 0..<passes where failures < limit {
            try ground.clear()
            let deployer = Deployer(project: project.directory, url: ground.url)
            tally.count("deployments")
            var isSound = true
            // Whether the script before went on after its failure, so that its end is still to be looked at.
            var isResumed = false
            for (index, script) in project.scripts.enumerated() where pass <= script.pieces.count {
                // The first pass looks at the state before each script that the next will make fail.
                if failures >= limit || pass == 0 && index > limit { break }
                // The state before a script is what is left when it fails at its first statement.
                if pass == 0 || states[index] == nil || isResumed {
                    isResumed = false
                    guard let said = try fail(script, 0, Self.failures[0], project, deployer)?.said else {
                        isSound = false
                        break
                    }
                    let state = try ground.state(withJournal: false)
                    if let known = states[index] {
                        check(state, known, "before \(script.name)", said)
                    } else {
                        states[index] = state
                    }
                }
                // A script with temporary tables asks afterwards, as its plan says; `kill` counts that.
                if pass > 0, !script.text.contains("TEMPORARY") {
                    let statement = dice.pick(script.hasTransactions ? Self.harmlessFailures : Self.failures)
                    guard let said = try fail(script, pass, statement, project, deployer)?.said else {
                        isSound = false
                        break
                    }
                    failures += 1
                    let scriptClass = planned[script.name] ?? "?"
                    tally.count("failures of class \(scriptClass)")
                    isResumed = scriptClass == "resume"
                    if !isResumed, let known = states[index] {
                        check(
                            try ground.state(withJournal: false), known,
                            "\(script.name) (\(scriptClass)) failed at \(pass + 1) in \(statement)",
                            script.with(statement, at: pass) + said)
                    }
                }
                try project.write(script.text, to: script)
            }
            guard isSound else {
                for script in project.scripts { try project.write(script.text, to: script) }
                continue
            }
            let result = try deployer.run(Self.inOrder)
            guard result.succeeded else {
                tally.differ("the last run \(result.ending)", [result.said])
                continue
            }
            let differences = try ground.state().differences(from: expected)
            if !differences.isEmpty { tally.differ("the end state of pass \(pass)", differences) }
        }
    }

    /// Each fails in its own way: some commit what is before them, some cannot even be parsed.
    private static let failures =
        harmlessFailures + [
            "DROP TABLE NoSuchTable", "ALTER TABLE NoSuchTable ADD COLUMN C INT",
            "CREATE VIEW NeverView AS SELECT * FROM NoSuchTable",
        ]

    /// These commit nothing: in the middle of a script's own transaction the others change what the rest means.
    private static let harmlessFailures = [
        "INSERT INTO NoSuchTable VALUES (1)", "THIS IS NO SQL", "CALL NoSuchProcedure()",
        "UPDATE NoSuchTable SET A = 1",
    ]

    /// Each script is looked at before the next one begins.
    private static let inOrder = ["--set", "parallel=1"]

    private var limit: Int { rounds == 0 ? .max : rounds }

    /// Deploys with a script that fails.
    ///
    /// - Returns: What the run said; nil if it did not end with that failure.
    private func fail(
        _ script: TortureScript, _ position: Int, _ statement: String, _ project: TortureProject, _ deployer: Deployer
    ) throws -> Deployer.Result? {
        try project.write(script.with(statement, at: position), to: script)
        if position > 0 { planned = try deployer.classes() }
        var result = try deployer.run(Self.inOrder)
        // The statement that failed before this was asked about, and is known to have done nothing.
        if let question = Question(result.said), let failed = lastFailure {
            let name = failed.prefix { $0 != " " }
            tally.asked(failed)
            tally.differ("asked about \(failed) in \(question.script), which failed and did nothing", [])
            if name == "CALL" || name == "THIS" {
                _ = try deployer.run(
                    ["repair", "--yes", "--script", question.script, "--resume-at", "\(question.ifItDid - 1)"])
                result = try deployer.run(Self.inOrder)
            }
        }
        lastFailure = position == 0 ? nil : statement
        if result.ending == .exited(2), result.said.contains("\(script.name) ✗") { return result }
        tally.differ("\(script.name) was to fail at \(position + 1), but the run \(result.ending)", [result.said])
        return nil
    }

    private func check(_ state: EndState, _ known: EndState, _ what: String, _ said: String) {
        let differences = state.differences(from: known, names: ("after", "before"))
        if !differences.isEmpty { tally.differ(what, differences + [said]) }
    }
}
