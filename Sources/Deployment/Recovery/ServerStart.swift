/// Which run of which server: numbers of connections mean something within one only.
struct ServerStart {
    /// May be off by one.
    let second: Int
    /// Tells the nodes of a cluster apart, which may all have started in the same second.
    let node: Substring?

    /// - Parameter text: What `Dialect.serverStart` gave.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard let second = words.first.flatMap({ Int($0) }) else { return nil }
        self.second = second
        node = words.dropFirst().first
    }

    func isSame(as other: ServerStart) -> Bool { abs(second - other.second) <= 1 && node == other.node }
}
