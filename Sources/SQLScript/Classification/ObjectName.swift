/// The name of something in a database, as a statement spells it.
public struct ObjectName: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case table, view, index, procedure, function, trigger, event, package, sequence, database, user, role, server
        case tablespace, plugin, other
    }

    public let kind: Kind
    /// Nil where the statement leaves it to the session's database.
    public let database: String?
    public let name: String

    public init(kind: Kind, database: String? = nil, name: String) {
        self.kind = kind
        self.database = database
        self.name = name
    }

    /// The value of a token: names and strings without their quotes, doubled quotes once, escapes resolved.
    static func unquoted(_ text: UnsafeBufferPointer<UInt8>, _ token: SQLToken) -> String {
        let raw = text[token.range]
        guard token.kind == .quotedName || token.kind == .string, raw.count >= 2 else {
            return String(decoding: raw, as: UTF8.self)
        }
        var value: [UInt8] = []
        var inner = raw.dropFirst().dropLast()[...]
        while let byte = inner.popFirst() {
            if byte == token.byte {
                // The second of a pair.
                if inner.first == token.byte { inner.removeFirst() }
                value.append(byte)
            } else if byte == UInt8(ascii: "\\"), token.kind == .string, let escaped = inner.popFirst() {
                value.append(escaped)
            } else {
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }
}
