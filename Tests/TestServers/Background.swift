import Foundation
import Synchronization

/// Something that is done on a thread of its own.
final class Background: Sendable {
    private let end = DispatchSemaphore(value: 0)
    private let result = Mutex<Result<Void, any Error>?>(nil)

    init(_ body: @escaping @Sendable () throws -> Void) {
        Thread.detachNewThread { [self] in
            let result = Result { try body() }
            self.result.withLock { $0 = result }
            end.signal()
        }
    }

    /// Waits for the end.
    ///
    /// - Throws: What it threw.
    func wait() throws {
        end.wait()
        // Whoever asks again gets the same.
        end.signal()
        try result.withLock { $0 }?.get()
    }
}
