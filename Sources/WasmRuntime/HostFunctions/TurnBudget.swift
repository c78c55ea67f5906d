internal import Synchronization
internal import WasmCore

/// What the running turn of one instance has used up.
///
/// The turn itself, its slices and its host calls come one after the other; only the counters are read from outside.
final class TurnBudget: Sendable {
    private let turnTime: Duration
    private let cpuTime: Duration
    private let sliceTime: Duration
    private let hostCallBytes: UInt64
    private let deadline = Mutex<Duration>(.zero)
    private let bytes = Atomic<UInt64>(0)
    private let slices = Atomic<UInt64>(0)
    private let slicesOfTurn = Atomic<Int>(0)
    private let turns = Atomic<UInt64>(0)

    init(limits: ResourceLimits, sliceTime: Duration) {
        self.turnTime = .nanoseconds(Int64(clamping: limits.turnTime))
        self.cpuTime = .nanoseconds(Int64(clamping: limits.cpuTime))
        self.sliceTime = sliceTime
        self.hostCallBytes = limits.hostCallBytes
    }

    /// Begins a turn.
    func begin(now: Duration) {
        deadline.withLock { $0 = now + turnTime }
        bytes.store(0, ordering: .relaxed)
        slicesOfTurn.store(0, ordering: .relaxed)
        turns.add(1, ordering: .relaxed)
    }

    /// Counts the end of one of a turn's slices; says which limit the turn has reached, if any.
    func endSlice(now: Duration) -> LimitKind? {
        slices.add(1, ordering: .relaxed)
        if sliceTime * slicesOfTurn.add(1, ordering: .relaxed).newValue >= cpuTime { return .cpuTime }
        if now >= deadline.withLock({ $0 }) { return .turnTime }
        return nil
    }

    /// Counts bytes; says whether the limit allows them.
    func carry(bytes count: Int) -> Bool {
        bytes.add(UInt64(count), ordering: .relaxed).newValue <= hostCallBytes
    }

    /// How much of the turn's wall time is left.
    func remainingTime(now: Duration) -> Duration {
        max(.zero, deadline.withLock { $0 } - now)
    }

    /// Turns and slices since the instance was made.
    var counts: (turns: UInt64, slices: UInt64) {
        (turns.load(ordering: .relaxed), slices.load(ordering: .relaxed))
    }
}
