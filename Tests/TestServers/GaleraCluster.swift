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
            try waitUntilReady(number)
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

    /// Starts a node that was killed. It takes the whole state from another one, which is busy with that meanwhile.
    public func restart(_ number: Int, donor: Int) throws {
        try start(number, isFirst: false, donor: donor)
    }

    /// Waits until a node takes part again.
    public func waitUntilReady(_ number: Int) throws {
        let question = "SHOW STATUS WHERE Variable_name IN ('wsrep_ready', 'wsrep_local_state_comment')"
        let deadline = ContinuousClock.now + .seconds(90)
        while ContinuousClock.now < deadline {
            if let process = processes.withLock({ $0[number] }), let ending = process.ending() {
                processes.withLock { $0[number] = nil }
                throw Failure(description: "\(nodes[number].name) \(ending):\n\(try logEnd(number))")
            }
            do {
                let answer = try kind.query(question, on: nodes[number].socket)
                if answer.contains("Synced"), answer.contains("ON") { return }
            } catch {
                // It does not listen yet.
            }
            usleep(20_000)
        }
        throw Failure(description: "\(nodes[number].name) is not ready after 90 s:\n\(try logEnd(number))")
    }

    private func logEnd(_ number: Int) throws -> String {
        let log = try String(contentsOfFile: nodes[number].directory.appending("log").string, encoding: .utf8)
        return log.split(separator: "\n").suffix(20).joined(separator: "\n")
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
        // Failures are noticed within a second instead of five: on one machine no message takes long.
        let provider = [
            "gmcast.listen_addr=tcp://127.0.0.1:\(node.groupPort)", "ist.recv_addr=127.0.0.1:\(node.incrementPort)",
            "pc.recovery=false", "gcache.size=64M", "evs.keepalive_period=PT0.2S", "evs.inactive_check_period=PT0.2S",
            "evs.suspect_timeout=PT1S", "evs.inactive_timeout=PT3S", "evs.install_timeout=PT3S",
        ]
        let arguments =
            [
                "--no-defaults", "--datadir=\(node.directory)/data", "--tmpdir=\(node.directory)/tmp",
                "--socket=\(node.socket)", "--pid-file=\(node.directory)/pid", "--port=\(node.port)",
                "--bind-address=127.0.0.1", "--skip-name-resolve", "--character-set-server=utf8mb4",
                "--innodb-flush-method=nosync", "--innodb-flush-log-at-trx-commit=2", "--innodb-doublewrite=0",
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
