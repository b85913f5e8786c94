import SQLScript

/// A user or role, as statements name it.
struct Account {
    let user: String
    /// Nil where none was given.
    let host: String?

    init(_ object: ObjectName) {
        let at = object.name.lastIndex(of: "@")
        user = String(at.map { object.name[..<$0] } ?? object.name[...])
        host = at.map { String(object.name[object.name.index(after: $0)...]) }
    }

    /// Quoted for every SQL mode.
    var spelled: String {
        quoted(identifier: user) + (host.map { "@" + quoted(identifier: $0) } ?? "")
    }
}
