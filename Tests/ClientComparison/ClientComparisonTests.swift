import Foundation
import Synchronization
import Testing

@testable import SQLScript

/// The statements that we send are those that the real client sends, byte for byte, over a corpus of real scripts.
@Suite("Against the mariadb client")
struct ClientComparisonTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: ".cache/corpus/files")

    private static var scripts: [URL] {
        let files = FileManager.default.enumerator(at: corpus, includingPropertiesForKeys: nil)?.allObjects ?? []
        return files.compactMap { $0 as? URL }.filter { !$0.hasDirectoryPath }.sorted { $0.path < $1.path }
    }

    private struct Tally: Sendable {
        var outcomes: [Outcome: Int] = [:]
        var requests = 0
        var bytes = 0
        var refusals: [String: Int] = [:]
        var differences: [String] = []
    }

    private final class Progress: Sendable {
        let next = Mutex(0)
        let total = Mutex(Tally())
    }

    @Test("The corpus", .enabled(if: RecordedClient.isInstalled && !scripts.isEmpty, "run scripts/corpus first"))
    func corpus() async throws {
        let scripts = Self.scripts
        let progress = Progress()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
                group.addTask { try Self.work(scripts, progress) }
            }
            try await group.waitForAll()
        }
        let tally = progress.total.withLock { $0 }
        print("Against the mariadb client: \(scripts.count) scripts, \(tally.requests) requests, \(tally.bytes) bytes")
        for outcome in Outcome.allCases { print("  \(tally.outcomes[outcome] ?? 0) \(outcome.rawValue)") }
        for (kind, count) in tally.refusals.sorted(by: { $0.key < $1.key }) { print("    \(count) refused: \(kind)") }
        #expect(tally.differences.isEmpty, "\(tally.differences.joined(separator: "\n"))")
        #expect(tally.requests > 100_000)
    }

    private static func work(_ scripts: [URL], _ progress: Progress) throws {
        var comparison = Comparison(client: try RecordedClient())
        var outcomes: [Outcome: Int] = [:]
        var differences: [String] = []
        while true {
            let index = progress.next.withLock { index in
                index += 1
                return index - 1
            }
            guard index < scripts.count else { break }
            let outcome = try comparison.compare(Array(try Data(contentsOf: scripts[index])))
            outcomes[outcome, default: 0] += 1
            if outcome == .different {
                differences.append("\(scripts[index].lastPathComponent), \(comparison.difference)")
            }
        }
        progress.total.withLock { total in
            total.outcomes.merge(outcomes, uniquingKeysWith: +)
            total.differences += differences
            total.refusals.merge(comparison.refusals, uniquingKeysWith: +)
            total.requests += comparison.comparedRequests
            total.bytes += comparison.comparedBytes
        }
    }
}
