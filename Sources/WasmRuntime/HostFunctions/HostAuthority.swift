internal import WasmCore

/// What every host function of one instance is held to, the contract's and the world's own alike: the gate, the audit
/// log, and the turn's budget.
///
/// It refers to nothing that refers to the instance, so a host of the world's own may keep it.
final class HostAuthority: Sendable {
    let id: ActorID
    let generation: UInt64
    let grants: Grants
    let limits: ResourceLimits
    let clock: any ActorClock
    let log: any LogSink
    let interruption: Interruption
    private let gate: any CapabilityGate
    private let audit: any AuditLog
    private let turn: TurnBudget

    init(
        id: ActorID,
        generation: UInt64,
        settings: InstanceSettings,
        turn: TurnBudget,
        interruption: Interruption
    ) {
        self.id = id
        self.generation = generation
        grants = settings.grants
        limits = settings.limits
        clock = settings.services.clock
        log = settings.services.log
        gate = settings.services.gate
        audit = settings.services.audit
        self.turn = turn
        self.interruption = interruption
    }

    /// More bytes than an id, a key or a pattern may have: a guest chooses the text, and the audit log keeps it.
    private static let largestSubject = 1024

    /// Asks the gate, and records a denial.
    func isAllowed(_ capability: Capability) -> Bool {
        let isAllowed = gate.allows(capability, actor: id, grants: grants)
        if !isAllowed || audit.recordsGrants {
            audit.record(
                AuditRecord(
                    actor: id,
                    capability: capability.shortened(to: Self.largestSubject),
                    isAllowed: isAllowed,
                    time: clock.wallTime
                )
            )
        }
        return isAllowed
    }

    /// Counts the bytes that a host call carries against the turn's limit; ends the turn where they are too many.
    ///
    /// - Returns: False where the turn is at its end.
    func carry(bytes: Int) -> Bool {
        guard turn.carry(bytes: bytes) else {
            interruption.interrupt(.limit(.hostCallBytes))
            return false
        }
        return true
    }
}
