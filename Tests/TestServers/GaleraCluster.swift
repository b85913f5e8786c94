import Foundation
import PrivateServer
import Synchronization
import SystemPackage

/// A Galera cluster of three MariaDB servers on 127.0.0.1. Its servers die with the test process.
///
/// Each node also listens on a socket, where `root` needs no password.
public final class GaleraCluster: Sendable {
    /// Why there can be none here, or nil.
    public static var obstacle: String? {
        guard let kind else { return "there is no MariaDB" }
        guard access(provider, R_OK) == 0 else { return "\(provider) is missing; install Debian's galera-4" }
        guard access("/usr/bin/rsync", X_OK) == 0 else { return "rsync is missing" }
        return kind.flavor == .mariaDB ? nil : "only MariaDB has it"
    }

    public static let size = 3
    private static let provider = "/usr/lib/galera/libgalera_smm.so"
    private static var kind: TestServer? { TestServer.all.first { $0.flavor == .mariaDB } }

    private struct Node {
        let name: String
        let directory: FilePath
        let port: Int
        let groupPort: Int
        let statePort: Int
        let incrementPort: Int

        var socket: FilePath { directory.appending("s") }
    }

    /// What the nodes run on.
    public let kind: TestServer
    private let directory: FilePath
    private let nodes: [Node]
    private let processes = Mutex<[ChildProcess?]>(Array(repeating: nil, count: size))
    private let departureCount = Mutex(0)
    /// Of nodes that come back.
    private let arrivals = Mutex<[Int: Background]>([:])

    /// A node did not come up.
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    /// Starts the three, one after the other.
    public init() throws {
        guard let kind = Self.kind, Self.obstacle == nil else { throw Failure(description: Self.obstacle ?? "") }
        self.kind = kind
        let directory = try RunDirectory.scratch("galera")
        self.directory = directory
        let first = try kind.fresh(arguments: ["--innodb-log-file-size=16M"])
        try first.start()
        try first.stop()
        nodes = try (0..<Self.size).map { number in
            let node = Node(
                name: "node\(number)", directory: directory.appending("\(number)"), port: try NetworkServer.freePort(),
                groupPort: try NetworkServer.freePort(), statePort: try NetworkServer.freePort(),
                incrementPort: try NetworkServer.freePort())
            for name in [node.directory, node.directory.appending("tmp")] {
                try FileManager.default.createDirectory(atPath: name.string, withIntermediateDirectories: false)
            }
            try FileManager.default.copyItem(
                atPath: first.directory.appending("data").string, toPath: node.directory.appending("data").string)
            return node
        }
        try giveToServer()
        for number in nodes.indices {
            try start(number, isFirst: number == 0, donor: 0)
            try wait(for: number, "is not ready") { status in
                status["wsrep_ready"] == "ON" && status["wsrep_local_state_comment"] == "Synced"
            }
        }
    }

    /// Where each node listens.
    public var sockets: [FilePath] { nodes.map(\.socket) }

    /// Ends a node as a crash would.
    public func kill(_ number: Int) {
        processes.withLock { processes in
            guard let process = processes[number] else { return }
            Foundation.kill(process.id, SIGKILL)
            while waitpid(process.id, nil, 0) == -1, errno == EINTR {}
            processes[number] = nil
        }
    }

    /// Starts a node that was killed, as soon as the others are a group without it: one that comes back while its old self
    /// is still being missed disturbs the vote about that, and can cost all of them the majority. It takes the whole state
    /// from another one, which is busy with that meanwhile.
    ///
    /// This returns at once; `waitUntilReady` waits for everything.
    public func restart(_ number: Int, donor: Int) {
        let arrival = Background { [self] in
            try waitUntilGone(number)
            try start(number, isFirst: false, donor: donor)
        }
        arrivals.withLock { $0[number] = arrival }
    }

    /// Waits until every node takes part.
    public func waitUntilReady() throws {
        for number in nodes.indices { try waitUntilReady(number) }
    }

    /// Waits until a node takes part again.
    ///
    /// One that was given its state while definitions changed may find that it lacks one of them, and leave by itself
    /// ("Inconsistency detected"). As a person would, this has it begin once more.
    private func waitUntilReady(_ number: Int) throws {
        while true {
            if let arrival = arrivals.withLock({ $0[number] }) {
                try arrival.wait()
                arrivals.withLock { $0[number] = nil }
            }
            var hasLeft = false
            try wait(for: number, "is not ready") { status in
                hasLeft = status["wsrep_local_state_comment"] == "Inconsistent"
                return hasLeft
                    || status["wsrep_ready"] == "ON" && status["wsrep_local_state_comment"] == "Synced"
                        && status["wsrep_cluster_size"] == "\(Self.size)"
            }
            if !hasLeft { return }
            departureCount.withLock { $0 += 1 }
            kill(number)
            restart(number, donor: (number + 1) % Self.size)
        }
    }

    /// How often a node that came back has left by itself.
    public var departures: Int { departureCount.withLock { $0 } }

