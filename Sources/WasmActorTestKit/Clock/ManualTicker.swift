internal import Synchronization
public import WasmCore

/// A ticker that a test ticks by hand: a guest's slice ends where the test says so.
///
/// Between two ticks no guest is interrupted by time: one that never returns ends by its fuel alone.
public final class ManualTicker: EpochTicker {
    private struct State {
        var tick: (@Sendable () -> Void)?
        var isStopped = false
    }

    private let state = Mutex(State())
    /// How long a slice counts against the `cpuTime` of a turn.
    public let interval: Duration

    /// Makes a ticker.
    ///
    /// - Parameter interval: How long a slice counts against the `cpuTime` of a turn [1 us].
    public init(interval: Duration = .microseconds(1)) {
        self.interval = interval
    }

    /// Takes what is done at each tick; false after `stop()`, and where another engine has this ticker already.
    public func start(_ tick: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard !state.isStopped, state.tick == nil else { return false }
            state.tick = tick
            return true
        }
    }

    /// Ends the slice of every guest that runs; nothing where no engine has this ticker.
    public func tick() {
        state.withLock { $0.tick }?()
    }

    /// No tick does anything any more.
    public func stop() {
        state.withLock { state in
            state.isStopped = true
            state.tick = nil
        }
    }
}
