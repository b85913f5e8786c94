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
    ///
    /// Where the system gives no more threads, those that there are do it; a list without one is done by the calling thread.
    func run<Item: Sendable, Own>(
        _ lists: [[Item]], start: @escaping @Sendable () -> Own,
        work: @escaping @Sendable (Item, inout Own) -> Bool
    ) {
        let group = DispatchGroup()
        let places = Places(lists: lists.count)
        let workThrough = { @Sendable (index: Int) in
            var own = start()
            while let place = places.take(from: index), place < lists[index].count {
                if !work(lists[index][place], &own) { places.stop() }
            }
        }
        var left: [Int] = []
        for (index, list) in lists.enumerated() {
            for number in 0..<min(width, list.count) {
                group.enter()
                do {
                    try Thread.detach {
                        defer { group.leave() }
                        workThrough(index)
                    }
                } catch {
                    group.leave()
                    if number == 0 { left.append(index) }
                    break
                }
            }
        }
        for index in left { workThrough(index) }
        group.wait()
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
