/// The names of all objects of one kind in a database, as far as they can be compared without the server.
///
/// Which names are the same, the server decides: those of routines in upper and lower case, those of tables by
/// `lower_case_table_names`, letters with and without accents by a collation. What is certain is that two ASCII names that
/// differ in more than case are two.
struct NameList {
    private var names: Set<String>
    /// In lower case, with how many names are so.
    private var folded: [String: Int] = [:]
    /// Names that are not ASCII.
    private var others: Int

    init(_ names: Set<String>) {
        self.names = names
        others = names.count { !Self.isPlain($0) }
        for name in names { folded[name.lowercased(), default: 0] += 1 }
    }

    var isEmpty: Bool { names.isEmpty }

    /// Whether a name is in it; nil where only the server can tell.
    func contains(_ name: String) -> Bool? {
        if names.contains(name) { return true }
        return others == 0 && Self.isPlain(name) && folded[name.lowercased()] == nil ? false : nil
    }

    mutating func insert(_ name: String) {
        guard names.insert(name).inserted else { return }
        folded[name.lowercased(), default: 0] += 1
        if !Self.isPlain(name) { others += 1 }
    }

    mutating func remove(_ name: String) {
        guard names.remove(name) != nil else { return }
        let rest = (folded[name.lowercased()] ?? 1) - 1
        folded[name.lowercased()] = rest == 0 ? nil : rest
        if !Self.isPlain(name) { others -= 1 }
    }

    private static func isPlain(_ name: String) -> Bool { name.utf8.allSatisfy { $0 < 0x80 } }
}
