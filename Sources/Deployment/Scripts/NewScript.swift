import SystemPackage

/// Creates the next numbered file in the folder that always runs.
public struct NewScript {
    private let configuration: Configuration

    public init(configuration: Configuration) {
        self.configuration = configuration
    }

    /// Creates the file.
    ///
    /// - Parameter words: What the change does.
    /// - Returns: Its path, relative to the project directory.
    /// - Throws: `DeploymentError` if there is no such folder, no usable word, or the file cannot be written.
    public func create(_ words: String) throws -> String {
        guard
            let listing = try ScriptCatalog(configuration: configuration).listings.last(where: {
                $0.folder.rule == .always
            })
        else {
            throw DeploymentError(
                .configurationMissing, "No folder has the rule `always`, so there is none for a change.")
        }
        let name = words.split { !$0.isLetter && !$0.isNumber }.joined(separator: "_")
        guard !name.isEmpty else {
            throw DeploymentError(
                .usage, "The words make no file name.",
                advice: "Say what the change does, such as: databasedeploy new \"add late fee\"")
        }
        let comment = words.split {
            $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
        }
        let number = Self.next(after: listing.scripts)
        let file = "\(number).\(name).sql"
        guard file.unicodeScalars.count <= ScriptCatalog.longestName else {
            throw DeploymentError(.usage, "The name would be too long; use fewer words.")
        }
        let directory = listing.folder.path(in: configuration.project)
        let path = directory.appending(file)
        do {
            if !listing.exists { try Directory.create(directory) }
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .exclusiveCreate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try descriptor.closeAfter { _ = try descriptor.writeAll("-- \(comment.joined(separator: " "))\n\n".utf8) }
        } catch {
            throw DeploymentError(.cannotWrite, "\(path) cannot be written: \(error).")
        }
        return "\(listing.folder.directory)/\(file)"
    }

    /// One more than the largest leading number, with as many digits as the last file has, at least three.
    private static func next(after scripts: [Script]) -> String {
        let last = scripts.last { $0.version.isNumbered }
        let width = max(3, last.map { $0.identity.file.drop { !$0.isNumber }.prefix { $0.isNumber }.count } ?? 3)
        let number = last?.version.nextLeadingNumber ?? "1"
        return String(repeating: "0", count: max(0, width - number.count)) + number
    }
}
