/// One statement of a packet.
enum PacketPart {
    case script([UInt8])
    case ours(String)

    var bytes: [UInt8] {
        switch self {
        case .script(let text): text
        case .ours(let text): Array(text.utf8)
        }
    }

    /// Empty for a script's.
    var ourText: String {
        switch self {
        case .script: ""
        case .ours(let text): text
        }
    }
}
