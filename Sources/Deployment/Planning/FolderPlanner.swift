/// Plans one folder.
struct FolderPlanner {
    let listing: ScriptCatalog.Listing
    let journal: JournalSnapshot
    let strategy: Plan.Strategy
    /// Whether the old program went past the folders for fresh databases.
    let isPastFresh: Bool
    let outOfOrder: Configuration.OutOfOrder
    let checksum: (Script) throws -> String
    let sourced: (Script) -> [SourcedFile]

    /// One folder's share of the plan.
    struct Part {
        var steps: [PlanStep] = []
        var scripts: [ScriptStatus] = []
        var problems: [Problem] = []
        var adoptions: [ScriptIdentity] = []
        var resets: [ScriptIdentity] = []
    }

    private var folder: Folder { listing.folder }

    /// Whether scripts of this folder can run now.
    private var isInPlay: Bool { folder.rule == .always || strategy == .fresh }

    /// How loud a difference is: a folder that never runs here again keeps nothing from running.
    private var severity: Problem.Severity { isInPlay ? .error : .warning }

    func plan() throws -> Part {
        var part = Part()
        let checkpoint = CheckpointPlanner(listing: listing, journal: journal, isPastFresh: isPastFresh).settle()
        part.problems += checkpoint.problems
        part.adoptions = checkpoint.adoptions
        part.resets = checkpoint.resets
        let adopted = Set(checkpoint.adoptions)
        let reset = Set(checkpoint.resets)
        let isHere: (ScriptIdentity) -> Bool = { $0.folder == folder.name && !reset.contains($0) }
        var strangers: [Script] = []
        var edited: [Renames.Pair] = []
        var unchanged: Set<String> = []
        var recorded = 0
        for script in listing.scripts {
            if let record = journal.records[script.identity], isHere(record.identity) {
                recorded += 1
                let sum = try checksum(script)
                if let old = record.checksum, old != sum {
                    edited.append(Renames.Pair(record: record, script: script))
                } else {
                    unchanged.insert(sum)
                    add(script, sum, record: record, to: &part)
                }
            } else if adopted.contains(script.identity) {
                part.scripts.append(
                    ScriptStatus(identity: script.identity, state: .applied, checksum: try checksum(script)))
            } else {
                strangers.append(script)
            }
        }
        let missing =
            journal.records.keys.count(where: isHere) > recorded
            ? missingRecords(journal.records.values.filter { isHere($0.identity) }) : []
        let isOutOfOrder = !(strangers.isEmpty && edited.isEmpty && missing.isEmpty)
        let renames = try Renames(
            missing: missing, edited: edited, unchanged: unchanged, strangers: strangers, checksum: checksum)
        let moved = Set(renames.pairs.map(\.record.identity))
        let named = Set(renames.pairs.map(\.script.identity))
        for pair in renames.pairs { add(pair, to: &part) }
        for record in missing { addMissing(record, isRenamed: moved.contains(record.identity), to: &part) }
        for pair in edited where !named.contains(pair.script.identity) {
            if moved.contains(pair.record.identity) {
                strangers.append(pair.script)
            } else {
                add(pair.script, try checksum(pair.script), record: pair.record, to: &part)
            }
        }
        for script in strangers where !named.contains(script.identity) {
            try addNew(script, below: checkpoint.last, to: &part)
        }
        warnOfDuplicates(&part)
        part.problems += [ranAhead(part.steps)].compactMap { $0 }
        part.steps.sort { Script.precedes($0.script, $1.script) }
        if isOutOfOrder {
            let order = Dictionary(uniqueKeysWithValues: listing.scripts.enumerated().map { ($1.identity, $0) })
            part.scripts.sort { order[$0.identity] ?? .max < order[$1.identity] ?? .max }
        }
        return part
    }

    /// A script with a record.
    ///
    /// - Parameter sum: Its checksum.
    private func add(_ script: Script, _ sum: String, record: ScriptRecord, to part: inout Part) {
        var state = ScriptStatus.State.applied
        switch record.state {
        case .removed where !record.isApplied:
            state = record.shown
            part.problems.append(isBack(record, sum))
        case .applied, .ahead, .adopted, .baselined, .removed:
            if let old = record.checksum, old != sum {
                state = .changed
                part.problems.append(changed(script, record, sum))
            }
        case .running, .failed, .undoing:
            state = record.shown
            if record.state == .undoing { part.problems.append(halfTakenBack(script.identity)) }
            let hasLog = journal.undoLogs.contains(record.identity)
            if record.state == .undoing || hasLog && record.statementInDoubt != nil && record.fingerprint == nil {
                part.steps.append(.takingBack(script, record))
            } else if let index = record.statementInDoubt, record.fingerprint == nil {
                part.problems.append(interrupted(script.identity, statement: index, from: record.position))
            } else {
                let reason =
                    record.statementInDoubt != nil
                    ? "was cut off in statement \(record.position + 1); the server's state tells whether that took effect"
                    : record.position > 0
                        ? "goes on at statement \(record.position + 1)"
                        : record.state == .failed ? "failed before" : "was interrupted"
                part.steps.append(PlanStep(script: script, reason: reason, start: record.position, record: record))
            }
        }
        part.scripts.append(ScriptStatus(identity: script.identity, state: state, checksum: sum))
    }

