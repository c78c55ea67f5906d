import WasmCore

/// The timers that one guest has set and that have not ended.
struct GuestTimers {
    /// The most of one actor.
    static let largestCount = 1000

    private var timers: [UInt64: TimerID?] = [:]
    private var last: UInt64 = 0

    /// Gives out the name of a new timer, which has not been set yet.
    mutating func add() throws(MessagingError) -> UInt64 {
        guard timers.count < Self.largestCount else { throw .quota("timers of one actor (\(Self.largestCount))") }
        last += 1
        timers[last] = .some(nil)
        return last
    }

    /// A timer was set at the clock; says whether it is still wanted.
    mutating func set(_ timer: UInt64, to id: TimerID) -> Bool {
        guard timers[timer] != nil else { return false }
        timers[timer] = id
        return true
    }

    /// A timer has fired; says whether it was still wanted. One that does not repeat is gone.
    mutating func fired(_ timer: UInt64, repeats: Bool) -> Bool {
        guard timers[timer] != nil else { return false }
        timers[timer] = repeats ? .some(nil) : nil
        return true
    }

    /// Takes a timer out; gives what is to be cancelled at the clock.
    mutating func remove(_ timer: UInt64) -> TimerID? {
        timers.removeValue(forKey: timer) ?? nil
    }

    /// Takes all of them out.
    mutating func removeAll() -> [TimerID] {
        defer { timers = [:] }
        return timers.values.compactMap { $0 }
    }
}
