/// Names a timer of an `ActorClock`.
public struct TimerID: Hashable, Sendable {
    /// The clock's own number.
    public let number: UInt64

    /// Makes a name; for clocks.
    ///
    /// - Parameter number: The clock's own number.
    public init(number: UInt64) {
        self.number = number
    }
}

/// Time, and the one structure that holds every deadline.
///
/// Injected, so that tests move time by hand.
public protocol ActorClock: Sendable {
    /// Time that never runs backwards, from a start that means nothing.
    var now: Duration { get }

    /// Nanoseconds since 1970-01-01T00:00:00Z.
    var wallTime: UInt64 { get }

    /// Runs an action once, later.
    ///
    /// - Parameters:
    ///   - delay: How much later.
    ///   - action: What to run; on the clock's thread, so it must be short and must not block.
    /// - Returns: A name for `cancel`.
    func schedule(after delay: Duration, _ action: @escaping @Sendable () -> Void) -> TimerID

    /// Takes a timer back. One that has fired already, or was never there, is no error.
    ///
    /// - Parameter timer: The timer.
    func cancel(_ timer: TimerID)
}

/// Increments the engine's epoch, so that a guest which never returns still ends its slice.
///
/// Injected, so that tests tick by hand.
public protocol EpochTicker: Sendable {
    /// Begins to tick.
    ///
    /// - Parameter tick: What to do at each tick; short and thread-safe.
    /// - Returns: Whether the ticks come; without them a guest that never returns would never be ended.
    func start(_ tick: @escaping @Sendable () -> Void) -> Bool

    /// Ends the ticking; no tick runs after this returns.
    func stop()

    /// The time between two ticks.
    var interval: Duration { get }
}

/// Random bytes that nobody can guess.
public protocol RandomSource: Sendable {
    /// Makes bytes.
    ///
    /// - Parameter count: How many.
    /// - Returns: That many bytes.
    func bytes(_ count: Int) -> [UInt8]
}
