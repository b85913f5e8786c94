import Glibc

/// What a client asked a server for.
enum Request: Equatable, CustomStringConvertible {
    case query([UInt8])
    case database([UInt8])

    var description: String {
        switch self {
        case .query(let text): "query \(String(decoding: text, as: UTF8.self).debugDescription)"
        case .database(let name): "database \(String(decoding: name, as: UTF8.self))"
        }
    }
}

/// The server's side of one connection: speaks enough of the protocol ("Client/Server Protocol", both manuals) to greet a client
/// and to say OK to everything, and remembers what it was asked.
struct RecordingConversation {
    private(set) var requests: [Request] = []
    private(set) var isClosed = false
    private var received: [UInt8] = []
    private var consumed = 0
    private var message: [UInt8] = []
    private var isGreeted = false
    private var modes: EchoedModes

    init(modes: EchoedModes) {
        self.modes = modes
    }

    /// The first packet: version 10, no TLS, `mysql_native_password`.
    static let greeting: [UInt8] = {
        // LONG_PASSWORD, FOUND_ROWS, LONG_FLAG, CONNECT_WITH_DB, PROTOCOL_41, TRANSACTIONS, SECURE_CONNECTION, PLUGIN_AUTH
        let capabilities: UInt32 = 0x1 | 0x2 | 0x4 | 0x8 | 0x200 | 0x2000 | 0x8000 | 0x80000
        var body: [UInt8] = [10] + Array("10.11.0-MariaDB".utf8) + [0, 1, 0, 0, 0]
        body += Array("abcdefgh".utf8) + [0]
        body += [UInt8(capabilities & 0xFF), UInt8(capabilities >> 8 & 0xFF), 45, 2, 0]
        body += [UInt8(capabilities >> 16 & 0xFF), UInt8(capabilities >> 24), 21] + Array(repeating: 0, count: 10)
        body += Array("ijklmnopqrst".utf8) + [0] + Array("mysql_native_password".utf8) + [0]
        return packet(body, sequence: 0)
    }()

    /// Takes what came, and returns what to answer.
    mutating func answer(to bytes: UnsafeRawBufferPointer) -> [UInt8] {
        received += bytes
        var answer: [UInt8] = []
        while received.count - consumed >= 4 {
            let length =
                Int(received[consumed]) | Int(received[consumed + 1]) << 8 | Int(received[consumed + 2]) << 16
            guard received.count - consumed >= 4 + length else { break }
            let sequence = received[consumed + 3]
            message += received[consumed + 4..<consumed + 4 + length]
            consumed += 4 + length
            // A packet of the greatest length is continued by the next one.
            if length == 0xFFFFFF { continue }
            take(message)
            message = []
            if !isClosed { answer += Self.packet([0, 0, 0] + modes.status + [0, 0], sequence: sequence &+ 1) }
        }
        if consumed > 1 << 16 {
            received.removeFirst(consumed)
            consumed = 0
        }
        return answer
    }

    private mutating func take(_ message: [UInt8]) {
        guard isGreeted else {
            isGreeted = true
            return
        }
        switch message.first {
        case 1: isClosed = true
        case 2: requests.append(.database(Array(message.dropFirst())))
        case 3:
            let text = Array(message.dropFirst())
            requests.append(.query(text))
            modes.follow(text)
        default: break
        }
    }

    private static func packet(_ body: [UInt8], sequence: UInt8) -> [UInt8] {
        [UInt8(body.count & 0xFF), UInt8(body.count >> 8 & 0xFF), UInt8(body.count >> 16), sequence] + body
    }
}
