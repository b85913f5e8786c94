/// What a script says about itself in its head: comment lines such as `-- databasedeploy: encoding=latin1`, before its
/// first statement.
struct ScriptDirectives {
    /// Directives are looked for in this many bytes.
    static let headLength = 4096

    private static let prefix = "databasedeploy:"

    private(set) var encoding: String?
    private(set) var onFailure: Configuration.OnFailure?

    /// Reads the directives.
    ///
    /// - Parameter head: The start of the script's text, in an encoding that has ASCII.
    /// - Throws: `DeploymentError` for a directive that is not known.
    init(head: some Collection<UInt8>, of script: Script) throws(DeploymentError) {
        let lines = head.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            let text = String(decoding: line, as: UTF8.self).trimmed
            guard !text.isEmpty else { continue }
            guard let comment = Self.comment(text) else { break }
            guard comment.lowercased().hasPrefix(Self.prefix) else { continue }
            let place = Place(file: script.identity.description, line: number + 1)
            for directive in comment.dropFirst(Self.prefix.count).split(whereSeparator: { $0 == "," || $0 == " " }) {
                try apply(String(directive), at: place)
            }
        }
    }

    private mutating func apply(_ directive: String, at place: Place) throws(DeploymentError) {
        let parts = directive.split(separator: "=", maxSplits: 1).map(String.init)
        switch (parts[0].lowercased(), parts.count) {
        case ("encoding", 2): encoding = parts[1]
        case ("on-failure", 2):
            guard let choice = Configuration.OnFailure(rawValue: parts[1].lowercased()) else { fallthrough }
            onFailure = choice
        default:
            throw DeploymentError(
                .badScript, "The directive \"\(directive)\" is not known.", place: place,
                advice: "Known are: encoding=NAME, with MySQL's name of a character set; on-failure=undo or keep.")
        }
    }

    /// The text of a comment line; nil for a line that is no comment.
    private static func comment(_ line: String) -> String? {
        if line.hasPrefix("--") { return String(line.dropFirst(2)).trimmed }
        if line.hasPrefix("#") { return String(line.dropFirst()).trimmed }
        return nil
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex))
    }
}
