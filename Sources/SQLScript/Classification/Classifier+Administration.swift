/// Statements that look after the server.
extension Classifier {
    private struct Rule {
        let words: [StaticString]
        let verb: StatementVerb
        let effect: StatementEffect
    }

    /// The first that fits decides.
    private static let rules: [Rule] = [
        Rule(words: ["OPTIMIZE"], verb: .optimize, effect: .commitsImplicitly),
        Rule(words: ["CHECK"], verb: .check, effect: .commitsImplicitly),
        Rule(words: ["REPAIR"], verb: .repair, effect: .commitsImplicitly),
        Rule(words: ["CHECKSUM"], verb: .checksum, effect: .reads),
        Rule(words: ["FLUSH"], verb: .flush, effect: .commitsImplicitly),
        Rule(words: ["RESET"], verb: .reset, effect: .commitsImplicitly),
        Rule(words: ["CACHE", "INDEX"], verb: .cacheIndex, effect: .commitsImplicitly),
        Rule(words: ["INSTALL", "COMPONENT"], verb: .installComponent, effect: .commitsImplicitly),
        Rule(words: ["INSTALL"], verb: .installPlugin, effect: .commitsImplicitly),
        Rule(words: ["UNINSTALL", "COMPONENT"], verb: .uninstallComponent, effect: .commitsImplicitly),
        Rule(words: ["UNINSTALL"], verb: .uninstallPlugin, effect: .commitsImplicitly),
        Rule(words: ["CHANGE"], verb: .changeReplication, effect: .commitsImplicitly),
        Rule(words: ["START"], verb: .startReplication, effect: .commitsImplicitly),
        Rule(words: ["STOP"], verb: .stopReplication, effect: .commitsImplicitly),
        Rule(words: ["BACKUP"], verb: .backup, effect: .commitsImplicitly),
        Rule(words: ["KILL"], verb: .kill, effect: .unbounded),
        Rule(words: ["SHUTDOWN"], verb: .shutdown, effect: .unbounded),
        Rule(words: ["RESTART"], verb: .restart, effect: .unbounded),
        Rule(words: ["CLONE"], verb: .clone, effect: .unbounded),
        Rule(words: ["PURGE"], verb: .purgeBinaryLogs, effect: .unbounded),
        Rule(words: ["BINLOG"], verb: .binlog, effect: .unbounded),
    ]

    mutating func classifyAdministration() -> Bool {
        if cursor.skip("ANALYZE") {
            classifyAnalyze()
            return true
        }
        for rule in Self.rules {
            let start = cursor
            if rule.words.allSatisfy({ cursor.skip($0) }) {
                set(rule.verb, rule.effect)
                tables()
                return true
            }
            cursor = start
        }
        return false
    }

    /// `ANALYZE TABLE t`; in MariaDB also `ANALYZE [FORMAT = JSON] statement`, which runs that statement.
    private mutating func classifyAnalyze() {
        set(.analyze, .commitsImplicitly)
        _ = cursor.skip("LOCAL") || cursor.skip("NO_WRITE_TO_BINLOG")
        if cursor.isWord("TABLE") || cursor.isWord("TABLES") { return tables() }
        if cursor.skip("FORMAT") {
            _ = cursor.skip(symbol: "=")
            cursor.advance()
        }
        classify()
    }

    private mutating func tables() {
        guard cursor.skip("TABLE") || cursor.skip("TABLES") else { return }
        repeat { add(cursor.name(.table)) } while cursor.skip(symbol: ",")
    }
}
