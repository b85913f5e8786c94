import Foundation
import TestServers

/// The command line.
struct Options {
    enum Kind: String, CaseIterable {
        case kill, server, fail, crowd, cut
    }

    struct Wrong: Error, CustomStringConvertible {
        var description: String
    }

    /// Kills for `kill` and `server`, failures for `fail` (0: every statement of every script), deployments for `crowd` and
    /// `cut`. Nil: a little of each, for every day.
    var rounds: Int?
    var seed = UInt64.random(in: 1...999_999)
    var kinds = Kind.allCases
    var server = "all"
    /// How many scripts the project has.
    var scripts = 220
    /// The recipes of the folder Modifications, by name; empty means all.
    var recipes: Set<String> = []

    /// Further arguments of a single server, such as `--sql-mode=ANSI`.
    var arguments: [String] = []

    func rounds(of kind: Kind, isCluster: Bool) -> Int {
        if let rounds { return rounds }
        return switch kind {
        case .kill: 15
        // The way back into a cluster takes some seconds, and how a script fails is no matter of nodes.
        case .server: isCluster ? 0 : 2
        case .fail: isCluster ? 0 : 6
        case .crowd, .cut: 1
        }
    }

    /// Where the project of the seed is only written to, so that one can look at it.
    var output: String?

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard let value = rest.popFirst() else { throw Wrong(description: "\(name) needs a value.") }
            // What make passes on where nothing was said.
            if value.isEmpty { continue }
            switch name {
            case "--rounds": rounds = try number(value)
            case "--seed": seed = UInt64(try number(value))
            case "--scripts": scripts = try number(value)
            case "--output": output = value
            case "--recipes": recipes = Set(value.split(separator: ",").map(String.init))
            case "--arguments": self.arguments = value.split(separator: " ").map(String.init)
            case "--server": server = value.lowercased()
            case "--kind":
                kinds =
                    try value == "all"
                    ? Kind.allCases
                    : value.split(separator: ",").map { word in
                        guard let kind = Kind(rawValue: String(word)) else {
                            throw Wrong(description: "No kind \(word).")
                        }
                        return kind
                    }
            default: throw Wrong(description: "There is no option \(name).")
            }
        }
    }

    func includes(_ kind: TestServer) -> Bool {
        server == "all" || kind.flavor.rawValue.lowercased() == server
    }

    var includesCluster: Bool { server == "all" || server == "galera" }

    private func number(_ text: String) throws -> Int {
        guard let number = Int(text), number >= 0 else { throw Wrong(description: "\(text) is no number.") }
        return number
    }
}
