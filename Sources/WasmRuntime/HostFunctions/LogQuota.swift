internal import Synchronization

/// Holds the log of one actor to so many bytes per second: a second's worth may come at once.
final class LogQuota: Sendable {
    /// What an entry, and each field of it, counts beside its text: one without text is a line as well.
    static let bytesPerPart = 16

    private struct State {
        var available: Double
        var last: Duration?
    }

    private let bytesPerSecond: Double
    private let state: Mutex<State>

    init(bytesPerSecond: UInt32) {
        self.bytesPerSecond = Double(bytesPerSecond)
        self.state = Mutex(State(available: Double(bytesPerSecond), last: nil))
    }

    /// Takes bytes, where there are as many.
    ///
    /// - Returns: False where the quota is used up; nothing is taken then.
    func take(_ bytes: Int, now: Duration) -> Bool {
        state.withLock { state in
            if let last = state.last {
                let elapsed = (now - last) / .seconds(1)
                state.available = min(bytesPerSecond, state.available + max(0, elapsed) * bytesPerSecond)
            }
            state.last = now
            guard Double(bytes) <= state.available else { return false }
            state.available -= Double(bytes)
            return true
        }
    }
}
