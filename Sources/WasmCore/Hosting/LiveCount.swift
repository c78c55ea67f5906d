import Synchronization

/// How much of something is going on, for those who wait until there is none.
package final class LiveCount: Sendable {
    private let count = Atomic<Int>(0)
    private let waiters = Mutex<[OneShot<Void>]>([])

    /// Makes a count of nothing.
    package init() {}

    /// How much is going on now.
    package var value: Int { count.load(ordering: .acquiring) }

    /// One more.
    package func begin() { count.add(1, ordering: .relaxed) }

    /// One less.
    package func end() {
        guard count.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        let waiters = waiters.withLock { waiters in
            defer { waiters = [] }
            return waiters
        }
        for waiter in waiters { waiter.resolve(()) }
    }

    /// Has a waiter told when there is none; at once where there is none now.
    package func whenNone(_ waiter: OneShot<Void>) {
        waiters.withLock { $0.append(waiter) }
        // What ended before the waiter was there has not seen it.
        if value == 0 { waiter.resolve(()) }
    }
}
