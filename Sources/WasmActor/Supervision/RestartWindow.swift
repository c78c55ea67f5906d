/// The restarts that still count, of one actor or of all the children of a supervisor.
struct RestartWindow {
    private let intensity: Int
    private let period: Duration
    private var restarts: [Duration] = []

    /// Makes one without restarts.
    ///
    /// - Parameters:
    ///   - intensity: The most restarts within the period.
    ///   - period: The time in which restarts are counted.
    init(intensity: Int, period: Duration) {
        self.intensity = intensity
        self.period = period
    }

    /// Counts a restart.
    ///
    /// - Returns: The how manieth within the period it is; nil where it would be one too many.
    mutating func restart(now: Duration) -> Int? {
        restarts.removeAll { now - $0 > period }
        guard restarts.count < intensity else { return nil }
        restarts.append(now)
        return restarts.count
    }
}
