import TOMLKit

/// Reads the keys that are about several databases: `targets`, `width`, `waves`, `max_failures`.
struct FleetSettingsReader {
    let settings: SettingsReader

    func read(into result: inout Settings) throws(DeploymentError) {
        result.targets = try targets()
        result.width = try number("width", Fleet.widths)
        result.waves = try waves()
        result.maxFailures = try number("max_failures", 0...Int(Int32.max))
        guard result.targets != nil, result.database != nil else { return }
        throw settings.problem(
            "targets",
            "`\(settings.prefix)targets` and `\(settings.prefix)database` are both here: several databases, or one?")
    }

    private static let forms = """
        a name, a pattern such as \"tenant_*\", a list of names, patterns and URLs, { query = \"SELECT …\" } or \
        { command = \"…\" }
        """

    private func targets() throws(DeploymentError) -> TargetSource? {
        guard let value = settings.table["targets"] else { return nil }
        if let text = value.string ?? (value.table == nil && value.array == nil ? settings.typed["targets"] : nil) {
            return TargetSource(.entries([try entry(text)]))
        }
        if let array = value.array {
            var entries: [TargetEntry] = []
            for index in 0..<array.count {
                guard let text = array[index].string else {
                    throw settings.wrongType("targets", array[index], "a list of texts")
                }
                entries.append(try entry(text))
            }
            guard !entries.isEmpty else {
                throw settings.problem("targets", "`\(settings.prefix)targets` is an empty list.")
            }
            return TargetSource(.entries(entries))
        }
        guard let table = value.table else { throw settings.wrongType("targets", value, Self.forms) }
        guard table.count == 1, let kind = table.keys.first, let text = table[kind]?.string, !text.isEmpty else {
            throw settings.problem("targets", "`\(settings.prefix)targets` must be \(Self.forms).")
        }
        switch kind {
        case "query": return TargetSource(.query(text))
        case "command": return TargetSource(.command(text))
        default:
            let hint = Suggestion.phrase(for: kind, in: ["query", "command"])
            throw settings.problem("targets.\(kind)", "There is no key `\(settings.prefix)targets.\(kind)`\(hint).")
        }
    }

    private func entry(_ text: String) throws(DeploymentError) -> TargetEntry {
        do {
            return try TargetEntry(text, base: settings.project)
        } catch {
            throw settings.problem("targets", "An entry of `\(settings.prefix)targets` \(error.reason).")
        }
    }

    private func waves() throws(DeploymentError) -> [WaveSize]? {
        guard let value = settings.table["waves"] else { return nil }
        var texts: [String] = []
        if let array = value.array {
            for index in 0..<array.count {
                texts.append(array[index].string ?? array[index].int.map { "\($0)" } ?? "")
            }
        } else if let text = value.string ?? settings.typed["waves"] ?? value.int.map({ "\($0)" }) {
            texts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var waves: [WaveSize] = []
        for text in texts {
            guard let wave = WaveSize(spelling: text) else {
                waves = []
                break
            }
            waves.append(wave)
        }
        guard !waves.isEmpty else {
            throw settings.problem(
                "waves",
                """
                `\(settings.prefix)waves` must be a list of numbers of databases, shares such as "10%", and "all", such as \
                [1, "10%", "all"].
                """)
        }
        return waves
    }

    private func number(_ key: String, _ range: ClosedRange<Int>) throws(DeploymentError) -> Int? {
        guard let value = settings.table[key] else { return nil }
        guard let number = value.int else { throw settings.wrongType(key, value, "a whole number") }
        guard range.contains(number) else {
            throw settings.problem(
                key,
                "`\(settings.prefix)\(key)` must be from \(range.lowerBound) to \(range.upperBound), not \(number).")
        }
        return number
    }
}
