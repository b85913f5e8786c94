import Foundation
import Synchronization
import SystemPackage

/// Listens on TCP, hands everything on to a server's socket, and breaks off when it is told to.
public final class Proxy: Sendable {
    public enum Direction: Sendable { case toServer, toTool }

    /// When and how a connection breaks.
    public struct Cut: Sendable {
        /// So many are handed on in the direction, on all connections together.
        public var bytes: Int
        public var direction: Direction
        /// Whether both sides see a reset instead of an end.
        public var resets: Bool
        /// Whether every connection breaks, and not only the one that is over the number.
        public var takesAll: Bool

        public init(bytes: Int, direction: Direction, resets: Bool, takesAll: Bool) {
            self.bytes = bytes
            self.direction = direction
            self.resets = resets
            self.takesAll = takesAll
        }
    }

    private struct State {
        var cut: Cut?
        var hasCut = false
        var isFrozen = false
    }

    public let port: Int
    private let listener: Int32
    private let target: FilePath
    private let state = Mutex(State())

    public init(target: FilePath) throws {
        self.target = target
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
                    ? getsockname(descriptor, $0, &size) : -1
            }
        }
        guard result == 0 else { throw Errno(rawValue: errno) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in serve() }
    }

    /// Says when the next cut is; nil for never.
    public func arm(_ cut: Cut?) {
        state.withLock { state in
            state.cut = cut
            state.hasCut = false
        }
    }

    /// Stops handing anything on, or goes on: like a server that is frozen, whose system still takes connections.
    public func freeze(_ isFrozen: Bool) {
        state.withLock { $0.isFrozen = isFrozen }
    }

    /// Whether there was a cut since it was armed.
    public var hasCut: Bool { state.withLock { $0.hasCut } }

    /// One connection of the tool and its twin to the server.
    private struct Pair {
        var tool: Int32
        var server: Int32
    }

    private func serve() {
        var pairs: [Pair] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            var polls = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
            for pair in pairs {
                polls.append(pollfd(fd: pair.tool, events: Int16(POLLIN), revents: 0))
                polls.append(pollfd(fd: pair.server, events: Int16(POLLIN), revents: 0))
            }
            guard poll(&polls, nfds_t(polls.count), -1) > 0 else { continue }
            if state.withLock({ $0.isFrozen }) {
                usleep(20_000)
                continue
            }
            var broken: Set<Int> = []
            var resets = false
            for (index, pair) in pairs.enumerated() {
                for (place, direction) in [(1 + 2 * index, Direction.toServer), (2 + 2 * index, .toTool)] {
                    guard polls[place].revents != 0, !broken.contains(index) else { continue }
                    switch pass(pair, direction, &buffer) {
                    case .goesOn: break
                    case .ends: broken.insert(index)
                    case .cut(let cut):
                        resets = cut.resets
                        broken.formUnion(cut.takesAll ? Set(pairs.indices) : [index])
                    }
                }
            }
            for index in broken.sorted(by: >) { end(pairs.remove(at: index), resets: resets) }
            if polls[0].revents != 0, let pair = accepted() { pairs.append(pair) }
        }
    }

    private enum Passing { case goesOn, ends, cut(Cut) }

    private func pass(_ pair: Pair, _ direction: Direction, _ buffer: inout [UInt8]) -> Passing {
        let (from, to) = direction == .toServer ? (pair.tool, pair.server) : (pair.server, pair.tool)
        let count = recv(from, &buffer, buffer.count, 0)
        guard count > 0 else { return .ends }
        let (allowed, cut) = allow(count, direction)
        var sent = 0
        while sent < allowed {
            let written = buffer[sent..<allowed].withUnsafeBytes {
                send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard written > 0 else { return .ends }
            sent += written
        }
        return cut.map(Passing.cut) ?? .goesOn
    }

    /// How many bytes may pass, and whether that was the end.
    private func allow(_ count: Int, _ direction: Direction) -> (Int, Cut?) {
        state.withLock { state in
            guard let cut = state.cut, cut.direction == direction else { return (count, nil) }
            if count < cut.bytes {
                state.cut?.bytes -= count
                return (count, nil)
            }
            state.cut = nil
            state.hasCut = true
            return (cut.bytes, cut)
        }
    }

    private func end(_ pair: Pair, resets: Bool) {
        for descriptor in [pair.tool, pair.server] {
            if resets {
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            }
            close(descriptor)
        }
    }

    private func accepted() -> Pair? {
        let tool = accept(listener, nil, nil)
        guard tool >= 0 else { return nil }
        var on: Int32 = 1
        setsockopt(tool, Int32(IPPROTO_TCP), TCP_NODELAY, &on, 4)
        let server = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: target.string.utf8) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard connected == 0 else {
            close(tool)
            close(server)
            return nil
        }
        return Pair(tool: tool, server: server)
    }
}
