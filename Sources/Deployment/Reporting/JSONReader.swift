import FoundationEssentials
import Synchronization

/// Writes events as JSON, one a line.
public final class JSONReader: EventReader {
    private let console: Console
    /// Whether every statement is an event.
    private let statements: Bool
    /// For an end that no event tells.
    private let course = Mutex(Course())

    /// How far the deployment is.
    private struct Course {
        var applied: [ScriptIdentity] = []
        var planned = 0
        let clock = Stopwatch()
    }

    public init(console: Console, statements: Bool) {
        self.console = console
        self.statements = statements
    }

    public func read(_ event: Event) {
        course.withLock { course in
            switch event {
            case .started(let start): course.planned = start.scripts
            case .scriptFinished(let script, _, _): course.applied.append(script)
            default: break
            }
        }
        switch event {
        case .statementStarted: return
        case .statementFinished where !statements: return
        case .finished(let outcome): console.line(JSON.line(FinishedDocument(outcome)))
        default: console.line(JSON.line(EventDocument(event)))
        }
    }

    /// Writes the last line for an error that is no script's.
    public func read(_ error: DeploymentError) {
        let document = course.withLock { course in
            FinishedDocument(
                error, applied: course.applied, remaining: course.planned - course.applied.count,
                milliseconds: course.clock.milliseconds)
        }
        console.line(JSON.line(document))
    }
}

/// Spells documents for programs.
public enum JSON {
    /// One line.
    public static func line(_ value: some Encodable) -> String { text(value, [.sortedKeys, .withoutEscapingSlashes]) }

    /// For reading, too.
    public static func document(_ value: some Encodable) -> String {
        text(value, [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted])
    }

    private static func text(_ value: some Encodable, _ format: JSONEncoder.OutputFormatting) -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = format
        do {
            return String(decoding: try encoder.encode(value), as: UTF8.self)
        } catch {
            // Our documents hold strings, numbers and flags only; there is no value that JSON lacks.
            preconditionFailure("\(error)")
        }
    }
}
