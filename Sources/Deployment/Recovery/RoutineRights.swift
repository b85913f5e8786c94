import SQLScript

/// The rights that accounts have on one procedure or function: they go when it is dropped ("DROP PROCEDURE and DROP FUNCTION
/// Statements").
struct RoutineRights: UndoDetail {
    struct Grant: Codable, Equatable {
        let user: String
        /// Empty for a role of MariaDB.
        let host: String
        /// As `mysql.procs_priv` names them, such as `Execute` and `Grant`.
        let rights: [String]
    }

    private var kind = ""
    private var routine = ""
    private(set) var grants: [Grant] = []

    init() {}

    /// Reads them.
    ///
    /// - Returns: Nil for what is no routine, and if this user may not see them.
    init?(of routine: ObjectName, on session: any Session) throws(DatabaseError) {
        guard [.procedure, .function].contains(routine.kind) else { return nil }
        kind = SavedProgram.word(routine.kind)
        self.routine = routine.spelled
        let database = quoted(literal: routine.database ?? "")
        let rows: [Row]
        do throws(DatabaseError) {
            rows = try session.query(
                """
                SELECT User, Host, Proc_priv FROM mysql.procs_priv
                WHERE Db = IF(@@lower_case_table_names = 0, \(database), LOWER(\(database)))
                AND Routine_name = \(quoted(literal: routine.name)) AND Routine_type = \(quoted(literal: kind)) ORDER BY 1, 2
                """)
        } catch {
            guard error.isAccessDenied else { throw error }
            return nil
        }
        grants = rows.map { row in
            let rights = (row[2] ?? "").split(separator: ",").map(String.init)
            return Grant(user: row[0] ?? "", host: row[1] ?? "", rights: rights)
        }
    }

    /// The statements that give the rights which are not among those of today.
    func missing(from current: RoutineRights) -> [String] {
        grants.filter { !current.grants.contains($0) }.map { grant in
            let user = grant.user.isEmpty ? "''" : quoted(identifier: grant.user)
            let account = user + (grant.host.isEmpty ? "" : "@" + quoted(identifier: grant.host))
            let rights = grant.rights.filter { $0 != "Grant" }.map { $0.uppercased() }
            return
                "GRANT \(rights.isEmpty ? "USAGE" : rights.joined(separator: ", ")) ON \(kind) \(routine) TO \(account)"
                + (grant.rights.contains("Grant") ? " WITH GRANT OPTION" : "")
        }
    }
}
