import Dispatch
import Synchronization

/// Works through lists, one for each server, on threads of the operating system: so many at a time on each server.
struct ServerThreads {
    /// Threads for each list.
    let width: Int

    /// Runs until every list is done, or until something says that nothing more should start.
    ///
    /// - Parameters:
    ///   - lists: The work for each server.
    ///   - start: Called on each thread first, for what that keeps to itself, such as a connection.
    ///   - work: Called for each item, from several threads at once. False means that nothing more should start.
    /// - Throws: when no thread can be started.
    func run<Item: Sendable, Own>(
        _ lists: [[Item]], start: @escaping @Sendable () -> Own,
        work: @escaping @Sendable (Item, inout Own) -> Bool
    ) throws {
        let group = DispatchGroup()
        let places = Places(lists: lists.count)
        defer { group.wait() }
        for (index, list) in lists.enumerated() {
            for _ in 0..<min(width, list.count) {
                group.enter()
                do {
                    try Thread.detach {
                        defer { group.leave() }
                        var own = start()
                        while let place = places.take(from: index), place < list.count {
                            if !work(list[place], &own) { places.stop() }
                        }
                    }
                } catch {
                    group.leave()
                    places.stop()
                    throw error
                }
            }
        }
    }

    /// How far each list is.
    private final class Places: Sendable {
        private let next: Mutex<[Int]?>

        init(lists: Int) {
            next = Mutex(Array(repeating: 0, count: lists))
        }

        func stop() { next.withLock { $0 = nil } }

        /// The next place; nil once it was stopped.
        func take(from list: Int) -> Int? {
            next.withLock { next in
                guard let place = next?[list] else { return nil }
                next?[list] = place + 1
                return place
            }
        }
    }
}
