import ArgumentParser
import Deployment
import MySQLDriver
import PrivateServer
import SystemPackage

/// A private server with a database that was just deployed: from an image, or by a deployment of which an image is kept.
struct FreshServer {
    let configuration: Configuration
    let server: PrivateServer
    let options: CommonOptions
    let yes: Bool

    /// Throws away what the server has.
    ///
    /// - Throws: `DeploymentError`, or `ExitCode` if a script failed, which was told.
    func start() throws -> RunningServer {
        do {
            // Others wait while it is renewed, but not for the answer.
            let wasAsked = server.holdsOwnData
            if wasAsked { try ask() }
            return try server.renewing {
                if !wasAsked, server.holdsOwnData { try ask() }
                return try renew()
            }
        } catch let error as PrivateServerError {
            throw DeploymentError(.serverUnreachable, error.description)
        }
    }

    private func ask() throws {
        try Confirmation(options: options, yes: yes).confirm(
            "Throw away the private server in \(server.directory) with everything in it?", configuration: configuration)
    }

    private func renew() throws -> RunningServer {
        guard let store = try store(), let base = server.imageBase() else {
            let running = try server.startFromNothing(isHidden: false)
            _ = try deploy(to: running)
            return running
        }
        let chain = try ScriptChain(configuration, base: base)
        var keys = chain.usable[...]
        while let image = store.find(keys) {
            if let running = try start(from: image, chain, store) { return running }
            keys = keys.drop { $0 != image.key }.dropFirst()
        }
        let running = try server.startFromNothing(isHidden: true)
        _ = try deploy(to: running)
        return try keep(chain, running, store)
    }

    /// - Returns: nil if the image has gone away, or turns out to be of no use.
    private func start(from image: Image, _ chain: ScriptChain, _ store: ImageStore) throws -> RunningServer? {
        do {
            let isWhole = image.key == chain.whole
            guard let running = try server.start(from: image, in: store, isHidden: !isWhole) else { return nil }
            let outcome = try deploy(to: running)
            return isWhole || outcome.kind == .nothingToDo ? running : try keep(chain, running, store)
        } catch let error as PrivateServerError where [.imageUnusable, .startFailed].contains(error.code) {
            warn("An image is of no use, and is removed. \(error.message)")
        } catch let error as DeploymentError where error.code == .problems {
            warn("An image does not fit the project, and is removed.")
        }
        do { try store.remove(image) } catch { warn("The image cannot be removed: \(error)") }
        return nil
    }

    /// Keeps an image if exactly what the folders hold is in the database.
    private func keep(_ chain: ScriptChain, _ running: RunningServer, _ store: ImageStore) throws -> RunningServer {
        let access = try TargetAccess(configuration: target(running), driver: MySQLDriver())
        let plan = try access.plan()
        guard let key = chain.whole, plan.isEmpty, !plan.isBlocked, chain.isWhatRan(access.journal) else {
            return running
        }
        let title = ImageTitle(
            database: configuration.database, project: configuration.project.string, scripts: chain.count)
        let (server, obstacle) = try server.keep(key, title, in: store, version: running.version)
        if let obstacle { warn("No image of this database is kept: \(obstacle).") }
        return server
    }

    private func deploy(to running: RunningServer) throws -> Outcome {
        let configuration = target(running)
        return try Readers(project: configuration, options: options).deploy(configuration)
    }

    private func target(_ running: RunningServer) -> Configuration {
        var configuration = configuration
        let endpoint = Project.endpoint(running, configuration)
        configuration.server = .existing(bootstrap: endpoint, database: endpoint)
        // It is new.
        configuration.recreate = false
        return configuration
    }

    /// - Returns: nil if no images are to be kept.
    private func store() throws -> ImageStore? {
        guard configuration.imageLimit > 0 else { return nil }
        // The files that scripts read in this way are in nobody's checksum.
        if configuration.localInfileRoot != nil {
            warn("With local_infile, no image is used: nothing tells when a file that LOAD DATA reads has changed.")
            return nil
        }
        guard let directory = Project.imageDirectory else { return nil }
        return ImageStore(directory: directory, limit: UInt64(configuration.imageLimit))
    }

    private func warn(_ text: String) { options.errors.line("Warning: \(text)") }
}
