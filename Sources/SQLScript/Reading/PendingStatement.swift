/// What is known of the statement under way.
struct PendingStatement {
    /// The first byte that belongs to it.
    var start = 0
    /// The first byte that is neither space nor comment, or -1.
    var significant = -1
    /// The place of `significant`, once it was worked out.
    var position: ScriptPosition?
    /// Where the text differs from the script, in order.
    var edits: [Edit] = []
    /// Where the open `/*!` or `/*M!` stands, or -1.
    var versionedAt = -1 {
        didSet { versionedPosition = nil }
    }
    var versionedPosition: ScriptPosition?
    /// Whether an `@` stands outside of quotes and comments.
    var hasVariables = false
    var routine = RoutineBody()
    /// The text is too long and was given up: what is known of the part that the window holds no more.
    var forgotten: Forgotten?

    /// Bytes that the client takes out, or a space that it puts in.
    struct Edit {
        let range: Range<Int>
        var isSpace: Bool { range.isEmpty }
    }

    struct Forgotten {
        /// The first byte that was not counted yet.
        var upTo: Int
        var length = 0
        /// Bytes at the end of `length` that would be trimmed.
        var trailing = 0
        /// Bytes before `significant`.
        var leading = 0
    }

    init(start: Int = 0) {
        self.start = start
    }

    /// The first byte that the window must keep.
    func keep(_ cursor: Int) -> Int {
        guard let forgotten else { return start }
        return routine.isCandidate ? min(forgotten.upTo, routine.cursor) : forgotten.upTo
    }

    var isEmpty: Bool { significant < 0 }

    mutating func cut(_ range: Range<Int>) {
        edits.append(Edit(range: range))
    }

    mutating func insertSpace(at offset: Int) {
        edits.append(Edit(range: offset..<offset))
    }
}
