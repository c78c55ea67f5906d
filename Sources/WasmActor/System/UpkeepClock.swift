package import WasmCore

/// A clock that tells the timers of the system's own upkeep, which go on as long as there are actors, from those that
/// somebody waits for.
package protocol UpkeepClock: ActorClock {
    /// Runs an action of upkeep once, later.
    func scheduleUpkeep(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID
}

extension ActorClock {
    /// Runs an action of upkeep once, later: the next look at an actor's health, or at who has nothing to do.
    func upkeep(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID {
        guard let clock = self as? any UpkeepClock else { return schedule(after: delay, action) }
        return clock.scheduleUpkeep(after: delay, action)
    }
}
