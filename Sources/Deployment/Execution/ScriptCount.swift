import Synchronization

/// Passes events on, and counts the scripts that ran to their ends.
final class ScriptCount: EventReader {
    private let reader: any EventReader
    private let finished = Mutex(0)

    init(for reader: any EventReader) {
        self.reader = reader
    }

    func read(_ event: Event) {
        if case .scriptFinished = event { finished.withLock { $0 += 1 } }
        reader.read(event)
    }

    func tick() { reader.tick() }

    /// What became of the scripts, for an error that is of none.
    var state: String {
        let count = finished.withLock { $0 }
        return count == 0 ? "No script ran." : "Before that, \(counted(count, "script")) ran."
    }
}
