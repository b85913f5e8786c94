import FoundationEssentials
import SQLScript

/// One thing that the undo log keeps: how something was before the script touched it.
struct UndoEntry: Equatable {
    enum Kind: String {
        /// From here on, everything that the script does is in the log.
        case begin
        /// The object was not there; the detail is the statement by which the script dropped it again, or whose it is.
        case absent
        /// A table's definition was this; the detail is what became of it (`Alterations`).
        case definition
        /// The same, and its values are in a copy.
        case values
        /// A table was there: its definition, and a copy of its rows.
        case table
        /// The same, and another one may stand in its place; the detail is its number.
        case replaced
        /// A table's rows are in a copy.
        case rows
        /// Rows that the script changed are in one copy, and the keys of those that it added in another.
        case changes
        /// A view, routine, trigger or event was this; the detail of a routine is who had rights on it (`RoutineRights`).
        case program
        /// Tables were renamed: old and new names in turn.
        case names
        /// A database's defaults were these.
        case database
    }

    let kind: Kind
    /// With its database.
    let object: ObjectName
    /// The statement before which it was kept; the first is 0.
    let statement: Int
    var definition: String?
    /// The table, in the target database, that holds rows.
    var copy: String?
    /// What taking it back has to know besides.
    var detail: String?
    /// Its place in the log; the first is 0.
    var number = 0
}

extension UndoEntry {
    /// The detail of an object that others have made.
    static let others = "-1"
    /// The detail of one that others have made, or a run that was cut off.
    static let doubtful = "?"

    /// What taking it back does, in words.
    var words: String {
        let name = object.spelled
        switch kind {
        case .begin: return ""
        case .absent: return "DROP \(SavedProgram.word(object.kind)) IF EXISTS \(object.account ?? name)"
        case .definition: return "bring the definition of \(name) back"
        case .values: return "bring the definition and the values of \(name) back"
        case .table, .replaced: return "make \(name) again, with its rows"
        case .rows: return "put the rows of \(name) back"
        case .changes: return "put back the rows of \(name) that the script changed"
        case .program:
            let isBlind = [.procedure, .function].contains(object.kind) && detail == nil
            return "make \(SavedProgram.word(object.kind).lowercased()) \(name) as it was"
                + (isBlind ? "; this user could not see who had rights on it: give those again" : "")
        case .names:
            return "rename \(renames.map { "\($0.new.spelled) to \($0.old.spelled)" }.joined(separator: ", "))"
        case .database: return "bring the defaults of the database \(name) back"
        }
    }

    /// What was renamed, the last first.
    var renames: [(old: ObjectName, new: ObjectName)] {
        let names = (definition ?? "").split(separator: "\n").compactMap { line -> ObjectName? in
            let parts = line.split(separator: " ")
            guard parts.count == 2, let database = decoded(hexadecimal: parts[0]),
                let name = decoded(hexadecimal: parts[1])
            else { return nil }
            return ObjectName(kind: .table, database: database, name: name)
        }
        return stride(from: 0, to: names.count - 1, by: 2).map { (names[$0], names[$0 + 1]) }.reversed()
    }
}

/// What an entry's detail says, as JSON.
protocol UndoDetail: Codable {}

extension UndoDetail {
    /// - Parameter text: As `text` gave it.
    init(written text: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(text.utf8))
    }

    var text: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
