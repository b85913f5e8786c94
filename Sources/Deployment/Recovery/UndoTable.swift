import SQLScript

/// The table that holds the undo logs.
struct UndoTable {
    let tables: JournalTables

    static let name = "DatabaseTrackStep"
    /// What the names of tables with copies begin with.
    static let copyPrefix = "DatabaseTrackCopy"

    var spelled: String { tables.name(Self.name) }

    var create: String {
        """
        CREATE TABLE IF NOT EXISTS \(spelled) (
            FolderName VARCHAR(100) NOT NULL,
            FileName VARCHAR(255) NOT NULL,
            Step INT UNSIGNED NOT NULL COMMENT 'undo goes from the last to the first',
            Statement INT UNSIGNED NOT NULL COMMENT 'before which this was kept; the first is 0',
            Kind VARCHAR(16) NOT NULL COMMENT 'what was kept',
            ObjectKind VARCHAR(16) NOT NULL,
            DatabaseName VARCHAR(64) NULL,
            ObjectName VARCHAR(255) NOT NULL,
            Definition MEDIUMTEXT NULL COMMENT 'as it was',
            CopyName VARCHAR(64) NULL COMMENT 'the table with rows as they were',
            Detail MEDIUMTEXT NULL COMMENT 'what else taking it back has to know',
            PRIMARY KEY (FolderName, FileName, Step)
        ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin
        """
    }

    func insert(_ entry: UndoEntry, of script: ScriptIdentity) -> String {
        """
        INSERT INTO \(spelled) VALUES (\(quoted(literal: script.folder)), \(quoted(literal: script.file)), \(entry.number), \
        \(entry.statement), '\(entry.kind.rawValue)', '\(entry.object.kind.rawValue)', \
        \(quoted(literal: entry.object.database)), \(quoted(literal: entry.object.name)), \
        \(quoted(literal: entry.definition)), \(quoted(literal: entry.copy)), \(quoted(literal: entry.detail)))
        """
    }

    /// Writes down what a step that takes an entry back has to know if it is cut off.
    func setDetail(_ value: String?, _ entry: UndoEntry, of script: ScriptIdentity) -> String {
        """
        UPDATE \(spelled) SET Detail = \(quoted(literal: value)) WHERE \(tables.matches(script)) AND Step = \(entry.number)
        """
    }

    /// Puts another copy in the place of an entry's.
    func setCopy(_ name: String, _ entry: UndoEntry, of script: ScriptIdentity) -> String {
        """
        UPDATE \(spelled) SET CopyName = \(quoted(literal: name)) WHERE \(tables.matches(script)) AND Step = \(entry.number)
        """
    }

    func delete(_ entry: UndoEntry, of script: ScriptIdentity) -> String {
        "DELETE FROM \(spelled) WHERE \(tables.matches(script)) AND Step = \(entry.number)"
    }

    func delete(_ script: ScriptIdentity) -> String { "DELETE FROM \(spelled) WHERE \(tables.matches(script))" }

    /// The statements that end a script's log, and leave the copies to a person: under a name that no script has, so that `sweep`
    /// finds them named.
    func leave(_ script: ScriptIdentity) -> [String] {
        [
            "DELETE FROM \(spelled) WHERE \(tables.matches(script)) AND CopyName IS NULL",
            "UPDATE \(spelled) SET FolderName = '', FileName = CopyName, Step = 0 WHERE \(tables.matches(script))",
        ]
    }

    /// The statement that gives a script's log to one of another name.
    func rename(_ script: ScriptIdentity, to file: String) -> String {
        "UPDATE \(spelled) SET FileName = \(quoted(literal: file)) WHERE \(tables.matches(script))"
    }

    /// The log of a script, in order; empty if it has none.
    func entries(of script: ScriptIdentity, on session: any Session) throws -> [UndoEntry] {
        do throws(DatabaseError) {
            return try session.query(
                """
                SELECT Kind, ObjectKind, DatabaseName, ObjectName, Statement, Definition, CopyName, Step, Detail FROM \(spelled)
                WHERE \(tables.matches(script)) ORDER BY Step
                """
            ).compactMap { row in
                guard let kind = row[0].flatMap(UndoEntry.Kind.init(rawValue:)),
                    let objectKind = row[1].flatMap(ObjectName.Kind.init(rawValue:))
                else { return nil }
                return UndoEntry(
                    kind: kind, object: ObjectName(kind: objectKind, database: row[2], name: row[3] ?? ""),
                    statement: row[4].flatMap(Int.init) ?? 0, definition: row[5], copy: row[6], detail: row[8],
                    number: row[7].flatMap(Int.init) ?? 0)
            }
        } catch {
            guard error.isNoSuchTable || error.isUnknownDatabase else { throw error }
            return []
        }
    }

    /// The scripts whose logs are whole.
    func scripts(on session: any Session) throws -> Set<ScriptIdentity> {
        do throws(DatabaseError) {
            return Set(
                try session.query("SELECT FolderName, FileName FROM \(spelled) WHERE Kind = 'begin'")
                    .map { ScriptIdentity(folder: $0[0] ?? "", file: $0[1] ?? "") })
        } catch {
            guard error.isNoSuchTable || error.isUnknownDatabase else { throw error }
            return []
        }
    }

    /// Removes the copies that no log names any more, and the logs of scripts that are done.
    func sweep(on session: any Session) throws {
        let script = tables.name(JournalTables.script)
        do throws(DatabaseError) {
            try session.execute(
                """
                DELETE FROM \(spelled) WHERE (FolderName, FileName) IN
                (SELECT FolderName, FileName FROM \(script) WHERE State NOT IN ('running', 'failed', 'undoing'))
                """)
            try session.execute(
                """
                DELETE FROM \(spelled) WHERE FolderName = '' AND NOT EXISTS (SELECT 1 FROM information_schema.TABLES t
                WHERE t.TABLE_SCHEMA = \(quoted(literal: tables.database)) AND t.TABLE_NAME = CONVERT(CopyName USING utf8mb3))
                """)
            let copies = try session.query(
                """
                SELECT t.TABLE_NAME FROM information_schema.TABLES t
                WHERE t.TABLE_SCHEMA = \(quoted(literal: tables.database))
                AND LEFT(t.TABLE_NAME, \(Self.copyPrefix.count)) = '\(Self.copyPrefix)'
                AND NOT EXISTS (SELECT 1 FROM \(spelled) s WHERE s.CopyName IS NOT NULL
                    AND (t.TABLE_NAME = CONVERT(s.CopyName USING utf8mb3) OR t.TABLE_NAME = CONVERT(CONCAT(s.CopyName, 'k') USING utf8mb3)))
                """)
            for copy in copies { try session.execute("DROP TABLE IF EXISTS \(tables.name(copy[0] ?? ""))") }
        } catch {
            guard error.isNoSuchTable || error.isUnknownDatabase else { throw error }
        }
    }
}
