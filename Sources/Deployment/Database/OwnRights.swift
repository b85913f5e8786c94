import SQLScript

/// What the user of a session may do, as `SHOW GRANTS` shows it, with the rights of active roles.
public struct OwnRights: Sendable {
    let grants: [String]

    /// Asks a session.
    ///
    /// - Throws: `DatabaseError` if the server cannot be asked.
    public init(_ session: some Session) throws(DatabaseError) {
        do throws(DatabaseError) {
            var rows = try session.query("SHOW GRANTS")
            // MariaDB shows the rights of the active role along; MySQL wants to be asked for them.
            if session.dialect.product == "MySQL", let roles = try session.value("SELECT CURRENT_ROLE()"),
                roles != "NONE"
            {
                rows += try session.query("SHOW GRANTS FOR CURRENT_USER() USING \(roles)")
            }
            grants = rows.map { $0[0] ?? "" }
        } catch {
            // Without its grant tables a server lets everybody do everything.
            guard error.number == 1290 else { throw error }
            grants = ["GRANT ALL PRIVILEGES ON *.* TO everybody WITH GRANT OPTION"]
        }
    }

    /// Whether the server shows all triggers of a database: "The INFORMATION_SCHEMA TRIGGERS Table" tells of those on tables
    /// for which one has the right `TRIGGER`.
    func showTriggers(of database: String) -> Bool {
        allow(["TRIGGER"]) { Self.level($0, covers: database) }
    }

    /// Whether one of the rights is given for the whole server.
    public func allowEverywhere(_ rights: [String]) -> Bool { allow(rights) { $0 == "*.*" } }

    /// - Parameter isMeant: Whether it counts what stands behind `ON`.
    private func allow(_ rights: [String], where isMeant: (Substring) -> Bool) -> Bool {
        grants.contains { grant in
            let parts = grant.split(separator: " TO ", maxSplits: 1)[0].split(separator: " ON ", maxSplits: 1)
            guard parts.count == 2, grant.hasPrefix("GRANT ") else { return false }
            let given = parts[0].dropFirst("GRANT ".count).split(separator: ",").map { $0.drop { $0 == " " } }
            return given.contains { rights.contains(String($0)) || $0.hasPrefix("ALL PRIVILEGES") }
                && isMeant(parts[1])
        }
    }

    /// Whether what stands behind `ON` means a whole database: `*.*`, or a name in which `_` and `%` stand for others.
    private static func level(_ level: Substring, covers database: String) -> Bool {
        if level == "*.*" { return true }
        guard level.hasPrefix("`"), level.hasSuffix("`.*") else { return false }
        var text = ""
        var isLiteral = false
        var rest = level.dropFirst().dropLast("`.*".count)
        while let letter = rest.popFirst() {
            switch letter {
            case "\\" where !isLiteral:
                isLiteral = true
                continue
            case "%" where !isLiteral: text.append("*")
            case "_" where !isLiteral: text.append("?")
            case "`":
                rest = rest.dropFirst()
                text.append(letter)
            default: text.append(letter)
            }
            isLiteral = false
        }
        let (wanted, name) = (text.lowercased(), database.lowercased())
        return NamePattern(wanted)?.matches(name) ?? (wanted == name)
    }
}
