public import WasmCore

/// What the host functions of an instance reach. All of it is injected.
public struct HostServices: Sendable {
    /// Carries messages to other actors.
    public var router: any MessageRouter
    /// Keeps keys and values.
    public var storage: any ComponentStorage
    /// Decides what a guest may do.
    public var gate: any CapabilityGate
    /// Takes the gate's decisions.
    public var audit: any AuditLog
    /// Takes log entries.
    public var log: any LogSink
    /// Time and timers.
    public var clock: any ActorClock
    /// Random bytes.
    public var random: any RandomSource

    /// Puts services together.
    ///
    /// - Parameters:
    ///   - router: Carries messages to other actors.
    ///   - storage: Keeps keys and values.
    ///   - gate: Decides what a guest may do.
    ///   - audit: Takes the gate's decisions.
    ///   - log: Takes log entries.
    ///   - clock: Time and timers.
    ///   - random: Random bytes.
    public init(
        router: any MessageRouter,
        storage: any ComponentStorage,
        gate: any CapabilityGate = GrantsGate(),
        audit: any AuditLog,
        log: any LogSink,
        clock: any ActorClock,
        random: any RandomSource
    ) {
        self.router = router
        self.storage = storage
        self.gate = gate
        self.audit = audit
        self.log = log
        self.clock = clock
        self.random = random
    }
}

/// What a denial does to the actor that is denied something.
@nonexhaustive public enum DenialPolicy: Hashable, Sendable, CaseIterable {
    /// The host function answers with the error `denied`, and the actor lives on.
    case refuse
    /// The instance ends with `ExitReason.denied`, as `restart` rules may match it.
    case stop
}

/// What one instance may do, may use up and can reach.
public struct InstanceSettings: Sendable {
    /// What it may do.
    public var grants: Grants
    /// What it may use up.
    public var limits: ResourceLimits
    /// What a denial does [the host function answers with an error].
    public var onDenial: DenialPolicy
    /// What its host functions reach.
    public var services: HostServices

    /// Puts settings together.
    ///
    /// - Parameters:
    ///   - grants: What the instance may do [nothing].
    ///   - limits: What it may use up [the defaults of `ResourceLimits`].
    ///   - onDenial: What a denial does [the host function answers with an error].
    ///   - services: What its host functions reach.
    public init(
        grants: Grants = .none,
        limits: ResourceLimits = .init(),
        onDenial: DenialPolicy = .refuse,
        services: HostServices
    ) {
        self.grants = grants
        self.limits = limits
        self.onDenial = onDenial
        self.services = services
    }
}
