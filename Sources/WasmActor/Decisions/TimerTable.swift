import WasmCore

/// The timers of one actor that have not ended: those that its guest has set, or those that the host has.
struct TimerTable {
    /// How many timers there may be.
    struct Quota {
        /// The most of one actor.
        var count: Int
        /// The most of one actor that repeat: what they do is no turn's time.
        var repeatingCount: Int
        /// The most bytes that the messages of one actor's timers hold.
        var byteCount: Int

        /// What a guest may set.
        static let guest = Shared(Quota(count: 1000, repeatingCount: 16, byteCount: 16 << 20))
    }

    private struct Timer {
        /// Its name at the clock, while it is set there.
        var id: TimerID?
        let byteCount: Int
        let repeats: Bool
    }

    private let quota: Shared<Quota>?
    private var timers: [UInt64: Timer] = [:]
    private var last: UInt64 = 0
    private var byteCount = 0
    private var repeatingCount = 0

    /// Makes an empty table.
    ///
    /// - Parameter quota: How many timers there may be; nil is without end.
    init(quota: Shared<Quota>?) {
        self.quota = quota
    }

    /// Gives out the name of a new timer, which has not been set yet.
    mutating func add(byteCount: Int, repeats: Bool) throws(MessagingError) -> UInt64 {
        if let quota { try check(quota.value, byteCount: byteCount, repeats: repeats) }
        last += 1
        timers[last] = Timer(id: nil, byteCount: byteCount, repeats: repeats)
        self.byteCount += byteCount
        if repeats { repeatingCount += 1 }
        return last
    }

    private func check(_ quota: Quota, byteCount: Int, repeats: Bool) throws(MessagingError) {
        guard timers.count < quota.count else { throw .quota("timers of one actor (\(quota.count))") }
        guard !repeats || repeatingCount < quota.repeatingCount else {
            throw .quota("timers of one actor that repeat (\(quota.repeatingCount))")
        }
        guard self.byteCount + byteCount <= quota.byteCount else {
            throw .quota("bytes of the messages of one actor's timers (\(quota.byteCount))")
        }
    }

    /// Whether a timer has not ended.
    func contains(_ timer: UInt64) -> Bool { timers[timer] != nil }

    /// A timer was set at the clock; says whether it is still wanted.
    mutating func set(_ timer: UInt64, to id: TimerID) -> Bool {
        guard timers[timer] != nil else { return false }
        timers[timer]?.id = id
        return true
    }

    /// A timer has fired; says whether it was still wanted. One that does not repeat is gone.
    mutating func fired(_ timer: UInt64) -> Bool {
        guard let fired = timers[timer] else { return false }
        if fired.repeats { timers[timer]?.id = nil } else { _ = remove(timer) }
        return true
    }

    /// Takes a timer out; gives what is to be cancelled at the clock.
    mutating func remove(_ timer: UInt64) -> TimerID? {
        guard let removed = timers.removeValue(forKey: timer) else { return nil }
        byteCount -= removed.byteCount
        if removed.repeats { repeatingCount -= 1 }
        return removed.id
    }

    /// Whether there is none.
    var isEmpty: Bool { timers.isEmpty }

    /// The timers.
    var names: Set<UInt64> { Set(timers.keys) }

    /// Takes some of them out.
    mutating func remove(_ names: Set<UInt64>) -> [TimerID] { names.sorted().compactMap { remove($0) } }

    /// Takes all of them out.
    mutating func removeAll() -> [TimerID] {
        defer { (timers, byteCount, repeatingCount) = ([:], 0, 0) }
        return timers.values.compactMap(\.id)
    }
}
