/// Which scripts have other names now, told by their texts.
///
/// A file that comes in between moves the numbers of those behind it: each has the name that the next one had, and only the last
/// one a name that was free.
struct Renames {
    /// A script's record, and a file.
    struct Pair {
        let record: ScriptRecord
        let script: Script
    }

    /// In the order in which the names get free.
    private(set) var pairs: [Pair] = []

    /// - Parameters:
    ///   - missing: Records without a file.
    ///   - edited: Records whose file has another text.
    ///   - unchanged: Checksums of the others: a text that recurs is not that of a script that was removed.
    ///   - strangers: Files without a record.
    /// - Throws: What `checksum` throws.
    init(
        missing: [ScriptRecord], edited: [Pair], unchanged: Set<String>, strangers: [Script],
        checksum: (Script) throws -> String
    ) rethrows {
        var records = (missing + edited.map(\.record)).filter { !$0.leftNothing }
        guard !records.isEmpty else { return }
        let files = Dictionary(uniqueKeysWithValues: edited.map { ($0.record.identity, $0.script) })
        // The name of a script that failed and left nothing is as good as free.
        for script in strangers + edited.filter(\.record.leftNothing).map(\.script) {
            var next: Script? = script
            while let script = next {
                let sum = try checksum(script)
                let place = records.firstIndex { record in
                    // In doubt it is the same script, and its text is not to run again.
                    record.checksum == sum && (record.state != .removed || !unchanged.contains(sum))
                }
                guard let place else { break }
                let record = records.remove(at: place)
                pairs.append(Pair(record: record, script: script))
                next = files[record.identity]
            }
        }
    }
}
