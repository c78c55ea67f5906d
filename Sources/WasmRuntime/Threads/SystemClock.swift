internal import Synchronization
public import WasmCore

#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The machine's time, and one thread that runs every timer at its deadline.
public final class SystemClock: ActorClock {
    private struct State {
        var timers = DeadlineHeap()
        var thread: WorkerThread?
        var nextNumber: UInt64 = 0
        var isStopped = false
        /// When the sleeping thread looks at the timers again; nil: when it is woken.
        var wakesAt: Duration?
    }

    private let state = Mutex(State())
    private let condition = ConditionLock()

    /// Makes a clock; its thread starts with the first timer.
    public init() {}

    /// Time since some moment in the past; never runs backwards.
    public var now: Duration { Self.read(CLOCK_MONOTONIC) }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    public var wallTime: UInt64 {
        let (seconds, attoseconds) = Self.read(CLOCK_REALTIME).components
        return UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000)
    }

    private static func read(_ clock: clockid_t) -> Duration {
        var time = timespec()
        clock_gettime(clock, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// Runs an action once, later. After `stop()` nothing runs any more.
    public func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID {
        let deadline = now + max(.zero, delay)
        let (number, isTooEarly) = state.withLock { state -> (UInt64, Bool) in
            state.nextNumber += 1
            guard !state.isStopped else { return (state.nextNumber, false) }
            if state.thread == nil {
                state.thread = try? WorkerThread { self.work() }
            }
            state.timers.insert(number: state.nextNumber, deadline: deadline, action: action)
            // The thread sleeps on through timers that are taken back: most are, and to wake it costs far more than they.
            if let wakesAt = state.wakesAt, wakesAt <= deadline { return (state.nextNumber, false) }
            state.wakesAt = deadline
            return (state.nextNumber, true)
        }
        if isTooEarly { condition.withLock { condition.signal() } }
        return TimerID(number: number)
    }

    /// Takes a timer back; it frees its action at once.
    public func cancel(_ timer: TimerID) {
        state.withLock { $0.timers.remove(timer.number) }
    }

    /// How many timers wait.
    public var pendingTimers: Int { state.withLock { $0.timers.count } }

    /// Ends the thread and drops every timer. Waits for the thread, unless it is the caller.
    public func stop() {
        let thread = state.withLock { state -> WorkerThread? in
            state.isStopped = true
            state.timers = DeadlineHeap()
            defer { state.thread = nil }
            return state.thread
        }
        condition.withLock { condition.broadcast() }
        if let thread, !thread.isCurrent { thread.join() }
    }

    private func work() {
        while true {
            let (isStopped, due) = state.withLock { ($0.isStopped, $0.timers.popDue(now)) }
            if isStopped { return }
            if let due {
                due()
                continue
            }
            condition.withLock {
                // Looked at again under the lock that `schedule` signals under: no earlier deadline is overslept.
                let (isStopped, first) = state.withLock { state in
                    state.wakesAt = state.timers.firstDeadline
                    return (state.isStopped, state.wakesAt)
                }
                if isStopped { return }
                if let first {
                    condition.wait(atMost: max(.zero, first - now))
                } else {
                    condition.wait()
                }
            }
        }
    }
}
