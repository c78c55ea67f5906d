public import WasmCore
public import WasmRuntime

/// What an actor is given at spawn. Without grants it may do nothing but compute, log and tell the time.
public struct ActorOptions: Hashable, Sendable {
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
    /// What becomes of the message in whose turn an instance ended [a dead letter].
    public var retry: RetryPolicy
    /// How often it is asked how it feels, and what follows from its answers [as the system's configuration says].
    public var health: HealthPolicy?
    /// What happens to a message for its full mailbox [the sender waits].
    public var overflow: OverflowPolicy
    /// Bytes that the messages in its mailbox may have together, their texts among them [64 MiB]. A message that is larger
    /// than that is refused with `MessagingError.tooLarge`.
    public var mailboxBytes: UInt64
    /// How long a message may wait for its turn, from the moment on at which it was sent [without end].
    ///
    /// It is looked at when the message's turn comes: one that is too late then is a dead letter of the reason `expired`,
    /// and whoever waits for its answer gets `MessagingError.timeout`. Calls of the actor's own exports do not expire:
    /// they have the timeout of their caller.
    public var messageLifetime: Duration?
    /// What of it outlives it [nothing].
    public var persistence: Persistence
    /// What a denial does [the host function answers with an error].
    public var onDenial: DenialPolicy
    /// The most actors that may live at a time because of this one [256]: its children, their children and so on.
    public var maxDescendants: Int

    /// Makes options; every one has a default.
    ///
    /// - Parameters:
    ///   - grants: What the actor may do.
    ///   - limits: What it may use up.
    ///   - environment: Names and values for its `initialize`.
    ///   - arguments: Bytes for its `initialize`.
    ///   - restart: When it is restarted.
    ///   - retry: What becomes of the message in whose turn an instance ended.
    ///   - health: How often it is asked how it feels; nil is as the system's configuration says.
    ///   - overflow: What happens to a message for its full mailbox.
    ///   - mailboxBytes: Bytes that the messages in its mailbox may have together.
    ///   - messageLifetime: How long a message may wait for its turn; nil is without end.
    ///   - persistence: What of the actor outlives it.
    ///   - onDenial: What a denial does.
    ///   - maxDescendants: The most actors that may live at a time because of this one.
    public init(
        grants: Grants = .none,
        limits: ResourceLimits = .init(),
        environment: [Field] = [],
        arguments: [UInt8] = [],
        restart: RestartPolicy = .permanent,
        retry: RetryPolicy = .never,
        health: HealthPolicy? = nil,
        overflow: OverflowPolicy = .suspend,
        mailboxBytes: UInt64 = 64 << 20,
        messageLifetime: Duration? = nil,
        persistence: Persistence = .none,
        onDenial: DenialPolicy = .refuse,
        maxDescendants: Int = 256
    ) {
        self.grants = grants
        self.limits = limits
        self.environment = environment
        self.arguments = arguments
        self.restart = restart
        self.retry = retry
        self.health = health
        self.overflow = overflow
        self.mailboxBytes = mailboxBytes
        self.messageLifetime = messageLifetime
        self.persistence = persistence
        self.onDenial = onDenial
        self.maxDescendants = maxDescendants
    }

    /// Checks that every figure makes sense.
    ///
    /// - Throws: `InvalidSpec` that names the first field which does not.
    public func validate() throws(InvalidSpec) {
        try InvalidSpec.check("limits") { () throws(InvalidLimit) in try limits.validate() }
        do throws(InvalidSpec) { try restart.validate() } catch { throw error.within("restart") }
        if let fault = health?.fault { throw InvalidSpec(field: "health", reason: fault) }
        guard (0...1_000_000).contains(maxDescendants) else {
            throw InvalidSpec(field: "maxDescendants", reason: "\(maxDescendants) actors; it may be 0 to 1000000")
        }
        guard mailboxBytes > 0 else {
            throw InvalidSpec(field: "mailboxBytes", reason: "it is 0: no message would ever be taken")
        }
        if let messageLifetime, messageLifetime <= .zero {
            throw InvalidSpec(field: "messageLifetime", reason: "it is \(messageLifetime), it must be more than 0")
        }
    }
}

/// What many actors are given alike.
final class SharedOptions: Sendable {
    let value: ActorOptions
    let restart: Shared<RestartPolicy>
    let health: Shared<HealthPolicy>?

    init(_ options: ActorOptions) {
        value = options
        restart = Shared(options.restart)
        health = options.health.map(Shared.init)
    }
}

extension ActorOptions {
    /// Whether the state of an actor of this component outlives it.
    func keepsState(of component: any InstanceSource) -> Bool { persistence.keepsState && component.isDurable }
}
