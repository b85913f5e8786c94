/// `250 ms`, `2.3 s`, `4 min 10 s`.
func duration(_ milliseconds: Int) -> String {
    switch milliseconds {
    case ..<1000: "\(milliseconds) ms"
    case ..<60_000: "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
    default: "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
    }
}

/// `7 s`, `12 min`, `3 h 5 min`.
func age(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min"
    default: "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
}

/// `1 script`, `2 scripts`.
public func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }

/// Every line of a text, moved to the right.
func indented(_ text: String, by columns: Int) -> String {
    let space = String(repeating: " ", count: columns)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { space + $0 }.joined(separator: "\n")
}

extension Problem {
    /// As a person reads it, advice included.
    public func text(_ style: Style) -> String {
        let label =
            switch severity {
            case .error: style.bad("Problem")
            case .warning: style.warning("Warning")
            case .notice: "Note"
            }
        return "\(label) (\(code.rawValue)): \(message)"
            + (advice.map { "\n" + indented(AdvisedCommand.complete($0), by: 2) } ?? "")
    }
}

extension Failure {
    /// As a person reads it in the night: what failed, what state the database is in, what to type.
    public func text(_ style: Style) -> String {
        var lines: [String] = []
        if let statement {
            lines.append("\(statement.place): statement \(statement.index + 1) of \(statements) failed")
            lines.append("  \(statement.text)")
        } else if let place {
            lines.append("\(place): failed")
        }
        lines.append(style.bad(message))
        lines.append("State: \(state)")
        lines.append("Next:  " + indented(AdvisedCommand.complete(advice), by: 7).drop { $0 == " " })
        return indented(lines.joined(separator: "\n"), by: 2)
    }
}
