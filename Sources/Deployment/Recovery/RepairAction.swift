/// One change of the journal that settles a problem. It never touches anything but the journal.
public enum RepairAction: Sendable, Equatable {
    /// The file's text of today is the one that was applied.
    case accept(ScriptIdentity, checksum: String)
    /// The script has another name now, whatever became of it.
    case rename(ScriptIdentity, to: ScriptIdentity)
    /// The script's file is gone for good.
    case remove(ScriptIdentity)
    /// The folder's row of `DatabaseTrack` names this file.
    case move(folder: String, to: String, isNew: Bool)
    /// The half-done script counts as applied.
    case markApplied(ScriptIdentity)
    /// The half-done script goes on at a statement; the first is 0.
    case resume(ScriptIdentity, at: Int)
    /// The half-done script starts from its first statement.
    case restart(ScriptIdentity)
    /// The applied script counts as new, as a person who moved the checkpoint back wants it.
    case forget(ScriptIdentity)

    /// The half-done script that it decides about.
    var decided: ScriptIdentity? {
        switch self {
        case .markApplied(let script), .resume(let script, _), .restart(let script), .remove(let script): script
        case .accept, .rename, .move, .forget: nil
        }
    }

    /// The arguments with which a person asks for it; nil for one that `repair` finds by itself.
    var arguments: String? {
        switch self {
        case .markApplied(let script): " --script \(shellQuoted(script.description)) --applied"
        case .resume(let script, let index): " --script \(shellQuoted(script.description)) --resume-at \(index + 1)"
        case .restart(let script): " --script \(shellQuoted(script.description)) --restart"
        case .accept, .rename, .remove, .move, .forget: nil
        }
    }

    /// The script whose name is another one now, or gone: the checkpoint of its folder may have to go elsewhere.
    var displaced: ScriptIdentity? {
        switch self {
        case .rename(let script, _), .remove(let script): script
        case .accept, .move, .markApplied, .resume, .restart, .forget: nil
        }
    }

    /// Does to the records what a checkpoint depends on.
    func change(_ records: inout [ScriptIdentity: ScriptRecord]) {
        switch self {
        case .rename(let script, let new):
            var record = records.removeValue(forKey: script)
            record?.identity = new
            records[new] = record
        case .remove(let script): records[script]?.state = .removed
        case .forget(let script): records[script] = nil
        case .accept, .move, .markApplied, .resume, .restart: break
        }
    }

    /// What it does, in words.
    public var description: String {
        switch self {
        case .accept(let script, _): "accept the edit of \(script): today's text counts as the applied one"
        case .rename(let script, let new): "record that \(script) is now named \(new.file)"
        case .remove(let script): "record that the file of \(script) was removed; what it did stays"
        case .move(let folder, let file, _): "set the checkpoint of \(folder) to \(file)"
        case .markApplied(let script): "record that \(script) is applied"
        case .resume(let script, let index): "let \(script) go on at statement \(index + 1)"
        case .restart(let script): "let \(script) start again from its first statement"
        case .forget(let script): "let \(script) count as new, as the checkpoint was moved back by hand"
        }
    }
}
