import SQLScript

/// What the server says about a table's definition.
enum TableDefinition {
    /// `SHOW CREATE TABLE`.
    ///
    /// - Throws: `DatabaseError`, also when there is no such table.
    static func text(of object: ObjectName, on session: any Session) throws(DatabaseError) -> String? {
        try session.resultsWithoutWaiting("SHOW CREATE TABLE \(object.spelled)").first?.first?.dropFirst().first ?? nil
    }

    /// The same; nil if there is no such table.
    static func ifThere(_ object: ObjectName, on session: any Session) throws(DatabaseError) -> String? {
        do throws(DatabaseError) {
            return try text(of: object, on: session)
        } catch {
            guard error.isNoSuchTable || error.isUnknownDatabase else { throw error }
            return nil
        }
    }

    /// The same of several tables, in one round trip; nil if one is not there, or locked.
    static func ifAllThere(_ tables: Set<ObjectName>, on session: any Session) throws(DatabaseError) -> [String]? {
        let questions = tables.map { "SHOW CREATE TABLE \($0.spelled)" }.joined(separator: ";\n")
        do throws(DatabaseError) {
            let texts = try session.resultsWithoutWaiting(questions).compactMap { $0.first?.dropFirst().first ?? nil }
            return texts.count == tables.count ? texts : nil
        } catch {
            if error.isConnectionLost { throw error }
            return nil
        }
    }

    /// A definition, or its options alone, without `AUTO_INCREMENT=…`, which every insert moves.
    static func withoutCounter(_ definition: String) -> String {
        // The options stand behind the last line's parenthesis; columns and their comments stand before it.
        let text = definition.utf8
        let lineEnd = UInt8(ascii: "\n")
        var end = text.endIndex
        while true {
            let start = text[..<end].lastIndex(of: lineEnd).map(text.index(after:)) ?? text.startIndex
            let rest = text[start...]
            guard rest.first == UInt8(ascii: ")") else {
                guard start > text.startIndex else { break }
                end = text.index(before: start)
                continue
            }
            let line = definition[start..<(rest.firstIndex(of: lineEnd) ?? text.endIndex)]
            let words = line.split(separator: " ", omittingEmptySubsequences: false)
            let kept = words.filter { !$0.hasPrefix("AUTO_INCREMENT=") }
            guard kept.count < words.count else { break }
            return definition[..<start] + kept.joined(separator: " ") + definition[line.endIndex...]
        }
        return definition
    }
}

extension ObjectName {
    /// As InnoDB's own tables name it; nil for names with characters that InnoDB spells in its own way.
    var innodbName: String? {
        guard let database else { return nil }
        let isPlain = (database + name).utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == UInt8(ascii: "_")
        }
        return isPlain ? "\(database)/\(name)" : nil
    }

    /// Quoted, with its database.
    var spelled: String {
        (database.map { quoted(identifier: $0) + "." } ?? "") + quoted(identifier: name)
    }
}
