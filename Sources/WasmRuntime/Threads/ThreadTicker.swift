internal import Synchronization
public import WasmCore

/// Ticks from a thread of its own.
public final class ThreadTicker: EpochTicker {
    private struct State: Sendable {
        var thread: WorkerThread?
    }

    private let state = Mutex(State())
    private let condition = ConditionLock()
    private let isStopped = Atomic<Bool>(false)
    /// The time between two ticks: the length of a slice.
    public let interval: Duration

    /// Makes a ticker that does not tick yet.
    ///
    /// - Parameter interval: The time between two ticks [5 ms].
    public init(interval: Duration = .milliseconds(5)) {
        self.interval = interval
    }

    /// Begins to tick; a second call does nothing. False where the system gives no thread, and after `stop()`.
    public func start(_ tick: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard !isStopped.load(ordering: .relaxed) else { return false }
            guard state.thread == nil else { return true }
            let (condition, interval) = (condition, interval)
            state.thread = try? WorkerThread { [weak self] in
                while self?.isStopped.load(ordering: .acquiring) == false {
                    condition.withLock { condition.wait(atMost: interval) }
                    tick()
                }
            }
            return state.thread != nil
        }
    }

    /// Ends the ticking; no tick runs after this returns.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        condition.withLock { condition.broadcast() }
        let thread = state.withLock { state in
            defer { state.thread = nil }
            return state.thread
        }
        if let thread, !thread.isCurrent { thread.join() }
    }

    deinit { stop() }
}
