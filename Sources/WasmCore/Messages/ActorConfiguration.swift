/// What an actor is told when it starts.
public struct ActorConfiguration: Hashable, Sendable {
    /// The actor's own id.
    public var id: ActorID
    /// Names and values that the host chose for this actor.
    public var environment: [Field]
    /// Bytes that the host chose for this actor; empty where it chose none.
    public var arguments: [UInt8]
    /// The limits in force.
    public var limits: ResourceLimits
    /// 1 for the first instance under this id, one more after each restart.
    public var generation: UInt64

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - id: The actor's own id.
    ///   - environment: Names and values that the host chose for this actor.
    ///   - arguments: Bytes that the host chose for this actor.
    ///   - limits: The limits in force.
    ///   - generation: 1 for the first instance under this id.
    public init(
        id: ActorID,
        environment: [Field] = [],
        arguments: [UInt8] = [],
        limits: ResourceLimits = .init(),
        generation: UInt64 = 1
    ) {
        self.id = id
        self.environment = environment
        self.arguments = arguments
        self.limits = limits
        self.generation = generation
    }
}

/// A name and a text: an environment variable, a field of a log entry.
public struct Field: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The text.
    public var value: String

    /// Makes a field.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - value: The text.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// What an actor says of itself.
public struct ActorMetadata: Hashable, Sendable {
    /// A short name, such as `counter`.
    public var name: String
    /// The component's version, such as `1.2.0`.
    public var version: String
    /// One sentence.
    public var description: String

    /// Makes metadata.
    ///
    /// - Parameters:
    ///   - name: A short name.
    ///   - version: The component's version.
    ///   - description: One sentence.
    public init(name: String, version: String, description: String) {
        self.name = name
        self.version = version
        self.description = description
    }
}

/// How an actor feels.
public enum ActorHealth: Hashable, Sendable {
    /// All is well.
    case healthy
    /// It works, less well than it should: the reason.
    case degraded(String)
    /// It does not do its work: the reason.
    case unhealthy(String)
}
