internal import WasmBindings
internal import WasmCore

/// What the host functions of one instance know: who it is, what it may, and how far its turn has come.
///
/// It is the data of the instance's store, so a call's identity is bound to the instance that made it.
final class HostState: Sendable {
    let id: ActorID
    let grants: Grants
    let limits: ResourceLimits
    let services: HostServices
    /// Ends the running turn: what it waits for, and its store at the next slice or host call. A wait has the turn's
    /// wall time as its limit.
    let interruption: Interruption
    let turn: TurnBudget
    let logQuota: LogQuota
    /// What asks the gate and counts bytes, for these host functions and for those of the extension.
    let authority: HostAuthority
    /// What serves the imports of the world's own; nil where it has none.
    let extensionHost: (any AnyObject & Sendable)?

    /// Makes the state of a new instance, and the host of its world's own imports.
    ///
    /// - Throws: What the extension throws where it makes no host.
    init(
        id: ActorID,
        generation: UInt64,
        settings: InstanceSettings,
        world: WorldExtension?,
        sliceTime: Duration
    ) throws {
        self.id = id
        self.grants = settings.grants
        self.limits = settings.limits
        self.services = settings.services
        let (turn, clock) = (TurnBudget(limits: settings.limits, sliceTime: sliceTime), settings.services.clock)
        self.turn = turn
        self.interruption = Interruption { interruption in
            let timer = clock.schedule(after: turn.remainingTime(now: clock.now)) {
                interruption.interrupt(.limit(.turnTime))
            }
            return { clock.cancel(timer) }
        }
        self.logQuota = LogQuota(bytesPerSecond: settings.limits.logBytesPerSecond)
        authority = HostAuthority(
            id: id,
            generation: generation,
            settings: settings,
            turn: turn,
            interruption: interruption
        )
        extensionHost = try world?.makeHost(HostContext(authority: authority))
    }

    /// Asks the gate, and records a denial.
    func isAllowed(_ capability: Capability) -> Bool { authority.isAllowed(capability) }

    /// Counts the bytes that a host call carries against the turn's limit; ends the turn where they are too many.
    ///
    /// - Returns: False where the turn is at its end.
    func carry(bytes: Int) -> Bool { authority.carry(bytes: bytes) }

    /// Counts a slice, and ends the turn where it has reached a limit of time.
    ///
    /// - Returns: False where the turn is at its end.
    func endSlice() -> Bool {
        if let limit = turn.endSlice(now: services.clock.now) {
            interruption.interrupt(.limit(limit))
        }
        return !interruption.isInterrupted
    }

    /// Takes what the guest wrote to its standard output or standard error; over the quota it is dropped.
    func write(_ bytes: [UInt8], level: LogLevel) {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let size = bytes.count + lines.count * LogQuota.bytesPerPart
        guard logQuota.take(size, now: services.clock.now) else { return }
        for line in lines {
            services.log.log(
                LogEntry(actor: id, level: level, message: String(line), fields: [], time: services.clock.wallTime)
            )
        }
    }
}