    /// A script without a record.
    private func addNew(_ script: Script, below last: Script?, to part: inout Part) throws {
        var state = ScriptStatus.State.pending
        if !isInPlay {
            state = .skipped
            part.problems.append(skipped(script.identity))
        } else if let last, Script.precedes(script, last) {
            state = .late
            part.problems.append(late(script.identity, below: last))
        }
        if state == .pending || state == .late && outOfOrder == .run {
            let reason = state == .late ? "late, runs out of order" : "new"
            part.steps.append(PlanStep(script: script, reason: reason, start: 0))
        }
        part.scripts.append(ScriptStatus(identity: script.identity, state: state, checksum: try checksum(script)))
    }

    /// Those of the records whose files are gone, in order.
    private func missingRecords(_ records: [ScriptRecord]) -> [ScriptRecord] {
        let present = Set(listing.scripts.map(\.identity))
        return records.filter { !present.contains($0.identity) }.sorted { $0.identity.file < $1.identity.file }
    }

    /// A record whose file is gone.
    private func addMissing(_ record: ScriptRecord, isRenamed: Bool, to part: inout Part) {
        if record.leftNothing {
            part.resets.append(record.identity)
        } else if isRenamed || record.state != .removed {
            part.scripts.append(ScriptStatus(identity: record.identity, state: .missing, checksum: record.checksum))
            if !isRenamed { part.problems.append(missing(record)) }
        }
    }

    /// A script whose file has another name now.
    private func add(_ pair: Renames.Pair, to part: inout Part) {
        part.problems.append(renamed(pair.record, to: pair.script.identity))
        part.scripts.append(
            ScriptStatus(identity: pair.script.identity, state: pair.record.shown, checksum: pair.record.checksum))
    }

    private func warnOfDuplicates(_ part: inout Part) {
        guard !part.steps.isEmpty else { return }
        let pending = Set(part.steps.map(\.script.identity))
        for (first, second) in zip(listing.scripts, listing.scripts.dropFirst())
        where first.version == second.version && first.version.isNumbered {
            guard pending.contains(first.identity) || pending.contains(second.identity) else { continue }
            part.problems.append(
                Problem(
                    .duplicate, .warning,
                    "\(first.identity) and \(second.identity.file) have the same number; they run in this order.",
                    script: second.identity))
        }
    }
}

extension ScriptRecord {
    /// As the list of scripts has it.
    fileprivate var shown: ScriptStatus.State {
        switch state {
        case .running: .running
        case .failed, .undoing: .failed
        case .applied, .ahead, .adopted, .baselined, .removed: isApplied ? .applied : .failed
        }
    }
}

// MARK: - What is wrong, in words

extension FolderPlanner {
    /// Tells the scripts that ran at the same time as one that is not done.
    private func ranAhead(_ steps: [PlanStep]) -> Problem? {
        guard let first = steps.first?.script else { return nil }
        let ahead = listing.scripts.filter { journal.records[$0.identity]?.state == .ahead }
        guard let last = ahead.last else { return nil }
        let names = ahead.count == 1 ? "\(last.identity)" : "\(ahead.count) scripts up to \(last.identity)"
        return Problem(
            .ahead, .notice,
            """
            \(names) ran at the same time as \(first.identity.file), which is not done, \
            and \(ahead.count == 1 ? "is" : "are") applied; the checkpoint waits for it.
            """)
    }

    private func changed(_ script: Script, _ record: ScriptRecord, _ sum: String) -> Problem {
        let when = record.finishedOn ?? record.startedOn
        let edited = lastEdited(script).map { ", \($0.name) was changed on \($0.time.utc) UTC" } ?? ""
        return Problem(
            .changed, severity,
            "\(script.identity) was edited after it was applied: applied on \(when.prefix(19)) UTC\(edited).",
            script: script.identity,
            advice: "Put the old text back, or accept the new one: databasedeploy repair",
            repair: .accept(script.identity, checksum: sum))
    }

