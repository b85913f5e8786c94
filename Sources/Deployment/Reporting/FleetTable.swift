/// A table of targets in which those with the same fate share a row, so that it is short also for thousands.
struct FleetTable {
    /// A row before it has its place.
    struct Row {
        var state: String
        var number: String
        var labels: [String]
    }

    /// What the columns of `Row` are called.
    let state: String
    let number: String
    /// Columns of the terminal.
    let width: Int
    private var rows: [Row] = []

    init(state: String, number: String, width: Int) {
        self.state = state
        self.number = number
        self.width = width
    }

    /// Adds a target to the row of its like; rows come in the order in which they are begun.
    mutating func add(_ label: String, state: String, number: String) {
        if let index = rows.firstIndex(where: { $0.state == state && $0.number == number }) {
            rows[index].labels.append(label)
        } else {
            rows.append(Row(state: state, number: number, labels: [label]))
        }
    }

    /// Its lines, the heading first.
    var lines: [String] {
        let first = (rows.map(\.state.count) + [state.count]).max() ?? 0
        let third = max(number.count, rows.map(\.number.count).max() ?? 0)
        let used = first + 2 + "Databases".count + 2 + third + 2
        var lines = ["\(padded(state, first))  Databases  \(number.padded(left: third))  Which"]
        for row in rows {
            lines.append(
                "\(padded(row.state, first))  \(right(row.labels.count, 9))  \(row.number.padded(left: third))  "
                    + Self.names(row.labels, width: max(30, width - used)))
        }
        return lines
    }

    /// As many names as have room, and how many there are more.
    static func names(_ labels: [String], width: Int) -> String {
        var text = ""
        for (index, label) in labels.enumerated() {
            let piece = index == 0 ? label : ", " + label
            let rest = labels.count - index
            let tail = rest > 1 ? " and \(rest - 1) more" : ""
            if index > 0, Columns.count(text + piece + tail) > width { return "\(text) and \(rest) more" }
            text += piece
        }
        return text
    }
}

extension String {
    fileprivate func padded(left width: Int) -> String {
        String(repeating: " ", count: max(0, width - count)) + self
    }
}
