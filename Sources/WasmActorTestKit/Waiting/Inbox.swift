internal import Synchronization
internal import WasmCore

/// What has come, in its order, and who waits for more of it.
final class Inbox<Element: Sendable>: Sendable {
    private struct State {
        var elements: [(number: UInt64, element: Element)] = []
        var last: UInt64 = 0
        var waiters: [OneShot<Void>] = []
    }

    private let state = Mutex(State())

    /// What is there and was not taken.
    var elements: [Element] { state.withLock { $0.elements.map(\.element) } }

    /// Something has come.
    func append(_ element: Element) {
        let waiters = state.withLock { state in
            state.last += 1
            state.elements.append((state.last, element))
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resolve(()) }
    }

    /// What a reader takes of what is there.
    struct Take<Value> {
        let value: Value
        /// The places of what goes with it.
        let places: Range<Int>
    }

    /// Takes something out, when it is there.
    ///
    /// - Parameters:
    ///   - time: How long to wait.
    ///   - clock: The clock that says when that is over.
    ///   - find: Looks at all that is there; called again when there is more.
    /// - Returns: What was found; nil where the time is over or the waiting task was cancelled.
    func take<Value>(
        within time: Duration,
        on clock: any ActorClock,
        _ find: ([Element]) -> Take<Value>?
    ) async -> Value? {
        let deadline = Deadline()
        let timer = clock.schedule(after: time) { deadline.pass() }
        defer { clock.cancel(timer) }
        while true {
            let (seen, last) = state.withLock { ($0.elements, $0.last) }
            if let take = find(seen.map(\.element)) {
                let numbers = seen[take.places].map(\.number)
                let isMine = state.withLock { state in
                    // Another reader may have been faster.
                    let isMine = numbers.allSatisfy { number in state.elements.contains { $0.number == number } }
                    if isMine { state.elements.removeAll { numbers.contains($0.number) } }
                    return isMine
                }
                if isMine { return take.value }
                continue
            }
            guard !deadline.hasPassed, !Task.isCancelled else { return nil }
            let wakeUp = OneShot<Void>()
            let mustLook = state.withLock { state in
                if state.last == last { state.waiters.append(wakeUp) }
                return state.last != last
            }
            if mustLook { continue }
            deadline.onPass { wakeUp.resolve(()) }
            await withTaskCancellationHandler {
                await wakeUp.value()
            } onCancel: {
                wakeUp.resolve(())
            }
        }
    }
}

/// A moment that comes, and who is to be told then.
final class Deadline: Sendable {
    private struct State {
        var hasPassed = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    var hasPassed: Bool { state.withLock { $0.hasPassed } }

    func pass() {
        let action = state.withLock { state in
            state.hasPassed = true
            return state.action.take()
        }
        action?()
    }

    /// Has one action run then, instead of an earlier one.
    func onPass(_ action: @escaping @Sendable () -> Void) {
        let isLate = state.withLock { state in
            if !state.hasPassed { state.action = action }
            return state.hasPassed
        }
        if isLate { action() }
    }
}
