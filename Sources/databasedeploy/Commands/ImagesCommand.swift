import ArgumentParser
import Deployment
import PrivateServer

extension ServerCommand {
    /// `databasedeploy server images`.
    struct Images: CommonCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the images of deployed databases that `server start --fresh` starts from, or remove them.",
            discussion: "They are in the user's cache directory, and all projects share them.")
        @OptionGroup var common: CommonArguments

        @Flag(help: "Remove all of them.")
        var clear = false

        func run() throws {
            guard let directory = Project.imageDirectory else {
                throw DeploymentError(.configurationMissing, "There is no cache directory: HOME is not set.")
            }
            let store = ImageStore(directory: directory, limit: .max)
            if clear {
                do {
                    options.output.line("Removed: \(counted(try store.clear(), "image")) from \(directory).")
                } catch {
                    throw DeploymentError(.failed, "The images in \(directory) cannot be removed: \(error)")
                }
                return
            }
            let document = ImagesDocument(
                directory: directory.string, images: store.all().map(ImagesDocument.Entry.init))
            options.output.line(options.format == .json ? JSON.document(document) : document.text)
        }
    }
}

/// `server images --format json`.
private struct ImagesDocument: Encodable {
    struct Entry: Encodable {
        var key: String
        var database: String
        var project: String
        var scripts: Int
        var server: String
        var bytes: UInt64
        var lastUsed: String

        init(_ image: Image) {
            key = image.key
            (database, project, scripts) = (image.title.database, image.title.project, image.title.scripts)
            (server, bytes) = (image.version, image.bytes)
            lastUsed = Timestamp(seconds: image.lastUsed, nanoseconds: 0).utc
        }
    }

    var directory: String
    var images: [Entry]

    var text: String {
        let total = images.reduce(0) { $0 + $1.bytes }
        let lines = images.map {
            "\($0.key.prefix(12))  \($0.bytes / 1_000_000) MB  \($0.lastUsed)  \($0.server)  "
                + "\($0.database), \(counted($0.scripts, "script")), \($0.project)"
        }
        return (lines + ["\(counted(images.count, "image")), \(total / 1_000_000) MB, in \(directory)"]).joined(
            separator: "\n")
    }
}
