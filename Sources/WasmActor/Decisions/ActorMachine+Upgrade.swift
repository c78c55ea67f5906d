import WasmCore

/// Another component under the same id.
extension ActorMachine {
    /// What a wish for an upgrade leads to.
    enum AfterUpgrade {
        /// The caller holds the right to turns now and passes it to an activation.
        case activate
        /// It is done when its turn comes.
        case queued
        /// It is not done: why.
        case refused(UpgradeReport.Outcome)
    }

    /// The host wants another component under this id.
    mutating func upgrade(_ wish: PendingUpgrade) -> AfterUpgrade {
        if case .ended(let reason) = phase { return .refused(.ended(reason)) }
        if let request { return .refused(.ended(request.reason)) }
        guard upgrade == nil else { return .refused(.busy) }
        upgrade = wish
        return takeRight() ? .activate : .queued
    }

    /// Takes the wish for an upgrade out, where it is still there.
    mutating func takeUpgrade() -> PendingUpgrade? {
        defer { upgrade = nil }
        return upgrade
    }
}
