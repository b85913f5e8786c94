import SQLScript

/// Whether this user may make a view, routine, trigger or event again that is another's (`DEFINER`), and give rights on it.
final class DefinerRight {
    private let session: any Session
    private var user: String?

    init(session: any Session) { self.session = session }

    /// Why an object could not be made again as it is; nil if it can.
    ///
    /// - Parameter saved: As `SavedProgram.read` gave it.
    func obstacle(_ object: ObjectName, _ saved: String) throws(DatabaseError) -> String? {
        guard let definer = Self.definer(in: saved) else { return nil }
        if user == nil { user = try session.value("SELECT CURRENT_USER()") }
        if definer == user { return nil }
        guard try !mayMakeOthers() else { return nil }
        return """
            \(object.name) is made as \(definer), and this user lacks the right to make it again so (SET_ANY_DEFINER, SET USER or \
            SUPER)
            """
    }

    /// The account behind the first `DEFINER=`, as `user@host`.
    private static func definer(in saved: String) -> String? {
        guard let line = saved.split(separator: "\n", maxSplits: 1).last,
            let start = line.firstRange(of: " DEFINER=")?.upperBound
        else { return nil }
        var account = ""
        var rest = line[start...]
        while rest.first == "`" || rest.first == "@" {
            if rest.removeFirst() == "@" {
                account += "@"
                continue
            }
            while let end = rest.firstIndex(of: "`") {
                account += rest[..<end]
                rest = rest[rest.index(after: end)...]
                guard rest.first == "`" else { break }
                account.append(rest.removeFirst())
            }
        }
        return account
    }

    /// Why rights on a routine could not be given again; nil if they can.
    func obstacle(_ rights: RoutineRights) throws(DatabaseError) -> String? {
        if rights.grants.isEmpty { return nil }
        let mayGive = try session.rights.grants.contains { $0.contains(".* TO ") && $0.hasSuffix(" WITH GRANT OPTION") }
        return mayGive ? nil : "accounts have rights on it that this user could not give them again"
    }

    /// The rights that allow it: "Stored Object Access Control" in MySQL's manual, "CREATE VIEW" in MariaDB's documentation.
    private func mayMakeOthers() throws(DatabaseError) -> Bool {
        try session.rights.grants.contains { grant in
            grant.contains(" ON *.* ")
                && ["ALL PRIVILEGES", "SUPER", "SET USER", "SET_USER_ID", "SET_ANY_DEFINER"].contains {
                    grant.contains($0)
                }
        }
    }
}
