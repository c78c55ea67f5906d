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
    private let onDenial: DenialPolicy

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
        onDenial = settings.onDenial
        self.turn = turn
        self.interruption = interruption
    }

    /// More bytes than an id, a key or a pattern may have: a guest chooses the text, and the audit log keeps it.
    private static let largestSubject = 1024

    /// Asks the gate, and records a denial. Under a policy that stops on denial the turn is at its end then.
    func isAllowed(_ capability: Capability) -> Bool {
        record(capability, isAllowed: gate.allows(capability, actor: id, grants: grants))
    }

    /// Asks the gate whether a grant may be handed on, and records a denial. Whatever the gate says, it must lie within
    /// the actor's own.
    func mayPassOn(_ grant: Grant) -> Bool {
        let capability = Capability(grant.kind, grant.pattern.description, isPattern: true)
        let isAllowed = gate.allows(capability, actor: id, grants: grants) && Grants([grant]).areWithin(grants)
        return record(capability, isAllowed: isAllowed)
    }

    /// Records a decision; a denial ends the turn under a policy that stops on it.
    private func record(_ capability: Capability, isAllowed: Bool) -> Bool {
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
        if !isAllowed, onDenial == .stop { interruption.interrupt(.denied(capability.description)) }
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
