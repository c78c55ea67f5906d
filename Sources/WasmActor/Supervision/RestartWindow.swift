import WasmCore

/// The restarts of one actor that still count, and what its next end leads to.
struct RestartWindow {
    /// What an end leads to.
    enum Decision: Equatable {
        /// A restart: the how manieth within the period.
        case restart(attempt: Int)
        /// The end: the policy has no restart for this reason.
        case end
        /// The end: there were too many restarts.
        case exceeded
    }

    private let policy: RestartPolicy
    private var restarts: [Duration] = []

    /// Makes one without restarts.
    init(_ policy: RestartPolicy) {
        self.policy = policy
    }

    /// Decides on an end, and counts the restart where there is one.
    mutating func ended(_ reason: ExitReason, now: Duration) -> Decision {
        switch policy.kind {
        case .temporary: return .end
        case .transient where !reason.isAbnormal: return .end
        case .transient, .permanent: break
        }
        restarts.removeAll { now - $0 > policy.period }
        guard restarts.count < policy.intensity else { return .exceeded }
        restarts.append(now)
        return .restart(attempt: restarts.count)
    }
}
