/// One script of the torture project, in pieces between which something can be put.
struct TortureScript {
    /// Text that stands for itself: a statement with its delimiter, or a routine between two `DELIMITER` lines.
    struct Piece {
        var text: String
        /// Whether the statement that counts runs may follow: not while other tables are locked.
        var mayBeCounted = true
    }

    var folder: String
    var file: String
    var pieces: [Piece]

    var name: String { "\(folder)/\(file)" }
    var text: String { pieces.map(\.text).joined(separator: "\n") + "\n" }

    /// Whether it begins transactions of its own, or locks tables.
    var hasTransactions: Bool {
        pieces.contains { piece in
            ["START TRANSACTION", "BEGIN", "SET autocommit", "LOCK TABLES"].contains { piece.text.hasPrefix($0) }
        }
    }

    /// The script with a statement put in before one of its pieces, or behind the last.
    func with(_ statement: String, at position: Int) -> String {
        var pieces = pieces
        pieces.insert(Piece(text: statement + ";"), at: position)
        return pieces.map(\.text).joined(separator: "\n") + "\n"
    }
}