    /// The file that was changed last of those that make the script, and when.
    private func lastEdited(_ script: Script) -> (name: String, time: Timestamp)? {
        let own = [(name: "the file", path: script.path)]
        let others = sourced(script).map {
            (name: "\($0.name), which it reads,", path: $0.path)
        }
        return (own + others).compactMap { file in
            FileStamp.modificationTime(of: file.path).map { (name: file.name, time: $0) }
        }.max { $0.time < $1.time }
    }

    /// - Parameter position: Where it goes on if nothing took effect: further up where the statement commits others.
    private func interrupted(_ script: ScriptIdentity, statement index: Int, from position: Int) -> Problem {
        let name = shellQuoted(script.description)
        return Problem(
            .interrupted, .error,
            position < index
                ? """
                A deployer was cut off when the statements \(position + 1) to \(index + 1) of \(script) were to be committed. Whether \
                they were is not known.
                """
                : "A deployer was cut off in statement \(index + 1) of \(script). Whether it took effect is not known.",
            script: script,
            advice: """
                Look whether it did. If it did:     databasedeploy repair --script \(name) --resume-at \(index + 2)
                If it did not:                      databasedeploy repair --script \(name) --resume-at \(position + 1)
                """)
    }

    /// A script that was half done when its file was recorded as removed.
    private func isBack(_ record: ScriptRecord, _ sum: String) -> Problem {
        let script = record.identity
        if let index = record.statementInDoubt {
            return interrupted(script, statement: index, from: record.position)
        }
        let name = shellQuoted(script.description)
        let text = record.checksum == sum ? "" : ", with another text"
        let isPlaceKnown = record.position > 0
        let end = isPlaceKnown ? "stopped after statement \(record.position)" : "did not end; what it left is not known"
        let goingOn =
            isPlaceKnown
            ? "  go on behind what is done:      databasedeploy repair --script \(name) --resume-at \(record.position + 1)\n"
            : ""
        return Problem(
            .interrupted, .error,
            "The file of \(script) is back\(text). Before it was removed, the script began to run and \(end).",
            script: script,
            advice: """
                Look what of it is in the database; then decide:
                \(goingOn)  it is all in the database:      databasedeploy repair --script \(name) --applied
                  run it from the first one:      databasedeploy repair --script \(name) --restart
                """)
    }

    private func halfTakenBack(_ script: ScriptIdentity) -> Problem {
        Problem(
            .interrupted, .warning,
            "\(script) failed, and a part of it is still to be taken back: the next run does that first.",
            script: script)
    }

    private func skipped(_ script: ScriptIdentity) -> Problem {
        Problem(
            .skipped, .warning,
            "\(script) is new, but the folder \(folder.name) runs on fresh databases only; it does not run here.",
            script: script)
    }

    private func late(_ script: ScriptIdentity, below last: Script) -> Problem {
        let severity: Problem.Severity =
            switch outOfOrder {
            case .stop: .error
            case .run: .notice
            case .skip: .warning
            }
        let what =
            switch outOfOrder {
            case .stop: "it was never run, and running it now would change the order"
            case .run: "it runs now, out of order"
            case .skip: "it is passed over"
            }
        return Problem(
            .late, severity, "\(script) is late: its number is below the checkpoint \(last.identity.file); \(what).",
            script: script,
            advice: outOfOrder == .stop
                ? """
                Give it a higher number, or decide: out_of_order = "run" or "skip" in databasedeploy.toml, \
                or once: databasedeploy deploy --set out_of_order=run
                """ : nil)
    }

    private func renamed(_ record: ScriptRecord, to new: ScriptIdentity) -> Problem {
        let old = record.identity
        let what = record.isApplied ? "was applied" : "began to run and did not end"
        return Problem(
            .renamed, severity, "\(old) \(what); its file is now named \(new.file), with the same text.",
            script: old,
            advice: """
                Give it its old name, or accept the new one: databasedeploy repair
                If it is a new script that is to run, too, give it another text, such as by a comment.
                """,
            repair: .rename(old, to: new))
    }

    private func missing(_ record: ScriptRecord) -> Problem {
        let isHalfDone = !record.state.isApplied
        return Problem(
            .missing, severity,
            isHalfDone
                ? "\(record.identity) began to run and did not end; its file is gone."
                : "\(record.identity) was applied on \((record.finishedOn ?? record.startedOn).prefix(19)) UTC; its file is gone.",
            script: record.identity, advice: "Put the file back, or accept that it is gone: databasedeploy repair",
            repair: .remove(record.identity))
    }
}
