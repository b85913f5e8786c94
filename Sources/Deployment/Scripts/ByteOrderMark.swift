/// The mark at the head of a file that says which Unicode encoding follows.
enum ByteOrderMark {
    case utf8, utf16LittleEndian, utf16BigEndian

    init?(_ head: some Collection<UInt8>) {
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .utf8
        } else if head.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if head.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else {
            return nil
        }
    }

    var length: Int { self == .utf8 ? 3 : 2 }
}
