public import WasmCore

/// What a host of a world's own imports knows of the actor that it serves. Made for one incarnation, and with it the host.
public struct HostContext: Sendable {
    private let authority: HostAuthority

    init(authority: HostAuthority) {
        self.authority = authority
    }

    /// The actor whose guest calls. It is bound to the instance: a guest cannot claim to be another.
    public var actor: ActorID { authority.id }
    /// 1 for the first instance under the id, one more after each restart.
    public var generation: UInt64 { authority.generation }
    /// What the actor was granted at spawn.
    public var grants: Grants { authority.grants }
    /// What the actor may use up.
    public var limits: ResourceLimits { authority.limits }
    /// The system's time and timers.
    public var clock: any ActorClock { authority.clock }
    /// Whether the turn must end: the actor is being killed, or the turn has reached a limit. Work that takes long and
    /// does not look at the cancellation of its task looks here.
    public var isEnding: Bool { authority.interruption.isInterrupted }

    /// Asks the system's gate for a capability, and has the audit log record the decision, as every function of the
    /// contract does.
    ///
    /// The functions of a world are asked for by themselves; see `WorldExtension.Gating`. This is for what depends on
    /// an argument.
    ///
    /// - Parameter capability: What is needed.
    /// - Throws: `CapabilityDenied` where no grant covers it.
    public func authorize(_ capability: Capability) throws(CapabilityDenied) {
        guard authority.isAllowed(capability) else { throw CapabilityDenied(capability: capability) }
    }

    /// Asks the system's gate for a capability of the kind `host.call`.
    ///
    /// - Parameter subject: To what: segments divided by `/`, such as `acme:shop/pricing/quote/eur`.
    /// - Throws: `CapabilityDenied` where no grant covers it.
    public func authorize(_ subject: String) throws(CapabilityDenied) {
        try authorize(Capability(.call, subject))
    }

    /// Counts bytes against what the host calls of the turn may carry together. The arguments of a call are counted
    /// already; this is for what the host hands out.
    ///
    /// - Parameter bytes: How many.
    /// - Returns: False where the turn has carried as many as it may; it ends then.
    @discardableResult
    public func carry(bytes: Int) -> Bool { authority.carry(bytes: bytes) }

    /// Writes an entry into the system's log in the actor's name. It is the host's own word, and counts against no
    /// quota of the guest's.
    ///
    /// - Parameters:
    ///   - level: How grave it is.
    ///   - message: The text.
    ///   - fields: What machines read.
    public func log(_ level: LogLevel, _ message: String, fields: [Field] = []) {
        authority.log.log(
            LogEntry(
                actor: authority.id,
                level: level,
                message: message,
                fields: fields,
                time: authority.clock.wallTime
            )
        )
    }
}
