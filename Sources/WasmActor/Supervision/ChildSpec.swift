public import WasmCore

/// An actor that a supervisor starts, restarts and stops.
public struct ChildSpec: Sendable {
    /// Who the actor is.
    public var id: ActorID
    /// What it runs.
    public var component: ComponentReference
    /// What it is given. `ActorOptions.restart` does not count: the supervisor decides.
    public var options: ActorOptions
    /// After which ends it is started again [permanent].
    public var restart: RestartPolicy.Kind
    /// What is done about single kinds of ends, whatever `restart` says; the first that matches counts [none].
    public var rules: [RestartRule]
    /// How it is ended [within 5 s].
    public var shutdown: ChildShutdown
    /// Whether its end may end the supervisor, as that one's `autoShutdown` says [no]. A permanent child cannot be.
    public var isSignificant: Bool

    /// Makes a specification.
    ///
    /// - Parameters:
    ///   - id: Who the actor is.
    ///   - component: What it runs.
    ///   - options: What it is given.
    ///   - restart: After which ends it is started again.
    ///   - rules: What is done about single kinds of ends, whatever `restart` says.
    ///   - shutdown: How it is ended.
    ///   - isSignificant: Whether its end may end the supervisor.
    public init(
        id: ActorID,
        component: ComponentReference,
        options: ActorOptions = ActorOptions(),
        restart: RestartPolicy.Kind = .permanent,
        rules: [RestartRule] = [],
        shutdown: ChildShutdown = .standard,
        isSignificant: Bool = false
    ) {
        self.id = id
        self.component = component
        self.options = options
        self.restart = restart
        self.rules = rules
        self.shutdown = shutdown
        self.isSignificant = isSignificant
    }

    /// Checks that everything makes sense. What its supervisor has to say on it, `SupervisorSpec.validate()` checks.
    ///
    /// - Throws: `InvalidSpec` that names the first field which does not.
    public func validate() throws(InvalidSpec) {
        try InvalidSpec.check("id") { () throws(InvalidActorID) in try id.validate() }
        do throws(InvalidSpec) { try options.validate() } catch { throw error.within("options") }
        try InvalidSpec.checkSignificance(isSignificant, restart)
        if case .within(let time) = shutdown, time < .zero {
            throw InvalidSpec(field: "shutdown", reason: "the time for it is \(time), it may be 0 or more")
        }
    }
}
