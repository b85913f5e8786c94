import FoundationEssentials
import SQLScript

/// One thing that the undo log keeps: how something was before the script touched it.
struct UndoEntry: Equatable {
    enum Kind: String {
        /// From here on, everything that the script does is in the log.
        case begin
        /// The object was not there.
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
