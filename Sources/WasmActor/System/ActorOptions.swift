public import WasmCore

/// What an actor is given at spawn. Without grants it may do nothing but compute, log and tell the time.
public struct ActorOptions: Sendable {
    /// What it may do [nothing].
    public var grants: Grants
    /// What it may use up, its mailbox included [the defaults of `ResourceLimits`].
    public var limits: ResourceLimits
    /// Names and values for its `initialize` [none].
    public var environment: [Field]
    /// Bytes for its `initialize` [none].
    public var arguments: [UInt8]
    /// When it is restarted [always, 3 times in 5 s at the most].
    public var restart: RestartPolicy
    /// What happens to a message for its full mailbox [the sender waits].
    public var overflow: OverflowPolicy

    /// Makes options; every one has a default.
    ///
    /// - Parameters:
    ///   - grants: What the actor may do.
    ///   - limits: What it may use up.
    ///   - environment: Names and values for its `initialize`.
    ///   - arguments: Bytes for its `initialize`.
    ///   - restart: When it is restarted.
    ///   - overflow: What happens to a message for its full mailbox.
    public init(
        grants: Grants = .none,
        limits: ResourceLimits = .init(),
        environment: [Field] = [],
        arguments: [UInt8] = [],
        restart: RestartPolicy = .permanent,
        overflow: OverflowPolicy = .suspend
    ) {
        self.grants = grants
        self.limits = limits
        self.environment = environment
        self.arguments = arguments
        self.restart = restart
        self.overflow = overflow
    }
}
