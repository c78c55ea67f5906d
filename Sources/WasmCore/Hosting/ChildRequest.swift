/// After which ends an actor is started again.
public enum RestartKind: Hashable, Sendable, CaseIterable {
    /// After every end.
    case permanent
    /// After an abnormal end: a trap, a limit, a failure.
    case transient
    /// Never.
    case temporary
}

/// How a child is ended by its supervisor.
public enum ChildShutdown: Hashable, Sendable {
    /// After its turn and its guest's `shutdown`, for which it has this long; then it is killed.
    case within(Duration)
    /// At once, without its guest's `shutdown`.
    case kill

    /// 5 s.
    public static let standard = ChildShutdown.within(.seconds(5))
}

/// A child that a guest asks for.
public struct ChildRequest: Hashable, Sendable {
    /// Who the child is.
    public var id: ActorID
    /// The name of its component, which a `ComponentSource` knows.
    public var component: String
    /// After which ends it is started again.
    public var restart: RestartKind
    /// How it is ended.
    public var shutdown: ChildShutdown
    /// Whether its end ends the actor that asked for it.
    public var isSignificant: Bool
    /// What it may do.
    public var grants: Grants
    /// Names and values for its `initialize`.
    public var environment: [Field]
    /// Bytes for its `initialize`.
    public var arguments: [UInt8]

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - id: Who the child is.
    ///   - component: The name of its component.
    ///   - restart: After which ends it is started again.
    ///   - shutdown: How it is ended.
    ///   - isSignificant: Whether its end ends the actor that asked for it.
    ///   - grants: What it may do.
    ///   - environment: Names and values for its `initialize`.
    ///   - arguments: Bytes for its `initialize`.
    public init(
        id: ActorID,
        component: String,
        restart: RestartKind,
        shutdown: ChildShutdown,
        isSignificant: Bool,
        grants: Grants,
        environment: [Field],
        arguments: [UInt8]
    ) {
        self.id = id
        self.component = component
        self.restart = restart
        self.shutdown = shutdown
        self.isSignificant = isSignificant
        self.grants = grants
        self.environment = environment
        self.arguments = arguments
    }
}
