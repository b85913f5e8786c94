import SystemPackage
import TOMLKit

/// Reads the tables `[[folders]]`.
struct FoldersReader {
    var settings: SettingsReader

    private static let keys = ["directory", "encoding", "name", "run"]

    func read() throws(DeploymentError) -> [Folder]? {
        guard let value = settings.table["folders"] else { return nil }
        guard let array = value.array else { throw settings.wrongType("folders", value, "tables, as in [[folders]]") }
        guard !array.isEmpty else { throw settings.problem("folders", "`\(settings.prefix)folders` is empty.") }
        var folders: [Folder] = []
        for index in 0..<array.count {
            guard let table = array[index].table else {
                throw settings.wrongType("folders", array[index], "tables, as in [[folders]]")
            }
            let folder = try read(table, index)
            // `FolderName` is unique, and compared without regard to case.
            if let twin = folders.first(where: { $0.name.lowercased() == folder.name.lowercased() }) {
                throw problem(index, "name", "There are two folders named \"\(twin.name)\".")
            }
            // Through a link, every script would run twice.
            let project = settings.project
            if folders.contains(where: { ProjectPath.isSame($0.directory, folder.directory, project: project) }) {
                throw problem(index, "name", "Two folders have the directory \"\(folder.directory)\".")
            }
            folders.append(folder)
        }
        return folders
    }

    private func read(_ table: TOMLTable, _ index: Int) throws(DeploymentError) -> Folder {
        var reader = settings
        reader.table = table
        reader.prefix = "\(settings.prefix)folders[\(index)]."
        reader.typed = [:]
        for key in table.keys where !Self.keys.contains(key) {
            let hint = Suggestion.phrase(for: key, in: Self.keys)
            throw problem(index, key, "There is no key `\(reader.prefix)\(key)`\(hint).")
        }
        guard let name = try reader.text("name") else {
            throw settings.problem("folders[\(index)]", "`\(reader.prefix)name` is missing.")
        }
        guard name.unicodeScalars.count <= 100 else {
            throw problem(index, "name", "`\(reader.prefix)name` is longer than the journal's 100 characters.")
        }
        guard let rule = try reader.choice("run", named: Folder.Rule.self) ?? standardRule(name) else {
            throw settings.problem(
                "folders[\(index)]", "`\(reader.prefix)run` is missing: \"fresh\" (fresh databases only) or \"always\"."
            )
        }
        let directory = try reader.text("directory") ?? name
        guard ProjectPath.inside(directory, project: settings.project) != nil else {
            let key = table["directory"] == nil ? "name" : "directory"
            throw problem(index, key, "The folder \"\(directory)\" leads out of the project directory.")
        }
        var encoding = try reader.text("encoding")
        if let written = encoding {
            do {
                encoding = try CharacterSetName.ofScript(written)
            } catch {
                throw problem(index, "encoding", "`\(reader.prefix)encoding` \(error.reason).")
            }
        }
        return Folder(name: name, directory: directory, rule: rule, encoding: encoding)
    }

    private func standardRule(_ name: String) -> Folder.Rule? {
        Folder.standard.first { $0.name == name }?.rule
    }

    private func problem(_ index: Int, _ key: String, _ message: String) -> DeploymentError {
        settings.problem("folders[\(index)].\(key)", message)
    }
}
