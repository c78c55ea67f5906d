import WasmCore

/// The timers that one guest has set and that have not ended.
struct GuestTimers {
    /// The most of one actor.
    static let largestCount = 1000
    /// The most of one actor that repeat: what they do is no turn's time.
    static let largestRepeatingCount = 16
    /// The most bytes that the messages of one actor's timers hold.
    static let largestByteCount = 16 << 20

    private struct Timer {
        /// Its name at the clock, while it is set there.
        var id: TimerID?
        let byteCount: Int
        let repeats: Bool
    }

    private var timers: [UInt64: Timer] = [:]
    private var last: UInt64 = 0
    private var byteCount = 0
    private var repeatingCount = 0

    /// Gives out the name of a new timer, which has not been set yet.
    mutating func add(byteCount: Int, repeats: Bool) throws(MessagingError) -> UInt64 {
        guard timers.count < Self.largestCount else { throw .quota("timers of one actor (\(Self.largestCount))") }
        guard !repeats || repeatingCount < Self.largestRepeatingCount else {
            throw .quota("timers of one actor that repeat (\(Self.largestRepeatingCount))")
        }
        guard self.byteCount + byteCount <= Self.largestByteCount else {
            throw .quota("bytes of the messages of one actor's timers (\(Self.largestByteCount))")
        }
        last += 1
        timers[last] = Timer(id: nil, byteCount: byteCount, repeats: repeats)
        self.byteCount += byteCount
        if repeats { repeatingCount += 1 }
        return last
    }

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

    /// Takes all of them out.
    mutating func removeAll() -> [TimerID] {
        defer { (timers, byteCount, repeatingCount) = ([:], 0, 0) }
        return timers.values.compactMap(\.id)
    }
}
