import SQLScript

/// Something in the server's state by which it can be told whether a statement happened.
struct Trace: Sendable, Equatable {
    enum Kind: String, Sendable {
        /// Whether the object is there.
        case existence
        /// What `SHOW CREATE TABLE` says.
        case definition
        /// Under which numbers InnoDB keeps a table and its partitions: new ones once it is emptied or built anew; and on which
        /// server, as each has its own.
        case identity
        /// What `SHOW GRANTS` says.
        case rights
        /// Whether a table has a column, key or constraint of a name.
        case element
        /// As `definition`; but one that is as before says nothing.
        case redefinition
        /// As `existence`; but that the object is not there says nothing.
        case appearance
    }

    let kind: Kind
    /// With its database, if it is in one.
    let object: ObjectName
    /// The name of a column, key or constraint, in lower case.
    var element: String?
    /// For a definition: names, in lower case, of elements that come with the statement. One of them tells more than all of the
    /// definition, which others may change meanwhile.
    var candidates: Set<String> = []

    /// The value for an object that is there.
    static let present = "present"
    /// The value for an object that is not there.
    static let absent = "absent"

    /// Reads it from the server.
    ///
    /// - Returns: The value; nil if the server does not tell it to this user, or not about this kind of object.
    /// - Throws: `DatabaseError` for what keeps everything from working.
    func value(on session: any Session) throws(DatabaseError) -> String? {
        do throws(DatabaseError) {
            switch kind {
            case .existence, .appearance:
                return try ObjectQuery(session: session).exists(object).map { $0 ? Self.present : Self.absent }
            case .definition, .redefinition: return try definition(session)
            case .identity: return try identity(session)
            case .rights: return try rights(session)
            case .element:
                let text = try TableDefinition.ifThere(object, on: session)
                let isThere = text.map { DefinitionLines($0).elementNames.contains(element ?? "") } ?? false
                return isThere ? Self.present : Self.absent
            }
        } catch {
            guard error.isAccessDenied || error.isNoSuchTable || error.isLockWaitTimeout else { throw error }
            return nil
        }
    }

    private func definition(_ session: any Session) throws(DatabaseError) -> String? {
        Self.definitionValue(try TableDefinition.ifThere(object, on: session))
    }

    /// The value for a table's definition; nil means that there is no such table.
    static func definitionValue(_ text: String?) -> String {
        text.map { digest(TableDefinition.withoutCounter($0)) } ?? absent
    }

    private func identity(_ session: any Session) throws(DatabaseError) -> String? {
        guard let name = object.innodbName else { return nil }
        let numbers = session.dialect.innodbNumbers
        let ids = try session.value(
            """
            SELECT CONCAT(GROUP_CONCAT(\(numbers.column) ORDER BY \(numbers.column)), '@', HEX(CRC32(\(session.dialect.serverMark))))
            FROM information_schema.\(numbers.table)
            WHERE NAME = \(quoted(literal: name)) OR LEFT(NAME, \(name.utf8.count + 1)) = \(quoted(literal: name + "#"))
            """)
        if let ids { return ids }
        return try ObjectQuery(session: session).exists(object) == false ? Self.absent : nil
    }

    /// Compares two values of `identity`.
    ///
    /// - Returns: Nil if they are of different servers, such as a primary and the replica that took its place.
    static func areSameNumbers(_ one: String, _ other: String) -> Bool? {
        // Those of earlier versions are without a server.
        let (one, other) = (one.split(separator: "@"), other.split(separator: "@"))
        if one.count == 2, other.count == 2, one[1] != other[1] { return nil }
        return one.first == other.first
    }

    private func rights(_ session: any Session) throws(DatabaseError) -> String? {
        do throws(DatabaseError) {
            let rows = try session.query("SHOW GRANTS FOR \(Account(object).spelled)")
            return Self.digest(rows.map { $0.first.flatMap { $0 } ?? "" }.joined(separator: "\n"))
        } catch {
            // "There is no such grant defined", "Can't find any matching row in the user table".
            guard [1141, 1133, 3523, 3162].contains(error.number) else { throw error }
            return Self.absent
        }
    }

    private static func digest(_ text: String) -> String {
        let checksum = Checksum()
        checksum.update(Array(text.utf8))
        return checksum.value()
    }
}