    /// Waits until the others have noticed that a node is gone, and still have the majority.
    private func waitUntilGone(_ number: Int) throws {
        for other in nodes.indices where other != number {
            try wait(for: other, "still counts with \(nodes[number].name)") { status in
                status["wsrep_cluster_status"] == "Primary" && status["wsrep_cluster_size"] == "\(Self.size - 1)"
            }
        }
    }

    /// Waits for what a node's `SHOW STATUS` says.
    private func wait(for number: Int, _ otherwise: String, until isThere: ([String: String]) -> Bool) throws {
        let question = "SHOW STATUS LIKE 'wsrep%'"
        let deadline = ContinuousClock.now + .seconds(120)
        var last = "nothing"
        while ContinuousClock.now < deadline {
            if let process = processes.withLock({ $0[number] }), let ending = process.ending() {
                processes.withLock { $0[number] = nil }
                throw Failure(description: "\(nodes[number].name) \(ending):\n\(try logEnds())")
            }
            do {
                let lines = try kind.query(question, on: nodes[number].socket).split(separator: "\n")
                let status = Dictionary(
                    lines.map { line in
                        let words = line.split(separator: "\t", maxSplits: 1).map(String.init)
                        return (words[0], words.count > 1 ? words[1] : "")
                    }, uniquingKeysWith: { $1 })
                if isThere(status) { return }
                last = ["wsrep_cluster_status", "wsrep_cluster_size", "wsrep_local_state_comment", "wsrep_ready"]
                    .map { "\($0) \(status[$0] ?? "missing")" }.joined(separator: ", ")
            } catch let error as CommandFailure {
                // It does not listen yet.
                last = error.output
            }
            usleep(50_000)
        }
        throw Failure(
            description: "\(nodes[number].name) \(otherwise) after 120 s; it says: \(last)\n\(try logEnds())")
    }

    /// The last that each node has written, without the long state of the group's protocol.
    private func logEnds() throws -> String {
        try nodes.map { node in
            let log = try String(contentsOfFile: node.directory.appending("log").string, encoding: .utf8)
            let lines = log.split(separator: "\n").filter { $0.hasPrefix("2") || $0.hasPrefix("WSREP") }
            return "\(node.name)'s log:\n" + lines.suffix(40).joined(separator: "\n")
        }.joined(separator: "\n")
    }

    /// The state transfer's daemon gives up root's rights, so the servers must be somebody else's.
    private func giveToServer() throws {
        guard geteuid() == 0 else { return }
        try run("/bin/chown", ["-R", "mysql:", directory.string])
        // The directory above holds nothing that others may enter.
        try run("/bin/chmod", ["711", directory.removingLastComponent().string])
    }

    private func start(_ number: Int, isFirst: Bool, donor: Int) throws {
        let node = nodes[number]
        let members = nodes.map { "127.0.0.1:\($0.groupPort)" }.joined(separator: ",")
        // A node that died is missed after two seconds instead of five. Less is not enough where all three and twenty
        // deployers share two processors: nodes that live are taken for dead then.
        let provider = [
            "gmcast.listen_addr=tcp://127.0.0.1:\(node.groupPort)", "ist.recv_addr=127.0.0.1:\(node.incrementPort)",
            "pc.recovery=false", "gcache.size=64M", "evs.keepalive_period=PT0.2S", "evs.inactive_check_period=PT0.2S",
            "evs.suspect_timeout=PT2S", "evs.inactive_timeout=PT10S", "evs.install_timeout=PT8S",
        ]
        let arguments =
            [
                "--no-defaults", "--datadir=\(node.directory)/data", "--tmpdir=\(node.directory)/tmp",
                "--socket=\(node.socket)", "--pid-file=\(node.directory)/pid", "--port=\(node.port)",
                "--bind-address=127.0.0.1", "--skip-name-resolve", "--character-set-server=utf8mb4",
                "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=2",
                "--innodb-log-file-size=16M", "--innodb-stats-persistent=0", "--max-connections=200",
                "--binlog-format=ROW", "--innodb-autoinc-lock-mode=2", "--wsrep-on=ON",
                "--wsrep-provider=\(Self.provider)",
                "--wsrep-cluster-name=\(directory.lastComponent?.string ?? "test")",
                "--wsrep-cluster-address=gcomm://\(members)", "--wsrep-node-address=127.0.0.1:\(node.groupPort)",
                "--wsrep-node-name=\(node.name)", "--wsrep-sst-method=rsync",
                "--wsrep-sst-receive-address=127.0.0.1:\(node.statePort)",
                "--wsrep-sst-donor=\(nodes[donor].name),",
                "--wsrep-provider-options=\(provider.joined(separator: ";"))",
            ] + (isFirst ? ["--wsrep-new-cluster"] : []) + (geteuid() == 0 ? ["--user=mysql"] : [])
        let log = try FileDescriptor.open(
            node.directory.appending("log"), .writeOnly, options: [.create, .append, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead])
        defer { close(log.rawValue) }
        let process = try ChildProcess(kind.program, arguments, output: log)
        processes.withLock { $0[number] = process }
    }
}
