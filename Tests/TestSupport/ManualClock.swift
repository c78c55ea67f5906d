internal import Synchronization
package import WasmCore

/// A clock that a test moves by hand. Timers run in the order of their deadlines, on the thread that moves it.
package final class ManualClock: ActorClock {
    private struct Timer {
        let number: UInt64
        let deadline: Duration
        let action: @Sendable () -> Void
    }

    private struct Waiter {
        let id: UInt64
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now: Duration = .seconds(1000)
        var timers: [Timer] = []
        var nextNumber: UInt64 = 0
        var waiters: [Waiter] = []
        var cancelled: Set<UInt64> = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Duration { state.withLock { $0.now } }

    package var wallTime: UInt64 {
        let (seconds, attoseconds) = now.components
        return 1_700_000_000_000_000_000 + UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    package func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID {
        let (number, ready) = state.withLock { state in
            state.nextNumber += 1
            state.timers.append(Timer(number: state.nextNumber, deadline: state.now + delay, action: action))
            let ready = state.waiters.filter { $0.count <= state.timers.count }
            state.waiters.removeAll { $0.count <= state.timers.count }
            return (state.nextNumber, ready)
        }
        for waiter in ready { waiter.continuation.resume() }
        return TimerID(number: number)
    }

    package func cancel(_ timer: TimerID) {
        state.withLock { $0.timers.removeAll { $0.number == timer.number } }
    }

    /// Moves time on and runs what is due, one timer after the other.
    package func advance(by duration: Duration) {
        let end = state.withLock { $0.now + duration }
        while true {
            let due = state.withLock { state -> Timer? in
                let next = state.timers.filter { $0.deadline <= end }
                    .min { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
                guard let next else {
                    state.now = end
                    return nil
                }
                state.now = max(state.now, next.deadline)
                state.timers.removeAll { $0.number == next.number }
                return next
            }
            guard let due else { return }
            due.action()
        }
    }

    /// How many timers wait.
    package var pendingTimers: Int { state.withLock { $0.timers.count } }

    /// Waits until as many timers wait, or the waiting task is cancelled, as it is at a test's time limit.
    package func waitForTimers(_ count: Int) async {
        let id = state.withLock { state in
            state.nextNumber += 1
            return state.nextNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.timers.count >= count || state.cancelled.contains(id) { return true }
                    state.waiters.append(Waiter(id: id, count: count, continuation: continuation))
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.cancelled.insert(id)
                return state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
            }
            waiter?.continuation.resume()
        }
    }
}
