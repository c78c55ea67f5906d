package import WasmCore

extension ResourceLimits {
    /// The same limits, but for a wall time that was left at its default: how long a busy machine takes for a turn is
    /// no test's business.
    package var patient: ResourceLimits {
        var limits = self
        if turnTime == ResourceLimits().turnTime { limits.turnTime = 3_600_000_000_000 }
        return limits
    }
}
