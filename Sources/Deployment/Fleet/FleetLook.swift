import Synchronization

/// Looks at many targets: what each one has to do.
///
/// A connection serves all looks of a thread, and a plan is made once for all targets whose journals have the same digest.
/// Whatever that does not cover (no database yet, another user until then, half-done scripts) is seen as for one target alone.
final class FleetLook: Sendable {
    private struct Place: Sendable {
        let index: Int
        let server: Int
    }

    /// What decides what a target has to do. Servers differ, in their versions for example.
    private struct Key: Hashable {
        let server: Int
        let digest: JournalDigest
    }

    /// What a thread keeps.
    private enum Pooled {
        case unopened, none
        case open(any Session)
    }

    private let targets: [FleetTarget]
    private let scripts: ProjectScripts
    private let driver: any Driver
    /// Whether each plan is to be made by itself, as parts of it depend on more than the journal.
    private let isExact: Bool
    private let known = Mutex<[Key: TargetLook.Content]>([:])
    private let unreachable = Mutex<[Int: DeploymentError]>([:])
    private let looks: Mutex<[TargetLook?]>

    init(_ targets: [FleetTarget], scripts: ProjectScripts, driver: any Driver, isExact: Bool = false) {
        self.targets = targets
        self.scripts = scripts
        self.driver = driver
        self.isExact = isExact
        looks = Mutex(Array(repeating: nil, count: targets.count))
    }

    /// Looks at all of them.
    ///
    /// - Parameters:
    ///   - width: Threads for each server.
    ///   - isInterrupted: Asked before each target; true gives up.
    ///   - progress: Called for each target that was looked at.
    /// - Returns: One for each target, nil where it gave up before.
    /// - Throws: `DeploymentError` for a script that cannot be read or split, which is the same for all.
    func run(
        width: Int, isInterrupted: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable () -> Void = {}
    ) throws -> [TargetLook?] {
        let badScript = Mutex<DeploymentError?>(nil)
        let lists = FleetTarget.byServer(targets).enumerated().map { server, indices in
            indices.map { Place(index: $0, server: server) }
        }
        ServerThreads(width: width).run(lists, start: { Pooled.unopened }) { [self] place, pooled in
            if isInterrupted() { return false }
            let content = look(place, &pooled)
            if case .failure(let error) = content, error.code == .badScript {
                badScript.withLock { $0 = error }
                return false
            }
            let look = TargetLook(name: FleetTargetName(targets[place.index]), content: content)
            looks.withLock { $0[place.index] = look }
            progress()
            return true
        }
        if let error = badScript.withLock({ $0 }) { throw error }
        return looks.withLock { $0 }
    }

    private func look(_ place: Place, _ pooled: inout Pooled) -> Result<TargetLook.Content, DeploymentError> {
        let target = targets[place.index]
        // Who waited for one connection in vain need not wait for a thousand.
        if let error = unreachable.withLock({ $0[place.server] }) { return .failure(error) }
        let key = digest(target, place, &pooled).map { Key(server: place.server, digest: $0) }
        if let key, let content = known.withLock({ $0[key] }) { return .success(content.of(target)) }
        if let error = unreachable.withLock({ $0[place.server] }) { return .failure(error) }
        do {
            let access = try TargetAccess(configuration: target.configuration, driver: driver, scripts: scripts)
            let plan = try access.plan(recreating: isExact && target.configuration.recreate)
            let content = TargetLook.Content(plan, access, target.configuration)
            if let key, content.isShared { known.withLock { $0[key] = content } }
            return .success(content)
        } catch {
            return .failure(DeploymentError(stopping: target, error))
        }
    }

    /// The digest of the target's journal; nil where a look without it has to tell, also what is wrong.
    private func digest(_ target: FleetTarget, _ place: Place, _ pooled: inout Pooled) -> JournalDigest? {
        guard let endpoint = target.endpoint else { return nil }
        do {
            if case .unopened = pooled {
                pooled = .none
                pooled = .open(try driver.connect(to: endpoint, database: nil))
            }
            guard !isExact, case .open(let session) = pooled else { return nil }
            return try JournalReader(session: session, database: target.configuration.database).digest()
        } catch {
            // A server that is frozen takes connections, and says nothing.
            let isSilent = if case .none = pooled { error.isConnectionLost } else { false }
            pooled = .none
            if error.isUnreachable || isSilent { unreachable.withLock { $0[place.server] = endpoint.failure(error) } }
            return nil
        }
    }
}

extension TargetLook.Content {
    /// Whether what is said of one target is true of another with the same journal; some problems have a date in them.
    fileprivate var isShared: Bool {
        !isBlocked && problems.allSatisfy { $0.code != .changed && $0.code != .missing }
    }
}

extension FleetTarget {
    /// The places of targets in a list, by server.
    static func byServer(_ targets: [FleetTarget], _ places: some Sequence<Int>) -> [[Int]] {
        var servers: [Endpoint?] = []
        var lists: [[Int]] = []
        for index in places {
            let endpoint = targets[index].endpoint
            if let server = servers.lastIndex(of: endpoint) {
                lists[server].append(index)
            } else {
                servers.append(endpoint)
                lists.append([index])
            }
        }
        return lists
    }

    static func byServer(_ targets: [FleetTarget]) -> [[Int]] { byServer(targets, targets.indices) }
}

extension DeploymentError {
    /// What kept one of several targets from being deployed.
    init(stopping target: FleetTarget, _ error: any Error) {
        switch error {
        case let error as DeploymentError: self = error
        case let error as DatabaseError:
            let isOfTheServer = error.isUnreachable || error.isConnectionLost || error.isAccessDenied
            self = (isOfTheServer ? target.endpoint?.failure(error) : nil) ?? Self(.failed, error.description)
        default: self.init(.failed, "\(error)")
        }
    }
}
