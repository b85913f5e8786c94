/// What went wrong with several targets, in words: the same trouble once, with the targets that have it.
struct FleetTroubles {
    private struct Group {
        let key: String
        let text: String
        var labels: [String]
    }

    private var groups: [Group] = []
    private let style: Style

    /// More of them are not shown.
    private static let most = 10

    init(style: Style) {
        self.style = style
    }

    mutating func add(_ name: FleetTargetName, _ trouble: TargetResult.Trouble) {
        let label = name.label
        let (key, text) = described(trouble, of: name.database)
        if let index = groups.firstIndex(where: { $0.key == key }) {
            groups[index].labels.append(label)
        } else {
            groups.append(Group(key: key, text: text, labels: [label]))
        }
    }

    /// - Parameter width: Columns of the terminal.
    func lines(width: Int) -> [String] {
        var lines = groups.prefix(Self.most).flatMap { group in
            [style.strong(FleetTable.names(group.labels, width: max(30, width - 1))) + ":", group.text]
        }
        if groups.count > Self.most {
            lines.append("And \(groups.count - Self.most) other kinds of failure; Log.txt has them all.")
        }
        return lines
    }

    /// What makes two troubles the same, and the text.
    private func described(_ trouble: TargetResult.Trouble, of database: String) -> (key: String, text: String) {
        switch trouble {
        case .script(let failure):
            let place = failure.place.map { "\($0)" } ?? failure.script.description
            let what = failure.number.map { "error \($0)" } ?? Self.nameless(failure.message, database)
            return ("\(place) \(what)", "  \(failure.script) ✗\n\(failure.text(style))")
        case .error(let error):
            return (
                Self.nameless(error.description, database), indented(style.bad(error.description), by: 2)
            )
        case .problems(let problems):
            let text = problems.map { $0.text(style) }.joined(separator: "\n")
            return (Self.nameless(text, database), indented(text, by: 2))
        }
    }

    /// A text without the database's name in it.
    private static func nameless(_ text: String, _ database: String) -> String {
        guard !database.isEmpty else { return text }
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix(database) {
                result += "\0"
                rest = rest.dropFirst(database.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }
}
