internal import Synchronization
public import WasmCore

/// A clock that a test moves by hand. Timers run in the order of their deadlines, on the thread that moves it.
///
/// It begins at 1,000 s; its wall time is a fixed moment, 1,700,000,000 s after 1970, plus that.
public final class ManualClock: ActorClock {
    private struct Waiter {
        let id: UInt64
        let count: Int
        let arrival: OneShot<Void>
    }

    private struct State {
        var now: Duration = .seconds(1000)
        var timers = DeadlineHeap()
        var lastNumber: UInt64 = 0
        var waiters: [Waiter] = []

        mutating func number() -> UInt64 {
            lastNumber += 1
            return lastNumber
        }
    }

    private let state = Mutex(State())

    /// Makes a clock without timers.
    public init() {}

    /// The time that this clock shows.
    public var now: Duration { state.withLock { $0.now } }

    /// Nanoseconds since 1970-01-01T00:00:00Z, as this clock shows them.
    public var wallTime: UInt64 { Self.wallTime(at: now) }

    static func wallTime(at now: Duration) -> UInt64 {
        let (seconds, attoseconds) = now.components
        return 1_700_000_000_000_000_000 + UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
    }

    /// Runs an action once, when time has been moved far enough; one of no delay at the next move.
    ///
    /// - Parameters:
    ///   - delay: How much later.
    ///   - action: What to run.
    /// - Returns: A name for `cancel`.
    public func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID {
        let (number, ready) = state.withLock { state in
            let number = state.number()
            state.timers.insert(number: number, deadline: state.now + delay, action: action)
            let ready = state.waiters.filter { $0.count <= state.timers.count }
            if !ready.isEmpty { state.waiters.removeAll { $0.count <= state.timers.count } }
            return (number, ready)
        }
        for waiter in ready { waiter.arrival.resolve(()) }
        return TimerID(number: number)
    }

    /// Takes a timer back. One that has fired already, or was never there, is no error.
    ///
    /// - Parameter timer: The timer.
    public func cancel(_ timer: TimerID) {
        state.withLock { $0.timers.remove(timer.number) }
    }

    /// Moves time on and runs what is due, one timer after the other; what these schedule too, where it is due by then.
    ///
    /// - Parameter duration: How far.
    public func advance(by duration: Duration) {
        let end = state.withLock { $0.now + duration }
        while let action = popDue(by: end) { action() }
    }

    /// Moves time on to the next deadline and runs the one timer that is due then.
    ///
    /// - Returns: Whether there was a timer.
    @discardableResult
    public func advanceToNextTimer() -> Bool {
        guard let next = nextDeadline, let action = popDue(by: next) else { return false }
        action()
        return true
    }

    private func popDue(by end: Duration) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard let next = state.timers.firstDeadline, next <= end else {
                state.now = max(state.now, end)
                return nil
            }
            state.now = max(state.now, next)
            return state.timers.popDue(state.now)
        }
    }

    /// How many timers wait.
    public var pendingTimers: Int { state.withLock { $0.timers.count } }

    /// When the next timer is due; nil where none waits.
    public var nextDeadline: Duration? { state.withLock { $0.timers.firstDeadline } }

    /// Waits until as many timers wait, or the waiting task is cancelled, as it is at a test's time limit.
    ///
    /// So a test knows that what it waits for has set its deadline, before it moves time.
    ///
    /// - Parameter count: How many timers.
    public func waitForTimers(_ count: Int) async {
        let arrival = OneShot<Void>()
        let id = state.withLock { state -> UInt64? in
            guard state.timers.count < count else { return nil }
            let id = state.number()
            state.waiters.append(Waiter(id: id, count: count, arrival: arrival))
            return id
        }
        guard let id else { return }
        await withTaskCancellationHandler {
            await arrival.value()
        } onCancel: {
            state.withLock { $0.waiters.removeAll { $0.id == id } }
            arrival.resolve(())
        }
    }
}
