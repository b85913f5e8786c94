import Foundation

/// Prints at once, also into a file.
func say(_ line: String) {
    print(line)
    fflush(nil)
}

/// Counts what happened, and prints what should not have.
final class Tally {
    let title: String
    private var counts: [(name: String, count: Int)] = []
    private(set) var differences = 0
    /// How often a human was asked, by the statement's first words.
    private var questions: [String: Int] = [:]

    init(_ title: String) { self.title = title }

    func count(_ name: String, _ number: Int = 1) {
        if let index = counts.firstIndex(where: { $0.name == name }) {
            counts[index].count += number
        } else {
            counts.append((name, number))
        }
    }

    /// A human was asked, about a statement.
    func asked(_ statement: String) {
        count("asked")
        let start = statement.hasPrefix("DELIMITER") ? statement.split(separator: "\n").dropFirst().first : nil
        questions[
            (start.map(String.init) ?? statement).split(separator: " ").prefix(2).joined(separator: " "), default: 0] +=
            1
    }

    /// Something is not as it should be.
    func differ(_ what: String, _ lines: [String], because cause: String = "") {
        differences += 1
        say("\nDIFFERENCE \(differences) (\(title)): \(what)")
        if !cause.isEmpty { say("  disturbed by: \(cause)") }
        for line in lines { say("  " + line.replacingOccurrences(of: "\n", with: "\n  ")) }
    }

    /// A line such as `kill, MariaDB 10.11.14: 2000 kills, 31 deployments, 0 differences, 87 s`.
    func summary(seconds: Int) -> String {
        let parts = counts.map { "\($0.count) \($0.name)" } + ["\(differences) differences", "\(seconds) s"]
        let asked = questions.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return "\(title): \(parts.joined(separator: ", "))" + (asked.isEmpty ? "" : "\n  asked about: \(asked)")
    }
}
