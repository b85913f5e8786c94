import SQLScript

/// Asks the server whether the tables, of whose rows a script needs copies, can be copied: what a plan says of a script's
/// class is then true before anything runs.
struct UndoPlanner {
    let configuration: Configuration
    let session: any Session

    /// Makes the class of each step what it is on this server.
    func settle(_ plan: inout Plan) throws {
        var shapes: [ObjectName: TableShape?] = [:]
        for index in plan.steps.indices {
            guard let facts = plan.steps[index].facts, facts.scriptClass == .undo else { continue }
            for copy in facts.copies {
                guard let table = copy.table.placed(in: configuration.database) else { continue }
                if shapes[table] == nil { shapes[table] = .some(try shape(of: table)) }
                // A table that an earlier script makes is not there yet, and one that somebody is changing is not to be
                // seen; the script is looked at again when it runs.
                guard case .some(.some(let shape)) = shapes[table],
                    let obstacle = shape.obstacle(copy.use, limit: configuration.undoLimit)
                else { continue }
                if copy.isOfNewColumns, shape.changesOnlyWhatIsNamed { continue }
                plan.steps[index].facts?.scriptClass = .resume
                plan.steps[index].facts?.classReason = Self.reason(copy, obstacle)
                break
            }
        }
    }

    private func shape(of table: ObjectName) throws(DatabaseError) -> TableShape? {
        do throws(DatabaseError) {
            return try TableShape(table, on: session)
        } catch {
            guard error.isLockWaitTimeout || error.isAccessDenied else { throw error }
            return nil
        }
    }

    private static func reason(_ copy: UndoCopy, _ obstacle: String) -> String {
        if let commit = copy.committedBy {
            return "\(copy.statement) is committed by the \(commit), and \(obstacle)"
        }
        return "\(copy.statement) would need a copy of \(copy.table.name) to be taken back, and \(obstacle)"
    }
}
